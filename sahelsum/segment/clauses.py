"""A text over a model's limit → pieces that fit, cut where a reader would pause. The pieces joined are the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from sahelsum.errors import EngineError
from sahelsum.language.pack import Pack

MIN_SHARE = 0.15
"""Each side of a cut holds at least this share of the characters; a tiny piece translates badly without its clause.

It also bounds the depth of the search to about 90 cuts for a million characters.
"""

MIN_CLAUSE_CHARS = 30
"""A shorter piece is a phrase rather than a clause, and a small model makes something else of it."""


@cache
def _borders(source: Pack) -> tuple[re.Pattern[str], ...]:
    """From the strongest border to the weakest; a cut falls after the match."""
    return (
        re.compile(r"[.!?][\"“”«»)]*\s+|\n\s*"),
        re.compile(r";\s+|:\s+|\s+[–—]\s+|\s-\s+"),
        re.compile(rf",[\"“”«»]?\s+(?=(?:{source.clause_openers})\b)"),
        re.compile(r",[\"“”«»]?\s+"),
        re.compile(rf"\s+(?=(?:{source.conjunctions})\s)"),
        re.compile(r"\s+"),
    )


CLAUSE_BORDERS = 3
"""The first so many borders part clauses; the others also part the items of a list."""


def split_at_clauses(text: str, source: Pack) -> list[str]:
    """Cut ``text`` at every sentence end, semicolon, colon, dash and comma before a clause.

    ``"".join(pieces) == text``. Each piece has at least ``MIN_CLAUSE_CHARS`` characters, unless it is the whole text.
    """
    places = sorted({match.end() for border in _borders(source)[:CLAUSE_BORDERS] for match in border.finditer(text)})
    starts = [0]
    for place in places:
        if place - starts[-1] >= MIN_CLAUSE_CHARS and len(text) - place >= MIN_CLAUSE_CHARS:
            starts.append(place)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def split_clauses(text: str, fits: Callable[[str], bool], source: Pack) -> list[str]:
    """Split ``text`` into as few and as even pieces as its clause borders allow, so that ``fits`` holds for each.

    ``"".join(pieces) == text``. A cut falls at the strongest border in the middle part of the text: sentence end,
    semicolon, colon or dash, comma before a clause, comma, conjunction, space; only then within a word, and never
    between a letter and its combining marks.

    Raises:
        EngineError: not even a single character fits.
    """
    if fits(text):
        return [text]
    cut = _best_cut(text, source)
    if cut is None:
        raise EngineError(
            f"The model's limit leaves no room for even one character ({text[:1]!r}).",
            hint="Check limit_tokens and prefix in the model's card.",
        )
    return split_clauses(text[:cut], fits, source) + split_clauses(text[cut:], fits, source)


def _best_cut(text: str, source: Pack) -> int | None:
    """Where to cut, or None if the text is one character with its combining marks."""
    for border in _borders(source):
        places = [match.end() for match in border.finditer(text) if _useful(text, match.start(), match.end())]
        if places:
            return _nearest_middle(places, len(text))
    return _nearest_middle(list(_grapheme_starts(text)), len(text))


def _useful(text: str, start: int, end: int) -> bool:
    balanced = MIN_SHARE * len(text) <= end <= (1 - MIN_SHARE) * len(text)
    return balanced and bool(text[:start].strip()) and bool(text[end:].strip())


def _nearest_middle(places: list[int], length: int) -> int | None:
    return min(places, key=lambda place: abs(2 * place - length), default=None)


def _grapheme_starts(text: str) -> Iterator[int]:
    """Places after the first character that do not part a character from its marks, joiners or modifiers."""
    for place in range(1, len(text)):
        joined = "\u200d" in text[place - 1 : place + 1] or text[place - 1 : place + 1] == "\r\n"
        if not joined and unicodedata.category(text[place])[0] != "M" and not _modifies(text[place]):
            yield place


def _modifies(character: str) -> bool:
    """Skin tones follow the emoji they colour."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"
