"""Sub-headings: on a line of their own, and run into their paragraph ("Russlands Präsenz Gleichzeitig toben …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sahelsum.language.pack import Pack
from sahelsum.read.draft import Draft
from sahelsum.records import BlockKind

MAX_HEADING_CHARACTERS = 100
MAX_HEADING_WORDS = 14
"""Sub-headings run to about twelve words; a longer line without a full stop is a cut paragraph."""

_NO_HEADING_END = re.compile(r"[.!?;:,…–—-][\"“”«»’)\]]*$|[\"“”«»]$")
_LIST_OR_ADDRESS = re.compile(r"[-*•]\s|https?://|www\.|\S+@\S")


def mark_headings(drafts: Sequence[Draft]) -> list[Draft]:
    """Make headings of short paragraphs without final punctuation that stand before another paragraph."""
    marked: list[Draft] = []
    for place, draft in enumerate(drafts):
        followed = place + 1 < len(drafts) and drafts[place + 1].kind is BlockKind.PARAGRAPH
        heads = followed and draft.kind is BlockKind.PARAGRAPH and is_heading_line(draft.text)
        # A line that heads another short line is part of a list or a verse.
        heads = heads and not is_heading_line(drafts[place + 1].text)
        marked.append(Draft(draft.text, BlockKind.HEADING) if heads else draft)
    return marked


def is_heading_line(text: str) -> bool:
    """Whether a paragraph looks like a heading: short, begun like a title, without final punctuation."""
    words = text.split()
    return (
        len(text) <= MAX_HEADING_CHARACTERS
        and len(words) <= MAX_HEADING_WORDS
        and any(character.isalpha() for character in text)
        and (text[0].isupper() or text[0].isdigit() or text[0] in '„»"“')
        and not _NO_HEADING_END.search(text)
        and not _LIST_OR_ADDRESS.match(text)
    )


def split_run_in_headings(drafts: Sequence[Draft], source: Pack) -> list[Draft]:
    """Split each paragraph that opens with a run-in heading into the heading and the rest."""
    result: list[Draft] = []
    for draft in drafts:
        end = source.reading.run_in_heading_end(draft.text) if draft.kind is BlockKind.PARAGRAPH else 0
        if end:
            result.append(Draft(draft.text[:end], BlockKind.HEADING, run_in=True))
            result.append(Draft(draft.text[end:].lstrip()))
        else:
            result.append(draft)
    return result
