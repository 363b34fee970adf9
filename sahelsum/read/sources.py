"""Paths → the list of things to read. Nothing is opened here, so it is cheap for large folders.

A bad path never stops a batch: it becomes a :class:`Source` with a ``problem``, which reading turns into a failure.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from sahelsum.errors import InputError
from sahelsum.read.ids import IdRegistry, wanted_stems

STDIN_MAX_BYTES = 100_000_000
"""Standard input is held in memory to be hashed and read; an endless pipe must end somewhere."""


HASH_CHUNK_BYTES = 1 << 18


class Format(StrEnum):
    """How a source is to be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON_LINES = "JSON Lines"


FORMATS = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".jsonl": Format.JSON_LINES,
}
"""File extensions (lower case), in the order in which files with one stem may claim the plain stem."""

_SUPPORTED = ", ".join(FORMATS)


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: one article, or a JSON Lines file of many."""

    name: str
    """For people: the path relative to the given folder; printable characters only."""
    id: str
    """Stem of the output files; JSON Lines articles get stems of their own."""
    format: Format
    open: Callable[[], BinaryIO] = field(repr=False)
    """Opens the bytes afresh. Raises InputError for what is not a readable, regular file."""
    problem: str = ""
    """Why it cannot be read, if that is known without opening it."""
    ids: IdRegistry = field(default_factory=IdRegistry, repr=False, compare=False)
    """The run's stems, shared by all of its sources."""

    def read_bytes(self, limit: int | None = None) -> bytes:
        """The bytes, at most ``limit`` of them if given.

        Raises:
            InputError: it cannot be opened or read.
        """
        with self._opened() as stream:
            return stream.read() if limit is None else stream.read(limit)

    def content_sha256(self) -> str:
        """Hash of the bytes, hexadecimal, at constant memory: enough to tell whether an article changed.

        Raises:
            InputError: it cannot be opened or read.
        """
        with self._opened() as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(HASH_CHUNK_BYTES):
                digest.update(chunk)
            return digest.hexdigest()

    def _opened(self) -> BinaryIO:
        if self.problem:
            raise InputError(self.problem)
        return self.open()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a given folder that is not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What the given paths hold."""

    sources: tuple[Source, ...]
    ignored: tuple[Ignored, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file met in the search. ``relative`` is its path below the folder given."""

    path: Path
    relative: PurePath
    given: str
    problem: str = ""


def find_sources(paths: Sequence[str], *, stdin: BinaryIO | None = None) -> list[Source]:
    """The sources of :func:`scan_sources`, without the list of what was ignored."""
    return list(scan_sources(paths, stdin=stdin).sources)


def scan_sources(paths: Sequence[str], *, stdin: BinaryIO | None = None) -> Scan:
    """Search files, folders (recursively, sorted, hidden entries skipped), glob patterns, and ``-`` (standard input).

    A file reached twice is read once.

    Raises:
        InputError: there is nothing to read at all. A bad path among good ones is a source with a ``problem``.
    """
    found: list[_Found] = []
    ignored: list[Ignored] = []
    for given in dict.fromkeys(paths):
        if given != "-":
            _search(given, found, ignored)
    ids = IdRegistry()
    sources = _sources(_without_repeats(found), ids)
    if "-" in paths:
        sources.append(_stdin_source(stdin, ids))
    if all(source.problem for source in sources):
        raise _nothing_to_read(paths, sources, ignored)
    return Scan(tuple(sources), tuple(ignored))


def printable(path: str | PurePath) -> str:
    """A path for people: undecodable bytes and control characters (which can drive a terminal) become U+FFFD."""
    text = os.fsencode(PurePath(path).as_posix()).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading; never waits on a pipe and never touches a device.

    Raises:
        InputError: it is gone, not a regular file, or not readable.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        _require_regular(path.stat().st_mode)
        stream = os.fdopen(os.open(path, flags), "rb")
    except FileNotFoundError:
        raise InputError("there is no such file.", hint="Check the path, or whether it was moved meanwhile.") from None
    except PermissionError:
        raise InputError("no permission to read it.", hint="Give yourself read access (chmod u+r).") from None
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be opened: {getattr(error, 'strerror', None) or error}.") from None
    try:
        _require_regular(os.fstat(stream.fileno()).st_mode)
    except InputError:
        stream.close()
        raise
    return stream


def _require_regular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise InputError("it is a folder, not a file.")
    if not stat.S_ISREG(mode):
        raise InputError("it is a pipe, socket or device, not a regular file.", hint="Use - for standard input.")


def _search(given: str, found: list[_Found], ignored: list[Ignored]) -> None:
    path = Path(given)
    if path.is_dir():
        _search_folder(path, given, found, ignored)
    elif os.path.lexists(path):
        found.append(_named_file(path, given))
    elif glob.has_magic(given):
        _search_pattern(given, found, ignored)
    else:
        found.append(_Found(path, PurePath(path.name or "path"), given, "there is no such file or folder."))


def _named_file(path: Path, given: str) -> _Found:
    supported = path.suffix.lower() in FORMATS
    problem = "" if supported else f"its type is not supported. Supported are {_SUPPORTED}, and - for standard input."
    return _Found(path, PurePath(path.name), given, problem)


def _search_pattern(pattern: str, found: list[_Found], ignored: list[Ignored]) -> None:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not matches:
        found.append(_Found(Path(pattern), PurePath("pattern"), pattern, "no file matches this pattern."))
    for match in matches:
        path = Path(match)
        if path.is_dir():
            continue
        if path.suffix.lower() in FORMATS:
            found.append(_Found(path, PurePath(path.name), match))
        else:
            ignored.append(Ignored(printable(match), f"not one of {_SUPPORTED}"))


def _search_folder(folder: Path, given: str, found: list[_Found], ignored: list[Ignored]) -> None:
    def unreadable(error: OSError) -> None:
        place = PurePath(error.filename or given)
        found.append(_Found(Path(place), PurePath(place.name or "folder"), str(place), "the folder cannot be listed."))

    root = folder.resolve()
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        ignored += [
            Ignored(printable(Path(parent, name).relative_to(folder)), "a link to a folder")
            for name in sorted(links)
            if not name.startswith(".")
        ]
        for name in sorted(files):
            if not name.startswith("."):
                _sort_folder_file(Path(parent, name), folder, root, found, ignored)


def _sort_folder_file(path: Path, folder: Path, root: Path, found: list[_Found], ignored: list[Ignored]) -> None:
    relative = path.relative_to(folder)
    if path.suffix.lower() not in FORMATS:
        ignored.append(Ignored(printable(relative), f"not one of {_SUPPORTED}"))
    elif path.is_symlink() and not path.resolve().is_relative_to(root):
        ignored.append(Ignored(printable(relative), "a link that leads outside the folder"))
    else:
        found.append(_Found(path, relative, str(path)))


def _without_repeats(found: Sequence[_Found]) -> list[_Found]:
    unique = {os.path.realpath(file.path): file for file in reversed(found)}
    return [file for file in found if unique[os.path.realpath(file.path)] is file]


def _sources(found: Sequence[_Found], ids: IdRegistry) -> list[Source]:
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


def _source(file: _Found, name: str, stem: str, ids: IdRegistry) -> Source:
    path = file.path
    return Source(
        name=name,
        id=stem or ids.claim(file.given, [f"unread-{file.relative.stem}"]),
        format=FORMATS.get(path.suffix.lower(), Format.TEXT),
        open=lambda: open_regular(path),
        problem=file.problem,
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
    also = f" ({len(ignored)} files of other types were ignored)" if ignored else ""
    return InputError(f"No articles found in: {where}{also}.", hint=f"Supported are {_SUPPORTED}, and -.")
