"""Paths → the list of things to read. Hardly anything is opened here, so it is cheap for large folders.

A bad path never stops a batch: it becomes a :class:`Source` with a ``problem``, which reading turns into a failure.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sahelsum.errors import InputError
from sahelsum.read.files import FORMATS, SUPPORTED, Format, format_of, open_regular, printable, real_path
from sahelsum.read.ids import IdRegistry, wanted_stems
from sahelsum.read.search import FoundFile, Ignored, search

__all__ = ["Format", "Ignored", "Scan", "Source", "find_sources", "open_regular", "scan_sources"]

STDIN_MAX_BYTES = 100_000_000
"""Standard input is held in memory to be hashed and read; an endless pipe must end somewhere."""

HASH_CHUNK_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: one article, or a JSON Lines or Parquet file of many."""

    name: str
    """For people: the path relative to the given folder; printable characters only."""
    id: str
    """Stem of the output files; the articles of a file of many get stems of their own."""
    format: Format
    open: Callable[[], BinaryIO] = field(repr=False)
    """Opens the bytes afresh. Raises InputError for what is not a readable, regular file."""
    problem: str = ""
    """Why it cannot be read, if that is known without opening it."""
    path: Path | None = None
    """Where it is; None for standard input."""
    ids: IdRegistry = field(default_factory=IdRegistry, repr=False, compare=False)
    """The run's stems, shared by all of its sources."""

    def read_bytes(self, limit: int | None = None) -> bytes:
        """The bytes, at most ``limit`` of them if given.

        Raises:
            InputError: it cannot be opened or read.
        """
        with self._opened() as stream:
            return stream.read() if limit is None else stream.read(limit)

    def content_sha256(self, max_bytes: int | None = None) -> str | None:
        """Hash of the bytes, hexadecimal, at constant memory: enough to tell whether an article changed.

        None if there are more than ``max_bytes``: what is too large to be read need not be hashed to its end.

        Raises:
            InputError: it cannot be opened or read.
        """
        with self._opened() as stream:
            digest = hashlib.sha256()
            size = 0
            while chunk := stream.read(HASH_CHUNK_BYTES):
                size += len(chunk)
                if max_bytes is not None and size > max_bytes:
                    return None
                digest.update(chunk)
            return digest.hexdigest()

    def _opened(self) -> BinaryIO:
        if self.problem:
            raise InputError(self.problem)
        return self.open()


@dataclass(frozen=True, slots=True)
class Scan:
    """What the given paths hold."""

    sources: tuple[Source, ...]
    ignored: tuple[Ignored, ...]


def find_sources(paths: Sequence[str], *, stdin: BinaryIO | None = None) -> list[Source]:
    """The sources of :func:`scan_sources`, without the list of what was ignored."""
    return list(scan_sources(paths, stdin=stdin).sources)


def scan_sources(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    skip: Path | None = None,
    taken: frozenset[str] = frozenset(),
) -> Scan:
    """Search files, folders (recursively, sorted, hidden entries skipped), glob patterns, and ``-`` (standard input).

    A file reached twice is read once. Of what folders and patterns lead to, pages that sahelsum itself wrote are left
    out, and everything in the folder ``skip`` (the output folder) unless that folder or one in it was asked for. No
    article gets a stem of ``taken`` (in small letters), or one with which its page would take the place of a source.

    Raises:
        InputError: there is nothing to read at all. A bad path among good ones is a source with a ``problem``.
    """
    searches = [search(given, skip) for given in dict.fromkeys(paths) if given != "-"]
    found = [file for result in searches for file in result.found]
    ignored = [entry for result in searches for entry in result.ignored]
    ids = IdRegistry(taken | _pages_among(found, skip))
    sources = _sources(_without_repeats(found), ids)
    if "-" in paths:
        sources.append(_stdin_source(stdin, ids))
    if all(source.problem for source in sources):
        raise _nothing_to_read(paths, sources, ignored)
    return Scan(tuple(sources), tuple(ignored))


def _pages_among(found: Sequence[FoundFile], output: Path | None) -> frozenset[str]:
    """Stems of sources that lie where pages are written: in the output folder, or in one in it, as parts are."""
    if output is None:
        return frozenset()
    folder = real_path(output)
    markdown = (real_path(file.path) for file in found if format_of(file.path) is Format.MARKDOWN)
    return frozenset(path.stem.casefold() for path in markdown if folder in (path.parent, path.parent.parent))


def _without_repeats(found: Sequence[FoundFile]) -> list[FoundFile]:
    unique = {os.path.realpath(file.path): file for file in reversed(found)}
    return [file for file in found if unique[os.path.realpath(file.path)] is file]


def _sources(found: Sequence[FoundFile], ids: IdRegistry) -> list[Source]:
    """Stems are claimed by extension first, so that ``x.txt`` is ``x`` and ``x.md`` beside it is ``x-md``."""
    names = Counter(file.relative for file in found)
    clear = [names[file.relative] == 1 and not file.problem for file in found]
    shown = [printable(file.relative if alone else file.given) for file, alone in zip(found, clear, strict=True)]
    rank = {extension: place for place, extension in enumerate(FORMATS)}
    order = sorted(range(len(found)), key=lambda i: (rank.get(found[i].path.suffix.lower(), len(rank)), i))
    stems = {
        i: ids.claim(found[i].given, wanted_stems(found[i].relative, found[i].path.parent.name))
        for i in order
        if not found[i].problem
    }
    return [_source(file, shown[i], stems.get(i, ""), ids) for i, file in enumerate(found)]


def _source(file: FoundFile, name: str, stem: str, ids: IdRegistry) -> Source:
    path = file.path
    return Source(
        name=name,
        id=stem or ids.claim(file.given, [f"unread-{file.relative.stem}"]),
        format=format_of(path) or Format.TEXT,
        open=lambda: open_regular(path),
        problem=file.problem,
        path=path,
        ids=ids,
    )


def _stdin_source(stdin: BinaryIO | None, ids: IdRegistry) -> Source:
    if stdin is None:
        raise InputError("standard input (-) was asked for, but there is none.", hint="Give a file or a folder.")
    held: list[bytes] = []

    def reopen() -> BinaryIO:
        if not held:
            held.append(stdin.read(STDIN_MAX_BYTES + 1))
        if len(held[0]) > STDIN_MAX_BYTES:
            raise InputError(f"standard input is over {STDIN_MAX_BYTES:,} bytes.", hint="Give it as a file.")
        return BytesIO(held[0])

    return Source("standard input", ids.claim("-", ["stdin"]), Format.TEXT, reopen, ids=ids)


def _nothing_to_read(paths: Sequence[str], sources: Sequence[Source], ignored: Sequence[Ignored]) -> InputError:
    if sources:
        told = " ".join(f"{source.name}: {source.problem}" for source in sources)
        return InputError(told, hint="Check the path.")
    where = ", ".join(printable(path) for path in paths) or "nothing given"
    also = f" ({len(ignored)} ignored, such as {ignored[0].name}: {ignored[0].reason})" if ignored else ""
    return InputError(f"No articles found in: {where}{also}.", hint=f"Supported are {SUPPORTED}, and -.")
