"""Encoder-decoders on PyTorch through transformers' ``generate()``: every one of them, every device, the reference.

A row's text depends on the rows beside it only through the last bits of floating-point sums: in float32 that has not
been seen to change a text, in half precision it can. ``--engine ctranslate2`` on a CPU is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import torch
from transformers import (
    AutoModelForSeq2SeqLM,
    DynamicCache,
    EncoderDecoderCache,
    LogitsProcessorList,
    StoppingCriteriaList,
)

from sahelsum.catalog.inspection import CONFIG
from sahelsum.engines.base import Search
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.transformers_runtime import RowBounds, TorchRuntime
from sahelsum.errors import EngineError


class SharedCrossAttention(EncoderDecoderCache):  # type: ignore[misc]  # the library is not followed by the type checker
    """A cache that leaves the encoder's keys and values where they are when beams change places.

    All beams of a row look at the same encoder states, and none leaves its row, so what ``generate()`` moves at every
    step is each time replaced by an equal copy: for a BART-large of 6 decoder layers in bfloat16, with 4 beams and 700
    tokens in, 69 MB (2 × 6 layers × 4 × 700 × 1024 × 2 bytes) a row and step.
    """

    def __init__(self, config: object) -> None:
        super().__init__(DynamicCache(config=config), DynamicCache(config=config))

    def reorder_cache(self, beam_idx: torch.Tensor) -> None:
        """Put the beams' own past in order; ``beam_idx``, shape (rows × beams,), has for each place where it was."""
        self.self_attention_cache.reorder_cache(beam_idx)


class TransformersRuntime(TorchRuntime):
    """A loaded encoder-decoder."""

    @staticmethod
    def _auto_class() -> Any:
        return AutoModelForSeq2SeqLM

    @cached_property
    def _start(self) -> int:
        """The token before the first written one: what the folder says, or the architecture's own."""
        start = self._folder.decoder_start_id
        if start is None:
            start = getattr(self._model.config, "decoder_start_token_id", None)
        if start is None:
            raise EngineError(f"{self._folder.directory / CONFIG} names no decoder_start_token_id.")
        return int(start)

    @torch.inference_mode()
    def _search(self, rows: Sequence[Row], search: Search | None) -> list[list[Candidate]]:
        inputs = self._inputs(rows)
        written = self._model.generate(
            **inputs,
            **self._cache(search),
            generation_config=self._settings(
                max(row.bound for row in rows),
                search,
                decoder_start_token_id=self._start,
                forced_bos_token_id=self._special.first_target,
            ),
            stopping_criteria=StoppingCriteriaList([RowBounds([row.bound for row in rows], 1, self._device)]),
            logits_processor=LogitsProcessorList(),
        )
        count = with_search(self._generation, search).hypotheses
        trimmed = [self._trimmed(ids, rows[at // count].bound) for at, ids in enumerate(written[:, 1:].tolist())]
        scores: Sequence[float | None] = [None] * len(trimmed)
        if self._folder.family.scores:
            encoded = self._model.get_encoder()(**inputs)
            scores = self._scores(encoded.last_hidden_state, inputs["attention_mask"], trimmed, count)
        candidates = iter(self._candidate(ids, score) for ids, score in zip(trimmed, scores, strict=True))
        return [list(islice(candidates, count)) for _ in rows]

    def _cache(self, search: Search | None) -> dict[str, SharedCrossAttention]:
        """A cache of our own where there are beams to put in order."""
        if with_search(self._generation, search).beam_size == 1:
            return {}
        return {"past_key_values": SharedCrossAttention(self._model.config)}

    def _inputs(self, rows: Sequence[Row]) -> dict[str, torch.Tensor]:
        inputs = self._padded([row.ids for row in rows])
        if self._folder.family.first_token_sees_all:
            everywhere = torch.zeros_like(inputs["input_ids"])
            everywhere[:, 0] = 1
            inputs["global_attention_mask"] = everywhere
        return inputs

    def _scores(
        self, encoded: torch.Tensor, mask: torch.Tensor, outputs: Sequence[Sequence[int]], per_row: int
    ) -> list[float]:
        """Mean log-probability of each output, by reading it through the decoder once more.

        ``encoded`` has shape (rows, source length, width); ``outputs`` holds ``per_row`` token lists per row. One
        more pass costs less than the score tensors that ``generate()`` would keep of every step.
        """
        scores: list[float] = []
        for chunk in self._chunks(outputs):
            part = outputs[chunk]
            rows = torch.tensor([(chunk.start + i) // per_row for i in range(len(part))])
            scores += self._score_chunk(encoded[rows], mask[rows], part)
        return scores

    def _score_chunk(self, encoded: torch.Tensor, mask: torch.Tensor, outputs: Sequence[Sequence[int]]) -> list[float]:
        targets = self._padded(outputs)
        labels, written = targets["input_ids"], targets["attention_mask"].clone()
        start = torch.full_like(labels[:, :1], self._start)
        logits = self._model(
            encoder_outputs=(encoded,),
            attention_mask=mask,
            decoder_input_ids=torch.cat([start, labels[:, :-1]], dim=1),
            use_cache=False,
        ).logits
        if self._special.first_target is not None:
            written[:, 0] = 0
        return self._means(logits, labels, written)
