"""The start-up check of a model: a known sentence in, known words out. Catches weights that load but are broken."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from sahelsum.catalog.cards import ModelCard
from sahelsum.engines.around import EngineAround
from sahelsum.engines.base import Engine, Search
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


class SelfTestedEngine(EngineAround):
    """An engine that runs its card's self-test before its first work, and again after it was freed."""

    def __init__(self, engine: Engine, card: ModelCard) -> None:
        super().__init__(engine)
        self._card = card
        self._tested = False
        self._testing = Lock()

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order.

        Raises:
            ModelUnavailableError: the model fails its self-test.
            EngineError: see :class:`~sahelsum.engines.base.Engine`.
        """
        with self._testing:
            if not self._tested:
                run_self_test(self._engine, self._card)
                self._tested = True
        return super().generate(texts, search)

    def close(self) -> None:
        """Free the model."""
        self._tested = False
        super().close()
