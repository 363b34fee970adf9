"""What a file says about its article (front matter, JSON fields, page metadata) → the fields of an Article."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sahelsum.errors import InputError
from sahelsum.read import notes
from sahelsum.read.dates import parse_stamp
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.records import ArticleDate, Finding

# Names as they are folded: in lower case, without what stands between words ("article:published_time", "pubDate").
_TITLE_NAMES = ("title", "titel", "headline", "überschrift")
_DATE_NAMES = (
    "date",
    "datum",
    *("published", "publishedat", "publisheddate", "publishedtime", "publishedon", "publishedparsed", "publishdate"),
    *(
        "publishtime",
        "publicationdate",
        "publicationtime",
        "datepublished",
        "articlepublishedtime",
        "pubdate",
        "pubtime",
    ),
    *(
        "veröffentlicht",
        "veröffentlichtam",
        "veröffentlichungsdatum",
        "erschienen",
        "erschienenam",
        "erscheinungsdatum",
    ),
    *("isodate", "dcdate", "dctermsdate", "dcdateissued", "issued", "createdat", "datetime"),
)
"""What says only when a file was changed, fetched or clipped (``created``, ``modified``) is not taken."""
_CREDIT_NAMES = ("source", "outlet", "publisher", "site", "sitename", "quelle", "medium", "zeitung")
_URL_NAMES = ("url", "link", "canonical", "canonicalurl", "permalink", "source", "quelle", "href")
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
    findings: tuple[Finding, ...] = ()


def sort_fields(given: Mapping[str, object], origin: str) -> Fields:
    """Sort fields by name. What cannot be used as meant (an impossible date, an odd address) stays as metadata."""
    left = {one_line(str(name)): as_text(value) for name, value in given.items()}
    left = {name: value for name, value in left.items() if value}
    known = {_folded(name): name for name in reversed(left)}
    title = next((left.pop(known[name]) for name in _TITLE_NAMES if name in known), None)
    date, findings = _take_date(left, known, origin)
    usable = [known[name] for name in _URL_NAMES if name in known and _WEB_ADDRESS.match(left.get(known[name], ""))]
    url = left.pop(usable[0]) if usable else None
    credit = next((left.pop(known[name]) for name in _CREDIT_NAMES if known.get(name) in left), None)
    return Fields(title and one_line(title), date, credit and one_line(credit), url, tuple(left.items()), findings)


def refuse_odd_title(given: Mapping[str, object]) -> None:
    """See that a title is a text, as nothing else can be one.

    Raises:
        InputError: it is a number, a list or a mapping.
    """
    for name, value in given.items():
        if _folded(name) in _TITLE_NAMES and not isinstance(value, (str, type(None))):
            raise InputError(f'its field "{name}" is not a string.', hint='Put it in quotes: {"title": "…"}.')


def is_usual(name: str) -> bool:
    """Whether files usually call a title, a date, an outlet or an address so."""
    return _folded(name) in {*_TITLE_NAMES, *_DATE_NAMES, *_CREDIT_NAMES, *_URL_NAMES}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def _take_date(
    left: dict[str, str], known: Mapping[str, str], origin: str
) -> tuple[ArticleDate | None, tuple[Finding, ...]]:
    """The first date that can be read, taken out of ``left``; if none can, what was there instead."""
    given = [known[name] for name in _DATE_NAMES if name in known]
    for name in given:
        if date := parse_stamp(left[name], origin):
            del left[name]
            return date, ()
    return None, tuple(notes.unread_date(name, left[name]) for name in given)


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
