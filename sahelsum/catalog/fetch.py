"""Downloading a model once, and remembering which commit it was. Only ``sahelsum models fetch`` calls this."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sahelsum.catalog.cards import LocatedModel, ModelCard
from sahelsum.catalog.inspection import check_directory, read_weights
from sahelsum.catalog.locate import commit_of, locate_model, not_here
from sahelsum.catalog.pins import record_pin
from sahelsum.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sahelsum.catalog.hub import Snapshot


def fetch_model(card: ModelCard, *, models_dir: Path, config: Path, cache: Path, offline: bool) -> LocatedModel:
    """Download a model of the hub unless it is here and sound; find any other. Arguments as for ``locate_model``.

    Where the card names no commit, the one downloaded is recorded in ``models.lock.toml`` and used from then on.

    Raises:
        ModelUnavailableError: it cannot be downloaded, is not here and ``offline`` is set, or is not safe to load.
        ConfigError: the record of commits is damaged.
        OutputError: the record of commits cannot be written.
    """
    if card.location.hub is None:
        return locate_model(card, models_dir=models_dir, config=config, cache=cache, offline=offline)
    snapshot = _obtain(card, commit_of(card, config), offline=offline)
    if not commit_of(card, config):
        record_pin(config, card.location.hub, snapshot.commit)
    return locate_model(card, models_dir=models_dir, config=config, cache=cache, offline=offline)


def _obtain(card: ModelCard, commit: str, *, offline: bool) -> Snapshot:
    from sahelsum.catalog import hub  # noqa: PLC0415 - loads huggingface_hub

    name = str(card.location.hub)
    offline = offline or hub.network_forbidden()
    here = hub.find_snapshot(name, commit) if commit or offline else None
    problem = _problem(here)
    if here is not None and problem is None:
        return here
    if offline:
        raise problem or not_here(card, offline=True)
    fresh = hub.download(name, commit, force=here is not None)
    if (problem := _problem(fresh)) is not None:
        raise problem
    return fresh


def _problem(snapshot: Snapshot | None) -> ModelUnavailableError | None:
    """Why a snapshot cannot be used; None if it can, or if there is none."""
    if snapshot is None:
        return None
    try:
        check_directory(snapshot.directory)
        read_weights(snapshot.directory)
    except ModelUnavailableError as error:
        return error
    return None
