"""What earlier runs left in an output folder: which digests still hold, and which belong to nothing any more.

The index of the folder answers for files that nobody has touched since; for others their bytes do, and where it does
not know them, the whole digest is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from sahelsum.errors import InputError, SahelsumError
from sahelsum.output.index import FolderIndex, Row, row_of
from sahelsum.output.names import DATA_FOLDER, PART_FOLDERS, SHARD_NAME, data_name, page_name
from sahelsum.output.sidecar import digest_from_json, finding
from sahelsum.output.write import OutputFolder, bears_seal
from sahelsum.records import Digest, Finding


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A digest of an earlier run that still holds. ``edited``: somebody has changed its page since."""

    row: Row
    edited: bool
    digest: Digest | None = None
    """What was read, where the index did not know it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be the same for a digest to hold."""

    article_id: str
    source: str
    sha256: str
    recipe: str


def kept_digest(folder: OutputFolder, index: FolderIndex, wanted: Identity, *, force: bool) -> KeptDigest | None:
    """The digest, if it still holds: same source, same recipe, complete, page in place.

    ``force`` lets no edited page hold, so that it is written anew.
    """
    row = index.rows.get(wanted.article_id)
    if row is None or wanted != Identity(row.id, row.source, row.sha256, index.recipe):
        found = _read_whole(folder, wanted)
    else:
        found = _borne_out(folder, index, row)
    return None if found is None or (force and found.edited) else found


def _borne_out(folder: OutputFolder, index: FolderIndex, row: Row) -> KeptDigest | None:
    """What the index says, where page and data are as it says."""
    if index.vouches_for(row, folder, page_name(row.id), data_name(row.id)):
        return KeptDigest(row, edited=False)
    data = _data(folder, row.id)
    sealed = _sealed(folder, row.id)
    if data is None or sealed is None or hashlib.sha256(data).hexdigest() != row.data_sha256:
        return None
    return KeptDigest(row, edited=not sealed)


def _read_whole(folder: OutputFolder, wanted: Identity) -> KeptDigest | None:
    data = _data(folder, wanted.article_id)
    sealed = _sealed(folder, wanted.article_id) if data else None
    if data is None or sealed is None:
        return None
    try:
        digest = digest_from_json(data.decode("utf-8"))
    except (UnicodeDecodeError, SahelsumError):
        return None
    if _identity(digest) != wanted or not _complete(digest):
        return None
    return KeptDigest(row_of(digest, page_bytes(folder, wanted.article_id), data), edited=not sealed, digest=digest)


def page_bytes(folder: OutputFolder, article_id: str) -> int:
    """Size of a page; 0 if it is not there."""
    try:
        return folder.path(page_name(article_id)).stat().st_size
    except OSError:
        return 0


def load_digest(folder: OutputFolder, article_id: str) -> Digest:
    """The digest of an article whose data were found to hold.

    Raises:
        InputError: they have vanished or changed meanwhile.
    """
    data = _data(folder, article_id)
    if data is None:
        raise InputError(f"{data_name(article_id)} has vanished during the run.", hint="Run again.")
    return digest_from_json(data.decode("utf-8", "replace"))


def load_findings(folder: OutputFolder, name: str) -> tuple[Finding, ...]:
    """The findings in the data of an article, given by its path inside the folder.

    Raises:
        InputError: the data have vanished or are damaged.
    """
    try:
        rows = json.loads(folder.path(name).read_bytes())["findings"]
        return tuple(finding(row) for row in rows)
    except (OSError, ValueError, TypeError, LookupError, RecursionError, SahelsumError) as error:
        raise InputError(f"{name} has vanished or changed during the run.", hint="Run again.") from error


def stale_pages(folder: OutputFolder, current: Collection[str]) -> list[str]:
    """Pages of earlier runs whose article was not among the sources of this one, by name."""
    found = sorted(path.stem for path in folder.root.glob(data_name("*")))
    return [page_name(stem) for stem in found if stem not in current and _sealed(folder, stem) is not None]


def foreign_pages(root: Path) -> frozenset[str]:
    """Stems, in small letters, under which no page can be written: a file that is none of ours has its name.

    Pages with data beside them are not opened; writing looks at every page once more.
    """
    return frozenset(stem.casefold() for folder in (root, *root.glob(PART_FOLDERS)) for stem in _foreign(folder))


def _foreign(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    known = {path.stem for path in folder.glob(data_name("*"))}
    for path in folder.iterdir():
        if path.suffix.lower() == page_name("") and path.stem not in known and not _bears_seal(path):
            yield path.stem


def _bears_seal(path: Path) -> bool:
    try:
        return path.is_file() and bears_seal(path.read_bytes())
    except OSError:
        return False


def stale_shards(folder: OutputFolder, current: Collection[str]) -> Iterator[str]:
    """Folders that earlier runs were parted into and this one was not, by name."""
    for path in sorted(folder.root.glob(PART_FOLDERS)):
        if SHARD_NAME.fullmatch(path.name) and path.name not in current and (path / DATA_FOLDER).is_dir():
            yield path.name


def _data(folder: OutputFolder, article_id: str) -> bytes | None:
    try:
        path = folder.path(data_name(article_id))
        return path.read_bytes() if path.is_file() else None
    except (OSError, SahelsumError):
        return None


def _sealed(folder: OutputFolder, article_id: str) -> bool | None:
    try:
        return folder.is_sealed(page_name(article_id))
    except SahelsumError:
        return None


def _identity(digest: Digest) -> Identity:
    article = digest.article
    return Identity(article.id, article.source, article.sha256, digest.recipe)


def _complete(digest: Digest) -> bool:
    """A sentence that failed is tried again; data whose receipt does not fit were tampered with."""
    receipt = digest.receipt
    return not receipt.failed and len(digest.translations) == receipt.sentences_in == receipt.sentences_out
