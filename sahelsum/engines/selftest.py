"""The start-up check of a model: a known sentence in, known words out. Catches weights that load but are broken."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.cards import ModelCard
from sahelsum.engines.base import Engine, Search, Signature
from sahelsum.errors import ModelUnavailableError
from sahelsum.records import Output


def run_self_test(engine: Engine, card: ModelCard) -> None:
    """Run the card's self-test, if it has one. Loads the model.

    Raises:
        ModelUnavailableError: an expected word is missing from the output.
    """
    test = card.self_test
    if test is None:
        return
    said = engine.generate([test.input])[0].best.text
    missing = [word for word in test.expect if word.casefold() not in said.casefold()]
    if missing:
        raise ModelUnavailableError(
            f"The model {card.alias!r} failed its self-test: {test.input!r} gave {said!r}, "
            f"without {', '.join(repr(word) for word in missing)}.",
            hint=f"Its files may be damaged: sahelsum models verify {card.alias}",
        )


class SelfTestedEngine:
    """An engine that runs its card's self-test before its first work, and again after it was freed."""

    def __init__(self, engine: Engine, card: ModelCard) -> None:
        self._engine = engine
        self._card = card
        self._tested = False

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

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens."""
        return self._engine.count_tokens(texts)

    @property
    def further_searches(self) -> Sequence[Search]:
        """Other searches the engine offers."""
        return self._engine.further_searches

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order.

        Raises:
            ModelUnavailableError: the model fails its self-test.
            EngineError: see :class:`~sahelsum.engines.base.Engine`.
        """
        if not self._tested:
            run_self_test(self._engine, self._card)
            self._tested = True
        return self._engine.generate(texts, search)

    def close(self) -> None:
        """Free the model."""
        self._tested = False
        self._engine.close()
