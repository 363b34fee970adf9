"""What the data of an output folder say: the digests and all that goes across them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sahelsum.combine import combine
from sahelsum.errors import InputError
from sahelsum.output.index import load_index
from sahelsum.output.names import DATA_FOLDER, PART_FOLDERS, SHARD_NAME, data_name
from sahelsum.output.sidecar import digest_from_json
from sahelsum.output.write import OutputFolder
from sahelsum.records import Digest
from sahelsum.records.folder import CombinedDigest
from sahelsum.summarization.overview import overview


def digest_folders(root: Path) -> list[str]:
    """The folders of a run that hold digests, by their path inside it: itself (``""``), or its parts.

    Raises:
        InputError: there are none.
    """
    parts = sorted(path.name for path in root.glob(PART_FOLDERS) if SHARD_NAME.fullmatch(path.name))
    folders = [name for name in ("", *parts) if any((root / name).glob(data_name("*")))]
    if not folders:
        raise InputError(
            f"{root}: no digests are in it ({DATA_FOLDER}/*.json).", hint="Give the folder sahelsum run wrote to."
        )
    return folders


def combined_of(folder: OutputFolder, problems: list[str]) -> CombinedDigest:
    """All articles of a folder put together; a sentence goes into ``problems`` for each that cannot be read."""
    digests = tuple(_digests(folder, problems))
    return combine(digests, (), overview(digests, None))


def _digests(folder: OutputFolder, problems: list[str]) -> Iterator[Digest]:
    for article_id in _ids(folder):
        name = data_name(article_id)
        try:
            yield digest_from_json((folder.read(name) or b"").decode("utf-8", "replace"))
        except InputError as error:
            problems.append(f"{folder.root / name}: {error}")


def _ids(folder: OutputFolder) -> list[str]:
    """In the order of the run, as far as its index knows it; then by name."""
    there = sorted(path.stem for path in folder.root.glob(data_name("*")))
    order = {article_id: number for number, article_id in enumerate(load_index(folder).rows)}
    return sorted(there, key=lambda article_id: order.get(article_id, len(order)))
