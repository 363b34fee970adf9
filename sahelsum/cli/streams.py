"""Text from files or standard input, and text out of it, for the commands that work like filters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sahelsum.errors import InputError


def read_text(files: Sequence[str]) -> str:
    """All files one after the other; standard input without any, or for ``-``.

    A file that does not end its last line gets that end: its last line and the next file's first stay apart.

    Raises:
        InputError: a file cannot be read or is not UTF-8.
    """
    texts = [_read(name) for name in files or ("-",)]
    return "".join(text if text.endswith("\n") or not text else f"{text}\n" for text in texts)


def _read(name: str) -> str:
    shown = "standard input" if name == "-" else name
    try:
        data = _standard_input() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{shown}: not UTF-8 at byte {error.start}.", hint="Convert it, for example: iconv -f cp1252 -t utf-8 FILE"
        ) from error
    except OSError as error:
        raise InputError(f"{shown}: cannot be read: {error.strerror}.", hint="Check the path.") from error


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError("Standard input is closed.", hint="Give a file, or pipe text in.")
    return sys.stdin.buffer.read()
