"""Glossaries from files: the shipped one, and the user's on top of it, as TOML or as a table with columns."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from sahelsum.errors import ConfigError
from sahelsum.glossary.glossary import Glossary
from sahelsum.glossary.terms import KEYS, SHIPPED, EntryError, Term, parse_term
from sahelsum.suggest import did_you_mean

MAX_GLOSSARY_BYTES = 1_000_000
"""Far above any glossary made by hand; a larger file is not read."""
MAX_TERMS = 5_000
"""Keeps the search for terms fast, whoever wrote the file."""
TABLE = "term"
SEPARATOR = "|"
"""Between several wordings in one cell of a table."""
TABLE_SUFFIXES = (".csv", ".tsv")
_TRUE = frozenset({"true", "yes", "1", "x"})
_FALSE = frozenset({"false", "no", "0", ""})
_HINT = "See docs/glossary.md, or the shipped terms: sahelsum glossary list"
_Raw = tuple[object, int]
"""An entry as a file has it, and its line; 0 where that is not known."""


@cache
def shipped_terms() -> tuple[Term, ...]:
    """The terms that come with sahelsum."""
    text = resources.files("sahelsum").joinpath("data/glossary.toml").read_text(encoding="utf-8")
    return _terms(_toml_entries(text, SHIPPED), SHIPPED)


def load_glossary(files: Sequence[Path] = (), *, shipped: bool = True, language: str = "de") -> Glossary:
    """The shipped terms, which are German, and those of the files; what a later file says of a term counts.

    Raises:
        ConfigError: see :func:`read_terms`.
    """
    terms = list(shipped_terms()) if shipped else []
    for file in files:
        own = read_terms(file)
        said = {spelling.casefold() for term in own for spelling in term.german}
        terms = [term for term in terms if said.isdisjoint(spelling.casefold() for spelling in term.german)]
        terms.extend(own)
    return Glossary(terms, language)


def read_terms(file: Path) -> tuple[Term, ...]:
    """The terms of one file: a table for ``.csv`` and ``.tsv``, TOML for everything else.

    Raises:
        ConfigError: the file cannot be read, is too large, is no glossary, or an entry cannot be used; with its line.
    """
    text = _read(file)
    entries = _table_entries(text, file) if file.suffix.lower() in TABLE_SUFFIXES else _toml_entries(text, str(file))
    terms = _terms(entries, str(file))
    if not terms:
        raise ConfigError(f"{file}: there is no entry in it.", hint=_HINT)
    return terms


def _read(file: Path) -> str:
    try:
        if file.exists() and not file.is_file():
            raise ConfigError(f"{file}: not a regular file, so it is not read as a glossary.")
        with file.open("rb") as stream:
            data = stream.read(MAX_GLOSSARY_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"{file}: the glossary cannot be read: {reason}.", hint="Check its path.") from error
    if len(data) > MAX_GLOSSARY_BYTES:
        raise ConfigError(f"{file}: larger than {MAX_GLOSSARY_BYTES:,} bytes, so it is not read as a glossary.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file}, line {line}: not UTF-8.", hint="Save the glossary as UTF-8.") from error


def _terms(entries: Sequence[_Raw], origin: str) -> tuple[Term, ...]:
    if len(entries) > MAX_TERMS:
        raise ConfigError(f"{origin}: {len(entries):,} entries; a glossary may have {MAX_TERMS:,}.")
    terms: list[Term] = []
    lines: dict[str, str] = {}
    for number, (raw, line) in enumerate(entries, start=1):
        place = f"line {line}" if line else f"entry {number}"
        try:
            term = parse_term(raw, origin)
        except EntryError as error:
            raise ConfigError(f"{origin}, {place}: {error}.", hint=_HINT) from error
        for spelling in term.german:
            if spelling in lines:
                raise ConfigError(
                    f"{origin}, {place}: {spelling!r} is there already, in {lines[spelling]}.",
                    hint="Put both into one entry.",
                )
            lines[spelling] = place
        terms.append(term)
    return tuple(terms)


def _toml_entries(text: str, origin: str) -> list[_Raw]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{origin}: not valid TOML: {error}.", hint=_HINT) from error
    unknown = [key for key in table if key != TABLE]
    entries = table.get(TABLE, [])
    if unknown or not isinstance(entries, list):
        place = f"{origin}, line {_line(text, unknown[0])}" if unknown else origin
        raise ConfigError(f"{place}: expected a list of entries, each beginning with [[{TABLE}]].", hint=_HINT)
    starts = [number for number, line in enumerate(text.splitlines(), 1) if _opens_entry(line)]
    known = len(starts) == len(entries)
    return [(entry, starts[i] if known else 0) for i, entry in enumerate(entries)]


def _opens_entry(line: str) -> bool:
    """Whether an entry begins in this line, in either way of writing a list of tables."""
    return bool(re.match(rf"\s*(?:\[\[\s*{TABLE}\s*\]\]|\{{)", line))


def _line(text: str, key: str) -> int:
    start = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(key)}\b""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if start.match(line)), 1)


def _table_entries(text: str, file: Path) -> list[_Raw]:
    """Entries of a table whose first line names the columns; comma, semicolon or tab between them."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(header, file)
        return list(_rows(rows, header, file))
    except csv.Error as error:
        raise ConfigError(f"{file}, line {rows.line_num}: not a valid table: {error}.", hint=_HINT) from error


def _check_header(header: Sequence[str], file: Path) -> None:
    unknown = [name for name in header if name not in KEYS]
    if unknown or "german" not in header or len(set(header)) < len(header):
        said = f"there is no column {unknown[0]!r}. {did_you_mean(unknown[0], KEYS)}" if unknown else ""
        raise ConfigError(
            f"{file}, line 1: the first line must name the columns, each once, german among them. {said}".rstrip(),
            hint=f"Columns: {', '.join(KEYS)}.",
        )


def _rows(rows: Iterator[list[str]], header: Sequence[str], file: Path) -> Iterator[_Raw]:
    line = 2
    for row in rows:
        if len(row) > len(header):
            raise ConfigError(
                f"{file}, line {line}: {len(row)} cells, but {len(header)} columns.",
                hint='A cell with the delimiter in it goes into quotation marks: "…".',
            )
        if any(cell.strip() for cell in row):
            yield {key: _cell(key, cell) for key, cell in zip(header, row, strict=False) if cell.strip()}, line
        line = getattr(rows, "line_num", line) + 1


def _cell(key: str, cell: str) -> object:
    if key not in ("keep", "case"):
        return [part for part in (part.strip() for part in cell.split(SEPARATOR)) if part]
    word = cell.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else cell
