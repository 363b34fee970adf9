"""Web pages → blocks, by trafilatura: the article without menus, advertisements and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sahelsum.errors import InputError
from sahelsum.read.draft import Draft, Parsed
from sahelsum.read.fields import sort_fields
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.records import BlockKind

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_HOLDERS = frozenset({"p", "head", "item", "quote", "code", "ab", "cell"})
"""Elements of trafilatura's result that hold one block of text."""


def parse_html(text: str) -> Parsed:
    """Extract the article from a decoded web page, with its title, date, site name and address.

    Source: A. Barbaresi, Trafilatura, ACL-IJCNLP 2021 system demonstrations.

    Raises:
        InputError: trafilatura is not installed, or the page holds no article.
    """
    document = _extract(_XML_DECLARATION.sub("", text, count=1))
    drafts = tuple(_drafts(document.body)) if document is not None and document.body is not None else ()
    if document is None or not drafts:
        raise InputError("no article text was found in this page.", hint="Save the text itself as .txt or .md.")
    fields = {
        "title": document.title,
        "date": document.date,
        "source": document.sitename,
        "url": document.url,
        "author": document.author,
    }
    known = sort_fields(fields, "metadata")
    same = drafts[0].kind is BlockKind.HEADING and drafts[0].text == known.title
    return Parsed(
        drafts=drafts[1:] if same else drafts,
        plain=False,
        title=known.title,
        date=known.date,
        credit=known.credit,
        url=known.url,
        metadata=known.metadata,
    )


def _extract(text: str) -> Any:
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise InputError("web pages need trafilatura.", hint="Type: pip install 'sahelsum[html]'") from None
    try:
        return bare_extraction(text, include_comments=False, include_tables=True, with_metadata=True)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"this page cannot be parsed ({type(error).__name__}).", hint="Save it as .txt.") from None


def _drafts(element: Any) -> Iterator[Draft]:
    """Every piece of text under ``element`` in order: the holders as blocks, stray text as paragraphs."""
    if element.tag in _HOLDERS and not any(child.tag in _HOLDERS for child in element.iter() if child is not element):
        yield from _draft("".join(element.itertext()), element.tag)
        return
    yield from _draft(element.text or "", "p")
    for child in element:
        if isinstance(child.tag, str):
            yield from _drafts(child)
        yield from _draft(child.tail or "", "p")


def _draft(text: str, tag: str) -> Iterator[Draft]:
    line = one_line(clean_text(text))
    if line:
        yield Draft(line, BlockKind.HEADING if tag == "head" else BlockKind.PARAGRAPH)
