"""What travels between the driver and the workers: records as JSON text, so that neither side unpickles an article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from sahelsum.errors import ConfigError, EngineError, InputError, ModelUnavailableError, OutputError, SahelsumError
from sahelsum.runs.work import BatchResult, Item

_KINDS = {kind.__name__: kind for kind in (ConfigError, EngineError, InputError, ModelUnavailableError, OutputError)}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error that ends the run, told by a worker. ``kind`` is the name of its class."""

    kind: str
    message: str
    hint: str = ""

    def as_error(self) -> SahelsumError:
        """The error itself, to be raised by the driver."""
        return _KINDS.get(self.kind, SahelsumError)(self.message, hint=self.hint)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of a group of articles: a result or a problem, and notes for the user."""

    result: BatchResult | None
    problem: Problem | None = None
    notes: tuple[str, ...] = ()


def pack_items(items: Sequence[Item]) -> str:
    """Articles with their sentences as ASCII."""
    return json.dumps([asdict(item) for item in items])


def unpack_items(text: str) -> tuple[Item, ...]:
    """The articles of :func:`pack_items`."""
    items: tuple[Item, ...] = _adapter(tuple[Item, ...]).validate_python(json.loads(text))
    return items


def pack_answer(answer: Answer) -> str:
    """An answer as ASCII."""
    return json.dumps(asdict(answer))


def unpack_answer(text: str) -> Answer:
    """The answer of :func:`pack_answer`."""
    answer: Answer = _adapter(Answer).validate_python(json.loads(text))
    return answer


def joined(results: Sequence[BatchResult]) -> BatchResult:
    """Results of groups one after the other as the result of all."""
    return BatchResult(
        tuple(outcome for result in results for outcome in result.outcomes),
        sum(result.translated for result in results),
        sum(result.remembered for result in results),
        sum(result.retry_seconds for result in results),
    )


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
