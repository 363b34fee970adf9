"""What a file says about its article (front matter, JSON fields, page metadata) → the fields of an Article."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sahelsum.errors import InputError
from sahelsum.read.dates import parse_date
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.records import ArticleDate

_CREDIT_NAMES = ("source", "outlet", "publisher", "site", "sitename", "quelle")
_URL_NAMES = ("url", "link", "canonical")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+$", re.IGNORECASE)

MAX_SHOWN_CHARACTERS = 60
"""A field's name is shown in messages up to this length."""


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


def refuse_repeats(subject: str, names: Iterable[str]) -> None:
    """Look that no two names are one once they are cleaned, as then one of their values would be lost.

    Raises:
        InputError: two are; ``subject`` begins its message.
    """
    counts = Counter(one_line(name) for name in names)
    if counts and counts.most_common(1)[0][1] > 1:
        raise repeated(subject, counts.most_common(1)[0][0])


def repeated(subject: str, name: str) -> InputError:
    """The error for a name that is there more than once."""
    shown = name if len(name) <= MAX_SHOWN_CHARACTERS else f"{name[:MAX_SHOWN_CHARACTERS]}…"
    return InputError(f"{subject} {shown!r} is there more than once.", hint="Keep one, or give them different names.")


def as_text(value: object) -> str:
    """A field as cleaned text; lists and mappings as JSON.

    Raises:
        InputError: lists and mappings are nested too deeply.
    """
    if value is None:
        return ""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    except RecursionError:
        raise InputError("it is nested too deeply.") from None
    return clean_text(text).strip()
