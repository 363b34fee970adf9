"""Paragraphs of an article → its structure: date, credits, captions, headings, dateline, prose.

Nothing is dropped: each character other than white space ends up in the title, a block or an extract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sahelsum.language.pack import Pack
from sahelsum.read import credits as sources
from sahelsum.read.boilerplate import take_boilerplate
from sahelsum.read.captions import take_captions
from sahelsum.read.dates import date_within
from sahelsum.read.draft import Draft
from sahelsum.read.footnotes import take_footnote_marks
from sahelsum.read.headings import mark_headings, split_run_in_headings
from sahelsum.read.publication import take_date
from sahelsum.records import ArticleDate, Block, BlockKind, Extract, Finding


@dataclass(frozen=True, slots=True)
class Structure:
    """What an article's own text tells about it."""

    blocks: tuple[Block, ...]
    extracts: tuple[Extract, ...]
    title: str | None
    date: ArticleDate | None
    credit: str | None
    dateline: str | None
    findings: tuple[Finding, ...] = ()


def find_structure(drafts: Sequence[Draft], source: Pack, *, plain: bool, title: str | None = None) -> Structure:
    """Find the structure of ``drafts``, the cleaned blocks of an article in reading order.

    ``source`` has the words of the language. ``plain`` says that the format marks no headings, so that they are looked
    for and a leading one is the title; ``title`` is one known from elsewhere, and then a leading heading stays a block.
    """
    rest, extracts, date = take_date(list(drafts), source)
    rest, notes_of_publisher, findings = take_boilerplate(rest, source)
    rest, marks = take_footnote_marks(rest)
    beside_date = next((name for line in extracts if (name := sources.byline_within(line.text, source))), None)
    rest, bylines = sources.take_byline(rest, source)
    rest, credits_ = sources.take_trailing_credits(rest, source)
    rest, photo_credits = take_captions(rest, source)
    rest = mark_headings(rest) if plain else rest
    rest, title = _take_title(rest, title)
    rest, datelines = sources.take_dateline(rest, source)
    blocks = _numbered(split_run_in_headings(rest, source))
    date = date or next((found for line in datelines if (found := date_within(line.text, source, "text"))), None)
    extracts += bylines + photo_credits + datelines + credits_ + marks + notes_of_publisher
    return Structure(
        blocks=blocks,
        extracts=tuple(extracts),
        title=title,
        date=date,
        credit=_credit(source, credits_, datelines, bylines) or beside_date,
        dateline=sources.dateline_places(datelines[0].text) if datelines else None,
        findings=tuple(findings),
    )


def _take_title(drafts: list[Draft], known: str | None) -> tuple[list[Draft], str | None]:
    if known or not drafts or drafts[0].kind is not BlockKind.HEADING or len(drafts) == 1:
        return drafts, known
    return drafts[1:], drafts[0].text


def _credit(source: Pack, *found: Sequence[Extract]) -> str | None:
    """The closing credits; else the dateline's agency; else the byline."""
    closing, datelines, bylines = found
    if closing:
        return "; ".join(sources.credit_name(extract.text, source) for extract in closing)
    agencies = [name for extract in datelines if (name := sources.dateline_agency(extract.text))]
    return next(iter([*agencies, *(extract.text for extract in bylines)]), None)


def _numbered(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    return tuple(Block(number, draft.kind, draft.text, draft.run_in) for number, draft in enumerate(drafts, start=1))
