"""What has to be the same on every machine for the digests to come out the same."""

from __future__ import annotations

from collections.abc import Mapping

from sahelsum import __version__
from sahelsum.errors import ConfigError
from sahelsum.runs.codehash import code_sha256
from sahelsum.runs.job import Job

SHOWN_DIFFERENCES = 3
SHOWN_CHARACTERS = 24


def identity(job: Job) -> dict[str, str]:
    """Version, code, and all that the engines say of themselves; last the recipe, which also covers the settings."""
    models = {"translator": job.translator, "summarizer": job.summarizer}
    signatures = {
        f"{name}'s {key}": str(value)
        for name, model in models.items()
        if model
        for key, value in model.engine.signature.items()
    }
    return {"version of sahelsum": __version__, "code of sahelsum": code_sha256(), **signatures, "recipe": job.recipe}


def check_identity(here: Mapping[str, str], driver: Mapping[str, str], node: str) -> None:
    """Look that a worker would make what the driver would.

    Raises:
        ConfigError: it would not; the message names what differs.
    """
    differing = [key for key in {**driver, **here} if here.get(key) != driver.get(key)]
    if differing:
        told = ", ".join(f"{key} ({_shown(here, key)}, here {_shown(driver, key)})" for key in _telling(differing))
        raise ConfigError(
            f"The node {node} of the cluster would make other digests than this machine. It differs in: {told}.",
            hint="Install the same sahelsum, libraries and models on every node, and name the --device.",
        )


def _telling(differing: list[str]) -> list[str]:
    """The recipe differs whenever anything does: it is named alone or not at all."""
    return [key for key in differing if key != "recipe"][:SHOWN_DIFFERENCES] or differing


def _shown(values: Mapping[str, str], key: str) -> str:
    return values.get(key, "none")[:SHOWN_CHARACTERS] or "none"
