"""Photo credits and the captions that go with them, which web pages leave in the middle of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sahelsum.language.pack import Pack, Reading
from sahelsum.read.credits import AGENCY
from sahelsum.read.draft import Draft, Taken
from sahelsum.records import BlockKind, Extract, ExtractKind

MAX_CAPTION_CHARACTERS = 300
"""A longer paragraph after a photo credit holds more than the caption: only its first sentence is taken as caption."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_PARTY = rf"(?:{AGENCY}|{_NAME}(?:\s{_NAME}){{0,4}})"


@dataclass(frozen=True, slots=True)
class _Forms:
    leading: re.Pattern[str]
    alone: re.Pattern[str]
    trailing: re.Pattern[str]
    end_mark: re.Pattern[str]
    sentence_end: re.Pattern[str]


@cache
def _forms(words: Reading) -> _Forms:
    label = rf"(?:(?:{words.photo_label}):\s*|©\s*)"
    return _Forms(
        re.compile(
            rf"(?P<credit>{label}?{_PARTY}(?:\s?/\s?{_PARTY}){{0,3}}\s?/\s?{AGENCY})(?!\w)"
            rf"\s+(?=[\"„»“(]?[{words.capitals}\d])"
        ),
        re.compile(
            rf"(?:{label}{_PARTY}(?:\s?/\s?{_PARTY}){{0,4}}|{_PARTY}(?:\s?/\s?{_PARTY}){{0,3}}\s?/\s?{AGENCY})\.?$"
        ),
        re.compile(rf"(?P<caption>.{{3,}}?)\s+(?P<credit>\(?{label}{_PARTY}(?:\s?/\s?{_PARTY}){{0,4}}\)?\.?)$"),
        re.compile(
            rf"\((?:[^()]{{0,60}},\s*)?(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|\d{{4}}|{words.picture_date})\)\.?"
        ),
        re.compile(rf"[.!?][\"“”«»)]*\s+(?=[„»\"{words.capitals}])"),
    )


def take_captions(drafts: list[Draft], source: Pack) -> Taken:
    """Take photo credits out, and make the captions beside them caption blocks."""
    kept: list[Draft] = []
    taken: list[Extract] = []
    for draft in drafts:
        split = {BlockKind.PARAGRAPH: _split, BlockKind.CAPTION: _without_credit}.get(draft.kind)
        parts, credit = split(draft, _forms(source.reading)) if split else ([draft], "")
        kept += parts
        taken += [Extract(ExtractKind.PHOTO_CREDIT, credit)] if credit else []
    return kept, taken


def _split(draft: Draft, forms: _Forms) -> tuple[list[Draft], str]:
    text = draft.text
    if forms.alone.match(text):
        return [], text
    if found := forms.leading.match(text):
        caption, prose = _caption_and_prose(text[found.end() :], forms)
        return _blocks(caption, prose), found["credit"]
    if len(text) <= MAX_CAPTION_CHARACTERS and (found := forms.trailing.match(text)):
        return _blocks(found["caption"], ""), found["credit"]
    return [draft], ""


def _without_credit(draft: Draft, forms: _Forms) -> tuple[list[Draft], str]:
    """A caption that the format marks as one, and the credit at its end."""
    if forms.alone.match(draft.text):
        return [], draft.text
    found = forms.trailing.match(draft.text)
    return (_blocks(found["caption"], ""), found["credit"]) if found else ([draft], "")


def _blocks(caption: str, prose: str) -> list[Draft]:
    return [Draft(caption, BlockKind.CAPTION), *([Draft(prose)] if prose else [])]


def _caption_and_prose(text: str, forms: _Forms) -> tuple[str, str]:
    """A caption ends at its bracketed place and date; else it is a short paragraph, or a long one's first sentence."""
    if found := forms.end_mark.search(text, 0, MAX_CAPTION_CHARACTERS):
        return text[: found.end()], text[found.end() :].lstrip()
    if len(text) > MAX_CAPTION_CHARACTERS and (found := forms.sentence_end.search(text)):
        return text[: found.end()].rstrip(), text[found.end() :]
    return text, ""
