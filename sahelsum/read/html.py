"""Web pages → blocks: the article without menus, advertisements and comments, which are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sahelsum.errors import InputError
from sahelsum.language.pack import Pack
from sahelsum.read import notes
from sahelsum.read.dates import date_of_line, parse_stamp
from sahelsum.read.draft import Draft, Parsed
from sahelsum.read.fields import sort_fields
from sahelsum.read.normalize import one_line
from sahelsum.read.pageblocks import PageBlock, page_blocks
from sahelsum.read.pagedate import page_date
from sahelsum.read.pageselect import article_blocks, letters
from sahelsum.records import ArticleDate, BlockKind, Extract, ExtractKind

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
HEAD_BLOCKS = 6
"""A line with the date stands so few blocks before the text."""
FOOT_BLOCKS = 3
PROSE_CHARACTERS = 80
"""A block as long as this is prose and ends the head of an article."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page taken apart: each block and whether it is of the article."""

    tree: Any
    blocks: Sequence[PageBlock]
    chosen: Sequence[bool]
    document: Any


def parse_html(text: str, source: Pack) -> Parsed:
    """Extract the article from a decoded web page, with its title, date, site name and address.

    Source: A. Barbaresi, Trafilatura, ACL-IJCNLP 2021 system demonstrations.

    Raises:
        InputError: trafilatura is not installed, or the page holds no article.
    """
    page = _page(_XML_DECLARATION.sub("", text, count=1))
    if not any(page.chosen):
        raise InputError("no article text was found in this page.", hint="Save the text itself as .txt or .md.")
    document = page.document
    fields = {name: getattr(document, name, None) for name in ("title", "url", "author")}
    known = sort_fields({**fields, "source": getattr(document, "sitename", None)}, "metadata")
    date, unread = page_date(page.tree, known.url)
    inside, outside = _headline(page, known.title)
    lines, line_date = _date_lines(outside, page, source)
    outside = [block for block in outside if block not in lines]
    marks = [Extract(ExtractKind.FOOTNOTE_MARK, mark) for block in inside for mark in block.marks]
    left_out = sum(len("".join("".join((block.text, *block.marks)).split())) for block in outside)
    told = (notes.left_out_of_page([block.text for block in outside], left_out),) if left_out else ()
    return Parsed(
        drafts=tuple(Draft(block.text, block.kind) for block in inside),
        plain=False,
        title=known.title,
        date=date or line_date or _date_of_times(page),
        credit=known.credit,
        url=known.url,
        metadata=known.metadata,
        extracts=(*(Extract(ExtractKind.DATE, line.text) for line in lines), *marks),
        findings=(*unread, *told),
        left_out=left_out,
    )


def _page(text: str) -> _Page:
    try:
        import trafilatura  # noqa: PLC0415 - an optional dependency, which brings lxml
        from lxml import html  # noqa: PLC0415 - as above
    except ImportError:
        raise InputError("web pages need trafilatura.", hint="Type: pip install 'sahelsum[html]'") from None
    try:
        tree = html.document_fromstring(text)
        document = trafilatura.bare_extraction(text, include_comments=False, include_tables=True, with_metadata=True)
        body = next(tree.iter("body"), tree)
        blocks = [_clean(block) for block in page_blocks(body)]
    except (ValueError, TypeError, AttributeError, RecursionError, html.etree.LxmlError) as error:
        raise InputError(f"this page cannot be parsed ({type(error).__name__}).", hint="Save it as .txt.") from None
    blocks = [block for block in blocks if block.text]
    extracted = " ".join(document.body.itertext()) if document is not None and document.body is not None else ""
    return _Page(tree, blocks, article_blocks(blocks, extracted), document)


def _clean(block: PageBlock) -> PageBlock:
    return replace(block, text=one_line(block.text))


def _headline(page: _Page, title: str | None) -> tuple[list[PageBlock], list[PageBlock]]:
    """The blocks of the article and those outside it, without the one that is the title.

    A headline that stands outside and is not the title in the page's details opens the article.
    """
    inside = [block for block, chosen in zip(page.blocks, page.chosen, strict=True) if chosen]
    outside = [block for block, chosen in zip(page.blocks, page.chosen, strict=True) if not chosen]
    own = letters(title or "")
    for blocks, most in ((inside, HEAD_BLOCKS), (outside, len(outside))):
        for block in blocks[:most]:
            if own and letters(block.text) == own and (blocks is outside or block.kind is BlockKind.HEADING):
                blocks.remove(block)
                return inside, outside
    if not any(block.element.tag == "h1" for block in inside):
        for block in outside:
            if block.element.tag == "h1" and not block.framed:
                outside.remove(block)
                return [block, *inside], outside
    return inside, outside


def _head(page: _Page) -> list[PageBlock]:
    """The blocks between the headline and the text.

    Above the headline only what is in an ``<article>`` too: there many sites print the date of today.
    """
    first = page.chosen.index(True)
    near = page.blocks[max(0, first - HEAD_BLOCKS) : first + HEAD_BLOCKS]
    prose = next((place for place, block in enumerate(near) if len(block.text) >= PROSE_CHARACTERS), len(near))
    headline = next((place for place, block in enumerate(near) if block.element.tag == "h1"), 0)
    return [
        block
        for place, block in enumerate(near[:prose])
        if not block.framed
        and (place >= headline or "article" in {above.tag for above in block.element.iterancestors()})
    ]


def _date_lines(outside: list[PageBlock], page: _Page, source: Pack) -> tuple[list[PageBlock], ArticleDate | None]:
    """The lines outside the article that are its date: above the text, or close to it if they say so."""
    head = _head(page)
    places = [place for place, chosen in enumerate(page.chosen) if chosen]
    near = page.blocks[max(0, places[0] - HEAD_BLOCKS) : places[-1] + 1 + FOOT_BLOCKS]
    lines: dict[PageBlock, ArticleDate] = {}
    for block in outside:
        if line := date_of_line(block.text, source, "text"):
            date, labelled = line
            lines |= {block: date} if block in head or (labelled and block in near and not block.framed) else {}
    return list(lines), next(iter(lines.values()), None)


def _date_of_times(page: _Page) -> ArticleDate | None:
    """What a ``<time>`` above the text says, whatever a reader sees of it (``vor 3 Stunden``)."""
    dates = (parse_stamp(block.time, "metadata") for block in _head(page) if block.time)
    return next((date for date in dates if date), None)
