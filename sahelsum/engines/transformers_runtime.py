"""What runtimes on PyTorch share, whatever the model is built like: loading, batches, memory, bounds and settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import GenerationConfig, StoppingCriteria

from sahelsum.catalog.folder import ModelFolder
from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Search
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import TRANSFORMERS_TOKENS, Batches, TokenBudget, is_out_of_memory, within_memory
from sahelsum.engines.hardware import Placement
from sahelsum.engines.loaded import check_loaded
from sahelsum.engines.local import Candidate, Row, with_search
from sahelsum.engines.quiet import quiet_transformers
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError
from sahelsum.records import Finish

_SCORED_LOGITS = 32_000_000
"""Logits (rows × length × vocabulary, 4 bytes each) held at once while scoring: 128 MB."""


class RowBounds(StoppingCriteria):  # type: ignore[misc]  # the library is not followed by the type checker
    """Ends every row at its own bound; ``generate()`` knows only one for the whole batch.

    ``bounds``: tokens each row may write. ``given``: tokens that stand before the written ones. ``input_ids`` has shape
    (rows × beams, given + written).
    """

    def __init__(self, bounds: Sequence[int], given: int, device: str) -> None:
        self._bounds = torch.tensor(list(bounds), device=device)
        self._given = given

    def __call__(self, input_ids: torch.Tensor, scores: object, **_: object) -> torch.Tensor:  # noqa: ARG002 - its signature
        """Which rows are at their bound, shape (rows × beams,)."""
        beams = input_ids.shape[0] // self._bounds.shape[0]
        return self._bounds.repeat_interleave(beams) <= input_ids.shape[1] - self._given


class TorchRuntime(ABC):
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
        dtype = getattr(torch, placement.precision)
        self._model = _load(self._auto_class(), folder.directory, dtype, placement.device)
        self._device = placement.device
        self._budget = budget or TokenBudget(TRANSFORMERS_TOKENS[placement.device])
        self._generation = generation
        self._special = tokenizer.special
        self._pad = self._special.pad if self._special.pad is not None else self._special.eos
        unwanted = {self._special.pad, self._special.unknown} - {None, *self._special.ends}
        self._unwanted = sorted(token for token in unwanted if token is not None)
        self._vocabulary_size = len(tokenizer.vocabulary())
        self._folder = folder
        # generate() fills what a call leaves open from the model's own settings: the card alone must decide.
        self._model.generation_config = GenerationConfig()

    @staticmethod
    @abstractmethod
    def _auto_class() -> Any:
        """The class of transformers that opens such a model."""

    @abstractmethod
    def _search(self, rows: Sequence[Row], search: Search | None) -> list[list[Candidate]]:
        """The candidates of one batch."""

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

    def _settings(self, bound: int, search: Search | None, **own: object) -> GenerationConfig:
        """How to search; ``own``: what only some kinds of models have, or have otherwise."""
        generation = with_search(self._generation, search)
        special = self._special
        settings: dict[str, object] = {
            "num_beams": generation.beam_size,
            "num_return_sequences": generation.hypotheses,
            # As CTranslate2 does: a search ends once beam_size hypotheses have.
            "early_stopping": generation.beam_size > 1,
            "length_penalty": generation.length_penalty,
            "no_repeat_ngram_size": generation.no_repeat_ngram,
            "repetition_penalty": search.repetition_penalty if search else 1.0,
            "min_new_tokens": generation.min_new_tokens or None,
            "max_new_tokens": bound,
            "max_length": None,
            "do_sample": False,
            # As CTranslate2 does: probabilities are those among the tokens that may be written.
            "renormalize_logits": True,
            "eos_token_id": list(special.ends),
            "pad_token_id": self._pad,
            "suppress_tokens": self._unwanted or None,
        }
        return GenerationConfig(**settings | own)

    def _padded(self, ids: Sequence[Sequence[int]], *, left: bool = False) -> dict[str, torch.Tensor]:
        """Rows of one length: ``input_ids`` and ``attention_mask``, shape (rows, longest)."""
        longest = max(len(row) for row in ids)
        missing = [longest - len(row) for row in ids]
        before = [gap if left else 0 for gap in missing]
        after = [0 if left else gap for gap in missing]
        rows = list(zip(before, ids, after, strict=True))
        padded = torch.tensor([[*[self._pad] * first, *row, *[self._pad] * last] for first, row, last in rows])
        mask = torch.tensor([[0] * first + [1] * len(row) + [0] * last for first, row, last in rows])
        return {"input_ids": padded.to(self._device), "attention_mask": mask.to(self._device)}

    def _trimmed(self, ids: Sequence[int], bound: int) -> list[int]:
        """What a row wrote, up to and with its end mark, without the padding after it."""
        end = next((at for at, number in enumerate(ids) if number in self._special.ends), None)
        return list(ids[:bound] if end is None else ids[: end + 1])

    def _chunks(self, outputs: Sequence[Sequence[int]]) -> Iterator[slice]:
        """Outputs that are scored together: as many as their logits have room for."""
        size = max(1, _SCORED_LOGITS // (max(len(ids) for ids in outputs) * self._vocabulary_size))
        yield from (slice(start, start + size) for start in range(0, len(outputs), size))

    def _means(self, logits: torch.Tensor, labels: torch.Tensor, counted: torch.Tensor) -> list[float]:
        """Mean log-probability of ``labels`` where ``counted`` is 1; both of shape (rows, length)."""
        logits[..., self._unwanted] = -torch.inf
        token_scores = logits.float().log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
        # Not a product with the mask: what may not be written, such as padding, scores minus infinity.
        sums = token_scores.masked_fill(counted == 0, 0.0).sum(1)
        means = sums / counted.sum(1).clamp(min=1)
        return [float(mean) for mean in means]

    def _candidate(self, ids: Sequence[int], score: float | None) -> Candidate:
        ended = bool(ids) and ids[-1] in self._special.ends
        text = ids[:-1] if ended else ids
        forced = self._special.first_target is not None and text[:1] == [self._special.first_target]
        return Candidate(
            ids=tuple(text[1:] if forced else text),
            mean_logprob=score,
            finish=Finish.STOP if ended else Finish.LENGTH,
        )


def _load(auto_class: Any, directory: Path, dtype: Any, device: str) -> Any:
    """The model in ``directory``, ready to generate.

    Raises:
        ModelUnavailableError: its weights are damaged or incomplete, or of another kind.
    """
    quiet_transformers()
    try:
        model, report = auto_class.from_pretrained(
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
