"""What every engine (model runtime) offers: the protocol, and signatures.

An engine turns a list of strings into exactly one :class:`~sahelsum.records.Output` per string, in order. It never
cuts: an input over its limit is an :class:`~sahelsum.errors.InputTooLongError`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from sahelsum.records import Output

Signature = Mapping[str, str | int | float | bool]
"""Everything that can change an engine's output: library and version, model, weights hash, precision, settings."""


@dataclass(frozen=True, slots=True)
class Search:
    """A further way to search, for texts whose every wording was faulty. Bounds stay the engine's own.

    ``repetition_penalty`` divides the probability of every token that was written before (Keskar et al. 2019); 1 is
    none. ``temperature`` over 0 samples with ``seed``; only an engine that offers such a search takes it.
    """

    beam_size: int = 1
    hypotheses: int = 1
    repetition_penalty: float = 1.0
    temperature: float = 0.0
    seed: int = 0


class Engine(Protocol):
    """A loaded model, or one that loads itself when first needed."""

    @property
    def signature(self) -> Signature:
        """What shapes the output. Cheap: must not load the model."""

    @property
    def limit_tokens(self) -> int:
        """Longest input, in the model's own tokens, special tokens and prefixes not counted."""

    @property
    def batch_tokens(self) -> int:
        """Source tokens that :meth:`generate` should get at once: enough to keep the machine busy."""

    @property
    def calls_at_once(self) -> int:
        """Calls of :meth:`generate` that may run side by side, each in a thread, so that the machine never waits."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, special tokens and prefixes not counted."""

    @property
    def further_searches(self) -> Sequence[Search]:
        """Other searches it offers, the cheapest first; empty where a second one would find nothing else."""

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order; with ``search``, one of :attr:`further_searches`, instead of its own search.

        Raises:
            InputTooLongError: a text is over ``limit_tokens``.
            EngineError: the model gave something unusable.
        """

    def close(self) -> None:
        """Free the model's memory. Using the engine again loads it again."""


def search_signature(signature: Signature, search: Search) -> Signature:
    """What shapes the output of a further search."""
    return {**signature, **{f"search {name}": value for name, value in asdict(search).items()}}


def signature_key(signature: Signature) -> str:
    """A stable hash (64 hexadecimal digits) of a signature, whatever the order of its entries."""
    canonical = json.dumps(dict(signature), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
