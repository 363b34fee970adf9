"""Words of a wording that its group has not, and words side by side that the group has in different places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.verification.matching import Group
from sahelsum.verification.reading import Word, words_of

SAYING = frozenset("say says said saying according report reports reported reportedly tell tells told".split())
"""Words of saying that stand for each other; that somebody says so at all is checked elsewhere."""
_WINDOW = 12
"""Words of one noun stand at most so far apart in the group."""

_NAME_WINDOW = 4
"""A name and what it goes with: ``Malian refugees``, ``refugees from Mali``."""


def foreign_words(text: str, group: Group) -> Iterator[str]:
    """Words of content that are in the group in no form, nor stand for one of its words."""
    counted = _counted(text)
    for word in words_of(text):
        settled = not word.content or word.plain in SAYING or word.start in counted or names_in_english(word.text)
        if not settled and not group.places(word):
            yield word.text


def _counted(text: str) -> set[int]:
    """Where the words of numbers and months begin, which are checked as numbers."""
    spans = [(quantity.start, quantity.end) for quantity in english_quantities(text)]
    return {word.start for word in words_of(text) for start, end in spans if start <= word.start < end}


def mixed_words(text: str, group: Group) -> Iterator[str]:
    """Two words of one noun (``rebel leader``) that no sentence of the group has near each other."""
    for one, other in pairwise(words_of(text)):
        if not _side_by_side(one, other) or text[one.end : other.start].strip("- "):
            continue
        window = _NAME_WINDOW if one.capital or other.capital else _WINDOW
        places, others = group.places(one), group.places(other)
        if places and others and not any(a == b and abs(at - spot) <= window for a, at in places for b, spot in others):
            yield f"{one.text} {other.text}"


def _side_by_side(one: Word, other: Word) -> bool:
    if one.capital and not other.capital and not one.text.endswith(("’s", "'s")) and not names_in_english(one.text):
        return False  # "held Masra responsible"
    nouns = one.content and other.content and not one.verb and not other.verb
    return nouns and one.clause == other.clause and not {one.plain, other.plain} & SAYING
