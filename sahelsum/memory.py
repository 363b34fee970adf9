"""The translation memory: one SQLite file in the user's cache folder, shared by all runs.

A row's key covers the engine's full signature, the kind of work and the input text, so a change of model, settings or
version never gives a stale answer. Every batch is one transaction: a killed run loses at most the batches in hand.

Beside these outputs stand the corrections of people, in a table of their own: whatever model is asked, they come first.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sahelsum.engines.base import Signature, signature_key
from sahelsum.errors import OutputError
from sahelsum.records import Finish, Hypothesis, Output
from sahelsum.records.corrections import Correction, one_line

BUSY_TIMEOUT_SEC = 10.0
"""Long enough for another process to finish writing a batch on a slow disk."""
BUSY_WAIT_SEC = 0.5
"""SQLite's own wait, during which nobody hears Ctrl-C; then it is asked again."""
BUSY_PAUSE_SEC = 0.02
_LOG = logging.getLogger(__name__)
KEYS_PER_QUERY = 500
"""Below SQLite's limit of 999 variables in builds before 3.32."""
SCHEMA_VERSION = 1
APPLICATION_ID = 0x5361686C
"""Marks the file as ours ("Sahl"), in SQLite's own header field: no other program's database is ever changed."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS outputs (key BLOB PRIMARY KEY, output TEXT NOT NULL) WITHOUT ROWID"
_CORRECTIONS = (
    "CREATE TABLE IF NOT EXISTS corrections (key BLOB PRIMARY KEY, language TEXT NOT NULL, source TEXT NOT NULL, "
    "text TEXT NOT NULL) WITHOUT ROWID"
)
"""Made with the first correction; a version of sahelsum that does not know it leaves it alone."""


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """Size of the memory: rows of what models said, corrections of people, and bytes on disk."""

    rows: int
    corrections: int
    size_bytes: int


class MemoryFile:
    """The open file. Use as a context manager; :meth:`bind` gives the memory of one engine.

    Raises:
        OutputError: the file or its folder cannot be written, or the file is not a translation memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lost = False
        """Whether it could not be used once: then a run goes on without it."""
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(path)

    def bind(self, signature: Signature, kind: str) -> BoundMemory:
        """Open the memory of one engine and one kind of work (``translate``, ``summarize``)."""
        return BoundMemory(self, f"{signature_key(signature)}\0{kind}\0")

    def read(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Rows among ``keys`` that exist.

        Raises:
            OutputError: the file is damaged.
        """
        found: dict[bytes, str] = {}
        with _explained(self.path):
            for start in range(0, len(keys), KEYS_PER_QUERY):
                part = keys[start : start + KEYS_PER_QUERY]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(f"SELECT key, output FROM outputs WHERE key IN ({marks})", part)  # noqa: S608
                found.update(rows.fetchall())
        return found

    def write(self, rows: Sequence[tuple[bytes, str]]) -> None:
        """Keep rows in one transaction.

        Raises:
            OutputError: the file is damaged, the disk is full, or another run holds the file for long.
        """
        with _explained(self.path):
            _patiently(lambda: self._write(rows))

    def _write(self, rows: Sequence[tuple[bytes, str]]) -> None:
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?)", rows)

    def give_up(self, error: OutputError) -> None:
        """Say that the run goes on without the memory, and why."""
        self.lost = True
        _LOG.warning("%s Going on without it.", error)

    def stats(self) -> MemoryStats:
        """Count rows and bytes."""
        with _explained(self.path):
            (rows,) = self._connection.execute("SELECT count(*) FROM outputs").fetchone()
        size = sum(file.stat().st_size for file in memory_files(self.path) if file.exists())
        return MemoryStats(int(rows), sum(1 for _ in self.corrections()), size)

    def clear(self, *, corrections: bool = False) -> int:
        """Forget what models said, give the space back, and say how many rows there were.

        ``corrections``: those too, which no model can make again.
        """
        rows = self.stats().rows
        with _explained(self.path):
            with self._connection:
                self._connection.execute("DELETE FROM outputs")
                if corrections:
                    self._connection.execute("DROP TABLE IF EXISTS corrections")
            self._connection.execute("VACUUM")
        return rows

    def correct(self, corrections: Iterable[Correction]) -> None:
        """Keep corrections, each in the place of an earlier one of its sentence, in one transaction.

        Raises:
            OutputError: as for :meth:`write`.
        """
        rows = [
            (_correction_key(each.language, each.source), each.language, each.source, each.text) for each in corrections
        ]
        with _explained(self.path):
            _patiently(lambda: self._keep(rows))

    def _keep(self, rows: Sequence[tuple[bytes, str, str, str]]) -> None:
        with self._connection:
            self._connection.execute(_CORRECTIONS)
            self._connection.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)", rows)

    def corrections(self) -> Iterator[Correction]:
        """All corrections, by language and sentence.

        Raises:
            OutputError: the file is damaged.
        """
        with _explained(self.path):
            if self._has_corrections():
                rows = "SELECT language, source, text FROM corrections ORDER BY language, source"
                yield from (Correction(*row) for row in self._connection.execute(rows))

    def corrected(self, language: str, texts: Sequence[str]) -> dict[str, str]:
        """Those sentences among ``texts`` that a person has put into English, with that English.

        Where the file cannot be used, nothing is known, with a warning.
        """
        if self.lost:
            return {}
        try:
            with _explained(self.path):
                return self._corrected(language, texts) if self._has_corrections() else {}
        except OutputError as error:
            self.give_up(error)
            return {}

    def _corrected(self, language: str, texts: Sequence[str]) -> dict[str, str]:
        keys = {text: _correction_key(language, text) for text in texts}
        wanted = list(dict.fromkeys(keys.values()))
        known: dict[bytes, str] = {}
        for start in range(0, len(wanted), KEYS_PER_QUERY):
            part = wanted[start : start + KEYS_PER_QUERY]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(f"SELECT key, text FROM corrections WHERE key IN ({marks})", part)  # noqa: S608
            known.update(rows.fetchall())
        return {text: known[key] for text, key in keys.items() if key in known}

    def _has_corrections(self) -> bool:
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'corrections'")
        return bool(tables.fetchone()[0])

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
    """The memory of one engine signature and one kind of work; a :class:`sahelsum.protocols.Memory`.

    It only saves work: where the file cannot be used, nothing is known or kept, with a warning.
    """

    def __init__(self, file: MemoryFile, prefix: str) -> None:
        self._file = file
        self._prefix = prefix

    def recall(self, texts: Sequence[str]) -> dict[str, Output]:
        """Those of ``texts`` that are known, with their outputs. A row that cannot be read counts as unknown."""
        if self._file.lost:
            return {}
        keys = {self._key(text): text for text in texts}
        try:
            rows = self._file.read(list(keys))
        except OutputError as error:
            self._file.give_up(error)
            return {}
        known = ((keys[key], _decode(row)) for key, row in rows.items())
        return {text: output for text, output in known if output is not None}

    def remember(self, outputs: Mapping[str, Output]) -> None:
        """Keep outputs; they are on disk when this returns."""
        if self._file.lost:
            return
        try:
            self._file.write([(self._key(text), _encode(output)) for text, output in outputs.items()])
        except OutputError as error:
            self._file.give_up(error)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256((self._prefix + text).encode("utf-8", "surrogatepass")).digest()


def _correction_key(language: str, source: str) -> bytes:
    return hashlib.sha256(f"{language}\0{one_line(source)}".encode("utf-8", "surrogatepass")).digest()


def memory_files(path: Path) -> tuple[Path, ...]:
    """The file and the two that SQLite keeps beside it."""
    return (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm")))


def _patiently(action: Callable[[], object]) -> None:
    """Do it once the file is free. SQLite does not wait for its timeout at every statement, and hears no Ctrl-C."""
    until = time.monotonic() + BUSY_TIMEOUT_SEC
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(BUSY_PAUSE_SEC)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file; make it if it is not there. Another program's database is refused, not changed."""
    connection = sqlite3.connect(path, timeout=BUSY_WAIT_SEC)
    try:
        if not _is_ours(connection, path):
            # WAL lets one process write while others read. It stays with the file.
            _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"))
            # At once, so that a kill leaves no table without our mark; another process may have come first.
            _patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            connection.execute(_SCHEMA)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.commit()
        # NORMAL keeps every commit through a crash of the process and may lose the last ones in a power cut, which
        # only costs their recomputation.
        connection.execute("PRAGMA synchronous = NORMAL")
    except (sqlite3.Error, OutputError):
        connection.close()
        raise
    return connection


def _is_ours(connection: sqlite3.Connection, path: Path) -> bool:
    """True for a translation memory of this format, False for a new, empty file.

    Raises:
        OutputError: it is neither.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == APPLICATION_ID and version == SCHEMA_VERSION and tables:
        return True
    if application == APPLICATION_ID and version != SCHEMA_VERSION and tables:
        reason = f"it was written by another version of sahelsum (format {version}, expected {SCHEMA_VERSION})"
        raise _unusable(reason, "Name another file with --memory, or type: sahelsum memory clear", path)
    if tables:
        raise _unusable("it is another program's database", _NAME_ANOTHER, path)
    return False


_NAME_ANOTHER = "Name another file with --memory, or run with --no-memory."
_HINTS = {
    sqlite3.SQLITE_BUSY: "Another run is writing to it: wait for it and run again, or use --no-memory.",
    sqlite3.SQLITE_LOCKED: "Another run is writing to it: wait for it and run again, or use --no-memory.",
    sqlite3.SQLITE_CORRUPT: "Start it afresh with: sahelsum memory clear",
    sqlite3.SQLITE_NOTADB: _NAME_ANOTHER,
    sqlite3.SQLITE_CANTOPEN: "Check that its folder exists and can be written, or run with --no-memory.",
    sqlite3.SQLITE_READONLY: "Check its permissions, or run with --no-memory.",
    sqlite3.SQLITE_FULL: "The disk is full: free some space and run again; finished work is kept.",
    sqlite3.SQLITE_IOERR: "The disk may be full or failing: free some space and run again, or use --no-memory.",
}
"""What to do, by SQLite's primary result code."""
_PRIMARY_CODE = 0xFF
"""The lower byte of SQLite's extended result codes."""


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file into an :class:`OutputError` with the way out."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        raise _unusable(str(error), _HINTS.get(code, _NAME_ANOTHER), path) from error
    except OSError as error:
        raise _unusable(error.strerror or str(error), _HINTS[sqlite3.SQLITE_CANTOPEN], path) from error


def _unusable(reason: str, hint: str, path: Path) -> OutputError:
    return OutputError(f"The translation memory {path} cannot be used: {reason}.", hint=hint)


def _encode(output: Output) -> str:
    hypotheses = [[h.text, h.tokens, h.mean_logprob, h.finish.value] for h in output.hypotheses]
    return json.dumps([output.source_tokens, output.parts, hypotheses], ensure_ascii=False, separators=(",", ":"))


def _decode(row: str) -> Output | None:
    """The output of a row; None for a row that was damaged or tampered with."""
    try:
        source_tokens, parts, hypotheses = json.loads(row)
        output = Output(int(source_tokens), tuple(_hypothesis(*values) for values in hypotheses), int(parts))
    except (ValueError, TypeError, RecursionError):
        return None
    return output if output.hypotheses else None


def _hypothesis(text: object, tokens: object, score: object, end: str) -> Hypothesis:
    if not isinstance(text, str) or not isinstance(tokens, int) or not isinstance(score, float | int | None):
        raise TypeError("not a hypothesis")
    return Hypothesis(text, tokens, score, Finish(end))
