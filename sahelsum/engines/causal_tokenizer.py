"""The tokenizer of a decoder-only model: what it reads is a prompt with the text in its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sahelsum.catalog.cards import ModelCard
from sahelsum.catalog.folder import ModelFolder
from sahelsum.engines.auto_tokenizer import AutoPieces
from sahelsum.engines.causal_prompt import STAND_IN, prompt

_BREAK = "\n"


class CausalPieces(AutoPieces):
    """Prompt and text are split apart: a special token spelled out in the text stays plain characters."""

    _space = ""
    """Before the text, if the prompt has one there: it belongs to the first piece of the word after it."""

    def pieces(self, text: str) -> list[int]:
        """Ids of the text alone, split as inside its prompt: at the beginning of a line, or after a space."""
        stripped = text.strip()
        if not stripped:
            return []
        spaced = f"{self._space}{stripped}"
        alone, both = (self._encode(part, special=False) for part in (_BREAK, f"{_BREAK}{spaced}"))
        return both[len(alone) :] if both[: len(alone)] == alone else self._encode(spaced, special=False)

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """Ids of names; rows that a model has beyond its vocabulary, to fill it up, are no text."""
        known = self.vocabulary()
        return [known[token] for token in tokens if token in known]

    def vocabulary(self) -> dict[str, int]:
        """Every token with its id."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        """Kept: it is asked for every output, and has up to some hundred thousand tokens."""
        return super().vocabulary()

    def _framing(self, card: ModelCard) -> tuple[list[int], list[int]]:
        """The prompt before and after the text; split as a whole, for pieces can reach over the borders of words."""
        whole = prompt(self._tokenizer, card)
        before, after = whole.split(STAND_IN)
        self._space = " " if before.endswith(" ") else ""
        ids, stand_in = self._encode_prompt(whole), self.pieces(STAND_IN)
        at = next((i for i in range(len(ids)) if ids[i : i + len(stand_in)] == stand_in), None)
        if at is not None:
            return ids[:at], ids[at + len(stand_in) :]
        return self._encode_prompt(before.removesuffix(self._space)), self._encode(after, special=True)

    def _encode_prompt(self, text: str) -> list[int]:
        """A chat template writes the mark for the start itself; without one it is the tokenizer's matter."""
        ids = self._encode(text, special=True)
        start = self._tokenizer.bos_token_id
        begins = [] if self._tokenizer.chat_template or start is None else [start]
        return [*begins, *ids]

    def _further_ends(self, folder: ModelFolder) -> tuple[int, ...]:
        """Some models name only the end of a text, and end their turn as the prompt ends the user's."""
        marks = set(self._tokenizer.all_special_ids)
        turn = [number for number in self._tail if number in marks][:1]
        own = self._tokenizer.eos_token_id
        named = [*folder.eos_ids, *([] if own is None else [own]), *turn]
        return tuple(dict.fromkeys(named))[1:]
