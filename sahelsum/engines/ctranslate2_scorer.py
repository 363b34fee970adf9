"""How probable a text is given another, by a model on CTranslate2. Nothing is written, so it takes no search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from sahelsum.engines.base import Signature
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import Batches, TokenBudget, is_out_of_memory, within_memory
from sahelsum.engines.hardware import Placement
from sahelsum.engines.marian_tokenizer import MarianPieces
from sahelsum.errors import EngineError

_Pair = tuple[list[str], list[str]]


class CTranslate2Scorer:
    """A :class:`~sahelsum.engines.backward.Scorer` that loads its model when first needed."""

    def __init__(  # noqa: PLR0913 - what a runtime is made of
        self,
        *,
        signature: Signature,
        open_tokenizer: Callable[[], MarianPieces],
        find_model: Callable[[MarianPieces], Path],
        placement: Placement,
        workers: int,
        budget: TokenBudget,
    ) -> None:
        self._signature = signature
        self._open_tokenizer = open_tokenizer
        self._find_model = find_model
        self._placement = placement
        self._workers = workers
        self._budget = budget
        self._tokenizer: MarianPieces | None = None
        self._translator: Any = None
        self._opening = Lock()

    @property
    def signature(self) -> Signature:
        """What shapes the scores."""
        return self._signature

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean natural-log probability per token of each second text given the first, the end mark counted.

        Raises:
            EngineError: CTranslate2 failed, or there is not even memory for a single pair.
        """
        tokenizer = self._load()
        rows = [(tokenizer.source_tokens(given), tokenizer.target_tokens(wanted)) for given, wanted in pairs]
        lengths = [len(given) + len(wanted) for given, wanted in rows]

        def plan(positions: Sequence[int], budget_tokens: int) -> Batches:
            return plan_batches([lengths[i] for i in positions], budget_tokens, self._workers)

        def run(waiting: Batches) -> list[list[float] | None]:
            jobs = [self._submit([rows[i] for i in batch]) for batch in waiting]
            return [_means(job) for job in jobs]

        found = within_memory(lengths, self._budget, plan, run)
        return [found[i] for i in range(len(rows))]

    def close(self) -> None:
        """Free the model."""
        self._tokenizer = self._translator = None

    def _load(self) -> MarianPieces:
        from sahelsum.engines.ctranslate2_engine import load_translator

        with self._opening:
            if self._tokenizer is None:
                self._tokenizer = self._open_tokenizer()
            if self._translator is None:
                self._translator = load_translator(self._find_model(self._tokenizer), self._placement, self._workers)
            return self._tokenizer

    def _submit(self, rows: Sequence[_Pair]) -> list[Any]:
        # max_input_length: its default cuts at 1024 tokens without a word.
        jobs: list[Any] = self._translator.score_batch(
            [given for given, _ in rows], [wanted for _, wanted in rows], max_input_length=0, asynchronous=True
        )
        return jobs


def _means(jobs: Sequence[Any]) -> list[float] | None:
    """Mean score of each row of a batch; None if memory ran out.

    Raises:
        EngineError: it failed otherwise, or memory ran out on a single row.
    """
    try:
        results = [job.result().log_probs for job in jobs]
    except (RuntimeError, ValueError, MemoryError) as error:
        if is_out_of_memory(error) and len(jobs) > 1:
            return None
        raise EngineError(
            f"CTranslate2 failed to score {len(jobs)} texts: {error}.",
            hint="Do without the second model: --quality fast.",
        ) from error
    return [sum(scores) / max(1, len(scores)) for scores in results]
