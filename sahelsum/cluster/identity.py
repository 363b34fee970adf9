"""What has to be the same on every machine for the digests to come out the same."""

from __future__ import annotations

from collections.abc import Mapping

from sahelsum import __version__
from sahelsum.engines.hardware import processor_kind
from sahelsum.errors import ConfigError
from sahelsum.runs.codehash import code_sha256
from sahelsum.runs.job import Job

PROCESSOR = "processor"
"""Not part of what must be the same: see :func:`other_processor`."""
SHOWN_DIFFERENCES = 3
SHOWN_CHARACTERS = 24


def identity(job: Job) -> dict[str, str]:
    """Version, code, what the engines say of themselves, the recipe (with the settings), the processor."""
    models = {"translator": job.translator, "summarizer": job.summarizer}
    signatures = {
        f"{name}'s {key}": str(value)
        for name, model in models.items()
        if model
        for key, value in model.engine.signature.items()
    }
    code = {"version of sahelsum": __version__, "code of sahelsum": code_sha256()}
    return {**code, **signatures, "recipe": job.recipe, PROCESSOR: processor_kind()}


def check_identity(here: Mapping[str, str], driver: Mapping[str, str], node: str) -> None:
    """Look that a worker would make what the driver would.

    Raises:
        ConfigError: it would not; the message names what differs.
    """
    differing = [key for key in {**driver, **here} if here.get(key) != driver.get(key) and key != PROCESSOR]
    if differing:
        told = ", ".join(f"{key} ({_shown(here, key)}, here {_shown(driver, key)})" for key in _telling(differing))
        raise ConfigError(
            f"The node {node} of the cluster would make other digests than this machine. It differs in: {told}.",
            hint="Install the same sahelsum, libraries and models on every node, and name the --device.",
        )


def other_processor(driver: Mapping[str, str], node: str) -> str:
    """What to say of a node whose processor is of another kind than the driver's; empty if it is not.

    No reason to refuse it: the digests are as good, but for a few sentences in another wording.
    """
    here = processor_kind()
    if here == driver.get(PROCESSOR):
        return ""
    return f"The node {node} has a processor of another kind ({here}): some sentences may get another wording there."


def _telling(differing: list[str]) -> list[str]:
    """The recipe differs whenever anything does: it is named alone or not at all."""
    return [key for key in differing if key != "recipe"][:SHOWN_DIFFERENCES] or differing


def _shown(values: Mapping[str, str], key: str) -> str:
    return values.get(key, "none")[:SHOWN_CHARACTERS] or "none"
