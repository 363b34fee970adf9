"""Meanings that exclude each other: more and fewer, killed and injured, north and south, could and will.

An *axis* has poles, each with the words of the source and of English for it. A translation is turned if the source
speaks of one pole alone, the English has words of another, and none that could stand for the first. A pole that is
*kept* is lost as soon as nothing in the English can stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sahelsum.language.needles import Needles, needed
from sahelsum.language.phrases import REMEMBERED_SENTENCES, any_of, whole_words

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thir four fif six seven eigh nine twen hundred "
    "thousand million half a_ ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert "
    "tausend million milliarde"
)
_SURE = any_of(
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig hundert tausend "
    "eine_Million ein_Dutzend einer_Million dreizehn fünfzehn achtzehn sechzehn"
)
SURE_NUMBER = rf"(?:\d+(?![:.]\d\b)|(?:{_SURE})\w*)"
"""What ``%`` stands for: a number that is no article, behind a word that is mostly a preposition."""
NUMBER = rf"(?:(?:the|the last|den|der|die|dem|[$€£])\s?)?(?:\d+|(?:{any_of(_NUMBER_WORDS)})\w*)"
"""What ``#`` stands for in the lists: the beginning of a number, in digits or in words of either language."""


@dataclass(frozen=True, eq=False)
class Pole:
    """One of the meanings of an axis, its words as :func:`word_list` reads them. Patterns are made when first asked."""

    name: str
    source: str
    """Words of the source for it; empty for a pole that only serves to accuse the English."""
    explanations: str
    """Words of the source by which English may come to the words of this pole, though they do not mean it."""
    english: str
    """English words that mean this and nothing else of the axis."""
    substitutes: str
    """What else can stand for it in a free translation."""
    kept: bool

    @cached_property
    def said(self) -> re.Pattern[str]:
        """Finds the words of the source; of a pole without any it is not asked."""
        return whole_words(word_list(self.source))

    @cached_property
    def explained(self) -> re.Pattern[str]:
        """Finds what in the source can explain the English words."""
        return whole_words(word_list(f"{self.source} {self.explanations}"))

    def clear_words(self, english: str, lower: str) -> str:
        """The English words that mean this alone; empty if there are none. ``lower``: the text in lower case."""
        match = self._clear.search(english) if any(need in lower for need in self._clear_needs) else None
        return match.group() if match else ""

    def is_settled_in(self, english: str, lower: str) -> bool:
        """Whether anything in the English can stand for it."""
        return any(need in lower for need in self._settled_needs) and self._settled.search(english) is not None

    @cached_property
    def _clear(self) -> re.Pattern[str]:
        return whole_words(word_list(self.english))

    @cached_property
    def _clear_needs(self) -> tuple[str, ...]:
        return _needs(self.english)

    @cached_property
    def _settled(self) -> re.Pattern[str]:
        return whole_words(word_list(f"{self.english} {self.substitutes}"))

    @cached_property
    def _settled_needs(self) -> tuple[str, ...]:
        return _needs(f"{self.english} {self.substitutes}")


def _needs(words: str) -> tuple[str, ...]:
    """Whatever has one of some listed words has one of these in lower case: to see that is faster than to search."""
    return tuple(dict.fromkeys(map(needed, words.split())))


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Poles that exclude each other, with the kind of fault that an exchange is."""

    kind: str
    poles: tuple[Pole, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """What the source says, what the English says instead (empty if nothing), and the kind of fault."""

    kind: str
    said: str
    told: str


def word_list(words: str) -> str:
    """A regular expression as :func:`any_of` makes it, with further signs.

    ``#`` and ``%`` stand for a number, ``^`` for no *no* before the word, ``~`` for up to six words.
    """
    expression = any_of(words).replace(r"\^", "(?<!no )(?<!not )")
    for sign, meaning in (("#", NUMBER), ("%", SURE_NUMBER), ("~", r"(?:[^\s.!?;]+ ){0,6}?")):
        expression = expression.replace("\\" + sign, sign).replace(sign, meaning)
    return expression


def pole(name: str, entry: Mapping[str, Any]) -> Pole:
    """A pole from its entry of a table: ``source``, ``english``, and perhaps ``explained``, ``also`` and ``kept``."""
    return Pole(
        name=name,
        source=entry.get("source", ""),
        explanations=entry.get("explained", ""),
        english=entry["english"],
        substitutes=entry.get("also", ""),
        kept=bool(entry.get("kept")),
    )


class Contrasts:
    """Axes that are looked at together."""

    def __init__(self, *axes: Axis) -> None:
        self.axes = axes
        self._axis_of = {one: axis for axis in axes for one in axis.poles}
        self._sources = Needles((word, one) for one in self._axis_of for word in one.source.split())

    def turned(self, text: str, english: str) -> Iterator[Turned]:
        """Poles of the source that the English exchanges for another, or loses."""
        lower = english.lower()
        for axis, said in _said(self, text):
            for one, wording in said:
                if not one.is_settled_in(english, lower):
                    told = _told(axis, text, english, lower)
                    if told or one.kept:
                        yield Turned(axis.kind, wording, told)
                        break

    def said(self, text: str) -> Iterator[tuple[Axis, tuple[tuple[Pole, str], ...]]]:
        """Axes of which the source speaks, each with its poles and their wording."""
        # Most sentences have no word of most poles, and to see that for all at once is far faster than to search.
        perhaps = self._sources.owners_in(text.lower())
        perhaps_axes = {self._axis_of[one] for one in perhaps}
        for axis in self.axes if perhaps else ():
            if axis in perhaps_axes:
                matches = ((one, one.said.search(text)) for one in axis.poles if one in perhaps)
                said = tuple((one, match.group()) for one, match in matches if match)
                if said:
                    yield axis, said


def _told(axis: Axis, text: str, english: str, lower: str) -> str:
    """The clear English words of a pole that nothing in the source explains."""
    for other in axis.poles:
        told = other.clear_words(english, lower)
        if told and not other.explained.search(text):
            return told
    return ""


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _said(contrasts: Contrasts, text: str) -> tuple[tuple[Axis, tuple[tuple[Pole, str], ...]], ...]:
    return tuple(contrasts.said(text))
