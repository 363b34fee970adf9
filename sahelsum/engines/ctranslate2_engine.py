"""Models on CTranslate2 (https://github.com/OpenNMT/CTranslate2): int8 on CPUs, half precision on GPUs.

Two promises need care here. Nothing is cut: ``max_input_length`` is off (its default cuts at 1024 without a word). And
a row's text does not depend on the rows beside it: ``max_decoding_length`` holds for a whole batch, so a row whose
search may have gone past its own bound is searched again among rows of the same bound.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Search
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import Batches, TokenBudget, is_out_of_memory, search_tokens, within_memory
from sahelsum.engines.hardware import Placement
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError
from sahelsum.records import Finish


@dataclass(frozen=True, slots=True)
class _SearchResult:
    """The n-best of one row as CTranslate2 gives them: token names with the end mark, and scores.

    ``bound``: tokens that any row of its batch was allowed.
    """

    hypotheses: list[list[str]]
    scores: list[float]
    bound: int

    @property
    def steps(self) -> int:
        """At least how many steps the search took: the longest of all its finished hypotheses."""
        return max(len(tokens) for tokens in self.hypotheses)


class CTranslate2Runtime:
    """A converted model. ``workers`` batches run side by side, one thread each."""

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
        self._translator = load_translator(directory, placement, workers)
        self._generation = generation
        self._tokenizer = tokenizer
        self._workers = workers
        self._budget = budget or TokenBudget(search_tokens(placement.device, generation.beam_size))
        special = tokenizer.special
        self._first = None if special.first_target is None else tokenizer.tokens([special.first_target])
        self._end = tokenizer.tokens([special.eos])[0]
        self._unwanted = unwanted_tokens(directory, tokenizer)

    def search(self, rows: Sequence[Row], search: Search | None = None) -> list[list[Candidate]]:
        """The best candidates of each row.

        Raises:
            EngineError: CTranslate2 failed, or there is not even memory for a single row.
        """
        generation = with_search(self._generation, search)
        options = _options(generation, self._unwanted, search.repetition_penalty if search else 1.0)
        found = self._run(rows, self._plan, options)
        again = [i for i, row in enumerate(rows) if found[i].bound > row.bound and found[i].steps >= row.bound]
        if again:
            searched = self._run([rows[i] for i in again], _equal_bounds, options)
            found.update({again[i]: result for i, result in searched.items()})
        candidates = [self._candidates(found[i], generation.hypotheses) for i in range(len(rows))]
        # Scores of a search with a penalty have it in them; to score anew costs as much as the search.
        return candidates if options["repetition_penalty"] == 1.0 else [unscored(each) for each in candidates]

    def _plan(self, rows: Sequence[Row], budget_tokens: int) -> Batches:
        return plan_batches([len(row.ids) for row in rows], budget_tokens, self._workers)

    def _run(
        self, rows: Sequence[Row], plan: Callable[[Sequence[Row], int], Batches], options: dict[str, Any]
    ) -> dict[int, _SearchResult]:
        def batches(positions: Sequence[int], budget_tokens: int) -> Batches:
            return plan([rows[i] for i in positions], budget_tokens)

        def run(waiting: Batches) -> list[list[_SearchResult] | None]:
            jobs = [self._submit([rows[i] for i in batch], options) for batch in waiting]
            # All of them are waited for: what other workers have done meanwhile is kept.
            return [_results(pending, [rows[i] for i in batch]) for batch, pending in zip(waiting, jobs, strict=True)]

        return within_memory([len(row.ids) for row in rows], self._budget, batches, run)

    def _submit(self, rows: Sequence[Row], options: dict[str, Any]) -> Any:
        return self._translator.translate_batch(
            [self._tokenizer.tokens(row.ids) for row in rows],
            target_prefix=[self._first] * len(rows) if self._first else None,
            max_decoding_length=max(row.bound for row in rows),
            asynchronous=True,
            **options,
        )

    def _candidates(self, found: _SearchResult, most: int) -> list[Candidate]:
        kept = zip(found.hypotheses, found.scores, strict=True)
        return [self._candidate(tokens, score) for tokens, score in list(kept)[:most]]

    def _candidate(self, tokens: Sequence[str], score: float) -> Candidate:
        """One hypothesis with its mean score.

        CTranslate2 gives the sum of log-probabilities over the written tokens, divided by their number to the power of
        the length penalty. In that number the end mark counts, and so does a forced first token, whose own probability
        is not in the sum.
        """
        ended = bool(tokens) and tokens[-1] == self._end
        written = tokens[len(self._first) :] if self._first else tokens
        return Candidate(
            ids=tuple(self._tokenizer.ids(written[:-1] if ended else written)),
            mean_logprob=score * len(tokens) ** self._generation.length_penalty / max(1, len(written)),
            finish=Finish.STOP if ended else Finish.LENGTH,
        )


def _results(pending: Sequence[Any], rows: Sequence[Row]) -> list[_SearchResult] | None:
    """What CTranslate2 found for the rows of a batch; None if memory ran out.

    Raises:
        EngineError: it failed otherwise, or memory ran out on a single row.
    """
    try:
        answers = [job.result() for job in pending]
    except (RuntimeError, ValueError, MemoryError) as error:
        if is_out_of_memory(error) and len(rows) > 1:
            return None
        raise EngineError(
            f"CTranslate2 failed: {error or type(error).__name__}.",
            hint="If memory ran out, use a smaller model or --device cpu.",
        ) from error
    bound = max(row.bound for row in rows)
    return [_SearchResult(answer.hypotheses, answer.scores, bound) for answer in answers]


def _equal_bounds(rows: Sequence[Row], budget_tokens: int) -> Batches:
    """Batches of rows that may write as many tokens."""
    groups: dict[int, list[int]] = {}
    for position, row in enumerate(rows):
        groups.setdefault(row.bound, []).append(position)
    return [
        [group[i] for i in batch]
        for group in groups.values()
        for batch in plan_batches([len(rows[i].ids) for i in group], budget_tokens)
    ]


def unscored(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without their scores."""
    return [replace(candidate, mean_logprob=None) for candidate in candidates]


def _options(generation: Generation, unwanted: list[list[str]] | None, repetition_penalty: float) -> dict[str, Any]:
    """Search settings for every call. All hypotheses of the beam are asked for: they show when the search ended."""
    return {
        "beam_size": generation.beam_size,
        "num_hypotheses": generation.beam_size,
        "length_penalty": generation.length_penalty,
        "no_repeat_ngram_size": generation.no_repeat_ngram,
        "repetition_penalty": repetition_penalty,
        "min_decoding_length": generation.min_new_tokens,
        "max_input_length": 0,
        "disable_unk": True,
        "suppress_sequences": unwanted,
        "return_scores": True,
        "return_end_token": True,
    }


def unwanted_tokens(directory: Path, tokenizer: Tokenizer) -> list[list[str]] | None:
    """The padding token, where the converted model still has it; the converter takes it out of most Marian models."""
    special = tokenizer.special
    if special.pad is None or special.pad == special.eos:
        return None
    pad = tokenizer.tokens([special.pad])
    lists = (directory / f"{name}.json" for name in ("shared_vocabulary", "target_vocabulary", "vocabulary"))
    known: list[str] = next((json.loads(file.read_bytes()) for file in lists if file.exists()), [])
    return [pad] if pad[0] in known else None


def load_translator(directory: Path, placement: Placement, workers: int) -> Any:
    """CTranslate2's own object for a converted encoder-decoder.

    Raises:
        ModelUnavailableError: it cannot be loaded there.
    """
    return _load("Translator", directory, placement, workers)


def load_generator(directory: Path, placement: Placement, workers: int) -> Any:
    """CTranslate2's own object for a converted decoder-only model.

    Raises:
        ModelUnavailableError: it cannot be loaded there.
    """
    return _load("Generator", directory, placement, workers)


def _load(name: str, directory: Path, placement: Placement, workers: int) -> Any:
    import ctranslate2

    try:
        return getattr(ctranslate2, name)(
            str(directory),
            device=placement.device,
            compute_type=placement.precision,
            inter_threads=workers,
            intra_threads=1,
        )
    except (RuntimeError, ValueError, MemoryError) as error:
        raise ModelUnavailableError(
            f"CTranslate2 cannot load {directory} on {placement.device} in {placement.precision}: "
            f"{error or type(error).__name__}.",
            hint="Remove that folder to have it made again, or use --device cpu or --engine transformers.",
        ) from error
