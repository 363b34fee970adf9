"""How much goes through a model at once; when that is more than the memory holds, half as much from then on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

CTRANSLATE2_TOKENS = {"cpu": 1024, "cuda": 8192}
"""Padded source tokens in a batch, by device, at most."""
BEAM_TOKENS = 1536
"""On CPUs, those tokens times the wordings held at once. With the bundled model a greedy search is fastest at 1024, one
of 6 wordings at 256 (1024 take 13 % longer and 1.7 times the memory), one of 12 at 128 to 256."""
SCORED_TOKENS = {"cpu": 128, "cuda": 8192}
"""Tokens of both texts in a batch that is only scored; on CPUs, more take longer: 26 % at 1024."""
TRANSFORMERS_TOKENS = {"cpu": 512, "mps": 2048, "cuda": 8192}
"""Likewise; on CPUs 512 is where sorted batches stop getting faster."""
CALL_TOKENS = 1024
"""Source tokens in one call of an engine that says nothing else."""
WORKER_TOKENS = 512
"""In one call for each worker, at most: the smallest batch at which CTranslate2 is as fast as with larger ones."""
CALLS_AT_ONCE = 2
"""Of CTranslate2, whose workers take batches from one queue: while the last ones of a call are searched and its texts
put together, the batches of the next one keep the other workers busy."""
_LOG = logging.getLogger(__name__)
"""Engines speak through logging, since they may run in another thread or process; the command line shows it."""
_WORDINGS = ("out of memory", "bad_alloc", "allocate memory", "not enough memory", "alloc_failed")
"""Of CTranslate2, CUDA, cuBLAS, and PyTorch on Linux, Windows and Apple's GPUs: most of them raise a RuntimeError."""

RowResult = TypeVar("RowResult")
Batches = Sequence[Sequence[int]]


class TokenBudget:
    """Padded source tokens that a batch may hold; shared by all openings of a model, so that a lesson is kept."""

    def __init__(self, tokens: int) -> None:
        self._tokens = tokens

    @property
    def tokens(self) -> int:
        """The most tokens in a batch; a single row may be longer."""
        return self._tokens

    def halve(self, rows: int, row_tokens: int) -> None:
        """Go on with half of a batch that did not fit: ``rows`` of them, each padded to ``row_tokens``.

        A batch that was made before the last lesson teaches nothing more: calls run side by side.
        """
        size = rows * row_tokens
        if size > self._tokens:
            return
        self._tokens = max(1, min(self._tokens, size) // 2)
        _LOG.warning(
            "Memory ran out on a batch of %d texts (%d tokens): going on with at most %d tokens in a batch.",
            rows,
            size,
            self._tokens,
        )


def search_tokens(device: str, beam_size: int) -> int:
    """Padded source tokens that CTranslate2 searches together fastest."""
    most = CTRANSLATE2_TOKENS[device]
    return min(most, BEAM_TOKENS // beam_size) if device == "cpu" else most


def call_tokens(budget_tokens: int, workers: int) -> int:
    """Source tokens in one call of a runtime with ``workers``: a batch for each of them, and a whole one at least.

    What is computed in one call is remembered together, so a killed run loses that much: some seconds' work of the
    bundled model, in a wide search too, since its batches are smaller.
    """
    return max(budget_tokens, min(WORKER_TOKENS, budget_tokens) * workers)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a runtime failed for want of memory, judged by the type of its error or, failing that, the wording."""
    return isinstance(error, MemoryError) or any(wording in str(error).lower() for wording in _WORDINGS)


def within_memory(
    lengths: Sequence[int],
    budget: TokenBudget,
    plan: Callable[[Sequence[int], int], Batches],
    run: Callable[[Batches], Iterable[Sequence[RowResult] | None]],
) -> dict[int, RowResult]:
    """The results of all rows, by position; batches that do not fit in memory are made again, half as large.

    Args:
        lengths: tokens of each row.
        budget: the most tokens in a batch; smaller afterwards if memory ran out.
        plan: positions still to do and tokens allowed → batches of places in that sequence.
        run: batches → for each, in order, the results of its rows, or None if memory ran out before it was done. The
            first None stands for the batch that did not fit. A batch of a single row that does not fit must raise.
    """
    by_position: dict[int, RowResult] = {}
    waiting: Sequence[int] = range(len(lengths))
    while waiting:
        batches = [[waiting[place] for place in batch] for batch in plan(waiting, budget.tokens)]
        refused: list[Sequence[int]] = []
        for batch, results in zip(batches, run(batches), strict=True):
            if results is None:
                refused.append(batch)
            else:
                by_position.update(zip(batch, results, strict=True))
        if refused:
            budget.halve(len(refused[0]), max(lengths[position] for position in refused[0]))
        waiting = sorted(position for batch in refused for position in batch)
    return by_position
