"""Models on PyTorch through transformers' ``generate()``: every architecture, every device, the reference runtime.

A row's text depends on the rows beside it only through the last bits of floating-point sums: in float32 that has not
been seen to change a text, in half precision it can. ``--engine ctranslate2`` on a CPU is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import (
    AutoModelForSeq2SeqLM,
    DynamicCache,
    EncoderDecoderCache,
    GenerationConfig,
    LogitsProcessorList,
    StoppingCriteria,
    StoppingCriteriaList,
)

from sahelsum.catalog.folder import ModelFolder
from sahelsum.engines.base import Search
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import TRANSFORMERS_TOKENS, Batches, TokenBudget, is_out_of_memory, within_memory
from sahelsum.engines.hardware import Placement
from sahelsum.engines.loaded import check_loaded
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.quiet import quiet_transformers
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError
from sahelsum.records import Finish, Generation

_SCORED_LOGITS = 32_000_000
"""Logits (rows × length × vocabulary, 4 bytes each) held at once while scoring: 128 MB."""


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


class RowBounds(StoppingCriteria):  # type: ignore[misc]  # the library is not followed by the type checker
    """Ends every row at its own bound; ``generate()`` knows only one for the whole batch.

    ``bounds``: tokens each row may write. ``input_ids`` has shape (rows × beams, 1 + written tokens).
    """

    def __init__(self, bounds: Sequence[int], device: str) -> None:
        self._bounds = torch.tensor(list(bounds), device=device)

    def __call__(self, input_ids: torch.Tensor, scores: object, **_: object) -> torch.Tensor:  # noqa: ARG002 - its signature
        """Which rows are at their bound, shape (rows × beams,)."""
        beams = input_ids.shape[0] // self._bounds.shape[0]
        return self._bounds.repeat_interleave(beams) <= input_ids.shape[1] - 1


class TransformersRuntime:
    """A loaded model. ``workers`` is the number of threads PyTorch may use on a CPU."""

    def __init__(  # noqa: PLR0913 - what a runtime is made of
        self,
        folder: ModelFolder,
        placement: Placement,
        generation: Generation,
        tokenizer: Tokenizer,
        workers: int,
        *,
        budget: TokenBudget | None = None,
    ) -> None:
        if placement.device == "cpu":
            torch.set_num_threads(workers)
        self._model = _load(folder.directory, getattr(torch, placement.precision), placement.device)
        self._device = placement.device
        self._budget = budget or TokenBudget(TRANSFORMERS_TOKENS[placement.device])
        self._generation = generation
        self._special = tokenizer.special
        self._start = _decoder_start(folder, self._model)
        self._pad = self._special.pad if self._special.pad is not None else self._special.eos
        unwanted = {self._special.pad, self._special.unknown} - {None, self._special.eos}
        self._unwanted = sorted(token for token in unwanted if token is not None)
        self._vocabulary_size = len(tokenizer.vocabulary())
        self._family = folder.family
        # generate() fills what a call leaves open from the model's own settings: the card alone must decide.
        self._model.generation_config = GenerationConfig()

    def search(self, rows: Sequence[Row], search: Search | None = None) -> list[list[Candidate]]:
        """The best candidates of each row.

        Raises:
            EngineError: PyTorch failed, or there is not even memory for a single row.
        """
        lengths = [len(row.ids) for row in rows]

        def plan(positions: Sequence[int], budget_tokens: int) -> Batches:
            return plan_batches([lengths[i] for i in positions], budget_tokens)

        def run(batches: Batches) -> Iterator[list[list[Candidate]] | None]:
            fits = True
            for batch in batches:
                results = self._attempt([rows[i] for i in batch], search) if fits else None
                fits = results is not None
                yield results

        found = within_memory(lengths, self._budget, plan, run)
        return [found[i] for i in range(len(rows))]

    def _attempt(self, rows: Sequence[Row], search: Search | None) -> list[list[Candidate]] | None:
        """The candidates of a batch; None if memory ran out."""
        try:
            return self._search(rows, search)
        except (RuntimeError, IndexError, ValueError, MemoryError) as error:
            if not is_out_of_memory(error) or len(rows) == 1:
                raise EngineError(
                    f"The model failed on {len(rows)} texts ({type(error).__name__}: {error}).",
                    hint="If memory ran out, use a smaller model or --device cpu.",
                ) from error
        # Only now, with the error and all it holds gone, can its tensors be given back.
        if self._device == "cuda":
            torch.cuda.empty_cache()
        return None

    @torch.inference_mode()
    def _search(self, rows: Sequence[Row], search: Search | None) -> list[list[Candidate]]:
        inputs = self._inputs(rows)
        written = self._model.generate(
            **inputs,
            **self._cache(search),
            generation_config=self._settings(max(row.bound for row in rows), search),
            stopping_criteria=StoppingCriteriaList([RowBounds([row.bound for row in rows], self._device)]),
            logits_processor=LogitsProcessorList(),
        )
        count = with_search(self._generation, search).hypotheses
        trimmed = [self._trimmed(ids, rows[at // count].bound) for at, ids in enumerate(written[:, 1:].tolist())]
        scores: Sequence[float | None] = [None] * len(trimmed)
        if self._family.scores:
            encoded = self._model.get_encoder()(**inputs)
            scores = self._scores(encoded.last_hidden_state, inputs["attention_mask"], trimmed, count)
        candidates = iter(self._candidate(ids, score) for ids, score in zip(trimmed, scores, strict=True))
        return [list(islice(candidates, count)) for _ in rows]

    def _cache(self, search: Search | None) -> dict[str, SharedCrossAttention]:
        """A cache of our own where there are beams to put in order."""
        if with_search(self._generation, search).beam_size == 1:
            return {}
        return {"past_key_values": SharedCrossAttention(self._model.config)}

    def _settings(self, bound: int, search: Search | None) -> GenerationConfig:
        generation = with_search(self._generation, search)
        special = self._special
        return GenerationConfig(
            num_beams=generation.beam_size,
            num_return_sequences=generation.hypotheses,
            # As CTranslate2 does: a search ends once beam_size hypotheses have.
            early_stopping=generation.beam_size > 1,
            length_penalty=generation.length_penalty,
            no_repeat_ngram_size=generation.no_repeat_ngram,
            repetition_penalty=search.repetition_penalty if search else 1.0,
            min_new_tokens=generation.min_new_tokens or None,
            max_new_tokens=bound,
            max_length=None,
            do_sample=False,
            # As CTranslate2 does: probabilities are those among the tokens that may be written.
            renormalize_logits=True,
            decoder_start_token_id=self._start,
            forced_bos_token_id=special.first_target,
            eos_token_id=special.eos,
            pad_token_id=self._pad,
            suppress_tokens=self._unwanted or None,
        )

    def _padded(self, ids: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
        """Rows padded on the right: ``input_ids`` and ``attention_mask``, shape (rows, longest)."""
        longest = max(len(row) for row in ids)
        padded = torch.tensor([[*row, *[self._pad] * (longest - len(row))] for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        return {"input_ids": padded.to(self._device), "attention_mask": mask.to(self._device)}

    def _inputs(self, rows: Sequence[Row]) -> dict[str, torch.Tensor]:
        inputs = self._padded([row.ids for row in rows])
        if self._family.first_token_sees_all:
            everywhere = torch.zeros_like(inputs["input_ids"])
            everywhere[:, 0] = 1
            inputs["global_attention_mask"] = everywhere
        return inputs

    def _trimmed(self, ids: Sequence[int], bound: int) -> list[int]:
        """What a row wrote, up to and with its end mark, without the padding after it."""
        if self._special.eos in ids:
            return list(ids[: ids.index(self._special.eos) + 1])
        return list(ids[:bound])

    def _scores(
        self, encoded: torch.Tensor, mask: torch.Tensor, outputs: Sequence[Sequence[int]], per_row: int
    ) -> list[float]:
        """Mean log-probability of each output, by reading it through the decoder once more.

        ``encoded`` has shape (rows, source length, width); ``outputs`` holds ``per_row`` token lists per row. One
        more pass costs less than the score tensors that ``generate()`` would keep of every step.
        """
        longest = max(len(ids) for ids in outputs)
        chunk = max(1, _SCORED_LOGITS // (longest * self._vocabulary_size))
        scores: list[float] = []
        for start in range(0, len(outputs), chunk):
            part = outputs[start : start + chunk]
            rows = torch.tensor([(start + i) // per_row for i in range(len(part))])
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
        logits[..., self._unwanted] = -torch.inf
        token_scores = logits.float().log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
        if self._special.first_target is not None:
            written[:, 0] = 0
        # Not a product with the mask: what may not be written, such as padding, scores minus infinity.
        sums = token_scores.masked_fill(written == 0, 0.0).sum(1)
        means = sums / written.sum(1).clamp(min=1)
        return [float(mean) for mean in means]

    def _candidate(self, ids: Sequence[int], score: float | None) -> Candidate:
        ended = bool(ids) and ids[-1] == self._special.eos
        text = ids[:-1] if ended else ids
        forced = self._special.first_target is not None and text[:1] == [self._special.first_target]
        return Candidate(
            ids=tuple(text[1:] if forced else text),
            mean_logprob=score,
            finish=Finish.STOP if ended else Finish.LENGTH,
        )


def _load(directory: Path, dtype: Any, device: str) -> Any:
    """The model in ``directory``, ready to generate.

    Raises:
        ModelUnavailableError: its weights are damaged or incomplete, or no encoder-decoder.
    """
    quiet_transformers()
    try:
        model, report = AutoModelForSeq2SeqLM.from_pretrained(
            str(directory),
            dtype=dtype,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
        check_loaded(report, directory)
        return model.to(torch.device(device)).eval()
    except (OSError, ValueError, KeyError, RuntimeError, MemoryError, SafetensorError) as error:
        raise ModelUnavailableError(
            f"{directory} cannot be loaded on {device} ({type(error).__name__}: {error}).",
            hint="Check it with: sahelsum models verify ALIAS; or compute elsewhere with --device cpu.",
        ) from error


def _decoder_start(folder: ModelFolder, model: Any) -> int:
    start = folder.decoder_start_id
    if start is None:
        start = getattr(model.config, "decoder_start_token_id", None)
    if start is None:
        raise EngineError(f"{folder.directory}: config.json names no decoder_start_token_id.")
    return int(start)
