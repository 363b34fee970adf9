"""From an output folder to a table, one digest in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sahelsum.errors import InputError
from sahelsum.export.columns import COLUMNS, ROWS_OF, Row, Rows, Value
from sahelsum.export.own import refuse_to_replace
from sahelsum.export.writers import check_format, open_table
from sahelsum.output.names import PART_FOLDERS, data_name, page_name
from sahelsum.output.older import older_pages
from sahelsum.output.sidecar import digest_from_json
from sahelsum.records import Digest


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: digests and rows written, and a sentence about each file that could not be used."""

    digests: int
    rows: int
    problems: tuple[str, ...]
    older: int = 0
    """Digests of earlier runs that were left out."""


def export_table(folder: Path, target: Path, rows: Rows, *, force: bool = False, older: bool = False) -> Exported:
    """Write the digests of an output folder, those of its parts too, into one file, by part and name.

    Args:
        folder: an output folder of ``sahelsum run``.
        target: the file; its name ends in one of ``TABLE_FORMATS``.
        rows: what a row stands for.
        force: replace a file that is there even if it is no table of sahelsum's.
        older: take the digests of earlier runs too whose articles the last one was not given.

    Raises:
        InputError: the folder holds no digests.
        ConfigError: the name of ``target`` stands for no format, or pyarrow is not installed.
        OutputError: the file cannot be written, or must not be replaced.
    """
    check_format(target)
    present = digest_files(folder)
    files = present if older else _of_last_run(folder, present)
    if not present:
        raise InputError(
            f"{folder}: no digests are in it (data/*.json).", hint="Give the folder sahelsum run wrote to."
        )
    refuse_to_replace(target, present, force=force)
    problems: list[str] = []
    digests = written = 0
    with open_table(target, COLUMNS[rows]) as writer:
        for file in files:
            digest = _load(file, problems)
            if digest is not None:
                digests += 1
                for row in ROWS_OF[rows](digest):
                    writer.write(_writable(row))
                    written += 1
    return Exported(digests, written, tuple(problems), len(present) - len(files))


def _of_last_run(folder: Path, files: list[Path]) -> list[Path]:
    """Those that no page or part belongs to which the last run found to be older."""
    older = older_pages(folder)
    if not older:
        return files
    return [file for file in files if not {_page(folder, file), file.parent.parent.name} & older]


def _page(folder: Path, data: Path) -> str:
    """The path of a digest's page inside the output folder, by that of its data."""
    return (data.parent.parent / page_name(data.stem)).relative_to(folder).as_posix()


def digest_files(folder: Path) -> list[Path]:
    """The data of all digests in an output folder: its own, then those of its parts."""
    return [*sorted(folder.glob(data_name("*"))), *sorted(folder.glob(f"{PART_FOLDERS}/{data_name('*')}"))]


def _load(file: Path, problems: list[str]) -> Digest | None:
    try:
        if not file.is_file():
            raise InputError("It is not a regular file.")
        return digest_from_json(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        problems.append(f"{file}: it is not UTF-8.")
    except OSError as error:
        problems.append(f"{file}: it cannot be read: {error.strerror or error}.")
    except InputError as error:
        problems.append(f"{file}: {error}")
    return None


def _writable(row: Row) -> Row:
    """The row with U+FFFD for half surrogate pairs, which JSON input may carry and no table can hold."""
    return {name: _writable_value(value) for name, value in row.items()}


def _writable_value(value: Value) -> Value:
    if isinstance(value, list):
        return [_whole(text) for text in value]
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def column_lines(rows: Rows) -> Iterator[str]:
    """A line for each column, for people: name, type and meaning."""
    for column in COLUMNS[rows]:
        yield f"{column.name} ({column.kind}): {column.meaning}"
