"""The one place that knows the order: read → segment → translate → summarize → check → render → write.

Articles go through in shelves: enough of them to fill the model's batches, few enough to hold in memory. One bad
article becomes a failed entry; the others go on. An article whose source, models and settings have not changed since
its digest was written is not touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sahelsum.combine import combine
from sahelsum.earlier import Identity, Known, data_name, known_digest, page_name, stale_pages
from sahelsum.errors import SahelsumError
from sahelsum.job import Job
from sahelsum.overview import SENTENCES as OVERVIEW_SENTENCES
from sahelsum.overview import overview
from sahelsum.protocols import Observer, Silence
from sahelsum.read import read_articles
from sahelsum.read.sources import Source
from sahelsum.records import ArticleEntry, ArticleState, Digest, Failure, RunReport, Summary
from sahelsum.render import render_combined, render_digest
from sahelsum.render.sidecar import digest_json
from sahelsum.segment import segment
from sahelsum.shelf import Item, ShelfResult, close_summarizer, guarded, make_digests, summary_setup
from sahelsum.summarize import summarize
from sahelsum.write import OutputFolder, WriteResult, seal

SHELF_SENTENCES = 4000
"""Sentences held at once: some minutes of the bundled model's work, a few MB of memory."""
STALE_NAMED = 5
"""More names than this are not read."""
COMBINED_PAGE = "digest.md"


Maker = Callable[[Sequence[Item], Job, Observer], ShelfResult]
"""Makes the digests of a shelf: :func:`sahelsum.shelf.make_digests` in this process, or one that asks a cluster."""
_Read = Item | Known | Failure


@dataclass(slots=True)
class _Run:
    """What a run has gathered so far, in the order of the sources."""

    job: Job
    folder: OutputFolder
    observer: Observer
    entries: list[ArticleEntry] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    translated: int = 0
    remembered: int = 0
    retry_seconds: float = 0.0


def run(job: Job, observer: Observer, maker: Maker = make_digests) -> RunReport:
    """Make all digests and the combined one; ``maker`` does the work of the models.

    Raises:
        ModelUnavailableError: the model cannot be loaded; nothing else could go on.
        OutputError: the output folder or the translation memory cannot be written.
    """
    started = time.monotonic()
    state = _Run(job, OutputFolder(job.output), observer)
    for shelf in _shelves(state):
        _do_shelf(shelf, maker, state)
    _finish_folder(state)
    seconds = time.monotonic() - started
    return RunReport(tuple(state.entries), seconds, state.translated, state.remembered, state.retry_seconds)


def _shelves(state: _Run) -> Iterator[list[_Read]]:
    """Read the sources, in order, until enough sentences have come together."""
    shelf: list[_Read] = []
    waiting = 0
    for source in state.job.sources:
        for read in _read(source, state):
            shelf.append(read)
            waiting += len(read.sentences) if isinstance(read, Item) else 0
            if waiting >= SHELF_SENTENCES:
                yield shelf
                shelf, waiting = [], 0
    yield shelf


def _read(source: Source, state: _Run) -> Iterator[_Read]:
    """What became of a source. One article is looked up before it is read, a file of many one by one."""
    many = source.format.holds_many
    known = None if many else _known(source.id, source.name, _hash(source, state.job.read.max_bytes), state)
    if known is not None:
        yield known
        return
    for article in read_articles(source, state.job.read):
        if isinstance(article, Failure):
            yield article
        else:
            known = _known(article.id, article.source, article.sha256, state) if many else None
            yield known or Item(article, segment(article.blocks))


def _hash(source: Source, max_bytes: int) -> str | None:
    """Hash of a source that is one article; None where reading has to tell."""
    try:
        return source.content_sha256(max_bytes)
    except SahelsumError:
        return None


def _known(article_id: str, source: str, sha256: str | None, state: _Run) -> Known | None:
    if sha256 is None:
        return None
    return known_digest(state.folder, Identity(article_id, source, sha256, state.job.recipe), force=state.job.force)


def _do_shelf(shelf: Sequence[_Read], maker: Maker, state: _Run) -> None:
    result = maker([entry for entry in shelf if isinstance(entry, Item)], state.job, state.observer)
    state.translated += result.translated
    state.remembered += result.remembered
    state.retry_seconds += result.retry_seconds
    outcomes = iter(result.outcomes)
    for entry in shelf:
        if isinstance(entry, Known):
            _record(entry.digest, ArticleState.KEPT if entry.edited else ArticleState.UNCHANGED, state)
        else:
            _finish(next(outcomes) if isinstance(entry, Item) else entry, state)


def _finish(outcome: Digest | Failure, state: _Run) -> None:
    """Render and write one article. Whatever goes wrong here concerns this article alone."""
    if isinstance(outcome, Failure):
        _fail(outcome, state)
        return
    problem, written = guarded(lambda: _write(outcome, state))
    if written is None:
        _fail(Failure(outcome.article.source, problem), state)
    else:
        _record(outcome, ArticleState.KEPT if written is WriteResult.KEPT else ArticleState.DONE, state)


def _write(digest: Digest, state: _Run) -> WriteResult:
    """Page first, data second: the data say that the page is done, so a run killed in between makes it again."""
    page = seal(render_digest(digest))
    force = state.job.force
    result = state.folder.guarded_write(page_name(digest.article.id), page, force=force)
    state.folder.write_data(data_name(digest.article.id), digest_json(digest), force=force)
    return result


def _record(digest: Digest, what: ArticleState, state: _Run) -> None:
    entry = ArticleEntry(
        id=digest.article.id,
        source=digest.article.source,
        state=what,
        message="edited by hand; --force overwrites it" if what is ArticleState.KEPT else "",
        review=digest.review,
        sentences=digest.receipt.sentences_in,
        failed=digest.receipt.failed,
        findings=digest.findings,
        receipt=digest.receipt,
    )
    state.digests.append(digest)
    state.entries.append(entry)
    state.observer.finish(entry)


def _fail(failure: Failure, state: _Run) -> None:
    entry = ArticleEntry(id="", source=failure.source, state=ArticleState.FAILED, message=failure.message)
    state.failures.append(failure)
    state.entries.append(entry)
    state.observer.finish(entry)


def _finish_folder(state: _Run) -> None:
    """The page across all articles, and a word about pages that belong to none of them."""
    problem, result = guarded(lambda: _write_combined(state))
    if result is None:
        entry = ArticleEntry(id="", source=COMBINED_PAGE, state=ArticleState.FAILED, message=problem)
        state.entries.append(entry)
        state.observer.finish(entry)
    elif result is WriteResult.KEPT:
        state.observer.note(f"kept      {COMBINED_PAGE} (edited by hand; --force overwrites it)")
    stale = stale_pages(state.folder, {entry.id for entry in state.entries})
    if stale:
        names = ", ".join(stale[:STALE_NAMED]) + (" …" if len(stale) > STALE_NAMED else "")
        state.observer.note(
            f"left      {len(stale)} pages of earlier runs, whose articles were not in this one: {names}"
        )


def _write_combined(state: _Run) -> WriteResult:
    def summarize_once(sentences: Mapping[int, str]) -> Summary:
        (summary,) = summarize([sentences], summary_setup(state.job, OVERVIEW_SENTENCES), Silence())
        return summary

    combined = combine(state.digests, state.failures, overview(state.digests, summarize_once))
    close_summarizer(state.job)
    return state.folder.guarded_write(COMBINED_PAGE, seal(render_combined(combined)), force=state.job.force)
