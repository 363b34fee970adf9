"""A text as a document: what of it is translated, and what stays as it is, with the empty lines between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sahelsum.language.pack import Pack
from sahelsum.read.draft import Draft
from sahelsum.read.normalize import clean_text
from sahelsum.read.paragraphs import split_spaced
from sahelsum.read.structure import find_structure
from sahelsum.records import Extract, ExtractKind

METADATA = frozenset({ExtractKind.DATE, ExtractKind.CREDIT, ExtractKind.PHOTO_CREDIT, ExtractKind.DATELINE})
"""What a run takes out of the text and does not translate: who, where and when, in the words of the source."""
MIN_WITHIN_CHARACTERS = 8
"""A shorter piece, such as ``dpa``, is looked for at the ends of a paragraph only: within, it may be part of a word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line: text to translate, or metadata that stays byte for byte; then ``kind`` says which."""

    text: str
    kind: ExtractKind | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A paragraph on one line, and how many empty lines stand above it."""

    pieces: tuple[Piece, ...]
    empty_above: int


def document_lines(text: str, source: Pack) -> list[DocumentLine]:
    """The paragraphs of ``text``, wrapped lines joined; dates and credits apart, as a run has them."""
    spaced = split_spaced(clean_text(text), source)
    paragraphs = [paragraph for _, paragraph in spaced]
    found = find_structure([Draft(paragraph) for paragraph in paragraphs], source, plain=True) if paragraphs else None
    extracts = [extract for extract in found.extracts if _stays(extract)] if found else []
    places = _places(paragraphs, extracts)
    by_place: dict[int | None, list[Extract]] = {}
    for extract, place in zip(extracts, places, strict=True):
        by_place.setdefault(place, []).append(extract)
    return [
        DocumentLine(tuple(_pieces(paragraph, by_place.get(at, ()))), empty)
        for at, (empty, paragraph) in enumerate(spaced)
    ]


def _stays(extract: Extract) -> bool:
    """Metadata, and of what is not the article a © line; an offer in whole sentences is translated."""
    return extract.kind in METADATA or (
        extract.kind is ExtractKind.BOILERPLATE and not extract.text.endswith((".", "!", "?"))
    )


def _places(paragraphs: Sequence[str], extracts: Sequence[Extract]) -> list[int | None]:
    """The paragraph of each extract: the one that is nothing else, the last such one, or the first that has it."""
    return [_place(paragraphs, extract.text) for extract in extracts]


def _place(paragraphs: Sequence[str], text: str) -> int | None:
    whole = [at for at, paragraph in enumerate(paragraphs) if paragraph == text]
    within = (at for at, paragraph in enumerate(paragraphs) if _at(paragraph, text) is not None)
    return whole[-1] if whole else next(within, None)


def _at(paragraph: str, text: str) -> int | None:
    """Where the piece begins in the paragraph."""
    if paragraph.startswith(text):
        return 0
    if paragraph.endswith(text):
        return len(paragraph) - len(text)
    at = paragraph.find(text)
    return at if at >= 0 and len(text) >= MIN_WITHIN_CHARACTERS else None


def _pieces(paragraph: str, extracts: Sequence[Extract]) -> Iterator[Piece]:
    """The paragraph cut at its metadata; nothing but white space is lost."""
    done = 0
    starts = ((_at(paragraph, extract.text), extract) for extract in extracts)
    for start, extract in sorted(((at, each) for at, each in starts if at is not None), key=lambda pair: pair[0]):
        if start < done:
            continue
        yield from _translatable(paragraph[done:start])
        yield Piece(extract.text, extract.kind)
        done = start + len(extract.text)
    yield from _translatable(paragraph[done:])


def _translatable(text: str) -> Iterator[Piece]:
    if text.strip():
        yield Piece(text.strip())
