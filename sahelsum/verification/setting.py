"""Numbers, dates and directions told of something else: each must go with the words that it goes with in its group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.verification.matching import Group
from sahelsum.verification.reading import Word, words_of

_CLEARER = 2
"""So many more words of what is told must stand in another sentence than in the one with the number or date."""
_SETTINGS = (
    frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
    frozenset(month.lower() for month in ENGLISH_MONTHS),
    frozenset("north south east west northern southern eastern western".split()),
)
"""Of each kind a sentence that has another one is about something else."""


def misplaced(text: str, group: Group) -> Iterator[str]:
    """What the group has in another sentence than the words around it, which has another of its kind."""
    words = words_of(text)
    for word in words:
        kind = _kind(word)
        if not kind or len(group.sentences) < 2:
            continue
        counts = _counts(words, word, group)
        own = [number for number, sentence in enumerate(group.sentences) if any(_same(word, each) for each in sentence)]
        rivals = [
            number
            for number, sentence in enumerate(group.sentences)
            if number not in own and any(_kind(each) == kind for each in sentence)
        ]
        most = max((counts[number] for number in own), default=0)
        if own and any(counts[number] >= most + _CLEARER for number in rivals):
            yield word.text


def _kind(word: Word) -> str:
    """What a word is one of several of; empty for most."""
    if word.plain[0].isdigit():
        return "number"
    return next((str(place) for place, kind in enumerate(_SETTINGS) if word.plain in kind), "")


def _same(word: Word, other: Word) -> bool:
    return word.plain == other.plain


def _counts(words: Sequence[Word], around: Word, group: Group) -> list[int]:
    """How many of the words of its clause each sentence of the group has."""
    clause = [word for word in words if word.clause == around.clause and word.content and not _kind(word)]
    sentences = [{at for at, _ in group.forms(word)} for word in clause]
    return [sum(number in found for found in sentences) for number in range(len(group.sentences))]
