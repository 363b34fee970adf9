"""Which source sentences support a summary sentence, by the words, names and numbers they share.

The weight of each is its inverse document frequency within the article: words that are everywhere in it prove nothing.
The sentences are picked greedily, each for what it adds to what is covered already.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from sahelsum.language.english import content_words
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.records import SummarySentence, Support

MAX_EVIDENCE = 3
"""More than three links under a sentence are not read."""
MIN_GAIN = 0.08
"""A further sentence must cover at least this share of the words, or it is noise."""
STRONG_COVERAGE = 0.5
"""Share of the weighted features. Of a person's summary sentences, four in five reach it with their own article, and
none with another article of the same subjects (``benchmarks/evidence.py``; 116 sentences, five other articles each)."""
PARTIAL_COVERAGE = 0.33
"""97 in 100 reach it with their own article, fewer than 1 in 100 with another one."""


class Evidence:
    """Finds support among the sentences of one article, given as ``{sentence number: English text}``."""

    def __init__(self, sentences: Mapping[int, str]) -> None:
        self._words = {number: _features(text) for number, text in sentences.items()}
        frequency = Counter(word for words in self._words.values() for word in words)
        self._weights = {word: math.log(1 + len(self._words) / count) for word, count in frequency.items()}
        self._unknown_weight = math.log(1 + len(self._words))

    def attach(self, text: str) -> SummarySentence:
        """The summary sentence with its evidence, best first, and how strong it is."""
        coverage, numbers = self.cover(text)
        return SummarySentence(text, numbers if coverage >= PARTIAL_COVERAGE else (), support_of(coverage))

    def cover(self, text: str) -> tuple[float, tuple[int, ...]]:
        """Share (0 to 1) of the weighted features that the picked sentences cover, and their numbers."""
        open_words = set(_features(text))
        total = sum(map(self._weight, open_words))
        picked: list[int] = []
        covered = 0.0
        while open_words and len(picked) < MAX_EVIDENCE:
            number, gain = self._best(open_words, picked)
            if not total or gain / total < MIN_GAIN:
                break
            picked.append(number)
            open_words -= self._words[number]
            covered += gain
        return (covered / total if total else 0.0), tuple(picked)

    def _best(self, open_words: set[str], picked: list[int]) -> tuple[int, float]:
        """The sentence that covers most of the open words; the earliest of equals."""
        gains = {
            number: sum(self._weight(word) for word in sorted(words & open_words))
            for number, words in self._words.items()
            if number not in picked
        }
        if not gains:
            return 0, 0.0
        return max(gains.items(), key=lambda item: (item[1], -item[0]))

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._unknown_weight)


def support_of(coverage: float) -> Support:
    """The word for a coverage."""
    if coverage >= STRONG_COVERAGE:
        return Support.STRONG
    return Support.PARTIAL if coverage >= PARTIAL_COVERAGE else Support.NONE


def _features(text: str) -> frozenset[str]:
    """Content words, and once more what carries the facts: names and numbers, in a form that all wordings share.

    ``Malian`` and ``Mali``, ``two dozen`` and ``24`` meet in these; a name or a number weighs twice by them.
    """
    names = (f"name:{name}" for name in names_in_english(text))
    numbers = (f"number:{min(item.values)}" for item in english_quantities(text) if item.claim)
    return frozenset((*content_words(text), *names, *numbers))
