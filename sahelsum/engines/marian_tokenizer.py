"""Marian's tokenizer (``source.spm``, ``target.spm``, ``vocab.json``) straight through SentencePiece.

It comes with models of other architectures too.

Differs from ``transformers.MarianTokenizer`` on purpose: no sacremoses punctuation normalization, which that class
applies or not depending on what else is installed; and a target-language mark is taken from the model card only,
never from the text. Starts without loading transformers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sahelsum.catalog.cards import ModelCard
from sahelsum.catalog.folder import MARIAN_PIECES, SECOND_VOCABULARY, ModelFolder
from sahelsum.catalog.inspection import read_json
from sahelsum.engines.tokenizing import SpecialIds
from sahelsum.errors import EngineError, ModelUnavailableError

END_TOKEN, UNKNOWN_TOKEN, _PAD = "</s>", "<unk>", "<pad>"
_LANGUAGE_MARK = re.compile(r">>[^<>\s]+<<")


class MarianVocabulary:
    """As much of a transformers tokenizer as the converter asks of Marian's.

    ``bos_token``: CTranslate2 wants a name for it, and Marian's vocabularies have no such token. The one that starts
    the decoder serves: the engines put no other before a text.
    """

    eos_token = END_TOKEN
    unk_token = UNKNOWN_TOKEN

    def __init__(self, vocabulary: Mapping[str, int], start_token: str) -> None:
        self._vocabulary = dict(vocabulary)
        self._names = {number: token for token, number in vocabulary.items()}
        self.bos_token = start_token

    def get_vocab(self) -> dict[str, int]:
        """Every token with its id."""
        return self._vocabulary

    def convert_ids_to_tokens(self, number: int) -> str | None:
        """The token with an id."""
        return self._names.get(number)


class MarianPieces:
    """Marian's tokenizer. Pieces outside ``vocab.json`` become ``<unk>``."""

    def __init__(self, folder: ModelFolder, card: ModelCard) -> None:
        directory = folder.directory
        self._source, self._target = (_load(directory / name) for name in MARIAN_PIECES)
        self._vocabulary = _read_vocabulary(directory / "vocab.json")
        separate = directory / SECOND_VOCABULARY
        target = _read_vocabulary(separate) if separate.exists() else self._vocabulary
        self._names = {number: token for token, number in target.items()}
        self._target_ids = target
        self._unknown = self._vocabulary[UNKNOWN_TOKEN]
        self._special = SpecialIds(
            eos=target[END_TOKEN],
            unknown=target[UNKNOWN_TOKEN],
            pad=folder.pad_id if folder.pad_id is not None else target.get(_PAD),
            first_target=folder.forced_first_id,
        )
        self._decoder_start_id = folder.decoder_start_id
        self._head = self._prefix(card)

    @property
    def special(self) -> SpecialIds:
        """The tokens that are not text."""
        return self._special

    @property
    def overhead(self) -> int:
        """Prefix and end mark."""
        return len(self._head) + 1

    def pieces(self, text: str) -> list[int]:
        """Ids of the text alone."""
        encoded: list[str] = self._source.encode(text, out_type=str)
        return [self._vocabulary.get(piece, self._unknown) for piece in encoded]

    def frame(self, pieces: Sequence[int]) -> list[int]:
        """Prefix, pieces, ``</s>``."""
        return [*self._head, *pieces, self._vocabulary[END_TOKEN]]

    def text(self, ids: Sequence[int]) -> str:
        """The text of output ids; an id outside the vocabulary is an :class:`EngineError`."""
        hidden = {self._special.eos, self._special.pad, self._special.unknown}
        pieces = [self._name(number) for number in ids if number not in hidden]
        decoded: str = self._target.decode_pieces(pieces)
        return decoded.strip()

    def tokens(self, ids: Sequence[int]) -> list[str]:
        """Names of ids."""
        return [self._name(number) for number in ids]

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """Ids of names."""
        return [self._target_ids.get(token, self._unknown) for token in tokens]

    def vocabulary(self) -> dict[str, int]:
        """Every token with its id."""
        return dict(self._vocabulary)

    def for_converter(self) -> MarianVocabulary:
        """The vocabulary, and which token starts the decoder."""
        start = None if self._decoder_start_id is None else self._names.get(self._decoder_start_id)
        return MarianVocabulary(self.vocabulary(), start or END_TOKEN)

    def source_tokens(self, text: str) -> list[str]:
        """The model's whole input for a text, as names."""
        return self.tokens(self.frame(self.pieces(text)))

    def target_tokens(self, text: str) -> list[str]:
        """The text as the model would write it, as names, without end mark."""
        encoded: list[str] = self._target.encode(text, out_type=str)
        return [piece if piece in self._target_ids else UNKNOWN_TOKEN for piece in encoded]

    def _name(self, number: int) -> str:
        name = self._names.get(number)
        if name is None:
            raise EngineError(f"The model wrote token {number}, which its vocabulary does not have.")
        return name

    def _prefix(self, card: ModelCard) -> list[int]:
        marks = _LANGUAGE_MARK.findall(card.prefix)
        unknown = [mark for mark in marks if mark not in self._vocabulary]
        if unknown:
            raise ModelUnavailableError(
                f"The card {card.alias!r} asks for the language mark {unknown[0]}, which the model does not know.",
                hint="Correct prefix in the card; the marks are listed in the model's vocab.json.",
            )
        rest = _LANGUAGE_MARK.sub("", card.prefix).strip()
        return [self._vocabulary[mark] for mark in marks] + (self.pieces(rest) if rest else [])


def _load(file: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(file))
    except (OSError, RuntimeError) as error:
        raise ModelUnavailableError(f"{file} is missing or damaged: expected a SentencePiece model.") from error


def _read_vocabulary(file: Path) -> dict[str, int]:
    content: Mapping[str, object] = read_json(file)
    vocabulary = {token: number for token, number in content.items() if isinstance(number, int)}
    if len(vocabulary) != len(content) or len(set(vocabulary.values())) != len(content):
        raise ModelUnavailableError(f"{file} is damaged: expected every token with a number of its own.")
    if not {END_TOKEN, UNKNOWN_TOKEN} <= vocabulary.keys():
        raise ModelUnavailableError(f"{file} is damaged: {END_TOKEN} and {UNKNOWN_TOKEN} must be among its tokens.")
    return vocabulary
