"""The translation memory: one SQLite file in the user's cache folder, shared by all runs.

A row's key covers the engine's full signature, the kind of work and the input text, so a change of model, settings or
version never gives a stale answer. Every batch is one transaction: a killed run loses at most the batch in hand.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sahelsum.engines.base import Signature, signature_key
from sahelsum.errors import OutputError
from sahelsum.records import Finish, Hypothesis, Output

BUSY_TIMEOUT_SEC = 30.0
"""Long enough for another process to finish writing a batch on a slow disk."""
KEYS_PER_QUERY = 500
"""Below SQLite's limit of 999 variables in builds before 3.32."""
SCHEMA_VERSION = 1
_SCHEMA = "CREATE TABLE IF NOT EXISTS outputs (key BLOB PRIMARY KEY, output TEXT NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """Size of the memory: rows, and bytes on disk."""

    rows: int
    size_bytes: int


class MemoryFile:
    """The open file. Use as a context manager; :meth:`bind` gives the memory of one engine.

    Raises:
        OutputError: the file or its folder cannot be written, or the file is not a translation memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(path)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error

    def bind(self, signature: Signature, kind: str) -> BoundMemory:
        """Open the memory of one engine and one kind of work (``translate``, ``summarize``)."""
        return BoundMemory(self, f"{signature_key(signature)}\0{kind}\0")

    def read(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Rows among ``keys`` that exist."""
        found: dict[bytes, str] = {}
        for start in range(0, len(keys), KEYS_PER_QUERY):
            part = keys[start : start + KEYS_PER_QUERY]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(f"SELECT key, output FROM outputs WHERE key IN ({marks})", part)  # noqa: S608
            found.update(rows.fetchall())
        return found

    def write(self, rows: Iterable[tuple[bytes, str]]) -> None:
        """Keep rows in one transaction."""
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from error

    def stats(self) -> MemoryStats:
        """Count rows and bytes."""
        (rows,) = self._connection.execute("SELECT count(*) FROM outputs").fetchone()
        files = (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm")))
        return MemoryStats(int(rows), sum(file.stat().st_size for file in files if file.exists()))

    def clear(self) -> int:
        """Forget everything, give the space back, and say how many rows there were."""
        rows = self.stats().rows
        with self._connection:
            self._connection.execute("DELETE FROM outputs")
        self._connection.execute("VACUUM")
        return rows

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class BoundMemory:
    """The memory of one engine signature and one kind of work; a :class:`sahelsum.protocols.Memory`."""

    def __init__(self, file: MemoryFile, prefix: str) -> None:
        self._file = file
        self._prefix = prefix

    def recall(self, texts: Sequence[str]) -> dict[str, Output]:
        """Those of ``texts`` that are known, with their outputs. A row that cannot be read counts as unknown."""
        keys = {self._key(text): text for text in texts}
        known = ((keys[key], _decode(row)) for key, row in self._file.read(list(keys)).items())
        return {text: output for text, output in known if output is not None}

    def remember(self, outputs: Mapping[str, Output]) -> None:
        """Keep outputs; they are on disk when this returns."""
        self._file.write((self._key(text), _encode(output)) for text, output in outputs.items())

    def _key(self, text: str) -> bytes:
        return hashlib.sha256((self._prefix + text).encode("utf-8", "surrogatepass")).digest()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SEC)
    try:
        # WAL lets one process write while others read; NORMAL keeps every commit through a crash of the process and
        # may lose the last ones in a power cut, which only costs their recomputation.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, SCHEMA_VERSION):
            raise sqlite3.DatabaseError(f"written by another version (format {version}, expected {SCHEMA_VERSION})")
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.commit()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _unusable(path: Path, error: Exception) -> OutputError:
    return OutputError(
        f"The translation memory {path} cannot be used: {error}.",
        hint="Delete the file to start afresh, name another with --memory PATH, or run with --no-memory.",
    )


def _encode(output: Output) -> str:
    hypotheses = [[h.text, h.tokens, h.mean_logprob, h.finish.value] for h in output.hypotheses]
    return json.dumps([output.source_tokens, output.parts, hypotheses], ensure_ascii=False, separators=(",", ":"))


def _decode(row: str) -> Output | None:
    try:
        source_tokens, parts, hypotheses = json.loads(row)
        return Output(
            source_tokens=source_tokens,
            parts=parts,
            hypotheses=tuple(Hypothesis(text, tokens, score, Finish(end)) for text, tokens, score, end in hypotheses),
        )
    except (ValueError, TypeError):
        return None
