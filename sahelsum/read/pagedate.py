"""What a web page says for machines about when it was published. What its prose tells of other days is no such date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sahelsum.read import notes
from sahelsum.read.dates import parse_stamp
from sahelsum.records import ArticleDate, Finding

_META_NAMES = (
    *("article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date", "publishdate", "pubdate"),
    *("publication_date", "publication-date", "date.published", "dcterms.issued", "dc.date.issued", "dcterms.date"),
    *("dc.date", "dcterms.created", "dc.date.created", "date"),
)
"""In the order of how surely they give the day of publication; what tells of changes is not among them."""
_PUBLISHED_CLASS = re.compile(
    r"(?<![a-z])(?:published|pubdate|date-published|publish-date|entry-date)(?![a-z])", re.IGNORECASE
)
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Review")
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?=/)")
MAX_DEPTH = 12
"""Of JSON-LD that is looked through."""


def page_date(tree: Any, url: str | None) -> tuple[ArticleDate | None, tuple[Finding, ...]]:
    """The date of publication of a page, and what was given for one but cannot be read."""
    unread: list[Finding] = []
    for name, value in (*_meta(tree), *_linked_data(tree), *_marked_times(tree)):
        date = parse_stamp(value, "metadata")
        if date:
            return date, ()
        unread.append(notes.unread_date(name, value))
    if url and (found := _PATH_DATE.search(url)):
        return parse_stamp("-".join(found.groups()), "web address"), ()
    return None, tuple(unread[:1])


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    given: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := (meta.get("content") or "").strip():
            given.setdefault(name.strip().lower(), content)
    yield from ((name, given[name]) for name in _META_NAMES if name in given)


def _linked_data(tree: Any) -> Iterator[tuple[str, str]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                yield from _published(json.loads(script.text or "", strict=False), 0)
            except (ValueError, RecursionError):
                continue


def _published(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        date = value.get("datePublished")
        if isinstance(date, str) and date.strip() and _ARTICLE_TYPE.search(str(value.get("@type", ""))):
            yield "datePublished", date.strip()
        value = [value[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in value]
    if isinstance(value, list):
        for each in value:
            yield from _published(each, depth + 1)


def _marked_times(tree: Any) -> Iterator[tuple[str, str]]:
    """``<time>`` and the like that say themselves that they are the time of publication."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        marked = element.get("itemprop") == "datePublished" or (
            element.tag == "time"
            and (element.get("pubdate") is not None or _PUBLISHED_CLASS.search(element.get("class") or ""))
        )
        value = (element.get("datetime") or element.get("content") or "".join(element.itertext())).strip()
        if marked and value:
            yield "datePublished", " ".join(value.split())
