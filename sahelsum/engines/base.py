"""What every engine (model runtime) offers: the protocol, and signatures.

An engine turns a list of strings into exactly one :class:`~sahelsum.records.Output` per string, in order. It never
cuts: an input over its limit is an :class:`~sahelsum.errors.InputTooLongError`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from sahelsum.records import Output

Signature = Mapping[str, str | int | float | bool]
"""Everything that can change an engine's output: library and version, model, weights hash, precision, settings."""


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
