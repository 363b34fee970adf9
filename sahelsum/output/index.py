"""The index of an output folder: what each finished article was made from, so that a run finds it without reading it.

``data/articles.index`` has a first line about the whole folder and one line per article. It is written last, and says
nothing that the pages and data do not show: where it is missing, older than they are, or of another opinion, they are
read instead. So a killed run, a copied folder or an edit cannot make it lie.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sahelsum.errors import SahelsumError
from sahelsum.output.names import INDEX
from sahelsum.output.write import OutputFolder
from sahelsum.records import Digest, Receipt
from sahelsum.records.encoding import encode_ascii
from sahelsum.records.folder import NOTHING, ShardSummary

FORMAT = "sahelsum-index-1"


@dataclass(frozen=True, slots=True)
class Row:
    """A finished article. Sizes in bytes; the hashes are SHA-256, hexadecimal, of the source and of the data."""

    id: str
    source: str
    sha256: str
    page_bytes: int
    data_bytes: int
    data_sha256: str
    review: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """An index as it was found. ``written``: when, in nanoseconds, by the clock that dates the files beside it."""

    recipe: str = ""
    combined: str = ""
    """What the page across all articles was made from, as :func:`combined_key` has it; empty if there is none."""
    combined_sha256: str = ""
    """Hash of that page, hexadecimal."""
    summary: ShardSummary | None = None
    rows: Mapping[str, Row] = field(default_factory=dict)
    written: int = 0

    def vouches_for(self, row: Row, folder: OutputFolder, page: str, data: str) -> bool:
        """Whether neither file was touched since: of the same size, and older than the index."""
        return self._untouched(folder, page, row.page_bytes) and self._untouched(folder, data, row.data_bytes)

    def _untouched(self, folder: OutputFolder, name: str, size: int) -> bool:
        try:
            # A link has another size than its target, and is none of ours: so the file itself is asked.
            found = os.lstat(os.path.join(folder.root, name))  # noqa: PTH118 - twice for each article: Path is slow
        except OSError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == size and found.st_mtime_ns < self.written


def row_of(digest: Digest, page_bytes: int, data: bytes) -> Row:
    """The row of a digest whose page and data are in place."""
    article = digest.article
    return Row(
        id=article.id,
        source=article.source,
        sha256=article.sha256,
        page_bytes=page_bytes,
        data_bytes=len(data),
        data_sha256=hashlib.sha256(data).hexdigest(),
        review=digest.review,
        receipt=digest.receipt,
    )


def combined_key(
    recipe: str, rows: Iterable[Row], failures: Iterable[tuple[str, str]], scope: Mapping[str, object]
) -> str:
    """Hash of all that the page across all articles is made from.

    ``scope``: what is chosen of them, what is new, what is older than this run.
    """
    key = hashlib.sha256(recipe.encode())
    for row in rows:
        key.update(json.dumps([row.id, row.source, row.data_sha256]).encode())
    for failure in failures:
        key.update(json.dumps(failure).encode())
    key.update(json.dumps(scope, sort_keys=True).encode())
    return key.hexdigest()


def load_index(folder: OutputFolder) -> FolderIndex:
    """The index of a folder; an empty one if there is none that can be used."""
    try:
        path = folder.path(INDEX)
        if not path.is_file():
            return FolderIndex()
        written = path.stat().st_mtime_ns
        lines = iter(path.read_text(encoding="utf-8").splitlines())
        return _parsed(lines, written)
    except (OSError, ValueError, TypeError, KeyError, RecursionError, StopIteration, SahelsumError):
        return FolderIndex()


def _parsed(lines: Iterator[str], written: int) -> FolderIndex:
    head = json.loads(next(lines))
    if head["format"] != FORMAT:
        return FolderIndex()
    rows = [_row(json.loads(line)) for line in lines]
    summary = _summary(head["summary"]) if head["summary"] else None
    by_id = {row.id: row for row in rows}
    return FolderIndex(head["recipe"], head["combined"], head["combined_sha256"], summary, by_id, written)


def _row(fields: dict[str, Any]) -> Row:
    counts = {name: int(count) for name, count in fields["receipt"].items()}
    return Row(**{**fields, "receipt": Receipt(**counts)})


def _summary(fields: dict[str, Any]) -> ShardSummary:
    plain = {name: type(value)(fields[name]) for name, value in asdict(NOTHING).items()}
    pairs = {name: tuple((str(key), int(count)) for key, count in fields[name]) for name in ("countries", "groups")}
    return ShardSummary(**{**plain, **pairs})


def write_index(folder: OutputFolder, index: FolderIndex) -> None:
    """Write the index after all that it tells of. Bytes that were right already only get a new date.

    Raises:
        OutputError: it cannot be written.
    """
    head = {
        "format": FORMAT,
        "recipe": index.recipe,
        "combined": index.combined,
        "combined_sha256": index.combined_sha256,
        "summary": index.summary,
    }
    lines = [encode_ascii(fields) for fields in (head, *index.rows.values())]
    if not folder.write_data(INDEX, "\n".join(lines) + "\n"):
        folder.touch(INDEX)
