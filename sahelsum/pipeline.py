"""The one place that knows the order: read → segment → translate → summarize → check → render → write.

Articles go through in shelves: enough of them to fill the model's batches, few enough to hold in memory. One bad
article becomes a failed entry; the others go on. An article whose source, models and settings have not changed since
its digest was written is not touched.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sahelsum import __version__
from sahelsum.check import check, violations
from sahelsum.codehash import code_sha256
from sahelsum.combine import combine
from sahelsum.engines.base import Engine, signature_key
from sahelsum.errors import ModelUnavailableError, SahelsumError
from sahelsum.facts import key_facts
from sahelsum.overview import SENTENCES as OVERVIEW_SENTENCES
from sahelsum.overview import overview
from sahelsum.protocols import Memory, NoMemory, Observer, Silence
from sahelsum.read import ReadOptions, read_articles
from sahelsum.read.sources import Format, Source
from sahelsum.records import (
    Article,
    ArticleEntry,
    ArticleState,
    BlockKind,
    Digest,
    Failure,
    Finding,
    ModelInfo,
    Receipt,
    RunReport,
    Sentence,
    Summary,
    Translation,
)
from sahelsum.render import render_combined, render_digest
from sahelsum.render.sidecar import digest_from_json, digest_json
from sahelsum.segment import segment, split_clauses
from sahelsum.summarize import SummarySetup, summarize
from sahelsum.titles import title_from
from sahelsum.translate import TranslationSetup, translate
from sahelsum.write import OutputFolder, WriteResult, seal, write_text

SHELF_SENTENCES = 4000
"""Sentences held at once: some minutes of the bundled model's work, a few MB of memory."""
TITLE_NUMBER = 0
"""Sentence number of an article's own title, which is translated with its text."""
DATA_FOLDER = "data"
COMBINED_PAGE = "digest.md"
EXTRACTIVE = ModelInfo(
    alias="extractive",
    name="LexRank: sentences chosen, none written",
    revision="",
    licence="",
    engine="sahelsum",
    signature=signature_key({"method": "lexrank", "version": 1}),
)


@dataclass(frozen=True, slots=True)
class Model:
    """An engine with what the reader must know of it, and its memory."""

    engine: Engine
    info: ModelInfo
    memory: Memory


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a run needs; all of it handed in."""

    sources: Sequence[Source]
    output: Path
    read: ReadOptions
    translator: Model
    summarizer: Model | None
    """None stands for the extractive method."""
    batch_tokens: int = 1024
    summary_sentences: int = 3
    force: bool = False

    @property
    def recipe(self) -> str:
        """Hash of all that shapes a digest, the source aside. Batch size and worker count do not."""
        return signature_key(
            {
                "version": __version__,
                "code": code_sha256(),
                "translator": self.translator.info.signature,
                "summarizer": self.summarizer_info.signature,
                "summary sentences": self.summary_sentences,
                "source language": self.read.source_language,
                "check language": self.read.check_language,
            }
        )

    @property
    def summarizer_info(self) -> ModelInfo:
        """What the reader must know of the way summaries are made."""
        return self.summarizer.info if self.summarizer else EXTRACTIVE


@dataclass(slots=True)
class _Item:
    """An article on its way through a shelf."""

    article: Article
    sentences: tuple[Sentence, ...]
    translations: tuple[Translation, ...] = ()
    title: Translation | None = None


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
    _write_combined(state)
    return RunReport(tuple(state.entries), time.monotonic() - started, state.translated, state.remembered)


def _shelves(state: _Run) -> Iterator[list[_Item | Digest | Failure]]:
    """Read the sources, in order, until enough sentences have come together."""
    shelf: list[_Item | Digest | Failure] = []
    waiting = 0
    for source in state.job.sources:
        for read in _read(source, state):
            shelf.append(read)
            waiting += len(read.sentences) if isinstance(read, _Item) else 0
            if waiting >= SHELF_SENTENCES:
                yield shelf
                shelf, waiting = [], 0
    yield shelf


def _read(source: Source, state: _Run) -> Iterator[_Item | Digest | Failure]:
    current = _current_digest(source.id, _hash(source), state)
    if current is not None:
        yield current
        return
    for article in read_articles(source, state.job.read):
        if isinstance(article, Failure):
            yield article
        else:
            yield _current_digest(article.id, article.sha256, state) or _Item(article, segment(article.blocks))


def _hash(source: Source) -> str | None:
    """Hash of a source that is one article; None where reading has to tell."""
    try:
        return None if source.format is Format.JSON_LINES else source.content_sha256()
    except SahelsumError:
        return None


def _current_digest(article_id: str, sha256: str | None, state: _Run) -> Digest | None:
    """The digest of an earlier run, if it still holds: same source, same recipe, complete, page in place."""
    if sha256 is None:
        return None
    try:
        digest = digest_from_json(state.folder.path(_data_name(article_id)).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, SahelsumError):
        return None
    same = digest.recipe == state.job.recipe and digest.article.sha256 == sha256 and not digest.receipt.failed
    return digest if same and state.folder.path(_page_name(article_id)).is_file() else None


def _do_shelf(shelf: Sequence[_Item | Digest | Failure], state: _Run) -> None:
    items = [entry for entry in shelf if isinstance(entry, _Item)]
    _translate(items, state)
    summaries = iter(_summarize(items, state))
    for entry in shelf:
        if isinstance(entry, Failure):
            _fail(entry, state)
        elif isinstance(entry, Digest):
            _keep(entry, state)
        else:
            _finish(entry, next(summaries), state)


def _translate(items: Sequence[_Item], state: _Run) -> None:
    """Translate all sentences and titles of the shelf in one stream, then free the model."""
    job = state.job
    titles = [_title_sentence(item.article) for item in items]
    queue = [sentence for item, title in zip(items, titles, strict=True) for sentence in (*title, *item.sentences)]
    setup = TranslationSetup(job.translator.engine, job.translator.memory, split_clauses, job.batch_tokens, violations)
    result = translate(queue, setup, state.observer)
    # Freed before the summarizer is loaded: one model in memory at a time.
    job.translator.engine.close()
    translations = iter(result.translations)
    for item, title in zip(items, titles, strict=True):
        item.title = next(translations) if title else None
        item.translations = tuple(next(translations) for _ in item.sentences)
    state.translated += result.computed
    state.remembered += result.remembered


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
    return SummarySetup(engine, memory, split_clauses, sentences)


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
    try:
        digest = _digest(item, summary, state.job)
        result = _write(digest, state)
    except ModelUnavailableError:
        raise
    except SahelsumError as error:
        _fail(Failure(item.article.source, str(error)), state)
        return
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one article must not cost the others
        message = f"sahelsum failed on this article ({type(error).__name__}: {error}). Please report it."
        _fail(Failure(item.article.source, message), state)
        return
    kept = result is WriteResult.KEPT
    message = "edited by hand; --force overwrites it" if kept else ""
    _record(digest, ArticleState.KEPT if kept else ArticleState.DONE, state, message)


def _digest(item: _Item, summary: Summary, job: Job) -> Digest:
    findings = check(item.article, item.translations, summary)
    title, origin = _title(item)
    return Digest(
        article=item.article,
        title=title,
        title_origin=origin,
        translations=item.translations,
        summary=summary,
        findings=findings,
        receipt=_receipt(item, findings),
        translator=job.translator.info,
        summarizer=job.summarizer_info,
        facts=key_facts(item.article, item.translations),
        recipe=job.recipe,
    )


def _title(item: _Item) -> tuple[str, str]:
    if item.title is not None and not item.title.failure:
        return item.title.text, "title"
    prose = _prose(item)
    first = next(iter(prose.values()), "")
    return (title_from(first), "first sentence") if first else (item.article.title or item.article.id, "source")


def _receipt(item: _Item, findings: Sequence[Finding]) -> Receipt:
    failed = sum(translation.failure is not None for translation in item.translations)
    return Receipt(
        sentences_in=len(item.sentences),
        sentences_out=len(item.translations) - failed,
        failed=failed,
        split=sum(translation.parts > 1 for translation in item.translations),
        flagged=len({finding.sentence for finding in findings if finding.sentence is not None}),
        source_tokens=sum(translation.source_tokens for translation in item.translations),
        target_tokens=sum(translation.target_tokens for translation in item.translations),
        rescued=sum(translation.rank > 1 for translation in item.translations),
    )


def _write(digest: Digest, state: _Run) -> WriteResult:
    """Page first, data second: the data say that the page is done, so a run killed in between makes it again."""
    page = seal(render_digest(digest))
    result = state.folder.guarded_write(_page_name(digest.article.id), page, force=state.job.force)
    write_text(state.folder.path(_data_name(digest.article.id)), digest_json(digest))
    return result


def _keep(digest: Digest, state: _Run) -> None:
    _record(digest, ArticleState.UNCHANGED, state, "")


def _record(digest: Digest, what: ArticleState, state: _Run, message: str) -> None:
    entry = ArticleEntry(
        id=digest.article.id,
        source=digest.article.source,
        state=what,
        message=message,
        review=digest.review,
        sentences=digest.receipt.sentences_in,
        failed=digest.receipt.failed,
    )
    state.digests.append(digest)
    state.entries.append(entry)
    state.observer.finish(entry)


def _fail(failure: Failure, state: _Run) -> None:
    entry = ArticleEntry(id="", source=failure.source, state=ArticleState.FAILED, message=failure.message)
    state.failures.append(failure)
    state.entries.append(entry)
    state.observer.finish(entry)


def _write_combined(state: _Run) -> None:
    def summarize_once(sentences: Mapping[int, str]) -> Summary:
        (summary,) = summarize([sentences], _summary_setup(state.job, OVERVIEW_SENTENCES), Silence())
        return summary

    combined = combine(state.digests, state.failures, overview(state.digests, summarize_once))
    _close_summarizer(state.job)
    page = seal(render_combined(combined))
    result = state.folder.guarded_write(COMBINED_PAGE, page, force=state.job.force)
    if result is WriteResult.KEPT:
        state.observer.note(f"{COMBINED_PAGE} was edited by hand and is left alone; --force overwrites it.")


def _page_name(article_id: str) -> str:
    return f"{article_id}.md"


def _data_name(article_id: str) -> str:
    return f"{DATA_FOLDER}/{article_id}.json"
