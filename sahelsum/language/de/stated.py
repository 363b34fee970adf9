"""What a German sentence says of a time that is no date: a day or month without a year, words such as "am Montag"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.dates import NamedDate, has_digit
from sahelsum.language.de.dates import german_days, names_month
from sahelsum.language.de.named_dates import FUTURE
from sahelsum.language.de.words import MONTHS, WEEKDAYS
from sahelsum.records import DatePrecision

_MONTH_NAMES = "|".join(name.capitalize() for name in MONTHS)
_BARE_MONTH = re.compile(
    rf"\b(?:[Ii]m|[Ss]eit|[Bb]is|[Ss]eit (?:Anfang|Mitte|Ende)|(?:Anfang|Mitte|Ende))\s(?P<month>{_MONTH_NAMES})\b"
    r"(?!\s(?:(?:19|20)\d\d|(?:vergangenen|vorigen|letzten|kommenden|nächsten)\sJahres))"
)
_PARTS_OF_MONTHS = ("Anfang", "Mitte", "Ende")
"""They say more than the month alone."""
_DAY_NAMES = rf"(?:{'|'.join(WEEKDAYS)})(?:morgen|vormittag|mittag|nachmittag|abend)?"
_DAYS = (
    rf"[Aa]m\s(?:vergangenen\s|letzten\s)?{_DAY_NAMES}|[Ii]n der Nacht (?:zum|auf|auf den)\s{_DAY_NAMES}|"
    r"[Zz]u(?:m)?\sWochen(?:beginn|ende|anfang)|(?:[Aa]m|[Aa]n diesem)\sWochenende|(?:[Vv]or)?[Gg]estern"
)
_LONGER = (
    r"(?:(?:[Ii]m|[Ii]n der)\s)?(?:[Vv]ergangene[nr]?|[Ll]etzte[nr]?|[Vv]orige[nr]?)\s(?:Woche|Monat|Jahr)|"
    r"[Ii][mn]\s(?:laufenden|diesem)\s(?:Monat|Jahr)|[Ii]n dieser Woche|[Ss]eit Jahresbeginn"
)
_DAY_WORDS = re.compile(rf"\b(?:{_DAYS})\b")
_WORDS = re.compile(rf"\b(?:{_DAYS}|{_LONGER})\b")


def partial_dates(german: str) -> list[NamedDate]:
    """The days and months without a year, in the order of the text: ``--11-01``, ``--05``."""
    return list(dict.fromkeys(_partial(german)))


def _partial(german: str) -> Iterator[NamedDate]:
    if not names_month(german) and not has_digit(german):
        return
    rest = list(german)
    for day in german_days(german):
        if day.year is None:
            yield NamedDate(f"--{day.month:02}-{day.day:02}", DatePrecision.DAY)
        rest[day.start : day.end] = " " * (day.end - day.start)
    text = "".join(rest)
    for match in _BARE_MONTH.finditer(text) if not FUTURE.search(text) else ():
        part = match.group() if any(word in match.group() for word in _PARTS_OF_MONTHS) else ""
        yield NamedDate(f"--{MONTHS[match['month'].lower()]:02}", DatePrecision.MONTH, part)


def time_words(german: str, day: bool) -> str:
    """The first words that say when, but not which day; empty if there are none.

    Args:
        german: a sentence.
        day: whether they must name one day or weekend of the past (``am Montag``), not a longer time.
    """
    found = (_DAY_WORDS if day else _WORDS).search(german)
    return found.group() if found and not (day and FUTURE.search(german)) else ""
