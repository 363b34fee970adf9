"""Every tokenizer but Marian's, through ``transformers.AutoTokenizer``: local files, no code of the model's own."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from sahelsum.catalog.cards import ModelCard
from sahelsum.catalog.folder import ModelFolder
from sahelsum.engines.tokenizing import SpecialIds
from sahelsum.errors import ModelUnavailableError

_TOKENIZER_FILES = ("tokenizer.json", "*.model", "*.spm", "vocab*.json", "vocab.txt")
_PROBE = "a"
"""Any one-piece text: shows where the tokenizer puts its special tokens."""


class AutoPieces:
    """A tokenizer of transformers with the text kept apart from special tokens."""

    def __init__(self, folder: ModelFolder, card: ModelCard) -> None:
        self._tokenizer = load_auto_tokenizer(folder)
        self._using = Lock()  # a call sets options inside the tokenizer: two threads would fail with "Already borrowed"
        if card.source_code:
            self._set_source(card)
        self._head, self._tail = self._framing(card)
        self._prefix: list[int] = self._encode(card.prefix.strip(), special=True) if card.prefix.strip() else []
        self._newline = folder.family.newline
        self._special = SpecialIds(
            eos=self._required_eos(folder),
            unknown=self._tokenizer.unk_token_id,
            further_ends=self._further_ends(folder),
            pad=folder.pad_id if folder.pad_id is not None else self._tokenizer.pad_token_id,
            first_target=self._language_id(card, card.target_code) if card.target_code else folder.forced_first_id,
        )

    @property
    def special(self) -> SpecialIds:
        """The tokens that are not text."""
        return self._special

    @property
    def overhead(self) -> int:
        """Prefix, start, language and end marks."""
        return len(self._head) + len(self._prefix) + len(self._tail)

    def pieces(self, text: str) -> list[int]:
        """Ids of the text alone."""
        return self._encode(text, special=False) if text.strip() else []

    def frame(self, pieces: Sequence[int]) -> list[int]:
        """Marks, prefix, pieces, marks."""
        return [*self._head, *self._prefix, *pieces, *self._tail]

    def text(self, ids: Sequence[int]) -> str:
        """The text of output ids. What some write for a line break between sentences is a space here."""
        with self._using:
            decoded: str = self._tokenizer.decode(
                list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
            )
        return " ".join(decoded.split(self._newline)).strip() if self._newline else decoded.strip()

    def tokens(self, ids: Sequence[int]) -> list[str]:
        """Names of ids."""
        names: list[str] = self._tokenizer.convert_ids_to_tokens(list(ids))
        return names

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """Ids of names."""
        numbers: list[int] = self._tokenizer.convert_tokens_to_ids(list(tokens))
        return numbers

    def vocabulary(self) -> dict[str, int]:
        """Every token with its id."""
        return dict(self._tokenizer.get_vocab())

    def for_converter(self) -> Any:
        """The tokenizer of transformers itself."""
        return self._tokenizer

    def _encode(self, text: str, *, special: bool) -> list[int]:
        with self._using:
            encoded = self._tokenizer(
                text, add_special_tokens=False, split_special_tokens=not special, truncation=False, verbose=False
            )
        return list(encoded["input_ids"])

    def _framing(self, card: ModelCard) -> tuple[list[int], list[int]]:  # noqa: ARG002 - heirs need it
        """What goes before and after every text."""
        bare = self._encode(_PROBE, special=False)
        whole = list(self._tokenizer(_PROBE, truncation=False)["input_ids"])
        at = next(i for i in range(len(whole)) if whole[i : i + len(bare)] == bare)
        return whole[:at], whole[at + len(bare) :]

    def _set_source(self, card: ModelCard) -> None:
        self._language_id(card, card.source_code)
        self._tokenizer.src_lang = card.source_code

    def _language_id(self, card: ModelCard, code: str) -> int:
        """M2M-100 writes its marks ``__en__``, where ``en`` is an ordinary piece; NLLB and mBART the bare code."""
        vocabulary = self._tokenizer.get_vocab()
        for mark in (f"__{code}__", code):
            if mark in vocabulary:
                return int(vocabulary[mark])
        raise ModelUnavailableError(
            f"The card {card.alias!r} names the language code {code!r}, which the model does not know.",
            hint="Correct source_code or target_code in the card; NLLB spells them like deu_Latn, M2M-100 like de.",
        )

    def _further_ends(self, folder: ModelFolder) -> tuple[int, ...]:  # noqa: ARG002 - heirs need it
        """Tokens that end an output besides the usual one."""
        return ()

    def _required_eos(self, folder: ModelFolder) -> int:
        eos = folder.eos_id if folder.eos_id is not None else self._tokenizer.eos_token_id
        if eos is None:
            raise ModelUnavailableError(f"{folder.directory}: neither config nor tokenizer names an end token.")
        return int(eos)


def load_auto_tokenizer(folder: ModelFolder) -> Any:
    """The tokenizer in a model's directory.

    Raises:
        ModelUnavailableError: it cannot be loaded.
    """
    from transformers import AutoTokenizer

    # Without any of these, transformers 5 makes up a tokenizer that knows no words.
    if not any(file for pattern in _TOKENIZER_FILES for file in folder.directory.glob(pattern)):
        raise ModelUnavailableError(
            f"{folder.directory} holds no tokenizer.", hint=f"Expected one of: {', '.join(_TOKENIZER_FILES)}."
        )
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder.directory), local_files_only=True, trust_remote_code=False)
        _add_language_marks(tokenizer)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, RuntimeError) as error:
        raise ModelUnavailableError(
            f"{folder.directory}: its tokenizer cannot be loaded ({type(error).__name__}: {error})."
        ) from error
    return tokenizer


def _add_language_marks(tokenizer: Any) -> None:
    """Put M2M-100's language marks into its vocabulary as special tokens.

    transformers 5 knows their ids but leaves them out of ``get_vocab()``, which the converter of CTranslate2 relies on,
    and of the tokens hidden in decoding, unless the model's files list each of them.
    """
    marks: dict[str, int] = getattr(tokenizer, "lang_token_to_id", {})
    if not marks:
        return
    tokenizer.add_special_tokens({"additional_special_tokens": list(marks)})
    moved = [mark for mark, number in marks.items() if tokenizer.convert_tokens_to_ids(mark) != number]
    if moved:
        raise ValueError(f"the language mark {moved[0]} has two ids")
