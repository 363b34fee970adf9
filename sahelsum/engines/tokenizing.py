"""Text to token ids and back, the same for both runtimes.

A text is data: a special token spelled out in it (``</s>``, ``>>fra<<``) is read as plain characters. Only the model
card's prefix and language codes can put special tokens into the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sahelsum.catalog.cards import ModelCard
from sahelsum.engines.modelfiles import ModelFiles


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Ids of the tokens that are not text; None where a model has no such token."""

    eos: int
    unknown: int | None
    pad: int | None
    first_target: int | None
    """The token every output begins with: a language mark or a forced start; never part of the returned text."""


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


def open_tokenizer(files: ModelFiles, card: ModelCard) -> Tokenizer:
    """The tokenizer that a model's directory asks for.

    Raises:
        ModelUnavailableError: its files are missing or damaged, or it does not know the card's language codes.
    """
    if files.family == "marian":
        from sahelsum.engines.marian_tokenizer import MarianPieces

        return MarianPieces(files, card)
    from sahelsum.engines.auto_tokenizer import AutoPieces

    return AutoPieces(files, card)


def tokenizer_library(family: str) -> str:
    """The package whose version decides how a family's text is split."""
    return "sentencepiece" if family == "marian" else "transformers"
