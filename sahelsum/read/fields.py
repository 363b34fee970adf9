"""What a file says about its article (front matter, JSON fields, page metadata) → the fields of an Article."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sahelsum.read.dates import parse_date
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.records import ArticleDate

_CREDIT_NAMES = ("source", "outlet", "publisher", "site", "sitename", "quelle")
_URL_NAMES = ("url", "link", "canonical")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+$", re.IGNORECASE)

MAX_NESTING = 50
"""Levels of lists and mappings in a field; deeper ones are an attack on the reader."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The known fields, and the rest as text."""

    title: str | None
    date: ArticleDate | None
    credit: str | None
    url: str | None
    metadata: tuple[tuple[str, str], ...]


def sort_fields(given: Mapping[str, object], origin: str) -> Fields:
    """Sort fields by name. What cannot be used as meant (an impossible date, an odd address) stays as metadata."""
    left = {one_line(str(name)): as_text(value) for name, value in given.items()}
    left = {name: value for name, value in left.items() if value}
    lower = {name.lower(): name for name in reversed(left)}
    title = left.pop(lower["title"], None) if "title" in lower else None
    date = parse_date(left[lower["date"]], origin) if "date" in lower else None
    if date:
        del left[lower["date"]]
    credit = next((left.pop(lower[name]) for name in _CREDIT_NAMES if name in lower), None)
    usable = [lower[name] for name in _URL_NAMES if name in lower and _WEB_ADDRESS.match(left[lower[name]])]
    url = left.pop(usable[0]) if usable else None
    return Fields(title and one_line(title), date, credit and one_line(credit), url, tuple(left.items()))


def as_text(value: object) -> str:
    """A field as cleaned text; lists and mappings as JSON."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return clean_text(text).strip()
