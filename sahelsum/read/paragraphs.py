"""Plain text → paragraphs: by empty lines where there are any, else by lines; hard-wrapped lines are joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sahelsum.language.pack import Pack

MAX_WRAP_COLUMN = 120
"""Longest line, in characters, that can come from wrapping at a column: mail uses 72, editors up to 120."""

MIN_WRAP_COLUMN = 40
"""Shorter lines are verse, lists or headings, not wrapped prose."""

MIN_FULL_SHARE = 0.6
"""Share of lines that must be full (the next word would not have fitted) for a text to count as wrapped.

The last line of every paragraph is not full, so it cannot be near 1.
"""

MIN_CONTINUED_SHARE = 0.5
"""Share of lines that go on in a small letter, in the middle of a sentence, that shows wrapping at any column: German
begins sentences, headings and most items of lists with a capital."""

_SENTENCE_END = re.compile(r"[.!?…:][\"“”«»’)\]]*$")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2}-$")


def split_paragraphs(text: str, source: Pack) -> list[str]:
    """The paragraphs of a cleaned text, each on one line, none empty.

    A word broken at the end of a wrapped line loses its hyphen if it goes on in a small letter; nothing else is
    removed but white space.
    """
    return [paragraph for _, paragraph in split_spaced(text, source)]


def split_spaced(text: str, source: Pack) -> list[tuple[int, str]]:
    """As :func:`split_paragraphs`, each with the number of empty lines above it."""
    lines = [line.strip() for line in text.split("\n")]
    if not _is_wrapped(lines):
        return [
            (empty, " ".join(line.split())) for empty, chunk in _chunks(lines) for empty, line in _first(empty, chunk)
        ]
    shared = re.compile(rf"(?:{source.reading.shared_part})\b")
    column = _column(lines)
    return [each for empty, chunk in _chunks(lines) for each in _first(empty, _unwrap(chunk, column, shared))]


def _first(empty: int, texts: Sequence[str]) -> list[tuple[int, str]]:
    """The empty lines go to the first of the texts."""
    return [(0 if number else empty, text) for number, text in enumerate(texts)]


def _chunks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Lines without an empty one between them, and the number of empty ones above."""
    chunks: list[tuple[int, list[str]]] = []
    empty = 0
    follows = False
    for line in lines:
        if not line:
            empty, follows = empty + 1, False
        elif follows:
            chunks[-1][1].append(line)
        else:
            chunks.append((empty, [line]))
            empty, follows = 0, True
    return chunks


def _column(lines: Sequence[str]) -> int:
    """The longest line; single long words (addresses) do not count, as they cannot be wrapped."""
    return max((len(line) for line in lines if " " in line), default=0)


def _is_full(line: str, following: str, column: int) -> bool:
    """Whether the next line's first word would have gone over the column, so that wrapping broke the line here."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > column


def _is_wrapped(lines: Sequence[str]) -> bool:
    if _goes_on(lines):
        return True
    column = _column(lines)
    if not MIN_WRAP_COLUMN <= column <= MAX_WRAP_COLUMN:
        return False
    pairs = [(line, following) for line, following in pairwise(lines) if line and following]
    full = [line for line, following in pairs if _is_full(line, following, column)]
    open_ended = [line for line in full if not _SENTENCE_END.search(line)]
    return len(pairs) >= 2 and len(full) >= MIN_FULL_SHARE * len(pairs) and len(open_ended) * 2 > len(full)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether lines go on in the next as only a broken sentence does."""
    if _column(lines) > MAX_WRAP_COLUMN:
        return False
    pairs = [(line, following) for line, following in pairwise(lines) if line and following]
    continued = [1 for line, following in pairs if following[:1].islower() and not _SENTENCE_END.search(line)]
    return bool(pairs) and len(continued) >= MIN_CONTINUED_SHARE * len(pairs)


def _unwrap(chunk: Sequence[str], column: int, shared: re.Pattern[str]) -> list[str]:
    paragraphs = [chunk[0]]
    for line, following in pairwise(chunk):
        if not _is_full(line, following, column) and (_SENTENCE_END.search(line) or _starts_upper(following)):
            paragraphs.append(following)
        else:
            paragraphs[-1] = _join(paragraphs[-1], following, shared)
    return [" ".join(paragraph.split()) for paragraph in paragraphs]


def _starts_upper(line: str) -> bool:
    return not line[:1].islower()


def _join(text: str, following: str, shared: re.Pattern[str]) -> str:
    # Before a shared part the hyphen is a real one: "Sicherheits- und Verteidigungspolitik".
    if not _BROKEN_WORD.search(text) or shared.match(following):
        return f"{text} {following}"
    return (text[:-1] if following[0].islower() else text) + following
