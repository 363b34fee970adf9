"""How probable it is that a translated sentence misleads its reader, by what its model thought of it.

A logistic model of three measures: the mean log-probability of the words, the doubt of the whole sentence, and its
length. Its weights come from translations that two judges read (docs/judging.md); ``benchmarks/estimate.py`` fits them
and writes them into the model's card, since each model is sure of itself in its own way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sahelsum.records import Translation

DECIMALS = 2
"""Batches move a score in the third decimal; a reader has no use for more than two."""
_LEAST_DOUBT = 0.1
"""Keeps the logarithm finite where a model is sure of every word; in natural-log units of the whole sentence."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the measures, and what they were learned from.

    Attributes:
        intercept: log-odds where all measures are 0.
        mean_logprob: weight of the mean natural-log probability of a token.
        log_doubt: weight of the logarithm of the summed negative log-probability of the tokens.
        log_length: weight of the logarithm of the number of source tokens.
        judged: sentences that they were learned from.
    """

    intercept: float
    mean_logprob: float
    log_doubt: float
    log_length: float
    judged: int

    def misleading(self, item: Translation) -> float | None:
        """Probability, 0 to 1, that a reader of the English takes away what the original does not say.

        None where there is nothing to tell it by: a failure, a sentence that stands as it is, an engine without scores.
        """
        measures = measures_of(item)
        return None if measures is None else round(self.probability(measures), DECIMALS)

    def probability(self, measures: Sequence[float]) -> float:
        """The same of measures as ``measures_of`` gives them."""
        weights = (self.mean_logprob, self.log_doubt, self.log_length)
        odds = self.intercept + sum(weight * measure for weight, measure in zip(weights, measures, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def measures_of(item: Translation) -> tuple[float, float, float] | None:
    """Mean log-probability, logarithm of the whole doubt, logarithm of the length; None where there is no score."""
    if item.mean_logprob is None or item.failure or item.kept or not item.source_tokens:
        return None
    doubt = -item.mean_logprob * item.target_tokens
    return item.mean_logprob, math.log(_LEAST_DOUBT + max(0.0, doubt)), math.log(item.source_tokens)
