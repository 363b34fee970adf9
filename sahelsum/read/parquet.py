"""Parquet → one article per row, streamed. A row is handed on as the JSON Lines object with the same fields.

The file is hostile until read. Its own copy of an Arrow schema is never looked at: it can name extension types, and
a type that some library of this process has registered may unpickle what the file holds.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from sahelsum.errors import InputError
from sahelsum.read.fields import MAX_SHOWN_CHARACTERS, refuse_repeats
from sahelsum.read.jsonlines import Line

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

ROWS_PER_BATCH = 64
"""Rows decoded at once: of the largest articles that are allowed by default, 64 MB."""
READ_BUFFER_BYTES = 1 << 20
"""A column is read in pieces of this size, so that memory does not grow with the row groups of the file."""
MAX_FOOTER_BYTES = 64_000_000
"""Of the description at the end of a file; that of a million articles has some MB."""
MAX_NESTING = 32
MAX_STRING_BYTES = 10_000_000
MAX_CONTAINER_ENTRIES = 1_000_000
"""Bounds of Arrow's own parser of that description."""
SHOWN_COLUMNS = 10
_MAGIC = b"PAR1"
_TAIL_BYTES = 8
"""The last bytes of a file: length of the description (4 bytes, little-endian), and the magic."""
_STORED_SCHEMA, _UNREAD = b"ARROW:schema", b"not:a:schema"
"""Key under which a file keeps an Arrow schema, and a key of the same length that means nothing."""


def count_rows(stream: BinaryIO) -> int:
    """Rows of a Parquet file, from its description alone.

    Raises:
        InputError: it is not a Parquet file, or pyarrow is not installed.
    """
    with _explained():
        return int(_metadata(stream).num_rows)


def read_rows(stream: BinaryIO, max_bytes: int) -> Iterator[Line]:
    """The rows of a file from row 1, as lines of JSON without the fields that are null.

    Holds ``ROWS_PER_BATCH`` rows at once. A row over ``max_bytes`` has no data, only its size in bytes.

    Raises:
        InputError: it is not a Parquet file with a column ``text``, is damaged further on, or pyarrow is not installed.
    """
    number = 0
    with _explained(lambda: number):
        file = _open(stream)
        _check_columns(file.schema_arrow)
        for batch in file.iter_batches(ROWS_PER_BATCH, use_threads=False):
            for line in _lines(batch, number, max_bytes):
                number = line.number
                yield line


def _open(stream: BinaryIO) -> pq.ParquetFile:
    import pyarrow.parquet as pq  # noqa: PLC0415 - an optional dependency

    return pq.ParquetFile(
        stream,
        metadata=_metadata(stream),
        buffer_size=READ_BUFFER_BYTES,
        pre_buffer=False,
        page_checksum_verification=True,
        arrow_extensions_enabled=False,
    )


def _metadata(stream: BinaryIO) -> pq.FileMetaData:
    """The description of a file without its Arrow schema."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - an optional dependency

    footer = _footer(stream).replace(_STORED_SCHEMA, _UNREAD)
    alone = io.BytesIO(_MAGIC + footer + len(footer).to_bytes(4, "little") + _MAGIC)
    return pq.ParquetFile(
        alone,
        thrift_string_size_limit=MAX_STRING_BYTES,
        thrift_container_size_limit=MAX_CONTAINER_ENTRIES,
        schema_depth_limit=MAX_NESTING,
        arrow_extensions_enabled=False,
    ).metadata


def _footer(stream: BinaryIO) -> bytes:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read(_TAIL_BYTES)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] == b"PARE":
        raise InputError("it is encrypted.", hint="Write it without encryption.")
    if tail[4:] != _MAGIC or length > size - _TAIL_BYTES:
        raise InputError("it is not a Parquet file, or not a whole one.", hint="Copy it anew, or write it as .jsonl.")
    if length > MAX_FOOTER_BYTES:
        raise InputError(f"its description of {length:,} bytes is over the limit of {MAX_FOOTER_BYTES:,}.")
    stream.seek(size - _TAIL_BYTES - length)
    return stream.read(length)


def _check_columns(schema: pa.Schema) -> None:
    """Look that there is a column ``text`` of text, and no name twice."""
    names = list(schema.names)
    refuse_repeats("its column", names)
    if "text" not in names:
        more = " …" if len(names) > SHOWN_COLUMNS else ""
        told = ", ".join(_shown(name) for name in names[:SHOWN_COLUMNS]) + more
        raise InputError(
            f'it has no column "text". Its columns: {told or "none"}.', hint='Name the column of the articles "text".'
        )
    kind = schema.field("text").type
    if not _is_text(kind) and not _is_binary(kind):
        raise InputError(f'its column "text" holds {_shown(str(kind))}, not text.', hint="Write it as strings.")


def _shown(name: str) -> str:
    shown = name if len(name) <= MAX_SHOWN_CHARACTERS else f"{name[:MAX_SHOWN_CHARACTERS]}…"
    return "".join(character if character.isprintable() else "\ufffd" for character in shown)


def _lines(batch: pa.RecordBatch, before: int, max_bytes: int) -> Iterator[Line]:
    """The rows of a batch; what is too large never becomes Python objects."""
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency

    sizes = _sizes(batch)
    small = [place for place, size in enumerate(sizes) if size <= max_bytes]
    records = dict(zip(small, _records(batch.take(pa.array(small, pa.int64()))), strict=True))
    for place, size in enumerate(sizes):
        number = before + place + 1
        data = _json(records[place]) if place in records else None
        fits = data is not None and len(data) <= max_bytes
        yield Line(number, data if fits else None, size if data is None else len(data))


def _sizes(batch: pa.RecordBatch) -> list[int]:
    """Bytes of text in each row."""
    import pyarrow.compute as pc  # noqa: PLC0415 - an optional dependency

    sizes = [0] * batch.num_rows
    for column in batch.columns:
        if _is_text(column.type) or _is_binary(column.type):
            lengths = pc.fill_null(pc.binary_length(column), 0).to_pylist()
            sizes = [size + length for size, length in zip(sizes, lengths, strict=True)]
    return sizes


def _records(batch: pa.RecordBatch) -> list[dict[str, object]]:
    columns = {name: _values(name, batch.column(name)) for name in batch.schema.names}
    return [
        {name: values[place] for name, values in columns.items() if values[place] is not None}
        for place in range(batch.num_rows)
    ]


def _values(name: str, column: pa.Array) -> Sequence[object]:
    """Text as it is, numbers and times as text, lists and structures as Python has them."""
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency

    kind = column.type
    if _is_text(kind) or (_is_binary(kind) and name == "text"):
        # Bytes that are not UTF-8 come out of the JSON as they went in, and are refused there, row by row.
        return [
            raw if raw is None else raw.decode("utf-8", "surrogateescape")
            for raw in column.cast(pa.large_binary()).to_pylist()
        ]
    if _is_binary(kind):
        return [raw if raw is None else _text_or_hex(raw) for raw in column.to_pylist()]
    values: list[object] = (column if pa.types.is_nested(kind) else column.cast(pa.string())).to_pylist()
    return values


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_binary(kind: pa.DataType) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - an optional dependency

    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _text_or_hex(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.hex()


def _json(record: dict[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "surrogateescape")


@contextmanager
def _explained(rows_read: Callable[[], int] = lambda: 0) -> Iterator[None]:
    """Turn what Arrow says of a file into an :class:`InputError` that tells from which row on it is lost."""
    try:
        yield
    except ImportError:
        raise InputError("Parquet files need pyarrow.", hint="Type: pip install 'sahelsum[parquet]'") from None
    except (OSError, ValueError, TypeError, LookupError, NotImplementedError, MemoryError) as error:
        # Errors of Arrow are of these kinds; ValueError also stands for names and values that are not UTF-8.
        where = f"row {rows_read() + 1} and all after it" if rows_read() else "it"
        reason = _shown(next(iter(str(error).splitlines()), "") or type(error).__name__)
        raise InputError(f"{where} cannot be read as Parquet: {reason}.", hint="The file may be damaged.") from None
