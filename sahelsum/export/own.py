"""Which files a table may take the place of: tables that sahelsum wrote, told by their columns, and empty files."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from sahelsum.errors import OutputError
from sahelsum.export.columns import COLUMNS
from sahelsum.output.write import file_key

PARQUET_MARK = b"sahelsum-table-1"
"""In the description of a Parquet file of ours, as the value of ``sahelsum``."""
_PARQUET_START = b"PAR1"
_FOOTER_END_BYTES = 8
"""A Parquet file ends with the length of its description (4 bytes, little-endian) and ``PAR1`` once more."""
_MOST_FOOTER_BYTES = 50_000_000
_FIRST_LINE_BYTES = 10_000_000
"""Of JSON Lines the first line is a whole article's row: far less than this."""
_ELSEWHERE = "Choose another --output"


def refuse_to_replace(path: Path, inputs: Iterable[Path], *, force: bool) -> None:
    """See that a table written to ``path`` would take nobody's file away.

    Args:
        path: where the table shall go.
        inputs: the files it is made from, which not even ``force`` writes over.
        force: replace a file that is no table of sahelsum's too.

    Raises:
        OutputError: it would; or the file cannot be read.
    """
    key = file_key(path)
    if key is None:
        return
    if any(file_key(each) == key for each in inputs):
        raise OutputError(f"{path} is one of the digests that are exported.", hint=f"{_ELSEWHERE}.")
    if not force and path.is_file() and not _is_ours(path):
        raise OutputError(
            f"{path} is there and is no table that sahelsum wrote, so it was left alone.",
            hint=f"{_ELSEWHERE}, or add --force to replace it.",
        )


def _is_ours(path: Path) -> bool:
    try:
        if not path.stat().st_size:
            return True
        with path.open("rb") as stream:
            return _TESTS[path.suffix.lower()](stream)
    except OSError as error:
        raise OutputError(f"Cannot read {path}: {error.strerror or error}.", hint=f"{_ELSEWHERE}.") from error


def _is_our_parquet(stream: BinaryIO) -> bool:
    if stream.read(len(_PARQUET_START)) != _PARQUET_START:
        return False
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - _FOOTER_END_BYTES))
    (size,) = struct.unpack("<I", stream.read(4))
    if size > min(end - _FOOTER_END_BYTES, _MOST_FOOTER_BYTES):
        return False
    stream.seek(end - _FOOTER_END_BYTES - size)
    return PARQUET_MARK in stream.read(size)


def _is_our_json_lines(stream: BinaryIO) -> bool:
    try:
        row = json.loads(stream.readline(_FIRST_LINE_BYTES))
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and _has_our_columns(list(row))


def _is_our_csv(stream: BinaryIO) -> bool:
    line = stream.readline(_FIRST_LINE_BYTES).decode("utf-8-sig", "replace")
    return _has_our_columns(next(csv.reader([line]), []))


def _has_our_columns(names: list[str]) -> bool:
    return any(names == [column.name for column in columns] for columns in COLUMNS.values())


_TESTS: dict[str, Callable[[BinaryIO], bool]] = {
    ".parquet": _is_our_parquet,
    ".jsonl": _is_our_json_lines,
    ".csv": _is_our_csv,
}
