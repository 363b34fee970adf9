"""A run with nothing to do, recognized before anything is loaded.

A run that ends well notes what it was asked, what it said, and the size and times of all it read or wrote. If the same
is asked again with all of that untouched, the same is said again. Whatever has changed, and whatever is out of the
ordinary, leads to the ordinary way, which compares contents: this is a shortcut past the loading of libraries, and
forgetting it (the notes are in the cache) costs a second.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sahelsum.errors import SahelsumError

FOLDER = "settled"
FORMAT = "sahelsum-settled-1"
MOST_PATHS = 20_000
"""Larger runs are left to the ordinary way: to look at so many files takes longer than to load what it needs."""
KEPT_NOTES = 50
"""Notes of different calls in the cache; of more, the oldest go."""
RACY_SEC = 2.0
"""Files changed this shortly before they are looked at can change again without a trace in their times (FAT's have
steps of two seconds): what was read must be older, what was written is told apart by its content."""
_VARIABLES = ("SAHELSUM_", "XDG_", "HF_", "CUDA_", "NVIDIA_", "CT2_", "PYTHON", "DYLD_")
_MORE_VARIABLES = frozenset({"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "LD_LIBRARY_PATH", "COMPUTERNAME"})
"""Environment variables that can decide which files are read or where a model computes."""
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_GPU = Path("/dev/nvidiactl")

Stamp = list[int | str] | None
"""Size, times of content and of entry (ns), and number of a file, and its hash if it was new; None: there is none."""


class Settled(NamedTuple):
    """What the run said on standard error, and its exit code."""

    text: str
    exit_code: int


def note_file(options: Mapping[str, object], cache: Path) -> Path | None:
    """Where a run with these options is noted; None for a call that is never taken as settled.

    Args:
        options: every parameter of the command by name, its ``sources`` among them.
        cache: the user's cache folder.
    """
    sources = options.get("sources")
    if not isinstance(sources, Sequence) or not all(source != "-" and Path(source).exists() for source in sources):
        return None
    if _GPU.exists() and options.get("device") not in {"cpu", "cuda"}:
        # Which device is taken is found out by loading the driver's libraries.
        return None
    env = {name: value for name, value in os.environ.items() if name.startswith(_VARIABLES) or name in _MORE_VARIABLES}
    asked = [FORMAT, options, str(Path.cwd()), env, sys.version, sys.prefix, _machine()]
    key = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode("ascii")).hexdigest()
    return cache / FOLDER / f"{key}.json"


def recall(file: Path) -> Settled | None:
    """What the run said, if nothing it rested on has changed; None: go the ordinary way."""
    try:
        noted = json.loads(file.read_bytes())
        if noted["format"] != FORMAT or not all(_unchanged(path, stamp) for path, stamp in noted["stamps"].items()):
            return None
        return Settled(str(noted["text"]), int(noted["exit_code"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def note(file: Path, said: Settled, *, read: Iterable[Path], written: Path, started: float) -> bool:
    """Note a run that has left nothing to do. False, with nothing noted, if that cannot be told for sure.

    Args:
        file: see :func:`note_file`.
        said: what the same call will say while nothing changes.
        read: files and folders that shaped the run, whether they exist or not; folders stand for all in them.
        written: the output folder.
        started: when the run began (seconds since the epoch): what has changed since may have changed unseen.
    """
    from sahelsum.write import write_text  # noqa: PLC0415 - only a run that has loaded everything else comes here

    written = written.absolute()
    try:
        stamps = _stamps(chain(_package_folders(written), *(_tree(path.absolute(), written) for path in read)))
        if any(_changed_after(stamp, started - RACY_SEC) for stamp in stamps.values()):
            return False
        now = time.time()
        for name, stamp in _stamps(_tree(written, skip=None)).items():
            stamps[name] = _hashed(stamp, Path(name)) if _changed_after(stamp, now - RACY_SEC) else stamp
        noted = {"format": FORMAT, "text": said.text, "exit_code": int(said.exit_code), "stamps": stamps}
        write_text(file, json.dumps(noted))
        _forget_oldest(file.parent)
    except (OSError, SahelsumError, _TooMany):
        return False  # a note that cannot be made only costs time
    return True


class _TooMany(Exception):  # noqa: N818 - never leaves this module
    """There are more files than are worth looking at."""


def _stamps(paths: Iterable[Path]) -> dict[str, Stamp]:
    stamps: dict[str, Stamp] = {}
    for path in paths:
        stamps[str(path)] = _stamp(path)
        if len(stamps) > MOST_PATHS:
            raise _TooMany
    return stamps


def _package_folders(written: Path) -> Iterator[Path]:
    """Folders of installed packages: each changes its time with every installation and removal.

    Without those that hold the output folder, as the checkout of an editable installation does: they would change
    with the first run, and hold no packages that come and go.
    """
    folders = (Path(folder).absolute() for folder in sys.path if folder)
    return (folder for folder in folders if not written.is_relative_to(folder) and folder != Path.cwd())


def _machine() -> list[str]:
    """What tells this machine, in this session, from others: its processor and its devices stay as they are."""
    try:
        return [_BOOT_ID.read_text(encoding="ascii")]
    except OSError:
        return list(os.uname()) if hasattr(os, "uname") else []


def _tree(path: Path, skip: Path | None) -> Iterator[Path]:
    """The path and, in a folder, all below it but hidden entries, Python's own caches, linked folders and ``skip``."""
    yield path
    if not path.is_dir():
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            inner = path / entry.name
            if entry.is_dir(follow_symlinks=False) and (skip is None or inner != skip):
                yield from _tree(inner, skip)
            else:
                yield inner


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _changed_after(stamp: Stamp, moment: float) -> bool:
    return stamp is not None and max(int(stamp[1]), int(stamp[2])) > moment * 1e9


def _hashed(stamp: Stamp, path: Path) -> Stamp:
    return [*stamp, _sha256(path)] if stamp is not None and path.is_file() else stamp


def _unchanged(name: str, noted: Stamp) -> bool:
    path = Path(name)
    stamp = _stamp(path)
    if noted is None or stamp is None:
        return noted is stamp
    return stamp == noted[:4] and (len(noted) == 4 or _sha256(path) == noted[4])


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _forget_oldest(folder: Path) -> None:
    notes = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in notes[KEPT_NOTES:]:
        file.unlink(missing_ok=True)
