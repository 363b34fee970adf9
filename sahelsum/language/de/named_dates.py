"""Dates that German news names: days, months, seasons of a year, and words counted from the day of publication.

Only what is sure: a date without a year, a weekday or "gestern" is counted from the date of publication, and only
where the sentence tells of the past.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from sahelsum.language.dates import NamedDate, has_digit, published_day, resolve
from sahelsum.language.de.dates import german_days, names_month
from sahelsum.language.de.words import MONTHS, WEEKDAYS
from sahelsum.records import ArticleDate, DatePrecision

MONTHS_BACK = 4
"""A month of the year before the publication is named without its year for about this long; in the same year always."""
FUTURE = re.compile(
    r"\b(?:w[ie]rd|werden|soll|sollen|sollten|will|wollen|geplant\w*|plan(?:t|en)|(?:kommend|nächst|künftig)\w+|"
    r"ab(?= [A-Z])|spätestens|bevorstehend\w*)\b"
)
"""A sentence with one of these may speak of what is to come; if it is a passive, a date is missed, not invented."""
_MONTH = re.compile(
    rf"\b(?:(?P<part>Anfang|Mitte|Ende)\s)?(?P<month>{'|'.join(name.capitalize() for name in MONTHS)})\b"
    r"(?:\s(?P<year>(?:19|20)\d\d)\b|\s(?P<ago>(?:vergangenen|vorigen|letzten)\sJahres)\b)?"
)
_MONTH_LEAD = re.compile(r"(?:\b(?:[Ii]m|[Ss]eit|[Vv]om|[Bb]is)(?:\s(?:Monat|vergangenen|letzten))?|\bin diesem)\s$")
_LONGEST_LEAD = 24
"""Characters. Without a bound, a text of many months would be searched from its beginning for each."""
_MONTH_AGO = re.compile(r"\b[Ii]m\s(?:vergangenen|vorigen|letzten)\sMonat\b")
_YEAR_PART = re.compile(
    r"\b(?:Anfang|Mitte|Ende|(?:[Ii]m\s)?(?:Jahre?|Frühjahr|Frühling|Sommer|Herbst|Winter))\s(?P<year>(?:19|20)\d\d)\b"
    r"(?![.,]\d)"
)
_WEEKDAY = re.compile(
    r"\b(?P<lead>[Aa]m|[Ii]n der Nacht (?:zum|auf|auf den))\s(?:vergangenen\s|letzten\s)?"
    rf"(?P<day>{'|'.join(WEEKDAYS)})"
    r"(?:morgen|vormittag|mittag|nachmittag|abend)?\b(?!,?\s(?:dem\s|den\s)?\d{1,2}\.)"
)
_DAYS_AGO = {"gestern": 1, "vorgestern": 2}
_PARTS_OF_DAYS = ("tag", "woch", "abend", "estern")
"""Every weekday, and every word for days ago, has one of these in it: most sentences need not be searched."""
_DAYS_AGO_PATTERN = re.compile(r"\b(?:[Vv]or)?[Gg]estern\b")
_QUOTED = re.compile(r"„[^“”\"]{0,500}[“”\"]|»[^«]{0,500}«|“[^”]{0,500}”|\"[^\"]{0,500}\"")
"""Bounded, so that a text full of opening marks is not searched to its end for each of them."""


def named_dates(german: str, published: ArticleDate | None) -> list[NamedDate]:
    """The dates a sentence names, without repetition, earliest first."""
    found = {(date.value, date.precision): date for date in reversed(list(_dates(german, published)))}
    return sorted(found.values(), key=lambda date: date.value)


def _published_month(date: ArticleDate | None) -> tuple[int, int] | None:
    match = re.match(r"(\d{4})-(0[1-9]|1[0-2])(?:-|$)", date.value) if date else None
    return (int(match[1]), int(match[2])) if match else None


def _dates(german: str, published: ArticleDate | None) -> Iterator[NamedDate]:
    rest = list(german)
    day = published_day(published)
    for named in german_days(german):
        value = resolve(named, day.isoformat() if day else None)
        if value is not None:
            yield NamedDate(value, DatePrecision.DAY)
        rest[named.start : named.end] = " " * (named.end - named.start)
    text = "".join(rest)
    month = _published_month(published)
    if names_month(text):
        yield from _months(text, month)
    yield from _last_month(text, month)
    if has_digit(text):
        yield from (
            NamedDate(match["year"], DatePrecision.YEAR)
            for match in _YEAR_PART.finditer(_MONTH.sub(lambda match: " " * len(match.group()), text))
        )
    if day is not None and any(part in german for part in _PARTS_OF_DAYS) and not FUTURE.search(text):
        yield from _relative_days(_QUOTED.sub("", german), day)


def _months(text: str, published: tuple[int, int] | None) -> Iterator[NamedDate]:
    """Months; without a year only where the words before them say that a time is meant, not an edition or a name."""
    told = not FUTURE.search(text)
    for match in _MONTH.finditer(text):
        number = MONTHS[match["month"].lower()]
        if match["year"]:
            yield NamedDate(f"{match['year']}-{number:02}", DatePrecision.MONTH)
        elif published and match["ago"]:
            yield NamedDate(f"{published[0] - 1}-{number:02}", DatePrecision.MONTH, match.group())
        elif published and told:
            lead = _MONTH_LEAD.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())
            year = _year_of(number, *published) if lead or match["part"] else None
            if year is not None:
                words = text[lead.start() if lead else match.start() : match.end()]
                yield NamedDate(f"{year}-{number:02}", DatePrecision.MONTH, words)


def _last_month(text: str, published: tuple[int, int] | None) -> Iterator[NamedDate]:
    ago = _MONTH_AGO.search(text) if published and "Monat" in text else None
    if published and ago:
        year, month = published if published[1] > 1 else (published[0] - 1, 13)
        yield NamedDate(f"{year}-{month - 1:02}", DatePrecision.MONTH, ago.group())


def _year_of(number: int, year: int, month: int) -> int | None:
    """The year of the last month of this number up to a publication, if it is clear that it is meant."""
    if number <= month:
        return year
    return year - 1 if month + 12 - number <= MONTHS_BACK else None


def _relative_days(text: str, reference: datetime.date) -> Iterator[NamedDate]:
    """Weekdays, the last one up to the day of publication, and days ago."""
    for match in _WEEKDAY.finditer(text):
        back = (reference.weekday() - WEEKDAYS[match["day"]]) % 7
        yield _days_before(reference, back, match.group())
    for match in _DAYS_AGO_PATTERN.finditer(text):
        yield _days_before(reference, _DAYS_AGO[match.group().lower()], match.group())


def _days_before(reference: datetime.date, days: int, words: str) -> NamedDate:
    return NamedDate((reference - datetime.timedelta(days)).isoformat(), DatePrecision.DAY, words)
