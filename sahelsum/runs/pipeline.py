"""The one place that knows the order: read → segment → translate → summarize → check → render → write.

Articles go through in batches. While the models work on one, the next is read in a thread of its own, and the one
before is checked, rendered and written in another; the models and the memory stay in the thread of the caller. One bad
article becomes a failed entry; the others go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from sahelsum.errors import EngineError
from sahelsum.output.names import COMBINED_PAGE, data_name, page_name
from sahelsum.output.older import write_older
from sahelsum.output.previous import KeptDigest, load_findings, stale_pages, stale_shards
from sahelsum.output.write import OutputFolder, WriteResult
from sahelsum.protocols import Observer
from sahelsum.records import ArticleEntry, ArticleState, Digest, Failure
from sahelsum.records.folder import NOTHING, Part
from sahelsum.runs.job import Job
from sahelsum.runs.parts import write_parts_page
from sahelsum.runs.plan import plan_shards
from sahelsum.runs.reading import ArticleBatch, Reading
from sahelsum.runs.report import Entries, RunReport, Tally
from sahelsum.runs.shard import Shard, close_shard, inputs_of, left_behind, write_article
from sahelsum.runs.work import BatchResult, Item, Translated, digests_of, guarded, through_models

BATCH_SENTENCES = 4000
"""Sentences held at once: some minutes of the bundled model's work, a few MB of memory."""
STALE_NAMED = 5
"""More names than this are not read."""
KEPT_BY_HAND = "edited by hand; --force overwrites it"

BatchRunner = Callable[[Sequence[Item], Job, Observer], BatchResult | Translated]
"""Does the work of the models on an article batch. What it leaves to do, as :func:`sahelsum.runs.work.through_models`
leaves the putting together of digests, is done while it works on the next."""


def run(
    job: Job, observer: Observer, runner: BatchRunner = through_models, batch_sentences: int | None = None
) -> RunReport:
    """Make all digests and the combined one.

    Args:
        job: what to do.
        observer: hears of it, from several threads, one at a time for each method.
        runner: does the work of the models.
        batch_sentences: sentences handed to it at once, about; None: :data:`BATCH_SENTENCES`.

    Raises:
        ModelUnavailableError: the model cannot be loaded; nothing else could go on.
        OutputError: the output folder cannot be written.
    """
    started = time.monotonic()
    plan = plan_shards(job)
    if plan.size:
        told = f"{plan.articles:,} articles go" if plan.articles else "the articles go"
        observer.note(f"parts     {told} into folders of {plan.size:,}, {plan.folder(1)} and so on")
    reading = Reading(job, plan, batch_sentences or BATCH_SENTENCES)
    work = _Run(job, observer)
    _go_through(reading, work, runner)
    work.finish(parted=plan.size > 0)
    return work.report(time.monotonic() - started)


def _go_through(reading: Reading, work: _Run, runner: BatchRunner) -> None:
    """Read ahead by one article batch, and write behind by one."""
    with ThreadPoolExecutor(1, "read") as reader, ThreadPoolExecutor(1, "write") as writer:
        try:
            batches = reading.batches()
            batch = next(batches, None)
            written: Future[None] | None = None
            while batch is not None:
                ahead = reader.submit(next, batches, None)
                made = runner(items, work.job, work.observer) if (items := batch.items) else BatchResult(())
                if written:
                    written.result()
                written = writer.submit(work.write, batch, made)
                if batch.closes:
                    written.result()
                    work.close(batch.part)
                batch = ahead.result()
        except BaseException as error:
            reading.stopped = True
            # Ctrl-C finishes the article in hand; after a failure all that was translated is still written.
            work.stopped = isinstance(error, KeyboardInterrupt)
            raise


class _Run:
    """What a run has gathered so far, in the order of the sources. Only one thread at a time calls its methods."""

    def __init__(self, job: Job, observer: Observer) -> None:
        self.job = job
        self.observer = observer
        self.stopped = False
        self._tally = Tally()
        self._entries = Entries(lambda name: load_findings(OutputFolder(job.output), name))
        self._parts: list[Part] = []
        self._counts = BatchResult(())
        self._older: list[str] = []

    def write(self, batch: ArticleBatch, made: BatchResult | Translated) -> None:
        """Check what the models gave, render and write it. Whatever goes wrong concerns one article alone."""
        outcomes = self._outcomes(made, len(batch.items))
        for read in batch.reads:
            if self.stopped:
                return
            if isinstance(read, KeptDigest):
                self._keep(read, batch.part)
            else:
                self._finish(next(outcomes) if isinstance(read, Item) else read, batch.part)

    def _outcomes(self, made: BatchResult | Translated, wanted: int) -> Iterator[Digest | Failure]:
        if isinstance(made, BatchResult) and len(made.outcomes) != wanted:
            raise EngineError(f"{len(made.outcomes)} results came back for {wanted} articles.")
        counts = self._counts
        self._counts = BatchResult(
            (),
            counts.translated + made.translated,
            counts.remembered + made.remembered,
            counts.retry_seconds + made.retry_seconds,
        )
        return iter(made.outcomes) if isinstance(made, BatchResult) else digests_of(made, self.job)

    def _keep(self, known: KeptDigest, part: Shard) -> None:
        part.members.append(known)
        row = known.row
        entry = ArticleEntry(
            id=row.id,
            source=row.source,
            state=ArticleState.KEPT if known.edited else ArticleState.UNCHANGED,
            message=KEPT_BY_HAND if known.edited else "",
            review=row.review,
            sentences=row.receipt.sentences_in,
            failed=row.receipt.failed,
            receipt=row.receipt,
        )
        self._record(entry, part.prefix + data_name(row.id))

    def _finish(self, outcome: Digest | Failure, part: Shard) -> None:
        if isinstance(outcome, Digest):
            problem, written = guarded(partial(write_article, outcome, part, force=self.job.force))
            if written is not None:
                self._record(_entry(outcome, kept=not written))
                return
            outcome = Failure(outcome.article.source, problem)
        part.failures.append(outcome)
        self._fail(outcome)

    def close(self, part: Shard) -> None:
        """Make the page across the articles of a folder; with a summarizer it needs the models' own thread."""
        older = left_behind(part)
        closed = close_shard(part, self.job, older)
        page = part.prefix + COMBINED_PAGE
        if closed.problem:
            self._fail(Failure(page, closed.problem))
        elif closed.kept:
            self.observer.note(f"kept      {page} ({KEPT_BY_HAND})")
        self._older += [part.prefix + each for each in older]
        if part.name:
            nothing = replace(NOTHING, articles=len(part.members), failures=len(part.failures))
            self._parts.append(Part(part.name, closed.summary or nothing))

    def finish(self, *, parted: bool) -> None:
        """The page of pages, and a word about what belongs to no article of this run."""
        top = OutputFolder(self.job.output, inputs_of(self.job))
        if parted:
            older = [*stale_pages(top, ()), *stale_shards(top, {part.name for part in self._parts})]
            problem, written = guarded(lambda: write_parts_page(top, self._parts, older, self.job))
            if problem:
                self._fail(Failure(COMBINED_PAGE, problem))
            elif written is WriteResult.KEPT:
                self.observer.note(f"kept      {COMBINED_PAGE} ({KEPT_BY_HAND})")
            self._older += older
        write_older(top, self._older)
        self._tell_of_older()

    def _tell_of_older(self) -> None:
        pages = [each for each in self._older if each.endswith(page_name(""))]
        if pages:
            names = ", ".join(pages[:STALE_NAMED]) + (" …" if len(pages) > STALE_NAMED else "")
            note = f"{len(pages):,} pages of earlier runs, whose articles were not in this one: {names}"
            self.observer.note(f"left      {note}")
        for name in sorted(set(self._older) - set(pages)):
            self.observer.note(f"left      {name}, a part of an earlier run")

    def report(self, seconds: float) -> RunReport:
        """What was done."""
        counts = self._counts
        return RunReport(
            self._entries,
            self._tally,
            seconds,
            counts.translated,
            counts.remembered,
            counts.retry_seconds,
            len(self._parts),
        )

    def _fail(self, failure: Failure) -> None:
        self._record(ArticleEntry(id="", source=failure.source, state=ArticleState.FAILED, message=failure.message))

    def _record(self, entry: ArticleEntry, data: str = "") -> None:
        self._tally.add(entry)
        self._entries.append(entry, data)
        self.observer.finish(entry)


def _entry(digest: Digest, *, kept: bool) -> ArticleEntry:
    return ArticleEntry(
        id=digest.article.id,
        source=digest.article.source,
        state=ArticleState.KEPT if kept else ArticleState.DONE,
        message=KEPT_BY_HAND if kept else "",
        review=digest.review,
        sentences=digest.receipt.sentences_in,
        failed=digest.receipt.failed,
        findings=digest.findings,
        receipt=digest.receipt,
    )
