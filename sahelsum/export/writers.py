"""Rows to disk, streamed: the file appears under its name when it is whole."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sahelsum.errors import ConfigError, OutputError
from sahelsum.export.columns import Column, Kind, Row, Value
from sahelsum.export.own import PARQUET_MARK

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_PER_GROUP = 10_000
"""Rows held before a row group of Parquet is written: some MB of sentences, and enough for other programs to scan."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Cells that begin so are formulas to a spreadsheet: OWASP, CSV Injection."""
_NOT_A_FORMULA = "'"
"""Put before such a cell, as OWASP says; spreadsheets take it for the mark of a text."""


class RowWriter(Protocol):
    """Takes rows one by one. Use as a context manager."""

    def write(self, row: Row) -> None:
        """Write one row, with every column."""

    def close(self) -> None:
        """Write what is held back."""


class JsonLinesWriter:
    """One JSON object a line."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        self._stream = stream
        self._names = [column.name for column in columns]

    def write(self, row: Row) -> None:
        """Write one line."""
        line = json.dumps({name: row[name] for name in self._names}, ensure_ascii=False)
        self._stream.write(f"{line}\n".encode())

    def close(self) -> None:
        """Nothing is held back."""


class CsvWriter:
    """Commas, quotes where needed, UTF-8, a line of names first; no cell that a spreadsheet would compute."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        self._stream = stream
        self._names = [column.name for column in columns]
        self._line(self._names)

    def write(self, row: Row) -> None:
        """Write one line; more where a text has line ends."""
        self._line([_cell(row[name]) for name in self._names])

    def close(self) -> None:
        """Nothing is held back."""

    def _line(self, cells: Sequence[Value]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(cells)
        self._stream.write(line.getvalue().encode())


class ParquetWriter:
    """Row groups of ``ROWS_PER_GROUP`` rows, compressed with zstd."""

    def __init__(self, stream: BinaryIO, columns: Sequence[Column]) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an optional dependency

        self._schema = _schema(columns)
        self._writer = pq.ParquetWriter(stream, self._schema, compression="zstd", write_page_checksum=True)
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        """Hold a row, and write when there are enough."""
        self._rows.append(row)
        if len(self._rows) >= ROWS_PER_GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the last row group and the description."""
        if self._rows:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - an optional dependency

        self._writer.write_batch(pa.RecordBatch.from_pylist(self._rows, self._schema))
        self._rows = []


Maker = Callable[[BinaryIO, Sequence[Column]], RowWriter]
TABLE_FORMATS: dict[str, Maker] = {
    ".parquet": ParquetWriter,
    ".jsonl": JsonLinesWriter,
    ".csv": CsvWriter,
}


def check_format(path: Path) -> Maker:
    """What makes the writer of the format that the file's name stands for.

    Raises:
        ConfigError: it stands for none.
    """
    make = TABLE_FORMATS.get(path.suffix.lower())
    if make is None:
        raise ConfigError(f"{path}: the name must end in {', '.join(TABLE_FORMATS)}.", hint="Change --output.")
    return make


@contextmanager
def open_table(path: Path, columns: Sequence[Column]) -> Iterator[RowWriter]:
    """A writer of the format that the file's name stands for. What was there stays until the new file is whole.

    Raises:
        ConfigError: the name stands for no format, or its format needs a package that is not installed.
        OutputError: the file cannot be written; nothing is left behind then.
    """
    make = check_format(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        if path.is_dir():
            raise OutputError(f"Cannot write {path}: a folder has that name.", hint="Choose another --output.")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as stream, _closed_in_any_case(_made(make, stream, columns)) as writer:
            yield writer
            writer.close()
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise OutputError(
            f"Cannot write {path}: {error.strerror or error}.", hint="Free some space, or choose another --output."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _made(make: Maker, stream: BinaryIO, columns: Sequence[Column]) -> RowWriter:
    try:
        return make(stream, columns)
    except ImportError:
        raise ConfigError("Parquet needs pyarrow.", hint="Type: pip install 'sahelsum[parquet]'") from None


@contextmanager
def _closed_in_any_case(writer: RowWriter) -> Iterator[RowWriter]:
    """Close the writer of a file that is given up while its stream is open: later it would fail to write its end."""
    try:
        yield writer
    except BaseException:
        with suppress(OSError, ValueError):
            writer.close()
        raise


def _cell(value: Value) -> Value:
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str) and (value.startswith(_FORMULA_STARTS) or value.lstrip().startswith(_FORMULA_STARTS)):
        return _NOT_A_FORMULA + value
    return value


def _schema(columns: Sequence[Column]) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency

    kinds = {
        Kind.TEXT: pa.string(),
        Kind.WHOLE: pa.int32(),
        Kind.DECIMAL: pa.float64(),
        Kind.LIST: pa.list_(pa.string()),
    }
    fields = [(column.name, kinds[column.kind]) for column in columns]
    return pa.schema(fields, metadata={b"sahelsum": PARQUET_MARK})
