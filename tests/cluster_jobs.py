"""Jobs that the workers of a test cluster open. Ray imports this module in other processes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sahelsum.engines.base import Search
from sahelsum.engines.echo import EchoEngine
from sahelsum.errors import ModelUnavailableError
from sahelsum.protocols import NoMemory
from sahelsum.read import ReadOptions
from sahelsum.records import ModelInfo, Output
from sahelsum.runs.job import Job, Model

FATAL = "Tödlicher Satz"
MISSING = "missing"


class DeadlyEngine(EchoEngine):
    """Ends its process at a text that holds ``FATAL``, as want of memory would, and leaves a mark; so many times."""

    def __init__(self, marks: Path | None, times: int) -> None:
        super().__init__()
        self._marks = marks
        self._times = times

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        if self._marks is not None and any(FATAL in text for text in texts):
            done = len(list(self._marks.iterdir()))
            if done < self._times:
                (self._marks / f"{done}-{os.getpid()}").touch()
                os._exit(1)
        return super().generate(texts, search)


def echo_job(marks: Path | None = None, times: int = 0, code: str = "one") -> Job:
    """A job with the fake engine; ``code`` is part of what the engine says of itself."""
    engine = DeadlyEngine(marks, times)
    info = ModelInfo("echo", "Echo", "", "none", "echo", code)
    return Job((), Path(), ReadOptions(check_language=False), Model(engine, info, NoMemory()), None)


@contextmanager
def open_echo(plain: str, threads: int) -> Iterator[Job]:
    """What ``plain`` says, as JSON: ``marks`` and ``times`` for the engine, ``code`` for its signature."""
    given = json.loads(plain)
    if given.get(MISSING):
        raise ModelUnavailableError("The model 'planted' is not on this machine.", hint="Type: sahelsum models list")
    marks = given.get("marks")
    job = echo_job(Path(marks) if marks else None, given.get("times", 0), given.get("code", "one"))
    yield replace(job, batch_tokens=64 * threads)
