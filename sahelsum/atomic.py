"""Text to disk, whole or not at all, and file errors in words."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from sahelsum.errors import OutputError


def write_text(path: Path, text: str) -> bool:
    """Write ``text`` as UTF-8 under a temporary name in the same folder, then rename: a reader never sees half a file.

    Returns:
        False, with the file untouched, if it already holds exactly these bytes.

    Raises:
        OutputError: the file cannot be read or written; the temporary file is gone then.
    """
    data = text.encode("utf-8")
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, [data])
    except OSError as error:
        raise output_error(path, error) from error
    return True


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """As :func:`write_text`, for a text that comes piece by piece; it is written even if nothing changes.

    Raises:
        OutputError: the file cannot be written; the temporary file is gone then.
    """
    try:
        replace_file(path, (piece.encode("utf-8") for piece in pieces))
    except OSError as error:
        raise output_error(path, error) from error


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write ``pieces`` under a temporary name, then rename; the temporary file is gone whatever happens.

    Raises:
        OSError: the file cannot be written.
    """
    temporary = path.with_name(f".sahelsum-{secrets.token_hex(8)}.tmp")
    try:
        # Opened by number, not through tempfile: the result gets the user's usual permissions instead of 0600.
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 (one test replaces this call)
    except BaseException:  # Ctrl-C too must leave no temporary file behind
        temporary.unlink(missing_ok=True)
        raise


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that killed runs left in a folder. Nobody else may be writing there."""
    for path in folder.glob(".sahelsum-*.tmp"):
        if _TEMPORARY.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)


_TEMPORARY = re.compile(r"\.sahelsum-[0-9a-f]{16}\.tmp")
_HINTS = {
    errno.ENOSPC: "The disk is full: free some space and run again; finished work is kept.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run again; finished work is kept.",
    errno.EACCES: "You may not write there: choose another folder with --output, or change its permissions.",
    errno.EPERM: "You may not write there: choose another folder with --output, or change its permissions.",
    errno.EROFS: "That disk is read-only: choose another folder with --output.",
    errno.EISDIR: "A folder has that name: move it away or choose another folder with --output.",
    errno.ENOTDIR: "Part of that path is a file, not a folder: choose another folder with --output.",
    errno.EEXIST: "A file has the name of the folder: move it away or choose another folder with --output.",
    errno.ENAMETOOLONG: "The name is too long for this disk: rename the source file.",
}


def output_error(path: Path, error: OSError) -> OutputError:
    """The error as a user reads it: what could not be written, why, and what to do."""
    reason = error.strerror or type(error).__name__
    hint = _HINTS.get(error.errno or 0, "Check the folder, or choose another one with --output.")
    return OutputError(f"Cannot write {path}: {reason}.", hint=hint)
