"""Blocks → sentences: sentencex proposes, the rules of the language dispose.

sentencex (Wikimedia, MIT) is a rule-based segmenter of many languages. Each of its borders, and a few it misses, is
held against the rules of the language's pack; for one without, :mod:`sahelsum.segment.borders` has some.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sahelsum.language.pack import Pack
from sahelsum.records import Block, BlockKind, Sentence
from sahelsum.segment.borders import may_be_border
from sahelsum.segment.spans import Span, enclosed_spans

MAX_WHOLE_SPAN = 160
"""Characters. A quotation or bracket up to this length stays whole even if it holds several sentences, because it
translates better with both its marks; a longer one would make a unit no small model handles well."""

WINDOW = 10_000
"""Characters given to sentencex at once. No real paragraph is longer, and sentencex takes quadratic time over open
quotation marks, so that a hostile one could stop a run."""

_POSSIBLE_BORDER = re.compile(r"(?:[.!?…]|\.\.\.)[\"“”„«»‘’)\]]*(\s+)(?=[\"„“»«‚(\[]*[^\W_])")
_NOT_SPACE = re.compile(r"\S")
_WORD_START = re.compile(r"[^\W_]+")


def segment(blocks: Sequence[Block], source: Pack) -> tuple[Sentence, ...]:
    """The sentences of ``blocks``, numbered from 1 over all of them.

    For each block that holds more than white space, the joined ``text + space_after`` of its sentences is the block's
    text, and no sentence is empty. (A block of white space alone has no sentence; reading makes none.)
    """
    sentences: list[Sentence] = []
    for block in blocks:
        for text, space in split_sentences(block.text, source, whole=block.kind is not BlockKind.PARAGRAPH):
            sentences.append(Sentence(len(sentences) + 1, block.number, text, space))
    return tuple(sentences)


def split_sentences(text: str, source: Pack, *, whole: bool = False) -> list[tuple[str, str]]:
    """``text`` as pairs of sentence and the white space after it.

    ``whole`` is for headings and captions, which often lack final punctuation: they are split only where a clear
    sentence end stands in the middle.
    """
    if not text.strip():
        return []
    is_border = source.is_border or may_be_border
    starts = [start for start in _candidates(text, source, whole=whole) if is_border(text, start)]
    starts = _outside(starts, [span for span in enclosed_spans(text) if span.end - span.start <= MAX_WHOLE_SPAN])
    edges = [0, *_with_words_between(text, starts), len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(edges)]
    return [(piece.rstrip(), piece[len(piece.rstrip()) :]) for piece in pieces]


def split_at_sentences(text: str, source: Pack) -> list[str]:
    """Cut ``text`` at every end of a sentence, also within quotations and brackets; joined the pieces are the text."""
    is_border = source.is_border or may_be_border
    starts = [start for start in _candidates(text, source, whole=False) if is_border(text, start)]
    edges = [0, *_with_words_between(text, starts), len(text)]
    return [text[begin:end] for begin, end in pairwise(edges)]


def _candidates(text: str, source: Pack, *, whole: bool) -> list[int]:
    """Where a sentence might start, in rising order, with more than white space on both sides.

    Only rules that know the abbreviations of the language can judge every full stop.
    """
    found = {match.end() for match in _POSSIBLE_BORDER.finditer(text)} if source.is_border else set()
    if not whole or not source.is_border:
        found |= _proposed(text, source.code)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return sorted(start for start in found if first < start < last)


def _proposed(text: str, language: str) -> set[int]:
    """The borders sentencex sees, moved past any white space."""
    from sentencex import segment as propose  # noqa: PLC0415 - native code, only when segmenting

    starts: set[int] = set()
    for begin, end in _windows(text):
        position = begin
        for piece in propose(language, text[begin:end]):
            if text[position : position + len(piece)] != piece:
                break  # It changed the text, so that its positions mean nothing here; our own candidates remain.
            position += len(piece)
            if position < end and (found := _NOT_SPACE.search(text, position)):
                starts.add(found.start())
    return starts


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """``text`` in stretches of at most ``WINDOW`` characters, parted at white space where there is any."""
    begin = 0
    while begin < len(text):
        end = min(begin + WINDOW, len(text))
        if end < len(text):
            end = text.rfind(" ", begin + 1, end) + 1 or end
        yield begin, end
        begin = end


def _with_words_between(text: str, starts: Sequence[int]) -> list[int]:
    """Leave out borders that would make a sentence of marks alone, such as a quotation mark set apart."""
    kept: list[int] = []
    words = [match.start() for match in _WORD_START.finditer(text)]
    next_word = 0
    for start in starts:
        if next_word < len(words) and words[next_word] < start <= words[-1]:
            kept.append(start)
            next_word = bisect_left(words, start)
    return kept


def _outside(starts: Sequence[int], spans: Sequence[Span]) -> list[int]:
    """Those of ``starts`` that lie within no span. One pass over both: a hostile text may have many of each."""
    by_start = sorted(spans, key=lambda span: span.start)
    kept: list[int] = []
    seen, reach = 0, 0
    for start in starts:
        while seen < len(by_start) and by_start[seen].start < start:
            reach = max(reach, by_start[seen].end)
            seen += 1
        if start >= reach:
            kept.append(start)
    return kept
