"""What a run did: counts kept on the way, and one entry per article, on disk once there are many."""

from __future__ import annotations

import json
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

from sahelsum.output.sidecar import finding
from sahelsum.records import ArticleEntry, ArticleState, Finding, Receipt
from sahelsum.records.encoding import encode_ascii

IN_MEMORY_BYTES = 4_000_000
"""Entries of about a thousand articles. More go to a temporary file, so that memory does not grow with a run."""

Findings = Callable[[str], tuple[Finding, ...]]
"""Reads the findings of an article from its data, a path inside the output folder."""


@dataclass(slots=True)
class Tally:
    """What is counted over all articles."""

    states: Counter[ArticleState] = field(default_factory=Counter)
    to_review: int = 0
    incomplete: int = 0
    """Articles with a sentence that could not be translated."""
    terms_found: int = 0
    terms_replaced: int = 0
    terms_lost: int = 0
    retried: int = 0
    retry_rescued: int = 0

    def add(self, entry: ArticleEntry) -> None:
        """Count one article."""
        self.states[entry.state] += 1
        self.to_review += entry.review == "check"
        self.incomplete += entry.failed > 0
        if entry.receipt:
            self.terms_found += entry.receipt.terms_found
            self.terms_replaced += entry.receipt.terms_replaced
            self.terms_lost += entry.receipt.terms_lost
            self.retried += entry.receipt.retried
            self.retry_rescued += entry.receipt.retry_rescued


class Entries:
    """The entries of a run in order, to be gone through any number of times.

    Those of articles that were left as they are come with the path of their data instead of their findings, which
    are read when somebody asks.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._length = 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, mode="w+b")  # noqa: SIM115 - closed when forgotten
        weakref.finalize(self, self._file.close)

    def append(self, entry: ArticleEntry, data: str = "") -> None:
        """Add an entry; ``data``: where its findings are, if it does not carry them."""
        self._file.seek(0, 2)
        self._file.write(encode_ascii([entry, data]).encode("ascii") + b"\n")
        self._length += 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[ArticleEntry]:
        """All entries, whole.

        Raises:
            InputError: the data of an article have vanished or are damaged.
        """
        for row, data in self._rows():
            yield _entry(row, self._findings(data) if data else None)

    def brief(self) -> Iterator[tuple[str, str]]:
        """Id and source of each, without reading any data."""
        for row, _ in self._rows():
            yield row["id"], row["source"]

    def _rows(self) -> Iterator[tuple[dict[str, Any], str]]:
        position = 0
        for _ in range(self._length):
            self._file.seek(position)
            line = self._file.readline()
            position += len(line)
            row, data = json.loads(line)
            yield row, data


def _entry(row: dict[str, Any], findings: tuple[Finding, ...] | None) -> ArticleEntry:
    own = tuple(finding(item) for item in row["findings"]) if findings is None else findings
    receipt = Receipt(**row["receipt"]) if row["receipt"] else None
    return ArticleEntry(**{**row, "state": ArticleState(row["state"]), "findings": own, "receipt": receipt})


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did, article by article, in the order of the sources."""

    entries: Entries
    tally: Tally
    seconds: float = 0.0
    sentences_translated: int = 0
    """Sentences that went through the model in this run."""
    sentences_remembered: int = 0
    """Sentences taken from the translation memory."""
    retry_seconds: float = 0.0
    parts: int = 0
    """Folders that the digests were parted into; 0 for none."""
