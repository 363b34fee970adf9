"""What the format readers hand to the structure rules: blocks without numbers, and what a file says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from sahelsum.records import ArticleDate, BlockKind, Extract, Finding


@dataclass(frozen=True, slots=True)
class Draft:
    """One block of cleaned text on one line, and what it is as far as known."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    run_in: bool = False


Taken = tuple[list[Draft], list[Extract]]
"""What a structure rule leaves, and what it took out."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format reader makes of an article's text, before its structure is looked for."""

    drafts: tuple[Draft, ...]
    plain: bool = True
    """Whether the format marks no headings, so that they have to be found."""
    title: str | None = None
    date: ArticleDate | None = None
    credit: str | None = None
    url: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    extracts: tuple[Extract, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What to tell of the reading so far."""
    left_out: int = 0
    """Visible characters of a page that are in none of these."""
