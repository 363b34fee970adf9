"""From settings to a maker that works on a Ray cluster, and, on its nodes, back from plain data to a job."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sahelsum.app.settings import Settings
    from sahelsum.cluster import ClusterMaker
    from sahelsum.glossary import Glossary
    from sahelsum.runs.job import Job


def cluster_maker(address: str, settings: Settings, terms: Glossary) -> ClusterMaker:
    """A maker for :func:`sahelsum.runs.pipeline.run`. Ray starts when it is first used.

    Raises:
        ConfigError: Ray is not installed, or the address has no form it knows.
    """
    from sahelsum.cluster import ClusterMaker, Work, check_address

    check_address(address)
    work = Work(open_job, packed(settings, terms), actors=settings.ray_actors, cpus=settings.workers)
    return ClusterMaker(address, work)


def packed(settings: Settings, terms: Glossary) -> str:
    """Settings and glossary as text. The glossary's files are on the driver only, so its terms travel."""
    return json.dumps({"settings": settings.model_dump(mode="json"), "terms": [asdict(term) for term in terms.terms]})


@contextmanager
def open_job(plain: str, threads: int) -> Iterator[Job]:
    """On a node: open the models and the memory of this machine as the settings say, for the models' work alone.

    Raises:
        ModelUnavailableError: a model is not on this machine.
        OutputError: the memory cannot be used.
    """
    from pydantic import TypeAdapter

    from sahelsum.app.settings import Settings
    from sahelsum.cli.run import build_job
    from sahelsum.cli.wiring import opened_models
    from sahelsum.glossary import Glossary, Term

    given = json.loads(plain)
    settings = Settings.model_validate(given["settings"]).model_copy(update={"workers": threads, "glossary": ()})
    terms = TypeAdapter(tuple[Term, ...]).validate_python(given["terms"])
    with opened_models(settings) as models:
        yield replace(build_job(settings, (), models, force=False), glossary=Glossary(terms))
