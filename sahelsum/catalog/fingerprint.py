"""The hash that tells one set of model files from another, remembered so that big files are read once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sahelsum.atomic import write_text
from sahelsum.catalog.formats import MODEL_SUFFIXES
from sahelsum.errors import ModelUnavailableError, OutputError

_CACHE_NAME = "model-hashes.json"
_Stamp = list[int | str]


def fingerprint(directory: Path, cache: Path) -> str:
    """SHA-256 (64 hexadecimal digits) over the names and contents of the files that shape a model's output.

    The files directly in ``directory`` are taken in the order of their names. A file's own hash is remembered in
    ``cache`` and used again while its size and times stay the same.

    Raises:
        ModelUnavailableError: a file cannot be read, or there is none.
    """
    known = _load(cache)
    fresh: dict[str, _Stamp] = {}
    total = hashlib.sha256()
    try:
        files = sorted(path for path in directory.iterdir() if path.suffix in MODEL_SUFFIXES and path.is_file())
        for file in files:
            total.update(f"{file.name}\0{_file_hash(file, known, fresh)}\n".encode())
    except OSError as error:
        raise ModelUnavailableError(
            f"{error.filename or directory}: cannot be read: {error.strerror}.",
            hint="Check its permissions, or fetch or copy the model again.",
        ) from error
    if not files:
        raise ModelUnavailableError(f"{directory}: no model files.")
    if fresh:
        _save(cache, fresh)
    return total.hexdigest()


def _file_hash(file: Path, known: dict[str, _Stamp], fresh: dict[str, _Stamp]) -> str:
    real = file.resolve()
    status = real.stat()
    # The change time too: a file swapped with its modification time kept (cp -p) must not pass as the old one.
    stamp: _Stamp = [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    entry = known.get(str(real))
    if entry is not None and entry[:3] == stamp:
        return str(entry[3])
    with real.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    fresh[str(real)] = [*stamp, digest]
    return digest


def _load(cache: Path) -> dict[str, _Stamp]:
    """Remembered hashes; none if the file is missing or not as expected, for it can always be made again."""
    try:
        table = json.loads((cache / _CACHE_NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {path: entry for path, entry in table.items() if _well_formed(entry)}


def _well_formed(entry: object) -> bool:
    if not isinstance(entry, list) or len(entry) != 4:
        return False
    *numbers, digest = entry
    return all(type(number) is int for number in numbers) and isinstance(digest, str) and len(digest) == 64


def _save(cache: Path, fresh: dict[str, _Stamp]) -> None:
    """Add to what is there now; of two writers at once one may lose its lines, which costs it a second reading."""
    table = {path: entry for path, entry in _load(cache).items() if Path(path).exists()} | fresh
    try:
        write_text(cache / _CACHE_NAME, json.dumps(table, indent=1, sort_keys=True))
    except OutputError:
        return  # a cache that cannot be written only costs time
