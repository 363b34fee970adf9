"""The file that the reading room saves: corrected sentences as JSON.

It may have come from anybody, so that nothing in it is believed: its size, its form and every text are looked at.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sahelsum.errors import InputError
from sahelsum.records.corrections import Correction, one_line

FORMAT = "sahelsum-corrections-1"
MAX_BYTES = 50_000_000
"""Some hundred thousand sentences; a larger file is something else."""
MAX_CHARS = 20_000
"""Of a sentence or its translation, far above the longest."""
_LANGUAGE = re.compile(r"[a-z]{2}")
_HINT = "Save the corrections again in the reading room (Save corrections as a file), and name that file."


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a file, the last one of a sentence alone.

    Raises:
        InputError: it cannot be read, or is not a file of corrections; the message says which entry is wrong.
    """
    entries = _entries(path)
    corrections = (_correction(path, number, entry) for number, entry in enumerate(entries, 1))
    return list({(each.language, each.key): each for each in corrections}.values())


def bounded_bytes(path: Path, hint: str) -> bytes:
    """The bytes of a file that somebody made elsewhere.

    Raises:
        InputError: it is not there, cannot be read, or is larger than :data:`MAX_BYTES`.
    """
    try:
        if not path.is_file():
            raise InputError(f"{path} is not a file.", hint=hint)
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} has more than {MAX_BYTES // 1_000_000} MB.", hint=hint)
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", hint=hint) from error


def _entries(path: Path) -> list[Any]:
    try:
        content = json.loads(bounded_bytes(path, _HINT).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}.", hint=_HINT) from error
    entries = content.get("corrections") if isinstance(content, dict) else None
    if not isinstance(entries, list) or content.get("format") != FORMAT:
        raise InputError(f"{path} is not a file of corrections ({FORMAT}).", hint=_HINT)
    return entries


def _correction(path: Path, number: int, entry: Any) -> Correction:
    fields = entry if isinstance(entry, dict) else {}
    language, source, text = (fields.get(name) for name in ("language", "source", "text"))
    usable = all(isinstance(value, str) and value.strip() and len(value) <= MAX_CHARS for value in (source, text))
    if not usable or not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise InputError(
            f"{path}: correction {number} needs language (two letters), source and text "
            f"(some text, at most {MAX_CHARS:,} characters each).",
            hint=_HINT,
        )
    return Correction(language, str(source), one_line(str(text)))
