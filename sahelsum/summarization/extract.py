"""Extractive summaries: the most central sentences of a text, word for word, in their own order."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.language.english import content_words
from sahelsum.summarization.lexrank import lexrank

MIN_WORDS = 8
"""Shorter sentences ("In Bamako, too.") hardly stand alone. Used only while longer ones are at hand."""
LEAD_EXPONENT = 0.25
"""News puts the important first: the score of sentence i (from 0) is divided by (1 + i) to this power. On the
development articles it lifts ROUGE-2 against the written summaries from 10.4 to 11.3 (``benchmarks/support.py``)."""
MOST_SHARED = 0.6
"""A sentence that has more than this share of its content words in common with a better one says the same again."""
MAX_AT_ONCE = 400
"""Sentences ranked together; a longer text is ranked in stretches and the winners once more."""


def extract(sentences: Sequence[str], count: int) -> list[int]:
    """Indices, ascending, of the ``count`` best sentences (all of them, if there are fewer)."""
    indices = list(range(len(sentences)))
    at_once = max(MAX_AT_ONCE, 2 * count)  # twice: each stretch must shrink
    while len(indices) > at_once:
        stretches = [indices[start : start + at_once] for start in range(0, len(indices), at_once)]
        kept = max(count, at_once // 4)
        indices = [index for stretch in stretches for index in _best(sentences, stretch, kept)]
    return _best(sentences, indices, count)


def _best(sentences: Sequence[str], indices: Sequence[int], count: int) -> list[int]:
    scores = lexrank([sentences[index] for index in indices])
    ranked = sorted(
        zip(indices, scores, strict=True),
        key=lambda item: (len(sentences[item[0]].split()) < MIN_WORDS, -item[1] / (1 + item[0]) ** LEAD_EXPONENT),
    )
    return sorted(_unlike([index for index, _ in ranked], sentences, count))


def _unlike(ranked: Sequence[int], sentences: Sequence[str], count: int) -> list[int]:
    """The first ``count`` that do not repeat one chosen before; if that leaves too few, the best of the others."""
    chosen: list[int] = []
    words: list[set[str]] = []
    for index in ranked:
        own = set(content_words(sentences[index]))
        if all(len(own & other) <= MOST_SHARED * min(len(own), len(other)) for other in words):
            chosen.append(index)
            words.append(own)
        if len(chosen) == count:
            return chosen
    return [*chosen, *(index for index in ranked if index not in chosen)][:count]
