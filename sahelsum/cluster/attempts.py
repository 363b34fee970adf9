"""Who began what and never ended it: so an article that kills its worker is told apart from those beside it."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol


class Ledger(Protocol):
    """What a worker asks before it begins something, and tells when it has ended it."""

    def begin(self, key: str) -> int:
        """How often ``key`` was begun without an end, this time counted: 1 or more."""

    def end(self, key: str) -> None:
        """``key`` has come to its end."""


class Attempts:
    """The ledger itself; on a cluster it is an actor of its own, so that it outlives the workers."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()

    def begin(self, key: str) -> int:
        """See :class:`Ledger`."""
        self._begun[key] += 1
        return self._begun[key]

    def end(self, key: str) -> None:
        """See :class:`Ledger`."""
        del self._begun[key]


class RemoteAttempts:
    """The ledger as the workers have it."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def begin(self, key: str) -> int:
        """See :class:`Ledger`."""
        return int(self._wait(self._actor.begin.remote(key)))

    def end(self, key: str) -> None:
        """See :class:`Ledger`."""
        self._wait(self._actor.end.remote(key))

    @staticmethod
    def _wait(asked: Any) -> Any:
        import ray  # noqa: PLC0415 - an optional dependency

        return ray.get(asked)


def started_attempts() -> RemoteAttempts:
    """A ledger on the cluster that this process is connected to. It goes when the last who knows it goes."""
    import ray  # noqa: PLC0415 - an optional dependency

    return RemoteAttempts(ray.remote(num_cpus=0, max_restarts=-1)(Attempts).remote())
