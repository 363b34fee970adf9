"""Which tokenizer a model is opened with."""

from __future__ import annotations

from sahelsum.catalog.cards import ModelCard
from sahelsum.engines.marian_tokenizer import MarianPieces
from sahelsum.engines.modelfiles import ModelFiles
from sahelsum.engines.tokenizing import Tokenizer


def open_tokenizer(files: ModelFiles, card: ModelCard) -> Tokenizer:
    """The tokenizer that a model's directory asks for.

    Raises:
        ModelUnavailableError: its files are missing or damaged, or it does not know the card's language codes.
    """
    if files.family == "marian":
        return MarianPieces(files, card)
    from sahelsum.engines.auto_tokenizer import AutoPieces

    return AutoPieces(files, card)


def tokenizer_library(family: str) -> str:
    """The package whose version decides how a family's text is split."""
    return "sentencepiece" if family == "marian" else "transformers"
