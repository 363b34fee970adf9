"""What the data of an output folder say: the digests and all that goes across them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sahelsum.combine import combine
from sahelsum.errors import InputError
from sahelsum.output.arrivals import load_arrivals
from sahelsum.output.contents import article_ids, folder_data
from sahelsum.output.names import data_name
from sahelsum.output.sidecar import digest_from_json
from sahelsum.output.write import OutputFolder
from sahelsum.records import Digest, Failure, Overview
from sahelsum.records.folder import CombinedDigest, Scope
from sahelsum.summarization.overview import overview


def combined_of(folder: OutputFolder, problems: list[str]) -> CombinedDigest:
    """All articles of a folder put together; a sentence goes into ``problems`` for each that cannot be read."""
    data = folder_data(folder)
    digests = tuple(_digests(folder, article_ids(folder, data), problems))
    arrivals = load_arrivals(folder)
    scope = Scope(new=arrivals.new) if arrivals else Scope()
    failures = _parsed(tuple[Failure, ...], data.get("failures")) or ()
    return combine(digests, failures, _overview(digests, data.get("overview")), scope)


def _digests(folder: OutputFolder, ids: Sequence[str], problems: list[str]) -> Iterator[Digest]:
    for name in map(data_name, ids):
        try:
            yield digest_from_json((folder.read(name) or b"").decode("utf-8", "replace"))
        except InputError as error:
            problems.append(f"{folder.root / name}: {error}")


def _overview(digests: Sequence[Digest], written: Any) -> Overview | None:
    """That of the run; where it left none, one of sentences that are chosen, since no model is asked here."""
    return _parsed(Overview, written) or overview(digests, None)


def _parsed(kind: Any, value: Any) -> Any:
    """A record from JSON; None where it is none."""
    try:
        return TypeAdapter(kind).validate_python(value) if value else None
    except ValidationError:
        return None
