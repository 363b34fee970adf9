"""Which tokenizer a model is opened with: that of the files in its folder, whatever its architecture."""

from __future__ import annotations

from sahelsum.catalog.cards import ModelCard
from sahelsum.catalog.families import Kind
from sahelsum.catalog.folder import ModelFolder
from sahelsum.engines.marian_tokenizer import MarianPieces
from sahelsum.engines.tokenizing import Tokenizer


def open_tokenizer(folder: ModelFolder, card: ModelCard) -> Tokenizer:
    """The tokenizer that a model's directory asks for.

    Raises:
        ModelUnavailableError: its files are missing or damaged, or it does not know the card's language codes.
    """
    if folder.marian_pieces:
        return MarianPieces(folder, card)
    if folder.family.kind is Kind.DECODER_ONLY:
        from sahelsum.engines.causal_tokenizer import CausalPieces

        return CausalPieces(folder, card)
    from sahelsum.engines.auto_tokenizer import AutoPieces

    return AutoPieces(folder, card)


def tokenizer_library(folder: ModelFolder) -> str:
    """The package whose version decides how a model's text is split."""
    return "sentencepiece" if folder.marian_pieces else "transformers"
