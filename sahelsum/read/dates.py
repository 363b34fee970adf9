"""Dates as texts and metadata write them, kept exactly as precise as they are."""

from __future__ import annotations

import datetime
import re

from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.pack import Pack
from sahelsum.language.packs import WITH_PACK, pack_of
from sahelsum.records import ArticleDate, DatePrecision

_TIME = r"(?:[Tt ]\s?\d{2}:?\d{2}[\d:.,]*\s?(?:[Zz]|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\[[\w/]+\])?)?"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}}){_TIME})?)?$", re.ASCII)
_SLASHED = re.compile(rf"((?:19|20)\d\d)([/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}$", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$", re.ASCII)
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?$", re.ASCII)
_MONTH_ABBREVIATIONS = {month[:3].lower(): str(number) for number, month in enumerate(ENGLISH_MONTHS, start=1)}
_ENGLISH = re.compile(
    r"(?:[A-Z][a-z]{2,8},?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Z][a-z]{2,8})\.?,?[ -]"
    r"|(?P<first>[A-Z][a-z]{2,8})\.?\s(?P<second>\d{1,2})(?:st|nd|rd|th)?,?\s)(?P<year>\d{4})"
    r"(?:,?\s(?:at\s)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?(?:[A-Z]{1,4}|[+-]\d{2}:?\d{2})\b)?(?:\s\([A-Z]+\))?)?$",
    re.ASCII,
)
"""As mail and feeds write it (RFC 822), and as English does."""
_LEADING = re.compile(r"\s*(date:?\s+(\d{4}(?:-\d{2}(?:-\d{2})?)?))(?=\s|$)", re.ASCII | re.IGNORECASE)

EARLIEST_EPOCH = 600_000_000
"""Seconds since 1970 below which a number is no time stamp: 1989, before there were any web pages."""

Triple = tuple[str, str | None, str | None]
"""Year, month and day as digits."""


def parse_date(text: str, origin: str) -> ArticleDate | None:
    """A date as exact as it is written: ISO 8601, ``16.11.2025``, RFC 822, ``2025/11/16``, or in words.

    None for anything else, for what can be read in two ways (``3/4/2025``), and for days that do not exist.
    ``origin`` says where it was found. The language of a date in words need not be that of the article: a file's
    details may be in another.
    """
    text = text.strip()
    found = _in_digits(text) or _in_english(text) or _in_words(text)
    return _checked(*found, origin) if found else None


def parse_stamp(text: str, origin: str) -> ArticleDate | None:
    """As :func:`parse_date`, but also seconds or milliseconds since 1970, in UTC: what fields of data hold."""
    found = _EPOCH.match(text.strip())
    if found and not _COMPACT.match(text.strip()) and int(found[1]) >= EARLIEST_EPOCH:
        day = datetime.datetime.fromtimestamp(int(found[1]), datetime.UTC).date()
        return ArticleDate(day.isoformat(), DatePrecision.DAY, origin)
    return parse_date(text, origin)


def date_of_line(text: str, source: Pack, origin: str) -> tuple[ArticleDate, bool] | None:
    """The date of a line that holds nothing but that; and whether a word on it says it is that of publication."""
    line = source.reading.date_line(text)
    date = _checked(line.year, line.month, line.day, origin) if line else None
    if line is None and (found := _in_digits(text) or _in_english(text)) and found[2]:
        date = _checked(*found, origin)
    return (date, line is not None and line.labelled) if date else None


def date_within(dateline: str, source: Pack, origin: str) -> ArticleDate | None:
    """The date of a dateline: ``Bamako, 3. März 2025 (dpa) –``."""
    found = date_of_line(dateline.rstrip(" –—-.:"), source, origin)
    return found[0] if found else None


def _in_digits(text: str) -> Triple | None:
    if found := _ISO.match(text):
        return found[1], found[2], found[3]
    if found := _SLASHED.match(text):
        return found[1], found[3], found[4]
    if found := _COMPACT.match(text):
        return found[1], found[2], found[3]
    if found := _NUMERIC.match(text):
        return found[3], found[2], found[1]
    return None


def _in_english(text: str) -> Triple | None:
    found = _ENGLISH.match(text)
    name = (found["month"] or found["first"]).lower() if found else ""
    month = _MONTH_ABBREVIATIONS.get(name[:3])
    if found is None or month is None or not ENGLISH_MONTHS[int(month) - 1].lower().startswith(name.removesuffix("t")):
        return None
    return found["year"], month, found["day"] or found["second"]


def _in_words(text: str) -> Triple | None:
    """A date in words of any language that has a pack."""
    lines = (pack_of(language).reading.date_line(text) for language in WITH_PACK)
    return next(((line.year, line.month, line.day) for line in lines if line), None)


def leading_date(text: str, origin: str) -> tuple[str, ArticleDate, str] | None:
    """A text's leading ``date 2025-11-16``, ``date 2025-04`` or ``date 2025``: its wording, its value, and the rest."""
    found = _LEADING.match(text)
    date = parse_date(found[2], origin) if found else None
    return (found[1], date, text[found.end() :].lstrip()) if found and date else None


def _checked(year: str, month: str | None, day: str | None, origin: str) -> ArticleDate | None:
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}[precision]
    return ArticleDate(date.isoformat()[:length], precision, origin)
