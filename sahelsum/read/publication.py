"""When an article says it was published: a line of its own, among the first ones or, where it says so, the last."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.language.pack import Pack
from sahelsum.read.dates import date_of_line, leading_date
from sahelsum.read.draft import Draft
from sahelsum.records import ArticleDate, BlockKind, Extract, ExtractKind

FIRST_LINES = 5
"""Section, title, subtitle, author and date."""
LAST_LINES = 3
PROSE_CHARACTERS = 80
"""A paragraph as long as this is text: a bare date below it may be that of an event."""


def take_date(drafts: list[Draft], source: Pack) -> tuple[list[Draft], list[Extract], ArticleDate | None]:
    """Take the lines out that say when the article was published; the first of them is the date."""
    found = leading_date(drafts[0].text, "text") if drafts else None
    if found is not None:
        wording, date, rest = found
        first = [Draft(rest, drafts[0].kind)] if rest else []
        return [*first, *drafts[1:]], [Extract(ExtractKind.DATE, wording)], date
    return _take_lines(drafts, source)


def _take_lines(drafts: list[Draft], source: Pack) -> tuple[list[Draft], list[Extract], ArticleDate | None]:
    head = next((place for place, draft in enumerate(drafts[:FIRST_LINES]) if _is_prose(draft)), FIRST_LINES)
    dates: dict[int, ArticleDate] = {}
    for place in _places(drafts):
        caption = drafts[place].kind is BlockKind.CAPTION
        line = None if caption else date_of_line(drafts[place].text, source, "text")
        if line and (line[1] or place < head):
            dates[place] = line[0]
    if len(dates) == len(drafts):
        return drafts, [], None
    kept = [draft for place, draft in enumerate(drafts) if place not in dates]
    extracts = [Extract(ExtractKind.DATE, drafts[place].text) for place in dates]
    return kept, extracts, next(iter(dates.values()), None)


def _is_prose(draft: Draft) -> bool:
    return len(draft.text) >= PROSE_CHARACTERS and draft.kind is BlockKind.PARAGRAPH


def _places(drafts: Sequence[Draft]) -> list[int]:
    first = range(min(FIRST_LINES, len(drafts)))
    return [*first, *range(max(len(first), len(drafts) - LAST_LINES), len(drafts))]
