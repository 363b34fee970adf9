"""Which source sentences support a summary sentence, by the content words they share.

The weight of a word is its inverse document frequency within the article: words that are everywhere in it prove
nothing. The sentences are picked greedily, each for what it adds to the words already covered.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from sahelsum.records import SummarySentence, Support
from sahelsum.words import content_words

MAX_EVIDENCE = 3
"""More than three links under a sentence are not read."""
MIN_GAIN = 0.08
"""A further sentence must cover at least this share of the words, or it is noise."""
STRONG_COVERAGE = 0.55
PARTIAL_COVERAGE = 0.28
"""Shares of the weighted words covered, read off ``benchmarks/support.py``: a person's summary sentences set against
another article reach at most 0.27 and against their own a median of 0.58, with a twentieth under 0.30."""


class Evidence:
    """Finds support among the sentences of one article, given as ``{sentence number: English text}``."""

    def __init__(self, sentences: Mapping[int, str]) -> None:
        self._words = {number: frozenset(content_words(text)) for number, text in sentences.items()}
        frequency = Counter(word for words in self._words.values() for word in words)
        self._weights = {word: math.log(1 + len(self._words) / count) for word, count in frequency.items()}
        self._unknown_weight = math.log(1 + len(self._words))

    def attach(self, text: str) -> SummarySentence:
        """The summary sentence with its evidence, best first, and how strong it is."""
        coverage, numbers = self.cover(text)
        return SummarySentence(text, numbers if coverage >= PARTIAL_COVERAGE else (), support_of(coverage))

    def cover(self, text: str) -> tuple[float, tuple[int, ...]]:
        """Share (0 to 1) of the weighted content words that the picked sentences cover, and their numbers."""
        open_words = set(content_words(text))
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
