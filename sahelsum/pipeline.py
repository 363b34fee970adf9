"""The one place that knows the order: read → segment → translate → summarize → check → render → write.

Articles go through in shelves: enough of them to fill the model's batches, few enough to hold in memory. One bad
article becomes a failed entry; the others go on. An article whose source, models and settings have not changed since
its digest was written is not touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sahelsum.check import check
from sahelsum.combine import combine
from sahelsum.doubts import doubts
from sahelsum.earlier import Identity, Known, data_name, known_digest, page_name, stale_pages
from sahelsum.errors import ModelUnavailableError, SahelsumError
from sahelsum.facts import key_facts
from sahelsum.glossary import TERM_REPLACED, missing_names
from sahelsum.job import Job, translation_setup
from sahelsum.overview import SENTENCES as OVERVIEW_SENTENCES
from sahelsum.overview import overview
from sahelsum.protocols import NoMemory, Observer, Silence
from sahelsum.read import read_articles
from sahelsum.read.sources import Format, Source
from sahelsum.receipts import receipt
from sahelsum.records import (
    Article,
    ArticleEntry,
    ArticleState,
    BlockKind,
    Digest,
    Failure,
    Finding,
    RunReport,
    Sentence,
    Summary,
    Translation,
)
from sahelsum.render import render_combined, render_digest
from sahelsum.render.sidecar import digest_json
from sahelsum.segment import segment, split_clauses
from sahelsum.summarize import SummarySetup, summarize
from sahelsum.titles import capitalised, title_from
from sahelsum.translate import translate
from sahelsum.write import OutputFolder, WriteResult, seal

SHELF_SENTENCES = 4000
"""Sentences held at once: some minutes of the bundled model's work, a few MB of memory."""
TITLE_NUMBER = 0
"""Sentence number of an article's own title, which is translated with its text."""
STALE_NAMED = 5
"""More names than this are not read."""
COMBINED_PAGE = "digest.md"


@dataclass(slots=True)
class _Item:
    """An article on its way through a shelf."""

    article: Article
    sentences: tuple[Sentence, ...]
    translations: tuple[Translation, ...] = ()
    title: Translation | None = None


_Read = _Item | Known | Failure
Result = TypeVar("Result")


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


def run(job: Job, observer: Observer) -> RunReport:
    """Make all digests and the combined one.

    Raises:
        ModelUnavailableError: the model cannot be loaded; nothing else could go on.
        OutputError: the output folder or the translation memory cannot be written.
    """
    started = time.monotonic()
    state = _Run(job, OutputFolder(job.output), observer)
    for shelf in _shelves(state):
        _do_shelf(shelf, state)
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
            waiting += len(read.sentences) if isinstance(read, _Item) else 0
            if waiting >= SHELF_SENTENCES:
                yield shelf
                shelf, waiting = [], 0
    yield shelf


def _read(source: Source, state: _Run) -> Iterator[_Read]:
    """What became of a source. One article is looked up before it is read, JSON Lines only line by line."""
    many = source.format is Format.JSON_LINES
    known = None if many else _known(source.id, source.name, _hash(source, state.job.read.max_bytes), state)
    if known is not None:
        yield known
        return
    for article in read_articles(source, state.job.read):
        if isinstance(article, Failure):
            yield article
        else:
            known = _known(article.id, article.source, article.sha256, state) if many else None
            yield known or _Item(article, segment(article.blocks))


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


def _do_shelf(shelf: Sequence[_Read], state: _Run) -> None:
    items = [entry for entry in shelf if isinstance(entry, _Item)]
    _translate(items, state)
    summaries = iter(_summarize(items, state))
    for entry in shelf:
        if isinstance(entry, Failure):
            _fail(entry, state)
        elif isinstance(entry, Known):
            _record(entry.digest, ArticleState.KEPT if entry.edited else ArticleState.UNCHANGED, state)
        else:
            _finish(entry, next(summaries), state)


def _translate(items: Sequence[_Item], state: _Run) -> None:
    """Translate all sentences and titles of the shelf in one stream, then free the model."""
    job = state.job
    titles = [_title_sentence(item.article) for item in items]
    queue = [sentence for item, title in zip(items, titles, strict=True) for sentence in (*title, *item.sentences)]
    setup = translation_setup(job.translator, job.glossary, job.limits, job.batch_tokens)
    result = translate(queue, setup, state.observer)
    # Freed before the summarizer is loaded: one model in memory at a time.
    job.translator.engine.close()
    translations = iter(result.translations)
    for item, title in zip(items, titles, strict=True):
        item.title = next(translations) if title else None
        item.translations = tuple(next(translations) for _ in item.sentences)
    state.translated += result.computed
    state.remembered += result.remembered
    state.retry_seconds += result.retry_seconds


def _title_sentence(article: Article) -> tuple[Sentence, ...]:
    return (Sentence(TITLE_NUMBER, 0, article.title),) if article.title else ()


def _summarize(items: Sequence[_Item], state: _Run) -> list[Summary]:
    setup = _summary_setup(state.job, state.job.summary_sentences)
    summaries = summarize([_prose(item) for item in items], setup, state.observer)
    _close_summarizer(state.job)
    return summaries


def _summary_setup(job: Job, sentences: int) -> SummarySetup:
    model = job.summarizer
    engine, memory = (model.engine, model.memory) if model else (None, NoMemory())
    return SummarySetup(engine, memory, split_clauses, sentences, doubts)


def _close_summarizer(job: Job) -> None:
    if job.summarizer:
        job.summarizer.engine.close()


def _prose(item: _Item) -> dict[int, str]:
    """What a summary is made from: translated paragraphs, without headings, captions and failures."""
    paragraphs = {block.number for block in item.article.blocks if block.kind is BlockKind.PARAGRAPH}
    return {
        translation.sentence.number: translation.text
        for translation in item.translations
        if translation.sentence.block in paragraphs and not translation.failure
    }


def _finish(item: _Item, summary: Summary, state: _Run) -> None:
    """Check, render and write one article. Whatever goes wrong here concerns this article alone."""
    problem, result = _guarded(lambda: _write(_digest(item, summary, state.job), state))
    if result is None:
        _fail(Failure(item.article.source, problem), state)
    else:
        digest, written = result
        _record(digest, ArticleState.KEPT if written is WriteResult.KEPT else ArticleState.DONE, state)


def _guarded(work: Callable[[], Result]) -> tuple[str, Result | None]:
    """What ``work`` gives, or the reason it gives nothing. A model that cannot be loaded stops the run all the same."""
    try:
        return "", work()
    except ModelUnavailableError:
        raise
    except SahelsumError as error:
        return str(error), None
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one page must not cost the others
        return f"sahelsum failed here ({type(error).__name__}: {error}). Please report it.", None


def _digest(item: _Item, summary: Summary, job: Job) -> Digest:
    checked = check(item.article, item.translations, summary, job.limits)
    findings = (*checked, *_term_findings(item, checked, job))
    title, origin = _title(item)
    return Digest(
        article=item.article,
        title=title,
        title_origin=origin,
        translations=item.translations,
        summary=summary,
        findings=findings,
        receipt=receipt(len(item.sentences), item.translations, findings, job.glossary.count(item.translations)),
        translator=job.translator.info,
        summarizer=job.summarizer_info,
        facts=key_facts(item.article, item.translations),
        recipe=job.recipe,
    )


def _title(item: _Item) -> tuple[str, str]:
    if item.title is not None and not item.title.failure:
        return capitalised(item.title.text), "title"
    prose = _prose(item)
    first = next(iter(prose.values()), "")
    return (title_from(first), "first sentence") if first else (item.article.title or item.article.id, "source")


def _term_findings(item: _Item, checked: Sequence[Finding], job: Job) -> Iterator[Finding]:
    """What the glossary says of each sentence and of the title, which has no number of its own in the page."""
    told = missing_names(checked)
    for translation in (*item.translations, *([item.title] if item.title else [])):
        for finding in job.glossary.findings(translation, told.get(translation.sentence.number, ())):
            if finding.code == TERM_REPLACED or job.limits.wants(finding.code):
                in_title = finding.sentence == TITLE_NUMBER
                yield replace(finding, sentence=None, message=f"Title: {finding.message}") if in_title else finding


def _write(digest: Digest, state: _Run) -> tuple[Digest, WriteResult]:
    """Page first, data second: the data say that the page is done, so a run killed in between makes it again."""
    page = seal(render_digest(digest))
    force = state.job.force
    result = state.folder.guarded_write(page_name(digest.article.id), page, force=force)
    state.folder.write_data(data_name(digest.article.id), digest_json(digest), force=force)
    return digest, result


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
    problem, result = _guarded(lambda: _write_combined(state))
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
        (summary,) = summarize([sentences], _summary_setup(state.job, OVERVIEW_SENTENCES), Silence())
        return summary

    combined = combine(state.digests, state.failures, overview(state.digests, summarize_once))
    _close_summarizer(state.job)
    return state.folder.guarded_write(COMBINED_PAGE, seal(render_combined(combined)), force=state.job.force)
