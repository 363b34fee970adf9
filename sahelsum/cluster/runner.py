"""A runner of digests that has the models' work done by the actors of a Ray Data pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from types import TracebackType
from typing import Any, Self

from sahelsum.cluster.attempts import started_attempts
from sahelsum.cluster.identity import identity
from sahelsum.cluster.session import Resources, connected, explained
from sahelsum.cluster.wire import Answer, joined, pack_items, unpack_answer
from sahelsum.cluster.worker import BatchWorker, Opener
from sahelsum.errors import ConfigError
from sahelsum.protocols import Observer
from sahelsum.runs.job import Job
from sahelsum.runs.work import BatchResult, Item

GROUP_SENTENCES = 1000
"""Sentences of one task: enough to fill the model's batches, and at most so much is done again if an actor dies."""
BATCH_SENTENCES = 4000
"""Sentences of an article batch for each actor: minutes of work, against seconds in which the actors start anew."""
ASSUMED_ACTORS = 8
"""So many are reckoned with for the size of an article batch where the user has not said how many there are."""
CPUS_PER_ACTOR = 4
"""Processor cores of one actor unless the user says otherwise: the threads of an engine share its weights."""


@dataclass(frozen=True, slots=True)
class Work:
    """How the work is spread, and what the workers need to open the models; all of it plain data but the opener."""

    opener: Opener
    plain: str
    """What the opener gets: settings and glossary as text."""
    actors: int = 0
    """0: as many as the cluster has room for."""
    cpus: int = 0
    """Processor cores of an actor; 0: ``CPUS_PER_ACTOR``, or what the nodes have."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """Number and size of the actors."""

    actors: int
    cpus: int
    gpus: int


class ClusterRunner:
    """Makes the digests of an article batch on a cluster, in the order of its items. A context manager.

    Ray starts when there is something to do, so that a run that finds everything done needs no cluster.
    """

    def __init__(self, address: str, work: Work) -> None:
        self._address = address
        self._work = work
        self._session = ExitStack()
        self._resources: Resources | None = None

    @property
    def batch_sentences(self) -> int:
        """Sentences to hand over at once, for all actors to have enough to do."""
        return BATCH_SENTENCES * (self._work.actors or ASSUMED_ACTORS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources = None
        self._session.close()

    def __call__(self, items: Sequence[Item], job: Job, observer: Observer) -> BatchResult:
        """See :func:`sahelsum.runs.work.make_digests`.

        Raises:
            ModelUnavailableError: a worker cannot load the models.
            ConfigError: there is no such cluster, or a node of it would make other digests than this machine.
            SahelsumError: the cluster broke down.
        """
        if not items:
            return BatchResult(())
        pool = _pool(self._work, self._connect(), on_gpu=job.translator.engine.signature.get("device") == "cuda")
        observer.begin("on the cluster", sum(len(item.sentences) for item in items))
        groups = _groups(items, pool.actors)
        results = []
        with explained(self._address):
            for group, answer in zip(groups, self._answers(groups, pool, job), strict=True):
                results.append(_result(answer, observer))
                observer.advance(sum(len(item.sentences) for item in group))
        return joined(results)

    def _connect(self) -> Resources:
        if self._resources is None:
            self._resources = self._session.enter_context(connected(self._address))
        return self._resources

    def _answers(self, groups: Sequence[Sequence[Item]], pool: _Pool, job: Job) -> Iterator[Answer]:
        """The answer to each group, in their order, as soon as it is there.

        Ray Data starts an actor that died again, and repeats its group, as often as it takes.
        """
        import ray.data  # noqa: PLC0415 - an optional dependency, and slow to import

        rows = [{"number": number, "items": pack_items(group)} for number, group in enumerate(groups)]
        answered: Any = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            BatchWorker,
            fn_constructor_args=(self._work.opener, self._work.plain, pool.cpus, identity(job), started_attempts()),
            batch_size=1,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(size=min(pool.actors, len(rows))),
            num_cpus=pool.cpus,
            num_gpus=pool.gpus,
        )
        for number, row in enumerate(answered.iter_rows()):
            if row["number"] != number:
                raise AssertionError(f"group {row['number']} came back in place of {number}")
            yield unpack_answer(row["answer"])


def _pool(work: Work, resources: Resources, *, on_gpu: bool) -> _Pool:
    """As many actors as fit: one for each GPU, or for each ``cpus`` cores.

    Raises:
        ConfigError: the models were opened for GPUs, and the cluster has none.
    """
    cpus = max(1, min(work.cpus or CPUS_PER_ACTOR, resources.largest_node_cpus))
    if not on_gpu:
        return _Pool(work.actors or max(1, resources.cpus // cpus), cpus, 0)
    if not resources.gpus:
        raise ConfigError("This machine computes on a GPU, and the cluster has none.", hint="Add --device cpu.")
    return _Pool(work.actors or resources.gpus, work.cpus or 1, 1)


def _groups(items: Sequence[Item], actors: int) -> list[list[Item]]:
    """Neighbouring articles together: a fair share for each actor, but no more than ``GROUP_SENTENCES`` and one."""
    share = ceil(sum(len(item.sentences) for item in items) / actors)
    wanted = min(GROUP_SENTENCES, share)
    groups: list[list[Item]] = []
    filled = wanted
    for item in items:
        if filled >= wanted:
            groups.append([])
            filled = 0
        groups[-1].append(item)
        filled += len(item.sentences)
    return groups


def _result(answer: Answer, observer: Observer) -> BatchResult:
    for note in answer.notes:
        observer.note(f"note      {note}")
    if answer.problem:
        raise answer.problem.as_error()
    return answer.result or BatchResult(())
