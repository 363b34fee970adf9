"""Wordings put in order by two models: how probable the English is given the German, and the German given the English.

A translation that leaves something out or makes something up is often fluent, and its own model likes it; a model of
the opposite direction does not find the German in it. Source: K. Yee, Y. Dauphin and M. Auli, "Simple and Effective
Noisy Channel Modeling for Neural Machine Translation", EMNLP 2019 (arXiv:1908.05731), here without a language model
and with both scores per token.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sahelsum.engines.around import EngineAround
from sahelsum.engines.base import Engine, Search, Signature
from sahelsum.records import Hypothesis, Output

DECIMALS = 4
"""Batches change a score by about 1e-7: rounded, the order hardly ever depends on them."""


class Scorer(Protocol):
    """A model of the opposite direction that only judges."""

    @property
    def signature(self) -> Signature:
        """What shapes the scores. Cheap: must not load the model."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean natural-log probability per token of each second text, given the first.

        Raises:
            EngineError: the model failed.
        """

    def close(self) -> None:
        """Free the model's memory."""


class BackwardRankedEngine(EngineAround):
    """An :class:`~sahelsum.engines.base.Engine` whose hypotheses come in the order of both models' scores.

    Args:
        engine: proposes the hypotheses.
        scorer: judges the source text given a hypothesis.
        weight: of the scorer's mean log-probability beside the engine's own.
        hypotheses: how many of each text are judged, the best of the engine first; the others follow in their order.
    """

    def __init__(self, engine: Engine, scorer: Scorer, weight: float, hypotheses: int) -> None:
        super().__init__(engine)
        self._scorer = scorer
        self._weight = weight
        self._judged = hypotheses

    @property
    def signature(self) -> Signature:
        """Of both models, and how they are joined."""
        backward = {f"backward {name}": value for name, value in self._scorer.signature.items()}
        return {**self._engine.signature, **backward, "weight": self._weight, "judged": self._judged}

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order; hypotheses without a score of the engine's stay in its order.

        Raises:
            EngineError: see :class:`~sahelsum.engines.base.Engine`; or the scorer failed.
        """
        outputs = self._engine.generate(texts, search)
        judged = [self._to_judge(output) for output in outputs]
        pairs = [(h.text, text) for text, chosen in zip(texts, judged, strict=True) for h in chosen]
        scores = iter(self._scorer.score(pairs) if pairs else ())
        backward = [[next(scores) for _ in chosen] for chosen in judged]
        return [
            Output(output.source_tokens, self._ordered(output, given), output.parts)
            for output, given in zip(outputs, backward, strict=True)
        ]

    def close(self) -> None:
        """Free both models."""
        self._engine.close()
        self._scorer.close()

    def _to_judge(self, output: Output) -> Sequence[Hypothesis]:
        """The best hypotheses; none where there is nothing to put in order."""
        first = output.hypotheses[: self._judged]
        comparable = all(h.mean_logprob is not None and h.text for h in first)
        return first if comparable and len(first) > 1 else ()

    def _ordered(self, output: Output, backward: Sequence[float]) -> tuple[Hypothesis, ...]:
        judged, rest = output.hypotheses[: len(backward)], output.hypotheses[len(backward) :]
        totals = [
            round((h.mean_logprob or 0.0) + self._weight * score, DECIMALS)
            for h, score in zip(judged, backward, strict=True)
        ]
        order = sorted(range(len(judged)), key=lambda position: (-totals[position], position))
        return (*(judged[position] for position in order), *rest)
