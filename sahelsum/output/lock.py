"""One run at a time in an output folder: an operating system's lock, which ends with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sahelsum.atomic import output_error, remove_leftovers
from sahelsum.errors import OutputError
from sahelsum.output.names import DATA_FOLDER, LOCK, PART_FOLDERS, SITE_FOLDER
from sahelsum.output.write import OutputFolder, file_key

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the output folder, made if it is not there, and clear away what killed runs left half written.

    Raises:
        OutputError: another run is at work in it, or it cannot be written.
    """
    path = OutputFolder(root).path(LOCK)
    handle = _locked_file(path, root)
    try:
        _remove_leftovers(root)
        yield
    finally:
        if sys.platform != "win32":  # there, no open file can be removed
            path.unlink(missing_ok=True)
        os.close(handle)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _locked_file(path: Path, root: Path) -> int:
    """The lock's file, open and locked. One that its holder has just removed locks nothing: then a new one is made."""
    while True:
        handle = -1
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            _take(handle)
        except (BlockingIOError, PermissionError) as error:
            if handle < 0:
                raise output_error(path, error) from error
            os.close(handle)
            raise OutputError(
                f"Another run of sahelsum is writing to {root}.",
                hint="Wait until it has ended and type the same again, or choose another folder with --output.",
            ) from error
        except OSError as error:
            if handle < 0:
                raise output_error(path, error) from error
            return handle  # a disk without locks, as some in a network are
        found = os.fstat(handle)
        if (found.st_dev, found.st_ino) == file_key(path):
            return handle
        os.close(handle)


def _remove_leftovers(root: Path) -> None:
    with suppress(OSError):  # the run will say what is wrong there
        for folder in (root, *root.glob(PART_FOLDERS)):
            remove_leftovers(folder)
            remove_leftovers(folder / DATA_FOLDER)
            remove_leftovers(folder / SITE_FOLDER)
            remove_leftovers(folder / SITE_FOLDER / "article")
