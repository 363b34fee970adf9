"""Photo credits and the captions that go with them, which web pages leave in the middle of the text."""

from __future__ import annotations

import re

from sahelsum.language.german import MONTHS
from sahelsum.read.credits import AGENCY
from sahelsum.read.draft import Draft, Taken
from sahelsum.records import BlockKind, Extract, ExtractKind

MAX_CAPTION_CHARACTERS = 300
"""A longer paragraph after a photo credit holds more than the caption: only its first sentence is taken as caption."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_PARTY = rf"(?:{AGENCY}|{_NAME}(?:\s{_NAME}){{0,4}})"
_LABEL = r"(?:(?:Fotos?|Bild(?:er)?|Photo|Symbolfoto|Archivfoto):\s*|©\s*)"
_LEADING = re.compile(
    rf"(?P<credit>{_LABEL}?{_PARTY}(?:\s?/\s?{_PARTY}){{0,3}}\s?/\s?{AGENCY})(?!\w)\s+(?=[\"„»“(]?[A-ZÄÖÜ\d])"
)
_ALONE = re.compile(
    rf"(?:{_LABEL}{_PARTY}(?:\s?/\s?{_PARTY}){{0,4}}|{_PARTY}(?:\s?/\s?{_PARTY}){{0,3}}\s?/\s?{AGENCY})\.?$"
)
_TRAILING = re.compile(rf"(?P<caption>.{{3,}}?)\s+(?P<credit>\(?{_LABEL}{_PARTY}(?:\s?/\s?{_PARTY}){{0,4}}\)?\.?)$")
_MONTH = "|".join(month.capitalize() for month in MONTHS)
_END_MARK = re.compile(
    rf"\((?:[^()]{{0,60}},\s*)?(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|(?:\d{{1,2}}\.\s?)?(?:{_MONTH})\s\d{{4}}|\d{{4}}|Archivbild)\)\.?"
)
_SENTENCE_END = re.compile(r"[.!?][\"“”«»)]*\s+(?=[„»\"A-ZÄÖÜ])")


def take_captions(drafts: list[Draft]) -> Taken:
    """Take photo credits out, and make the captions beside them caption blocks."""
    kept: list[Draft] = []
    taken: list[Extract] = []
    for draft in drafts:
        parts, credit = _split(draft) if draft.kind is BlockKind.PARAGRAPH else ([draft], "")
        kept += parts
        taken += [Extract(ExtractKind.PHOTO_CREDIT, credit)] if credit else []
    return kept, taken


def _split(draft: Draft) -> tuple[list[Draft], str]:
    text = draft.text
    if _ALONE.match(text):
        return [], text
    if found := _LEADING.match(text):
        caption, prose = _caption_and_prose(text[found.end() :])
        return _blocks(caption, prose), found["credit"]
    if len(text) <= MAX_CAPTION_CHARACTERS and (found := _TRAILING.match(text)):
        return _blocks(found["caption"], ""), found["credit"]
    return [draft], ""


def _blocks(caption: str, prose: str) -> list[Draft]:
    return [Draft(caption, BlockKind.CAPTION), *([Draft(prose)] if prose else [])]


def _caption_and_prose(text: str) -> tuple[str, str]:
    """A caption ends at its bracketed place and date; else it is a short paragraph, or a long one's first sentence."""
    if found := _END_MARK.search(text, 0, MAX_CAPTION_CHARACTERS):
        return text[: found.end()], text[found.end() :].lstrip()
    if len(text) > MAX_CAPTION_CHARACTERS and (found := _SENTENCE_END.search(text)):
        return text[: found.end()].rstrip(), text[found.end() :]
    return text, ""
