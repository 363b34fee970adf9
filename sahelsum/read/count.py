"""How many articles there are to read, quickly: nothing is parsed."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.errors import InputError
from sahelsum.read.sources import Format, Source

CHUNK_BYTES = 1 << 20


def count_articles(sources: Sequence[Source]) -> int:
    """Articles of all sources: a file counts as one, JSON Lines by its lines, empty ones too, Parquet by its rows."""
    return sum(_count(source) if source.format.holds_many else 1 for source in sources)


def _count(source: Source) -> int:
    """What cannot be read counts as one: reading it will give one failure."""
    if source.problem:
        return 1
    try:
        return _rows(source) if source.format is Format.PARQUET else _line_count(source)
    except (InputError, OSError):
        return 1


def _rows(source: Source) -> int:
    from sahelsum.read.parquet import count_rows  # noqa: PLC0415 - only what the format needs

    with source.open() as stream:
        return max(1, count_rows(stream))


def _line_count(source: Source) -> int:
    with source.open() as stream:
        lines, last = 0, b"\n"
        while chunk := stream.read(CHUNK_BYTES):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return max(1, lines + (last != b"\n"))
