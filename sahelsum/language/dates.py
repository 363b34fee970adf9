"""Days of the calendar, and dates as English words, exactly as precise as they were given."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from sahelsum.records import ArticleDate, DatePrecision

ENGLISH_MONTHS = tuple("January February March April May June July August September October November December".split())
NO_DATE = "date not given"
YEAR_UNKNOWN = "--"
"""What a date without its year begins with (ISO 8601 calls it truncated)."""


def date_in_words(value: str, precision: DatePrecision) -> str:
    """``2025-11-16`` as ``16 November 2025``, ``2025-04`` as ``April 2025``; a value of another form as it is.

    One without its year (``--11-01``) says so: ``1 November, year not given``.
    """
    if value.startswith(YEAR_UNKNOWN):
        known = date_in_words(f"0000-{value.removeprefix(YEAR_UNKNOWN)}", precision)
        return f"{known.removesuffix(' 0000')}, year not given"
    parts = value.split("-")
    if precision is DatePrecision.YEAR or len(parts) == 1:
        return parts[0]
    try:
        words = [ENGLISH_MONTHS[int(parts[1]) - 1], parts[0]]
        return " ".join([str(int(parts[2])), *words] if precision is DatePrecision.DAY else words)
    except (ValueError, IndexError):
        return value


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text: ``3.4.2025``, ``3. April 2025`` or ``am 1. November`` (no year)."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    numeric: bool
    """True if the month is written as a number."""


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date with its precision; ``counted_from`` holds the words that were counted from the publication.

    A value that begins with :data:`YEAR_UNKNOWN` has no year: ``--11-01``, ``--05``.
    """

    value: str
    precision: DatePrecision
    counted_from: str = ""


_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a text has any digit: most sentences have none, and need not be searched for what begins with one."""
    return _DIGIT.search(text) is not None


RESOLVE_WITHIN_DAYS = 120
"""A day without a year is taken for the last one before publication if it is at most this long ago: the day a year
earlier or later is then at least twice as far, and news names older days with their year."""


def resolve(day: Day, published: str | None) -> str | None:
    """The day as ``YYYY-MM-DD``; None if its year is neither given nor clear from the day of publication."""
    if day.year is not None:
        return iso_day(day.year, day.month, day.day)
    if published is None:
        return None
    reference = datetime.date.fromisoformat(published)
    iso = iso_day(reference.year, day.month, day.day)
    if iso is None or datetime.date.fromisoformat(iso) > reference:
        iso = iso_day(reference.year - 1, day.month, day.day)
    if iso is None or (reference - datetime.date.fromisoformat(iso)).days > RESOLVE_WITHIN_DAYS:
        return None
    return iso


def iso_day(year: int, month: int, day: int) -> str | None:
    """``YYYY-MM-DD``; None if there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def published_day(date: ArticleDate | None) -> datetime.date | None:
    """The day of publication; None if there is none, or no such day (a sidecar may have been edited)."""
    if date is None or date.precision is not DatePrecision.DAY:
        return None
    try:
        return datetime.date.fromisoformat(date.value)
    except ValueError:
        return None
