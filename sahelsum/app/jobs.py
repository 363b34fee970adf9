"""From settings to a job, and a job done: in this process or on a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pydantic import TypeAdapter

from sahelsum.app.models import Models, opened_models
from sahelsum.app.resources import glossary_of, memory_path
from sahelsum.app.selection import selection_of
from sahelsum.app.settings import PROJECT_FILE, Config, Settings, flat
from sahelsum.catalog.cards import EngineName
from sahelsum.errors import ConfigError
from sahelsum.glossary import Glossary, Term
from sahelsum.output.lock import locked
from sahelsum.output.previous import foreign_pages
from sahelsum.output.write import file_key
from sahelsum.protocols import Observer
from sahelsum.read import ReadOptions
from sahelsum.read.sources import Source, scan_sources
from sahelsum.records import ArticleState
from sahelsum.runs.artefacts import Style
from sahelsum.runs.job import Job
from sahelsum.runs.manifest import write_manifest
from sahelsum.runs.pipeline import run
from sahelsum.runs.report import RunReport

if TYPE_CHECKING:
    from sahelsum.cluster import ClusterRunner


def run_sources(  # noqa: PLR0913 - a run is asked for in these words, from the command line and from Python
    sources: Sequence[str],
    config: Config,
    observer: Observer,
    *,
    force: bool = False,
    ray: str | None = None,
    stdin: BinaryIO | None = None,
) -> RunReport:
    """Make the digests of ``sources`` (files, folders, patterns, or ``-`` for ``stdin``) and write ``run.json``.

    ``ray`` is the address of a Ray cluster; None works in this process.

    Raises:
        SahelsumError: nothing can be read, a model is not available, or the output cannot be written.
    """
    settings = config.settings
    scan = scan_sources(sources, stdin=stdin, skip=settings.output, taken=foreign_pages(settings.output))
    _refuse_memory_among(scan.sources, settings)
    with locked(settings.output), opened_models(settings) as models:
        for note in (*foreign_places(config), *(f"ignored   {item.name} ({item.reason})" for item in scan.ignored)):
            observer.note(note)
        job = build_job(settings, scan.sources, models, force=force)
        report = _run(job, observer, settings, ray)
        write_manifest(job, report, described(config))
        if settings.html and set(report.tally.states) - {ArticleState.FAILED}:
            _make_site(settings.output, observer, force=force)
        return report


def _make_site(output: Path, observer: Observer, *, force: bool) -> None:
    # Templates, only where they are asked for.
    from sahelsum.site import make_site  # noqa: PLC0415

    for page in make_site(output, force=force).kept:
        observer.note(f"kept      {page} (edited by hand; --force overwrites it)")


def _refuse_memory_among(sources: Sequence[Source], settings: Settings) -> None:
    """An empty file would be taken for a new memory."""
    memory = file_key(memory_path(settings))
    if settings.use_memory and memory and any(memory == file_key(each.path) for each in sources if each.path):
        raise ConfigError(
            f"{memory_path(settings)} is one of the articles and cannot be the translation memory.",
            hint="Name another file with --memory.",
        )


def _run(job: Job, observer: Observer, settings: Settings, address: str | None) -> RunReport:
    if address is None:
        return run(job, observer)
    with cluster_runner(address, settings, job.glossary) as runner:
        return run(job, observer, runner, runner.batch_sentences)


def build_job(settings: Settings, sources: Sequence[Source], models: Models, *, force: bool) -> Job:
    """Everything :func:`sahelsum.runs.pipeline.run` needs, from settings and opened models."""
    translator = models.translator()
    return Job(
        sources=sources,
        output=settings.output,
        read=ReadOptions(
            source_language=settings.source_language,
            check_language=settings.check_language,
            max_bytes=settings.max_article_bytes,
        ),
        translator=translator,
        summarizer=models.summarizer(),
        batch_tokens=settings.batch_tokens or translator.engine.batch_tokens,
        summary_sentences=settings.summary_sentences,
        checks=settings.checks,
        glossary=glossary_of(settings),
        force=force,
        refuse_nonsense=settings.engine is not EngineName.ECHO,  # a dry run translates nothing
        shard_articles=settings.shard_articles,
        selection=selection_of(settings),
        style=Style(wikilinks=settings.wikilinks),
    )


def described(config: Config) -> dict[str, dict[str, object]]:
    """Each setting with its value, as JSON has it, and its origin; those of a table as ``table.key``."""
    values = flat(config.settings.model_dump(mode="json"))
    return {key: {"value": value, "origin": config.origins[key]} for key, value in values.items()}


def foreign_places(config: Config) -> Iterator[str]:
    """Say where a ``sahelsum.toml`` of the current folder sends files: it may have come with somebody's articles."""
    places: Mapping[str, Path] = {"output": config.settings.output, "memory_path": memory_path(config.settings)}
    for key, place in places.items():
        from_project = config.origins[key].endswith(PROJECT_FILE)
        if from_project and not place.resolve().is_relative_to(Path.cwd().resolve()):
            yield f"note      {PROJECT_FILE} here sets {key} to {place}, outside this folder"


def cluster_runner(address: str, settings: Settings, terms: Glossary) -> ClusterRunner:
    """A runner for :func:`sahelsum.runs.pipeline.run`. Ray starts when it is first used.

    Raises:
        ConfigError: Ray is not installed, or the address has no form it knows.
    """
    from sahelsum.cluster import ClusterRunner, Work, check_address  # noqa: PLC0415 - only a run on a cluster

    check_address(address)
    work = Work(open_job, packed(settings, terms), actors=settings.ray_actors, cpus=settings.workers)
    return ClusterRunner(address, work)


def packed(settings: Settings, terms: Glossary) -> str:
    """Settings and glossary as text. The glossary's files are on the driver only, so its terms travel."""
    return json.dumps({"settings": settings.model_dump(mode="json"), "terms": [asdict(term) for term in terms.terms]})


@contextmanager
def open_job(plain: str, threads: int) -> Iterator[Job]:
    """On a node: open the models and the memory of this machine as the settings say, for the models' work alone.

    Raises:
        ModelUnavailableError: a model is not on this machine.
    """
    given = json.loads(plain)
    settings = Settings.model_validate(given["settings"]).model_copy(update={"workers": threads, "glossary": ()})
    terms = TypeAdapter(tuple[Term, ...]).validate_python(given["terms"])
    with opened_models(settings) as models:
        yield replace(build_job(settings, (), models, force=False), glossary=Glossary(terms, settings.source_language))
