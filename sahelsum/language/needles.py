"""Many listed words looked for in a sentence at once: what a pattern must have, seen without trying the pattern."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from sahelsum.language.phrases import REMEMBERED_SENTENCES

T = TypeVar("T")
BEGINNING = 4
"""Letters by which words are looked up: a sentence has few words that begin as a word of a table does."""
_OPEN = re.compile(r"[*#%~^]")
"""Signs of a listed word that stand for letters, numbers or words: :func:`sahelsum.language.contrasts.word_list`."""
_BEGINNINGS = re.compile(rf"(?=(.{{{BEGINNING}}}))[^\W\d_]+", re.DOTALL)


def needed(word: str) -> str:
    """The longest piece of a listed word that stands in a text, in lower case, as it is."""
    return max(_OPEN.split(word.replace("_", " ")), key=len).lower()


class Needles(Generic[T]):
    """Owners of listed words, which are matched as whole words."""

    def __init__(self, owned: Iterable[tuple[str, T]]) -> None:
        self._elsewhere: list[tuple[str, T]] = []
        self._by_beginning: defaultdict[str, list[tuple[str, T]]] = defaultdict(list)
        for word, owner in owned:
            beginning = _beginning(word)
            place = self._by_beginning[beginning] if beginning else self._elsewhere
            place.append((needed(word), owner))

    def owners_in(self, lower: str) -> set[T]:
        """Those of which a sentence, in lower case, may have a word; all others have none."""
        owners = {owner for text, owner in self._elsewhere if text in lower}
        for beginning in self._by_beginning.keys() & _beginnings(lower):
            owners.update(owner for text, owner in self._by_beginning[beginning] if text in lower)
        return owners


def _beginning(word: str) -> str:
    """The first letters of a listed word; empty if they are too few, or open."""
    first = _OPEN.split(word.lower().replace("_", " ").lstrip("^"))[0][:BEGINNING]
    return first if len(first) == BEGINNING and first[0].isalpha() else ""


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _beginnings(lower: str) -> frozenset[str]:
    """What each word of a text begins with."""
    return frozenset(_BEGINNINGS.findall(lower))
