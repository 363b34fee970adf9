"""What every engine (model runtime) offers: the protocol, the generation settings, and signatures.

An engine turns a list of strings into exactly one :class:`~sahelsum.records.Output` per string, in order. It never
cuts: an input over its limit is an :class:`~sahelsum.errors.InputTooLongError`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sahelsum.records import Output

Signature = Mapping[str, str | int | float | bool]
"""Everything that can change an engine's output: library and version, model, weights hash, precision, settings."""


@dataclass(frozen=True, slots=True)
class Generation:
    """How to search for the output text.

    The output bound of an input of n tokens is ``min(max_new_tokens, round(n * length_ratio) + length_margin)``:
    a bound that grows with the source stops a looping model early without ever cutting a normal sentence.
    """

    beam_size: int = 4
    hypotheses: int = 1
    """How many of the n-best to return; at most ``beam_size``."""
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    """Size of word-piece n-grams that may not repeat; 0 allows all."""
    min_new_tokens: int = 0
    max_new_tokens: int = 256
    length_ratio: float = 3.0
    length_margin: int = 20

    def bound(self, source_tokens: int) -> int:
        """Most tokens that may be written for an input of ``source_tokens``."""
        return max(
            1,
            self.min_new_tokens,
            min(self.max_new_tokens, round(source_tokens * self.length_ratio) + self.length_margin),
        )


class Engine(Protocol):
    """A loaded model, or one that loads itself when first needed."""

    @property
    def signature(self) -> Signature:
        """What shapes the output. Cheap: must not load the model."""

    @property
    def limit_tokens(self) -> int:
        """Longest input, in the model's own tokens, special tokens and prefixes not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, special tokens and prefixes not counted."""

    def generate(self, texts: Sequence[str]) -> list[Output]:
        """One output per text, in order.

        Raises:
            InputTooLongError: a text is over ``limit_tokens``.
            EngineError: the model gave something unusable.
        """

    def close(self) -> None:
        """Free the model's memory. Using the engine again loads it again."""


def signature_key(signature: Signature) -> str:
    """A stable hash (64 hexadecimal digits) of a signature, whatever the order of its entries."""
    canonical = json.dumps(dict(signature), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
