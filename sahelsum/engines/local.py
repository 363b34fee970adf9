"""The engine for models on this machine: tokenize, refuse what is too long, search, turn ids back into text.

What differs between runtimes stands behind :class:`Runtime`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Search, Signature
from sahelsum.engines.budget import CALL_TOKENS
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import InputTooLongError
from sahelsum.records import Finish, Hypothesis, Output

WIDEST_BEAM = 32
"""The most a card may ask for, too."""
REPETITION_PENALTY = 1.2
"""Of 1.1 to 1.5 the value after which chrF2 rises most: ``benchmarks/glossary.py FOLDER --ways``, docs/glossary.md."""
_SHOWN_CHARACTERS = 60
"""Enough of a text in an error message to find it again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One input as the model reads it, and the most tokens that may be written for it."""

    ids: tuple[int, ...]
    bound: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One output as the model wrote it, without end mark and forced first token."""

    ids: tuple[int, ...]
    mean_logprob: float | None
    """Mean natural-log probability per written token, among the tokens that may be written; None if not known.

    The end mark counts, a forced first token does not. CTranslate2 also takes out the tokens that would repeat a
    forbidden n-gram, so with ``no_repeat_ngram`` its scores are a little higher than those of transformers.
    """
    finish: Finish


class Runtime(Protocol):
    """A loaded model."""

    def search(self, rows: Sequence[Row], search: Search | None = None) -> list[list[Candidate]]:
        """The best candidates of each row, best first. What comes out for a row does not depend on the others.

        ``search`` stands in for the settings the model was opened with.
        """


def with_search(generation: Generation, search: Search | None) -> Generation:
    """The settings of a search: bounds of ``generation``, width of ``search`` where there is one."""
    if search is None:
        return generation
    return replace(generation, beam_size=search.beam_size, hypotheses=search.hypotheses)


@dataclass(frozen=True, slots=True)
class LocalSetup:
    """A model to run, and how to load its two parts when they are first needed."""

    signature: Signature
    limit_tokens: int
    generation: Generation
    open_tokenizer: Callable[[], Tokenizer]
    open_runtime: Callable[[Tokenizer], Runtime]
    batch_tokens: int = CALL_TOKENS
    calls_at_once: int = 1
    window_tokens: int | None = None
    """Tokens that a row and what is written for it may have together; None where each has room of its own."""


class LocalEngine:
    """An :class:`~sahelsum.engines.base.Engine` that loads its tokenizer and its model each when first needed."""

    def __init__(self, setup: LocalSetup) -> None:
        self._setup = setup
        self._tokenizer: Tokenizer | None = None
        self._runtime: Runtime | None = None
        self._opening = Lock()

    @property
    def signature(self) -> Signature:
        """What shapes the output; known without loading anything."""
        return self._setup.signature

    @property
    def limit_tokens(self) -> int:
        """Longest input in the model's tokens, special tokens and prefix not counted."""
        return self._setup.limit_tokens

    @property
    def batch_tokens(self) -> int:
        """Source tokens to give it at once."""
        return self._setup.batch_tokens

    @property
    def calls_at_once(self) -> int:
        """Calls that may run side by side."""
        return self._setup.calls_at_once

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in tokens. Loads the tokenizer, not the model."""
        tokenizer = self._open_tokenizer() if texts else None
        return [len(tokenizer.pieces(text)) for text in texts] if tokenizer else []

    @property
    def further_searches(self) -> Sequence[Search]:
        """A beam twice as wide that shuns repetition. Without the penalty it rescues half as many sentences.

        No sampling: CTranslate2 draws from one stream of random numbers for each worker, so what comes out for a text
        would depend on the texts before it.
        """
        beam = min(2 * self._setup.generation.beam_size, WIDEST_BEAM)
        return (Search(beam, beam, REPETITION_PENALTY),)

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order; a text without any piece (white space) gives an empty text.

        Raises:
            InputTooLongError: a text is over ``limit_tokens``.
            EngineError: the model gave something unusable.
        """
        if not texts:
            return []
        tokenizer = self._open_tokenizer()
        pieces = [tokenizer.pieces(text) for text in texts]
        self._refuse_too_long(texts, pieces)
        rows = [self._row(text, ids, tokenizer) for text, ids in zip(texts, pieces, strict=True) if ids]
        found = iter(self._open_runtime().search(rows, search) if rows else [])
        return [self._output(len(ids), next(found)) if ids else _NOTHING for ids in pieces]

    def close(self) -> None:
        """Free model and tokenizer. Using the engine again loads them again."""
        self._runtime = None
        self._tokenizer = None

    def _open_tokenizer(self) -> Tokenizer:
        with self._opening:
            if self._tokenizer is None:
                self._tokenizer = self._setup.open_tokenizer()
            return self._tokenizer

    def _open_runtime(self) -> Runtime:
        tokenizer = self._open_tokenizer()
        with self._opening:
            if self._runtime is None:
                self._runtime = self._setup.open_runtime(tokenizer)
            return self._runtime

    def _row(self, text: str, pieces: Sequence[int], tokenizer: Tokenizer) -> Row:
        row = Row(tuple(tokenizer.frame(pieces)), self._setup.generation.bound(len(pieces)))
        window = self._setup.window_tokens
        if window is not None and len(row.ids) + row.bound > window:
            raise InputTooLongError(
                f"A text of {len(pieces)} tokens, {len(row.ids)} with its prompt, leaves no room for an answer of "
                f"{row.bound} in the model's window of {window}: {_shown(text)!r}.",
                hint="Lower limit_tokens in the model's card, or shorten its prompt.",
            )
        return row

    def _refuse_too_long(self, texts: Sequence[str], pieces: Sequence[Sequence[int]]) -> None:
        for text, ids in zip(texts, pieces, strict=True):
            refuse_too_long(text, len(ids), self.limit_tokens)

    def _output(self, source_tokens: int, candidates: Sequence[Candidate]) -> Output:
        tokenizer = self._open_tokenizer()
        hypotheses = tuple(
            Hypothesis(tokenizer.text(found.ids), len(found.ids), found.mean_logprob, found.finish)
            for found in candidates
        )
        return Output(source_tokens, hypotheses)


_NOTHING = Output(0, (Hypothesis("", 0),))


def refuse_too_long(text: str, tokens: int, limit: int) -> None:
    """Stop a text that is over a model's limit.

    Raises:
        InputTooLongError: it is.
    """
    if tokens > limit:
        raise InputTooLongError(f"A text of {tokens} tokens is over the model's limit of {limit}: {_shown(text)!r}.")


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
