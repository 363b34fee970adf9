"""Text to token ids and back, the same for both runtimes.

A text is data: a special token spelled out in it (``</s>``, ``>>fra<<``) is read as plain characters. Only the model
card's prefix and language codes can put special tokens into the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Ids of the tokens that are not text; None where a model has no such token."""

    eos: int
    unknown: int | None
    pad: int | None
    first_target: int | None
    """The token every output begins with: a language mark or a forced start; never part of the returned text."""
    further_ends: tuple[int, ...] = ()
    """Other tokens that end an output too, such as the end of a turn in a conversation."""

    @property
    def ends(self) -> tuple[int, ...]:
        """All that end an output."""
        return (self.eos, *self.further_ends)


class Tokenizer(Protocol):
    """Splits texts into a model's pieces. Ids are those of the model's own vocabulary."""

    @property
    def special(self) -> SpecialIds:
        """The tokens that are not text."""

    @property
    def overhead(self) -> int:
        """Tokens that :meth:`frame` adds."""

    def pieces(self, text: str) -> list[int]:
        """Ids of the text alone: no special tokens, no prefix; empty for text without visible characters."""

    def frame(self, pieces: Sequence[int]) -> list[int]:
        """The model's whole input: prefix, pieces, language and end marks as the model was trained with."""

    def text(self, ids: Sequence[int]) -> str:
        """The text of output ids; special tokens leave no trace."""

    def tokens(self, ids: Sequence[int]) -> list[str]:
        """Each id's name in the vocabulary, which is what CTranslate2 works with."""

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """The reverse of :meth:`tokens`."""

    def vocabulary(self) -> dict[str, int]:
        """Every token with its id."""

    def for_converter(self) -> Any:
        """As much of a tokenizer of transformers as the converter of CTranslate2 asks of one."""
