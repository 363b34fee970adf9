"""Files as they are met: their formats, their names for people, and how to open them without coming to harm."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from pathlib import Path, PurePath
from typing import BinaryIO

from sahelsum.errors import InputError


class Format(StrEnum):
    """How a source is to be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON_LINES = "JSON Lines"
    PARQUET = "Parquet"

    @property
    def holds_many(self) -> bool:
        """Whether such a file holds any number of articles, each with a stem of its own."""
        return self in {Format.JSON_LINES, Format.PARQUET}


FORMATS = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".parquet": Format.PARQUET,
}
"""File extensions (lower case), in the order in which files with one stem may claim the plain stem."""

SUPPORTED = ", ".join(FORMATS)


def format_of(path: PurePath) -> Format | None:
    """The format a file's extension stands for; None for other files."""
    return FORMATS.get(path.suffix.lower())


def printable(path: str | PurePath) -> str:
    """A path for people: undecodable bytes and control characters (which can drive a terminal) become U+FFFD."""
    text = os.fsencode(PurePath(path).as_posix()).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def real_path(path: Path) -> Path:
    """The path without links, also where it does not exist or its links go round in a circle."""
    return Path(os.path.realpath(path))


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
