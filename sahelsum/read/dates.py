"""Dates as texts and metadata write them, kept exactly as precise as they are."""

from __future__ import annotations

import datetime
import re

from sahelsum.language.packs import WITH_PACK, pack_of
from sahelsum.records import ArticleDate, DatePrecision

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}[\d:.]*\s?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$", re.ASCII)
_LEADING = re.compile(r"\s*(date:?\s+(\d{4}(?:-\d{2}(?:-\d{2})?)?))(?=\s|$)", re.ASCII | re.IGNORECASE)


def parse_date(text: str, origin: str) -> ArticleDate | None:
    """``2025-11-16`` (with or without a time), ``2025-04``, ``2025``, ``16.11.2025``, ``16. November 2025``.

    None for anything else, and for days that do not exist. ``origin`` says where it was found. The language of a date
    in words need not be that of the article: a file's details may be in another.
    """
    text = text.strip()
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _NUMERIC.match(text):
        day, month, year = found.groups()
    elif written := _in_words(text):
        day, month, year = written
    else:
        return None
    return _checked(year, month, day, origin)


def _in_words(text: str) -> tuple[str | None, str, str] | None:
    """Day, month and year of a date in words of any language that has a pack."""
    written = (pack_of(language).reading.written_date(text) for language in WITH_PACK)
    return next((found for found in written if found), None)


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
