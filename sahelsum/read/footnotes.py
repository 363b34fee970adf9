"""Footnote marks in the prose: raised figures that belong to a note, not to the number or word before them."""

from __future__ import annotations

import re

from sahelsum.read.draft import Draft, Taken
from sahelsum.records import Extract, ExtractKind

_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:,[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
BEFORE_CHARACTERS = 24
"""Before a mark, enough to tell a unit or a power of ten."""
_POWER_OF_TEN = re.compile(r"(?<![\d.,])(?:\d+(?:[.,]\d+)?[·x×*])?10$|⁻$")
_UNIT = re.compile(r"(?:^|[\d\s/(·.])(?:[kmcdµ]?m|[kM]?Wh?/m|l/m|sec|s|ha|CO)$")
"""Square and cubic metres."""


def take_footnote_marks(drafts: list[Draft]) -> Taken:
    """Take raised figures off numbers and words: of ``2023⁴`` the 4; those of ``10⁶`` and ``km²`` stay."""
    taken: list[Extract] = []

    def without_mark(found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - BEFORE_CHARACTERS) : found.start()]
        if not before[-1:].strip() or _POWER_OF_TEN.search(before) or _UNIT.search(before):
            return found.group()
        taken.append(Extract(ExtractKind.FOOTNOTE_MARK, found.group()))
        return ""

    kept = [
        Draft(_RAISED.sub(without_mark, draft.text), draft.kind, draft.run_in)
        if any(mark in draft.text for mark in "⁰¹²³⁴⁵⁶⁷⁸⁹")
        else draft
        for draft in drafts
    ]
    return kept, taken
