"""Meanings that a closed set of words carries in both languages: weekdays, ``last year``, currencies, per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

REMEMBERED_SENTENCES = 1024
"""Every wording that is proposed for a sentence is held against it, one after the other."""
_WHOLE = r"(?<![^\W\d_])(?:{words})(?![^\W\d_])"
"""A digit is no part of a word: ``160km`` has ``km``."""


@dataclass(frozen=True, eq=False)  # told apart by identity: a pattern takes long to hash
class Phrase:
    """Words of one language, and all that can stand for them in the other: wide, silence before false alarm.

    Patterns are made when they are first asked: a short text needs few of them.
    """

    words: str
    """A regular expression, of whole words."""
    carriers: str
    """One of what can stand for them in the other language."""
    needs: tuple[str, ...]
    """In lower case, what a text must have one of for ``said`` to be found in it. Most texts have none, and to see
    that is a hundred times faster than to search."""
    any_case: bool = False
    """Whether the letter case of ``words`` does not count."""

    @cached_property
    def said(self) -> re.Pattern[str]:
        """Finds the words."""
        return whole_words(self.words, any_case=self.any_case)

    @cached_property
    def carried(self) -> re.Pattern[str]:
        """Finds what stands for them."""
        return whole_words(self.carriers)


class Phrases:
    """Phrases that are looked for together."""

    def __init__(self, *entries: Phrase) -> None:
        self.entries = entries
        self._needs = tuple((text, entry) for entry in entries for text in entry.needs)

    def found_in(self, text: str) -> Iterator[tuple[Phrase, str]]:
        """Those that a text has, with their wording."""
        lower = text.lower()
        for entry in dict.fromkeys([entry for needed, entry in self._needs if needed in lower]):
            if found := entry.said.search(text):
                yield entry, found.group()


def any_of(words: str) -> str:
    """A regular expression for any of some words: ``report* so_far`` has an open ending and a space."""
    escaped = (re.escape(word).replace(r"\*", r"\w*").replace("_", " ") for word in words.split())
    return "|".join(escaped)


def whole_words(expression: str, *, any_case: bool = True) -> re.Pattern[str]:
    """The pattern of a regular expression, matched by whole words only."""
    return re.compile(_WHOLE.format(words=expression), re.IGNORECASE if any_case else 0)


def phrase(said: str, carried: str, needs: str, *, any_case: bool = False) -> Phrase:
    """A phrase from two regular expressions; of the first the letter case counts, unless ``any_case`` says otherwise.

    ``needs`` are the needed texts in one, with ``_`` for the space inside or beside one of them.
    """
    needed = tuple(text.replace("_", " ") for text in needs.split())
    return Phrase(said, carried, needed, any_case)


def lost_phrases(phrases: Phrases, said: str, other: str) -> Iterator[str]:
    """The wording in ``said`` of each meaning that nothing in the other text carries."""
    for entry, wording in _said(phrases, said):
        # A title such as "Bild am Sonntag" keeps its wording.
        if not entry.carried.search(other) and wording not in other:
            yield wording


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _said(phrases: Phrases, text: str) -> tuple[tuple[Phrase, str], ...]:
    return tuple(phrases.found_in(text))
