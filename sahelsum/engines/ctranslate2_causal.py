"""Decoder-only models on CTranslate2.

Only prompts of one length go through together: CTranslate2 reads those of a batch up to the shortest at once and counts
the rest of the longer ones as written, in the scores and in the bound. As the bound follows from the length, no row can
write more in a batch than alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Search
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import Batches, TokenBudget, is_out_of_memory, search_tokens, within_memory
from sahelsum.engines.ctranslate2_engine import load_generator, unscored, unwanted_tokens
from sahelsum.engines.hardware import Placement
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError
from sahelsum.records import Finish


class CTranslate2CausalRuntime:
    """A converted decoder-only model. ``workers`` batches run side by side, one thread each."""

    def __init__(  # noqa: PLR0913 - what a runtime is made of
        self,
        directory: Path,
        placement: Placement,
        generation: Generation,
        tokenizer: Tokenizer,
        workers: int,
        *,
        budget: TokenBudget | None = None,
    ) -> None:
        self._generator = load_generator(directory, placement, workers)
        self._generation = generation
        self._tokenizer = tokenizer
        self._budget = budget or TokenBudget(search_tokens(placement.device, generation.beam_size))
        self._ends = tokenizer.tokens(tokenizer.special.ends)
        self._unwanted = unwanted_tokens(directory, tokenizer)

    def search(self, rows: Sequence[Row], search: Search | None = None) -> list[list[Candidate]]:
        """The best candidates of each row.

        Raises:
            EngineError: CTranslate2 failed, or there is not even memory for a single row.
        """
        generation = with_search(self._generation, search)
        penalty = search.repetition_penalty if search else 1.0
        options = self._options(generation, penalty)

        def plan(positions: Sequence[int], budget_tokens: int) -> Batches:
            return _equal_lengths([rows[i] for i in positions], budget_tokens)

        def run(waiting: Batches) -> list[list[list[Candidate]] | None]:
            jobs = [self._submit([rows[i] for i in batch], options) for batch in waiting]
            return [self._results(job) for job in jobs]

        found = within_memory([len(row.ids) for row in rows], self._budget, plan, run)
        candidates = [found[i] for i in range(len(rows))]
        return candidates if penalty == 1.0 else [unscored(each) for each in candidates]

    def _submit(self, rows: Sequence[Row], options: dict[str, Any]) -> list[Any]:
        jobs: list[Any] = self._generator.generate_batch(
            [self._tokenizer.tokens(row.ids) for row in rows],
            max_length=max(row.bound for row in rows),
            asynchronous=True,
            **options,
        )
        return jobs

    def _results(self, jobs: Sequence[Any]) -> list[list[Candidate]] | None:
        """The candidates of a batch; None if memory ran out."""
        try:
            answers = [job.result() for job in jobs]
        except (RuntimeError, ValueError, MemoryError) as error:
            if is_out_of_memory(error) and len(jobs) > 1:
                return None
            raise EngineError(
                f"CTranslate2 failed: {error or type(error).__name__}.",
                hint="If memory ran out, use a smaller model or --device cpu; else try --engine transformers.",
            ) from error
        return [
            [self._candidate(tokens, score) for tokens, score in zip(answer.sequences, answer.scores, strict=True)]
            for answer in answers
        ]

    def _candidate(self, tokens: Sequence[str], score: float) -> Candidate:
        """One hypothesis; its score is the sum over all tokens, divided by their number to the power of the penalty."""
        ended = bool(tokens) and tokens[-1] in self._ends
        length = max(1, len(tokens))
        return Candidate(
            ids=tuple(self._tokenizer.ids(tokens[:-1] if ended else tokens)),
            mean_logprob=score * length ** (self._generation.length_penalty - 1),
            finish=Finish.STOP if ended else Finish.LENGTH,
        )

    def _options(self, generation: Generation, repetition_penalty: float) -> dict[str, Any]:
        return {
            "beam_size": generation.beam_size,
            "num_hypotheses": generation.hypotheses,
            "length_penalty": generation.length_penalty,
            "no_repeat_ngram_size": generation.no_repeat_ngram,
            "repetition_penalty": repetition_penalty,
            "min_length": generation.min_new_tokens,
            "disable_unk": True,
            "suppress_sequences": self._unwanted,
            "end_token": self._ends,
            "return_end_token": True,
            "return_scores": True,
            "include_prompt_in_result": False,
        }


def _equal_lengths(rows: Sequence[Row], budget_tokens: int) -> Batches:
    groups: dict[tuple[int, int], list[int]] = {}
    for position, row in enumerate(rows):
        groups.setdefault((len(row.ids), row.bound), []).append(position)
    return [
        [group[i] for i in batch]
        for (length, _), group in sorted(groups.items(), reverse=True)
        for batch in plan_batches([length] * len(group), budget_tokens)
    ]
