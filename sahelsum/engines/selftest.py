"""The start-up check of a model: known texts in, known words out. Catches weights that load but are broken."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock

from sahelsum.catalog.cards import ModelCard
from sahelsum.engines.around import EngineAround
from sahelsum.engines.base import Engine, Search
from sahelsum.engines.knowntexts import degenerate_output, whats_wrong
from sahelsum.errors import ModelUnavailableError
from sahelsum.records import Output

_LOG = logging.getLogger(__name__)


def run_self_test(engine: Engine, card: ModelCard) -> None:
    """Run the card's self-test, if it has one. Loads the model.

    Raises:
        ModelUnavailableError: an expected word is missing from the output, or its score is no number.
    """
    test = card.self_test
    if test is None:
        return
    output = engine.generate([test.input])[0]
    said = output.best.text
    missing = [word for word in test.expect if word.casefold() not in said.casefold()]
    problem = f"without {', '.join(repr(word) for word in missing)}" if missing else degenerate_output(output)
    if problem:
        raise ModelUnavailableError(
            f"The model {card.alias!r} failed its self-test: {test.input!r} gave {said!r}, {problem}.",
            hint=f"Its files may be damaged: sahelsum models verify {card.alias}",
        )


def run_known_texts(engine: Engine, card: ModelCard) -> None:
    """Ask the model for texts that any working one gets right. Loads the model.

    Raises:
        ModelUnavailableError: it does not.
    """
    if wrong := whats_wrong(engine, card):
        raise ModelUnavailableError(
            f"The model {card.alias!r} does not work: {wrong}.",
            hint="Its weights may be damaged, random or not for this task: get its files again, or choose another "
            "model (sahelsum models list).",
        )


class SelfTestedEngine(EngineAround):
    """An engine that runs its card's self-test before its first work, and again after it was freed.

    A card without one gets the known texts instead, once, and a model that fails at them a warning: nobody has said
    what it must be able to do.
    """

    def __init__(self, engine: Engine, card: ModelCard, *, knows_texts: bool = True) -> None:
        super().__init__(engine)
        self._card = card
        self._asks_known_texts = knows_texts and card.self_test is None
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
                self._warn_of_known_texts()
                self._tested = True
        return super().generate(texts, search)

    def _warn_of_known_texts(self) -> None:
        if self._asks_known_texts and (wrong := whats_wrong(self._engine, self._card)):
            _LOG.warning("The model %r seems not to work: %s.", self._card.alias, wrong)
        self._asks_known_texts = False

    def close(self) -> None:
        """Free the model."""
        self._tested = False
        super().close()
