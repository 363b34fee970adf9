"""Dates as words: reading days out of German text, writing them in English as exactly as they were given."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sahelsum.language.german import MONTHS
from sahelsum.records import DatePrecision

ENGLISH_MONTHS = tuple("January February March April May June July August September October November December".split())
NO_DATE = "date not given"

_MONTH_NAMES = "|".join(MONTHS)
_GERMAN_DAY = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?(?:(?P<name>{_MONTH_NAMES})\b(?:\s(?P<year>\d{{4}})\b)?"
    r"|(?P<month>\d{1,2})\.\s?(?P<full>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)


def date_in_words(value: str, precision: DatePrecision) -> str:
    """``2025-11-16`` as ``16 November 2025``, ``2025-04`` as ``April 2025``; a value of another form as it is."""
    parts = value.split("-")
    if precision is DatePrecision.YEAR or len(parts) == 1:
        return parts[0]
    try:
        words = [ENGLISH_MONTHS[int(parts[1]) - 1], parts[0]]
        return " ".join([str(int(parts[2])), *words] if precision is DatePrecision.DAY else words)
    except (ValueError, IndexError):
        return value


@dataclass(frozen=True, slots=True)
class GermanDay:
    """A day named in German text: ``3.4.2025``, ``3. April 2025`` or ``am 1. November`` (no year)."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    numeric: bool
    """True if the month is written as a number."""


_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a text has any digit: most sentences have none, and need not be searched for what begins with one."""
    return _DIGIT.search(text) is not None


def names_month(text: str) -> bool:
    """Whether a German text has the name of a month in it, in any letter case, as a word or as part of one."""
    lower = text.lower()
    return any(month in lower for month in MONTHS)


def german_days(text: str) -> Iterator[GermanDay]:
    """Every day of the calendar that the text names with day and month, in order."""
    if not has_digit(text):
        return
    for match in _GERMAN_DAY.finditer(text):
        month = MONTHS[match["name"].lower()] if match["name"] else int(match["month"])
        year = match["year"] or match["full"]
        found = GermanDay(
            match.start(), match.end(), int(match["day"]), month, int(year) if year else None, not match["name"]
        )
        # 2024 was a leap year: it has every day that any year has.
        if _iso(found.year or 2024, month, found.day):
            yield found


RESOLVE_WITHIN_DAYS = 120
"""A day without a year is taken for the last one before publication if it is at most this long ago: the day a year
earlier or later is then at least twice as far, and news names older days with their year."""


def resolve(day: GermanDay, published: str | None) -> str | None:
    """The day as ``YYYY-MM-DD``; None if its year is neither given nor clear from the day of publication."""
    if day.year is not None:
        return _iso(day.year, day.month, day.day)
    if published is None:
        return None
    reference = datetime.date.fromisoformat(published)
    iso = _iso(reference.year, day.month, day.day)
    if iso is None or datetime.date.fromisoformat(iso) > reference:
        iso = _iso(reference.year - 1, day.month, day.day)
    if iso is None or (reference - datetime.date.fromisoformat(iso)).days > RESOLVE_WITHIN_DAYS:
        return None
    return iso


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
