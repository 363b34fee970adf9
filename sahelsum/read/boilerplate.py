"""Offers and notes of the publisher among the paragraphs: taken out word for word, and told."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.language.pack import Pack, Reading
from sahelsum.read import notes
from sahelsum.read.draft import Draft
from sahelsum.records import BlockKind, Extract, ExtractKind, Finding

MAX_CHARACTERS = 500
"""A longer paragraph is prose, whatever it opens with."""
CLOSING_PARAGRAPHS = 5
"""Among so many at the end a line about the author is one; elsewhere it may be about somebody in the news."""
PROSE_CHARACTERS = 200
"""So much text after an offer shows that the article goes on."""


def take_boilerplate(drafts: Sequence[Draft], source: Pack) -> tuple[list[Draft], list[Extract], list[Finding]]:
    """Take the offers and notes out; the findings say how many, and whether the article ends in an offer."""
    words = source.reading
    closing = len(drafts) - CLOSING_PARAGRAPHS
    is_note = [_is_note(draft, words, closing=place >= closing) for place, draft in enumerate(drafts)]
    if all(is_note):
        return list(drafts), [], []  # then it is what the article is about
    taken = [draft.text for draft, note in zip(drafts, is_note, strict=True) if note]
    kept = [draft for draft, note in zip(drafts, is_note, strict=True) if not note]
    findings = [notes.boilerplate(taken)] if taken else []
    findings += [notes.teaser()] if _is_teaser(drafts, is_note, words) else []
    return kept, [Extract(ExtractKind.BOILERPLATE, text) for text in taken], findings


def _is_note(draft: Draft, words: Reading, *, closing: bool) -> bool:
    if len(draft.text) > MAX_CHARACTERS or draft.kind is BlockKind.CAPTION:
        return False
    forms = [words.paywall, words.boilerplate, *([words.closing_notes] if closing else [])]
    return any(form.match(draft.text) for form in forms)


def _is_teaser(drafts: Sequence[Draft], is_note: Sequence[bool], words: Reading) -> bool:
    offers = [place for place, draft in enumerate(drafts) if is_note[place] and words.paywall.match(draft.text)]
    if not offers:
        return False
    after = zip(drafts[offers[0] :], is_note[offers[0] :], strict=True)
    return sum(len(draft.text) for draft, note in after if not note) < PROSE_CHARACTERS
