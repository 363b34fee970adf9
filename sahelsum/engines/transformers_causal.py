"""Decoder-only models on PyTorch through transformers' ``generate()``.

Rows are padded on the left, so that every prompt ends where the writing begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    LogitsProcessor,
    LogitsProcessorList,
    NoRepeatNGramLogitsProcessor,
    RepetitionPenaltyLogitsProcessor,
    StoppingCriteriaList,
)

from sahelsum.engines.base import Search
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.transformers_runtime import RowBounds, TorchRuntime


class OfWritten(LogitsProcessor):  # type: ignore[misc]  # the library is not followed by the type checker
    """A rule against repetition that leaves the prompt out: an answer must be able to repeat the text's names.

    ``given``: tokens of the prompt, padding counted.
    """

    def __init__(self, rule: LogitsProcessor, given: int) -> None:
        self._rule = rule
        self._given = given

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """Scores of the next token, shape (rows × beams, vocabulary)."""
        ruled: torch.Tensor = self._rule(input_ids[:, self._given :], scores)
        return ruled


class CausalTransformersRuntime(TorchRuntime):
    """A loaded decoder-only model."""

    @staticmethod
    def _auto_class() -> Any:
        return AutoModelForCausalLM

    @torch.inference_mode()
    def _search(self, rows: Sequence[Row], search: Search | None) -> list[list[Candidate]]:
        inputs = self._padded([row.ids for row in rows], left=self._folder.family.pads_left)
        given = inputs["input_ids"].shape[1]
        bounds = [row.bound for row in rows]
        written = self._model.generate(
            **inputs,
            generation_config=self._settings(max(bounds), search, no_repeat_ngram_size=0, repetition_penalty=1.0),
            stopping_criteria=StoppingCriteriaList([RowBounds(bounds, given, self._device)]),
            logits_processor=self._rules(given, search),
        )
        count = with_search(self._generation, search).hypotheses
        trimmed = [self._trimmed(ids, bounds[at // count]) for at, ids in enumerate(written[:, given:].tolist())]
        scores = self._scores(inputs, trimmed, count)
        candidates = iter(self._candidate(ids, score) for ids, score in zip(trimmed, scores, strict=True))
        return [list(islice(candidates, count)) for _ in rows]

    def _rules(self, given: int, search: Search | None) -> LogitsProcessorList:
        rules: list[LogitsProcessor] = []
        if search is not None and search.repetition_penalty != 1.0:
            rules.append(RepetitionPenaltyLogitsProcessor(search.repetition_penalty))
        if self._generation.no_repeat_ngram:
            rules.append(NoRepeatNGramLogitsProcessor(self._generation.no_repeat_ngram))
        return LogitsProcessorList([OfWritten(rule, given) for rule in rules])

    def _scores(
        self, inputs: dict[str, torch.Tensor], outputs: Sequence[Sequence[int]], per_row: int
    ) -> list[float | None]:
        """Mean log-probability of each output, by reading it once more behind its prompt; ``per_row`` for each row."""
        if not self._folder.family.scores:
            return [None] * len(outputs)
        scores: list[float | None] = []
        for chunk in self._chunks(outputs):
            part = outputs[chunk]
            rows = torch.tensor([(chunk.start + i) // per_row for i in range(len(part))])
            scores += self._score_chunk(inputs["input_ids"][rows], inputs["attention_mask"][rows], part)
        return scores

    def _score_chunk(
        self, prompts: torch.Tensor, seen: torch.Tensor, outputs: Sequence[Sequence[int]]
    ) -> Sequence[float]:
        """Scores of ``outputs`` behind ``prompts``, of which ``seen`` is 1 where there is no padding."""
        targets = self._padded(outputs)
        labels = targets["input_ids"]
        mask = torch.cat([seen, targets["attention_mask"]], dim=1)
        logits = self._model(
            input_ids=torch.cat([prompts, labels], dim=1),
            attention_mask=mask,
            position_ids=(mask.cumsum(1) - 1).clamp(min=0),
            use_cache=False,
            # What stands before the first written token tells how probable that one is.
            logits_to_keep=labels.shape[1] + 1,
        ).logits[:, :-1]
        return self._means(logits, labels, targets["attention_mask"])
