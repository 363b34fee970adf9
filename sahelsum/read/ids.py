"""Output stems: safe as a file name on every system, unique within a run, and stable from run to run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

MAX_ID_BYTES = 120
"""Leaves room for a suffix such as ``.json.tmp`` under the 143 bytes the strictest common file system allows."""

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "digest", "run", "readme"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
)
"""Windows device names, and the names of our own output files.

Windows takes a name for a device by what stands before its first dot: ``con.x.txt`` is one.
"""

_TRANSLITERATED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)


def safe_id(text: str) -> str:
    """``text`` as an output stem of ``a-z A-Z 0-9 . _ -``; ``article`` and a short hash if nothing of it is left.

    German umlauts are written out (``ä`` → ``ae``) and other accents dropped, because stems become links and file
    names, and systems disagree on how to store such letters (macOS decomposes them, archives lose them).
    """
    composed = unicodedata.normalize("NFC", text)
    plain = unicodedata.normalize("NFKD", composed.translate(_TRANSLITERATED)).encode("ascii", "ignore").decode("ascii")
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    stem = re.sub(r"-{2,}", "-", stem).lstrip(".-").rstrip(".-")
    if not re.search(r"[A-Za-z0-9]", stem):
        return f"article-{short_hash(text)}"
    if stem.split(".")[0].lower() in _RESERVED:
        stem = f"article-{stem}"
    if len(stem) > MAX_ID_BYTES:
        stem = f"{stem[: MAX_ID_BYTES - 9].rstrip('.-')}-{short_hash(text)}"
    return stem


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


class IdRegistry:
    """Hands out each stem once in a run. Asking again for the same owner gives the same stem.

    Stems that differ only in letter case count as equal, as they are one file on Windows and macOS. Those in ``taken``,
    in small letters, are handed out to nobody.
    """

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = taken
        self._owners: dict[str, str] = {}
        self._stems: dict[str, str] = {}

    def claim(self, owner: str, wanted: Iterable[str]) -> str:
        """The first free stem of ``wanted``; if all are taken, the last with a hash of ``owner`` after it."""
        if owner in self._stems:
            return self._stems[owner]
        stem = ""
        for text in wanted:
            stem = safe_id(text)
            if self._take(owner, stem):
                return stem
        return self._claim_with_hash(owner, stem)

    def _take(self, owner: str, stem: str) -> bool:
        if stem.casefold() in self._taken or self._owners.setdefault(stem.casefold(), owner) != owner:
            return False
        self._stems[owner] = stem
        return True

    def _claim_with_hash(self, owner: str, stem: str) -> str:
        attempt = 0
        while True:
            suffix = short_hash(f"{owner}\0{attempt}" if attempt else owner)
            candidate = safe_id(f"{stem[: MAX_ID_BYTES - 9]}-{suffix}")
            if self._take(owner, candidate):
                return candidate
            attempt += 1


def wanted_stems(relative: PurePath, parent: str) -> tuple[str, ...]:
    """Stems for a file, most wanted first: its folders and stem, then with its extension, then with ``parent``.

    A file in a sub-folder carries the folder in its stem (``2025/mali.txt`` → ``2025-mali``), so that its stem does
    not depend on what other folders hold. ``parent`` is the name of the folder the file is in.
    """
    stem = "-".join((*relative.parent.parts, relative.stem))
    extension = relative.suffix.lstrip(".").lower()
    with_extension = (f"{stem}-{extension}",) if extension != "txt" else ()
    return (stem, *with_extension, f"{parent}-{stem}")
