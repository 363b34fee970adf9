"""The engine actor: opens the models of the run on its machine and makes the digests of the groups it is given."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sahelsum.cluster.attempts import Ledger
from sahelsum.cluster.identity import check_identity, identity, other_processor
from sahelsum.cluster.wire import Answer, Problem, joined, pack_answer, unpack_items
from sahelsum.engines.around import EngineAround
from sahelsum.errors import SahelsumError
from sahelsum.protocols import Silence
from sahelsum.records import Failure
from sahelsum.runs.job import Job
from sahelsum.runs.work import BatchResult, Item, make_digests
from sahelsum.warnings_heard import warnings_to

if TYPE_CHECKING:
    import pyarrow as pa

_LOG = logging.getLogger(__name__)
DEATHS = 2
"""An article fails when so many workers have died while it was the only one they worked on."""
Opener = Callable[[str, int], AbstractContextManager[Job]]
"""Opens models and memory on the machine it is called on, from plain data and a number of threads."""


class BatchWorker:
    """A callable class for ``Dataset.map_batches``: rows of ``number`` and ``items`` in, ``number`` and ``answer`` out.

    What is wrong with the models or the memory is an answer too, since an exception would be tried again elsewhere.

    Args:
        opener: how to open the models; importable on every node.
        plain: what it needs, as text.
        threads: processor cores this actor has.
        expected: the driver's :func:`~sahelsum.cluster.identity.identity`.
        ledger: where the worker writes down what it begins.
    """

    def __init__(self, opener: Opener, plain: str, threads: int, expected: Mapping[str, str], ledger: Ledger) -> None:
        self._open: Callable[[], AbstractContextManager[Job]] = partial(opener, plain, threads)
        self._expected = expected
        self._ledger = ledger
        self._opened: AbstractContextManager[Job] | None = None
        self._job: Job | None = None
        # The memory's connection belongs to the thread that opened it, and Ray may call from any.
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __call__(self, batch: pa.Table) -> dict[str, list[Any]]:
        """Answer each row."""
        numbers = batch["number"].to_pylist()
        groups = zip(numbers, batch["items"].to_pylist(), strict=True)
        answers = [self._thread.submit(self._answer, str(number), text).result() for number, text in groups]
        return {"number": numbers, "answer": [pack_answer(answer) for answer in answers]}

    def _answer(self, key: str, text: str) -> Answer:
        notes: list[str] = []
        with warnings_to(notes.append):
            try:
                result = self._make(key, unpack_items(text), self._ready_job())
            except SahelsumError as error:
                return Answer(None, Problem(type(error).__name__, error.message, error.hint), tuple(notes))
            except Exception as error:  # noqa: BLE001 - what is raised here, Ray Data would wrap into pages of text
                told = f"sahelsum failed on the node {platform.node()} ({type(error).__name__}: {error})."
                return Answer(None, Problem("SahelsumError", told, "Please report it."), tuple(notes))
        return Answer(result, None, tuple(notes))

    def _make(self, key: str, items: Sequence[Item], job: Job) -> BatchResult:
        """The group in one go; after a death one article at a time, so that the one at fault fails alone."""
        if self._ledger.begin(key) == 1:
            result = make_digests(items, job, Silence())
        else:
            _LOG.warning("A worker died: its %d articles were begun again, one by one.", len(items))
            result = joined([self._alone(f"{key}/{place}", item, job) for place, item in enumerate(items)])
        self._ledger.end(key)
        return result

    def _alone(self, key: str, item: Item, job: Job) -> BatchResult:
        if self._ledger.begin(key) > DEATHS:
            failure = Failure(item.article.source, f"its worker died {DEATHS} times at it, perhaps for want of memory.")
            return BatchResult((failure,))
        result = make_digests([item], job, Silence())
        self._ledger.end(key)
        return result

    def _ready_job(self) -> Job:
        if self._job is None:
            self._opened = self._open()
            job = self._opened.__enter__()  # closed by the end of the actor's process
            check_identity(identity(job), self._expected, platform.node())
            if unlike := other_processor(self._expected, platform.node()):
                _LOG.warning("%s", unlike)
            self._job = job if job.summarizer else _with_open_translator(job)
        return self._job


def _with_open_translator(job: Job) -> Job:
    """The job with a translator that stays loaded from group to group: there is no second model to make room for."""
    return replace(job, translator=replace(job.translator, engine=_KeptOpen(job.translator.engine)))


class _KeptOpen(EngineAround):
    """An engine that is not closed."""

    def close(self) -> None:
        """Stay loaded."""
