"""Text to disk: whole or not at all, only inside the output folder, never over somebody's own edits."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path, PurePath

from sahelsum.atomic import output_error, replace_file, write_text
from sahelsum.errors import OutputError

_SEAL_START = "<!-- sahelsum: unedited "
_SEAL_END = " -->\n"
_SEAL_LINE = re.compile(rb"^<!-- sahelsum: unedited [0-9a-f]{64} -->\r?$", re.MULTILINE)
_DATA_START = re.compile(rb'\{\s*"format": "sahelsum-')
"""How all JSON of ours begins."""
_DATA_HEAD_BYTES = 100
"""Enough to see it."""
_ELSEWHERE = "Move it away, or choose another folder with --output."


class WriteResult(StrEnum):
    """What became of a guarded write."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    """The file already held exactly this text."""
    KEPT = "kept"
    """The file was changed by hand and was left alone."""


def seal(page: str) -> str:
    """The page with a last line, invisible when rendered, that holds the hash of all above it.

    So a page tells by itself whether it was edited, whatever became of the files beside it.
    """
    body = page.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n\n"
    return f"{body}{_SEAL_START}{_sha256(body.encode('utf-8'))}{_SEAL_END}"


def is_sealed(content: bytes) -> bool:
    """True for a page as :func:`seal` made it; a changed one, or one of another origin, is not.

    Line ends may have become those of Windows: version control does that.
    """
    body, start, rest = content.replace(b"\r\n", b"\n").rpartition(_SEAL_START.encode("ascii"))
    return bool(start) and rest == f"{_sha256(body)}{_SEAL_END}".encode("ascii")


def bears_seal(content: bytes) -> bool:
    """True for a page of ours, edited or not: an edit breaks the seal and leaves its line."""
    return _SEAL_LINE.search(content) is not None


FileKey = tuple[int, int]
"""What tells a file from all others, however its path is written: device and number."""


def file_key(path: Path) -> FileKey | None:
    """The key of the file that a path leads to; None if there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


class OutputFolder:
    """The one folder results may be written to.

    ``root`` may itself be a link, since the user named it; nothing below it may lead out. Of what is there only files
    that sahelsum wrote are replaced, and none of ``inputs``, which the run reads, whoever wrote them.
    """

    def __init__(self, root: Path, inputs: frozenset[FileKey] = frozenset()) -> None:
        self.root = root
        self._inputs = inputs
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._resolved = root.resolve(strict=True)
        except OSError as error:
            raise output_error(root, error) from error

    def path(self, relative: str | PurePath) -> Path:
        """The path of ``relative`` inside the folder.

        Raises:
            OutputError: it is absolute, climbs out with ``..``, is a link, or passes through a link that leads out.
        """
        pure = PurePath(relative)
        if pure.is_absolute() or pure.drive or ".." in pure.parts or not pure.parts or "\0" in str(pure):
            raise OutputError(
                f"Refused to write {str(relative)!r}: only plain paths inside {self.root} are written.",
                hint="Rename the source file or choose another output folder with --output.",
            )
        path = self._resolved / pure
        # A path of one name has the folder itself above it, which was resolved when it was opened.
        within = len(pure.parts) == 1 or path.parent.resolve().is_relative_to(self._resolved)
        if path.is_symlink() or not within:
            raise OutputError(
                f"Refused to write {path}: it is a link, or its folder leads out of {self.root}.",
                hint="Remove the link and run again.",
            )
        return path

    def guarded_write(self, relative: str | PurePath, page: str, *, force: bool = False) -> WriteResult:
        """Write a sealed page to ``relative`` unless the page there holds somebody's own edits.

        Args:
            relative: path inside the folder.
            page: the new content, from :func:`seal`.
            force: overwrite edits too.

        Raises:
            OutputError: the path leads out of the folder, the file cannot be read or written, or it is none of
                sahelsum's pages.
        """
        path = self.path(relative)
        present = _read(path)
        if present == page.encode("utf-8"):
            return WriteResult.UNCHANGED
        if present is not None:
            self._refuse_foreign(path, present)
            if not is_sealed(present) and not force:
                return WriteResult.KEPT
        write_text(path, page)
        return WriteResult.WRITTEN

    def _refuse_foreign(self, path: Path, present: bytes) -> None:
        if file_key(path) in self._inputs:
            raise OutputError(f"{path} is one of the articles of this run, and was left alone.", hint=_ELSEWHERE)
        if not bears_seal(present):
            raise OutputError(
                f"{path} is there and does not bear sahelsum's seal, so it was left alone.", hint=_ELSEWHERE
            )

    def is_sealed(self, relative: str | PurePath) -> bool | None:
        """Whether a page is as it was written; None if it is not there, or none of ours.

        Raises:
            OutputError: the path leads out of the folder, or the file cannot be read.
        """
        present = self.read(relative)
        return is_sealed(present) if present is not None and bears_seal(present) else None

    def read(self, relative: str | PurePath) -> bytes | None:
        """The bytes of a file; None if it is not there.

        Raises:
            OutputError: the path leads out of the folder, or the file cannot be read.
        """
        return _read(self.path(relative))

    def write_data(self, relative: str | PurePath, text: str) -> bool:
        """Write JSON of ours, over JSON of ours only: it is made anew every time, so edits of it do not count.

        Raises:
            OutputError: the path leads out of the folder, a file of somebody else's is there, or writing fails.
        """
        path = self._data_path(relative)
        return write_text(path, text)

    def retract_data(self, relative: str | PurePath, text: str) -> None:
        """Remove JSON of ours unless it is exactly ``text``: before what it declares to be done is done anew.

        Raises:
            OutputError: as for :meth:`write_data`.
        """
        path = self._data_path(relative)
        try:
            if path.is_file() and path.read_bytes() != text.encode("utf-8"):
                path.unlink()
        except OSError as error:
            raise output_error(path, error) from error

    def write_data_pieces(self, relative: str | PurePath, pieces: Iterable[str]) -> None:
        """As :meth:`write_data`, for what is too long to hold in memory; it is written even if nothing changes.

        Raises:
            OutputError: as there.
        """
        path = self._data_path(relative)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, (piece.encode("utf-8") for piece in pieces))
        except OSError as error:
            raise output_error(path, error) from error

    def touch(self, relative: str | PurePath) -> None:
        """Give a file of ours the present as its date.

        Raises:
            OutputError: the path leads out of the folder, or the file is not there.
        """
        path = self.path(relative)
        try:
            os.utime(path)
        except OSError as error:
            raise output_error(path, error) from error

    def _data_path(self, relative: str | PurePath) -> Path:
        """The path of JSON of ours, once it is sure that there is nothing else."""
        path = self.path(relative)
        head = _read(path, _DATA_HEAD_BYTES)
        if head is not None and not _DATA_START.match(head):
            raise OutputError(f"{path} is there and is none of sahelsum's files.", hint=_ELSEWHERE)
        return path


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path, limit: int = -1) -> bytes | None:
    """The bytes of a file, or its first ``limit``; None if it is not there."""
    try:
        if path.exists() and not path.is_file():
            # Reading a pipe would wait for ever.
            raise OSError(errno.EISDIR, "not a regular file")
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise output_error(path, error) from error
