"""What engines that stand before another one share: they answer for it."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.engines.base import Engine, Search, Signature
from sahelsum.records import Output


class EngineAround:
    """Hands on what is asked of ``engine``; its heirs do otherwise where they must."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def signature(self) -> Signature:
        """What shapes the output."""
        return self._engine.signature

    @property
    def limit_tokens(self) -> int:
        """Longest input in the model's tokens."""
        return self._engine.limit_tokens

    @property
    def batch_tokens(self) -> int:
        """Source tokens to give it at once."""
        return self._engine.batch_tokens

    @property
    def calls_at_once(self) -> int:
        """Calls that may run side by side."""
        return self._engine.calls_at_once

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens."""
        return self._engine.count_tokens(texts)

    @property
    def further_searches(self) -> Sequence[Search]:
        """Other searches the engine offers."""
        return self._engine.further_searches

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order."""
        return self._engine.generate(texts, search)

    def close(self) -> None:
        """Free the model."""
        self._engine.close()
