"""From a card to the files of its model on this machine. Nothing here downloads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sahelsum.catalog.cards import LocatedModel, ModelCard, Task
from sahelsum.catalog.fingerprint import fingerprint
from sahelsum.catalog.inspection import check_directory
from sahelsum.catalog.pins import read_pins
from sahelsum.errors import ModelUnavailableError


@dataclass(frozen=True, slots=True)
class Place:
    """A model's directory and its revision: the hub commit, ``bundled`` or ``local``."""

    directory: Path
    revision: str


def locate_model(card: ModelCard, *, models_dir: Path, config: Path, cache: Path, offline: bool) -> LocatedModel:
    """The card with the directory of its weights, their hash and their revision.

    Args:
        card: the model to find.
        models_dir: the folder that ``location.bundled`` counts from.
        config: the user's configuration folder, for the commits recorded at the first fetch.
        cache: the user's cache folder, for the hashes of big files.
        offline: True if the user forbade the network; shapes the advice only.

    Raises:
        ModelUnavailableError: the weights are not on this machine, or are not safe to load.
    """
    if card.location.server is not None:
        return LocatedModel(card=card, directory=None, weights_sha256="", revision="server")
    place = find_files(card, models_dir=models_dir, config=config)
    if place is None:
        raise not_here(card, offline=offline)
    check_directory(place.directory)
    return LocatedModel(
        card=card,
        directory=place.directory,
        weights_sha256=fingerprint(place.directory, cache),
        revision=place.revision,
    )


def find_files(card: ModelCard, *, models_dir: Path, config: Path) -> Place | None:
    """Where the files of a model should be, without looking into them; None: a hub model that is not here, or a server.

    Arguments as for :func:`locate_model`.

    Raises:
        ConfigError: the record of commits is damaged.
    """
    location = card.location
    if location.bundled is not None:
        return Place(models_dir / location.bundled, "bundled")
    if location.path is not None:
        return Place(location.path, "local")
    if location.hub is None:
        return None
    from sahelsum.catalog import hub  # noqa: PLC0415 - loads huggingface_hub, which bundled models do not need

    snapshot = hub.find_snapshot(location.hub, commit_of(card, config))
    return Place(snapshot.directory, snapshot.commit) if snapshot else None


def commit_of(card: ModelCard, config: Path) -> str:
    """The commit to use of a hub model: its card's, else the one recorded at the first fetch, else an empty string.

    Raises:
        ConfigError: the record is damaged.
    """
    return card.location.revision or read_pins(config).get(card.location.hub or "", "")


def not_here(card: ModelCard, *, offline: bool) -> ModelUnavailableError:
    """The error for a hub model that is not on this machine, with the ways out."""
    option = "--translator" if card.task is Task.TRANSLATE else "--summarizer"
    bundled = "sahelsum-de-en" if card.task is Task.TRANSLATE else "auto"
    online = " (on a machine with network: offline mode is on)" if offline else ""
    return ModelUnavailableError(
        f"The model {card.alias!r} ({card.location.hub}, {card.size_mb} MB) is not on this machine.",
        hint=f"Either download it once{online}: sahelsum models fetch {card.alias}\n"
        f"or give a folder that holds it: {option} ./FOLDER\n"
        f"or use the bundled model: {option} {bundled}",
    )
