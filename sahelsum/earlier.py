"""What earlier runs left in an output folder: which digests still hold, and which belong to nothing any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sahelsum.errors import SahelsumError
from sahelsum.records import Digest
from sahelsum.render.sidecar import digest_from_json
from sahelsum.write import OutputFolder

DATA_FOLDER = "data"


@dataclass(frozen=True, slots=True)
class Known:
    """A digest of an earlier run that still holds. ``edited``: somebody has changed its page since."""

    digest: Digest
    edited: bool


def page_name(article_id: str) -> str:
    """The page of an article, inside the output folder."""
    return f"{article_id}.md"


def data_name(article_id: str) -> str:
    """The data beside the page, inside the output folder."""
    return f"{DATA_FOLDER}/{article_id}.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """What must be the same for a digest to hold."""

    article_id: str
    source: str
    sha256: str
    recipe: str


def known_digest(folder: OutputFolder, wanted: Identity, *, force: bool) -> Known | None:
    """The digest, if it still holds: same source, same recipe, complete, page in place.

    ``force`` lets no edited page hold, so that it is written anew.
    """
    digest = _load(folder, wanted.article_id)
    if digest is None or _identity(digest) != wanted or not _complete(digest):
        return None
    try:
        sealed = folder.is_sealed(page_name(wanted.article_id))
    except SahelsumError:
        return None
    if sealed is None or (force and not sealed):
        return None
    return Known(digest, edited=not sealed)


def stale_pages(folder: OutputFolder, current: Collection[str]) -> list[str]:
    """Pages of earlier runs whose article was not among the sources of this one, by name."""
    found = sorted(path.stem for path in (folder.root / DATA_FOLDER).glob("*.json"))
    return [page_name(stem) for stem in found if stem not in current and (folder.root / page_name(stem)).is_file()]


def _load(folder: OutputFolder, article_id: str) -> Digest | None:
    try:
        path = folder.path(data_name(article_id))
        return digest_from_json(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, UnicodeDecodeError, SahelsumError):
        return None


def _identity(digest: Digest) -> Identity:
    article = digest.article
    return Identity(article.id, article.source, article.sha256, digest.recipe)


def _complete(digest: Digest) -> bool:
    """A sentence that failed is tried again; data whose receipt does not fit were tampered with."""
    receipt = digest.receipt
    return not receipt.failed and len(digest.translations) == receipt.sentences_in == receipt.sentences_out
