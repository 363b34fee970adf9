"""Small stand-ins for engines, memories and observers that record what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sahelsum.engines.base import Search, Signature
from sahelsum.errors import EngineError, InputTooLongError
from sahelsum.records import ArticleEntry, Hypothesis, Output, Sentence


@dataclass
class FakeEngine:
    """Counts words as tokens and answers with ``answer(text)``; fails on texts that hold ``poison``."""

    answer: Callable[[str], str] = str.upper
    limit_tokens: int = 100
    batch_tokens: int = 1024
    calls_at_once: int = 1
    poison: str = "\0"
    calls: list[list[str]] = field(default_factory=list)
    closed: int = 0

    @property
    def signature(self) -> Signature:
        return {"engine": "fake", "limit": self.limit_tokens}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(self, texts: Sequence[str]) -> list[Output]:
        self.calls.append(list(texts))
        for text in texts:
            if self.poison in text:
                raise EngineError(f"cannot stand {text!r}")
            if len(text.split()) > self.limit_tokens:
                raise InputTooLongError(text)
        return [self._output(text) for text in texts]

    def close(self) -> None:
        self.closed += 1

    def _output(self, text: str) -> Output:
        answer = self.answer(text)
        return Output(len(text.split()), (Hypothesis(answer, len(answer.split()), -0.5),))


@dataclass
class Proposals:
    """An engine that proposes what it was given, whatever the text."""

    hypotheses: tuple[Hypothesis, ...]
    limit_tokens: int = 100
    signature: Signature = field(default_factory=lambda: {"engine": "proposals"})
    further_searches: Sequence[Search] = ()
    closed: bool = False

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        return [Output(len(text), self.hypotheses, parts=2) for text in texts]

    def close(self) -> None:
        self.closed = True


@dataclass
class Writer:
    """An engine whose wordings depend on the text, several for each."""

    answer: Callable[[str], Sequence[str | Hypothesis]]
    limit_tokens: int = 100
    calls: list[str] = field(default_factory=list)
    batch_tokens: int = 1024
    calls_at_once: int = 1
    further_searches: Sequence[Search] = ()

    @property
    def signature(self) -> Signature:
        return {"engine": "writer"}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        self.calls += texts
        return [Output(1, tuple(map(_hypothesis, self.answer(text)))) for text in texts]

    def close(self) -> None:
        """Nothing is held."""


def _hypothesis(text: str | Hypothesis) -> Hypothesis:
    return Hypothesis(text, len(text.split()), -0.4) if isinstance(text, str) else text


@dataclass
class DictMemory:
    """A memory in a dict."""

    known: dict[str, Output] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)

    def recall(self, texts: Sequence[str]) -> dict[str, Output]:
        return {text: self.known[text] for text in texts if text in self.known}

    def remember(self, outputs: Mapping[str, Output]) -> None:
        self.batches.append(list(outputs))
        self.known.update(outputs)


@dataclass
class RecordingObserver:
    """Keeps everything it hears."""

    stages: list[tuple[str, int]] = field(default_factory=list)
    steps: int = 0
    entries: list[ArticleEntry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def begin(self, stage: str, total: int) -> None:
        self.stages.append((stage, total))

    def advance(self, steps: int) -> None:
        self.steps += steps

    def finish(self, entry: ArticleEntry) -> None:
        self.entries.append(entry)

    def note(self, message: str) -> None:
        self.notes.append(message)


def sentences(*texts: str) -> list[Sentence]:
    """Sentences of one block, numbered from 1."""
    return [Sentence(number, 1, text) for number, text in enumerate(texts, start=1)]


def split_words(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut at spaces so that every piece fits; a simple stand-in for ``segment.split_clauses``."""
    pieces: list[str] = [""]
    for word in text.split(" "):
        candidate = f"{pieces[-1]} {word}".strip()
        if fits(candidate):
            pieces[-1] = candidate
        else:
            pieces.append(word)
    return pieces
