"""Meanings that exclude each other: more and fewer, killed and injured, north and south, could and will.

An *axis* has poles, each with the words of the source and of English for it. A translation is turned if the source
speaks of one pole alone, the English has words of another, and none that could stand for the first. A pole that is
*kept* is lost as soon as nothing in the English can stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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


@dataclass(frozen=True, slots=True, eq=False)
class Pole:
    """One of the meanings of an axis."""

    name: str
    said: re.Pattern[str] | None
    """None for a pole that only serves to accuse the English."""
    explained: re.Pattern[str]
    """Words of the source by which English may come to the words of this pole, though they do not mean it."""
    needs: tuple[str, ...]
    """In lower case: whatever ``said`` finds has one of these in it."""
    clear: re.Pattern[str]
    """English words that mean this and nothing else of the axis."""
    settled: re.Pattern[str]
    """Those, and all that can stand for it in a free translation."""
    kept: bool

    def found_in(self, text: str, lower: str) -> str:
        """The words of the source for this pole; empty if there are none."""
        found = self.said.search(text) if self.said and any(need in lower for need in self.needs) else None
        return found.group() if found else ""


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
    said, explained = entry.get("source", ""), entry.get("explained", "")
    clear, also = entry["english"], entry.get("also", "")
    return Pole(
        name=name,
        said=whole_words(word_list(said)) if said else None,
        explained=whole_words(word_list(f"{said} {explained}")),
        needs=tuple(dict.fromkeys(needed(word) for word in said.split())),
        clear=whole_words(word_list(clear)),
        settled=whole_words(word_list(f"{clear} {also}")),
        kept=bool(entry.get("kept")),
    )


def needed(word: str) -> str:
    """The longest piece of a listed word that stands in a text as it is."""
    return max(re.split(r"[*#%~]", word.replace("_", " ")), key=len).lower()


class Contrasts:
    """Axes that are looked at together."""

    def __init__(self, *axes: Axis) -> None:
        self.axes = axes

    def turned(self, text: str, english: str) -> Iterator[Turned]:
        """Poles of the source that the English exchanges for another, or loses."""
        for axis, said in _said(self, text):
            for found, wording in said:
                if not found.settled.search(english):
                    told = _told(axis, text, english)
                    if told or found.kept:
                        yield Turned(axis.kind, wording, told)
                        break


def _told(axis: Axis, text: str, english: str) -> str:
    """The clear English words of a pole that nothing in the source explains."""
    for other in axis.poles:
        told = other.clear.search(english)
        if told and not other.explained.search(text):
            return told.group()
    return ""


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _said(contrasts: Contrasts, text: str) -> tuple[tuple[Axis, tuple[tuple[Pole, str], ...]], ...]:
    lower = text.lower()
    found = []
    for axis in contrasts.axes:
        said = tuple((one, wording) for one in axis.poles if (wording := one.found_in(text, lower)))
        if said:
            found.append((axis, said))
    return tuple(found)
