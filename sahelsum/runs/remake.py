"""Articles made again from their own data after a correction: no source is read, and nothing else is translated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sahelsum.errors import ConfigError
from sahelsum.output.contents import article_ids, folder_data
from sahelsum.output.previous import Identity, KeptDigest, kept_digest, load_digest
from sahelsum.protocols import Observer
from sahelsum.records import Digest, Failure
from sahelsum.records.corrections import one_line
from sahelsum.records.folder import NOTHING, Part
from sahelsum.runs.job import Job
from sahelsum.runs.shard import Shard, close_shard, left_behind, open_shard, write_article
from sahelsum.runs.work import Item, digests_of, through_models


@dataclass(frozen=True, slots=True)
class Remade:
    """What became of a folder. ``kept``: articles whose page was edited by hand and left alone."""

    part: Part
    made: tuple[str, ...]
    kept: tuple[str, ...]
    problems: tuple[Failure, ...]


def remake(job: Job, name: str, corrected: Collection[str], observer: Observer) -> Remade:
    """Make again the articles of a folder that have one of the corrected sentences, and the page across all of them.

    Args:
        job: as for the run that filled the folder; it has no sources.
        name: of the folder inside the output folder; empty for that folder itself.
        corrected: the sentences, with one space for each run of white space.
        observer: hears of the models' work.

    Raises:
        ConfigError: the folder was made with other settings, or by another version.
        ModelUnavailableError: the model cannot be loaded.
        OutputError: a page cannot be written.
    """
    part = open_shard(job, name)
    data = folder_data(part.folder)
    part.failures += _failures(data)
    digests = [load_digest(part.folder, article_id) for article_id in article_ids(part.folder, data)]
    _refuse_other_settings(digests, job)
    holding = {digest.article.id: _holding(digest, part, job.recipe) for digest in digests}
    wanted = [each for each in digests if _has(each, corrected) or holding[each.article.id] is None]
    outcomes = _made_again(wanted, job, observer)
    kept, problems = [], []
    for digest in digests:
        outcome, before = outcomes.get(digest.article.id), holding[digest.article.id]
        if isinstance(outcome, Digest):
            if not write_article(outcome, part, force=job.force):
                kept.append(digest.article.id)
        elif before:
            part.members.append(replace(before, digest=digest))
        if isinstance(outcome, Failure):
            problems.append(outcome)
    closed = close_shard(part, job, left_behind(part))
    if closed.problem:
        problems.append(Failure(name or str(job.output), closed.problem))
    made = tuple(article for article, outcome in outcomes.items() if isinstance(outcome, Digest))
    summary = closed.summary or replace(NOTHING, articles=len(part.members), failures=len(part.failures))
    return Remade(Part(name, summary), made, tuple(kept), tuple(problems))


def _failures(data: Mapping[str, Any]) -> Iterator[Failure]:
    """The articles that the run could not do: they stay on the page."""
    rows = data.get("failures")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            yield Failure(str(row.get("source", "")), str(row.get("message", "")))


def _made_again(digests: Sequence[Digest], job: Job, observer: Observer) -> dict[str, Digest | Failure]:
    if not digests:
        return {}
    items = [Item(digest.article, tuple(item.sentence for item in digest.translations)) for digest in digests]
    outcomes = digests_of(through_models(items, job, observer), job)
    return dict(zip((digest.article.id for digest in digests), outcomes, strict=True))


def _refuse_other_settings(digests: Sequence[Digest], job: Job) -> None:
    others = sum(digest.recipe != job.recipe for digest in digests)
    if others:
        raise ConfigError(
            f"{others} of {len(digests)} articles in {job.output} were made with other settings, or by another version "
            "of sahelsum, so their pages were left alone. The corrections are in the translation memory.",
            hint=f"Give the options of that run here too, or run again: sahelsum run SOURCES --output {job.output}",
        )


def _has(digest: Digest, corrected: Collection[str]) -> bool:
    """Whether the article has one of the sentences."""
    texts = (item.sentence.text for item in digest.translations)
    return any(one_line(text) in corrected for text in (*texts, digest.article.title or ""))


def _holding(digest: Digest, part: Shard, recipe: str) -> KeptDigest | None:
    """The digest as a run would keep it; None if a run would make it again."""
    article = digest.article
    return kept_digest(
        part.folder, part.index, Identity(article.id, article.source, article.sha256, recipe), force=False
    )
