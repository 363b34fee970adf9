"""What the stages need from the edges: a memory, and someone to tell about progress. Both are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sahelsum.records import ArticleEntry, Output


class Memory(Protocol):
    """Remembers what an engine made of a text, for one engine signature."""

    def recall(self, texts: Sequence[str]) -> dict[str, Output]:
        """Those of ``texts`` that are known, with their outputs."""

    def remember(self, outputs: Mapping[str, Output]) -> None:
        """Keep outputs for later; on disk when this returns."""


Corrected = Callable[[Sequence[str]], Mapping[str, str]]
"""Says which of some sentences a person has put into English, and how."""


def nothing_corrected(texts: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG001 - the form of :data:`Corrected`
    """No sentence is corrected."""
    return {}


class NoMemory:
    """The memory that knows nothing."""

    def recall(self, texts: Sequence[str]) -> dict[str, Output]:  # noqa: ARG002 - the protocol's signature
        """Nothing is known."""
        return {}

    def remember(self, outputs: Mapping[str, Output]) -> None:
        """Nothing is kept."""


class Observer(Protocol):
    """Hears what a run is doing; the command line draws it."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of ``total`` steps starts."""

    def advance(self, steps: int) -> None:
        """So many more steps of the stage are done."""

    def finish(self, entry: ArticleEntry) -> None:
        """An article is finished, one way or another."""

    def note(self, message: str) -> None:
        """Something the user should know, in one sentence."""


class Silence:
    """The observer that draws nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Ignore it."""

    def advance(self, steps: int) -> None:
        """Ignore it."""

    def finish(self, entry: ArticleEntry) -> None:
        """Ignore it."""

    def note(self, message: str) -> None:
        """Ignore it."""
