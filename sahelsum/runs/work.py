"""A shelf: articles that go through the models together, from sentences to digests.

Pure work on records: nothing here reads or writes a file, so a shelf can be made in this process or on another
machine. Models and memories come with the job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sahelsum.checks import check, doubtful
from sahelsum.checks.thresholds import Thresholds
from sahelsum.combine.facts import key_facts
from sahelsum.engines.hardware import processor_kind
from sahelsum.errors import ModelUnavailableError, SahelsumError
from sahelsum.glossary import TERM_REPLACED, missing_names
from sahelsum.language.packs import pack_of
from sahelsum.language.titles import capitalised, title_from
from sahelsum.protocols import Observer
from sahelsum.records import Article, BlockKind, Digest, Failure, Finding, Sentence, Summary, Translation
from sahelsum.runs.job import Job, summary_setup, translation_setup
from sahelsum.runs.receipts import receipt
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.setup import Prose
from sahelsum.translation import TranslationResult, translate

TITLE_NUMBER = 0
"""Sentence number of an article's own title, which is translated with its text."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Item:
    """An article as read, with its sentences."""

    article: Article
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A shelf after the models: what is left to do needs none. One translation, title and summary for each item."""

    items: tuple[Item, ...]
    translations: tuple[tuple[Translation, ...], ...]
    titles: tuple[Translation | None, ...]
    summaries: tuple[Summary, ...]
    translated: int
    """Sentences that went through the model; ``remembered``: sentences that the memory knew."""
    remembered: int
    retry_seconds: float


@dataclass(frozen=True, slots=True)
class ShelfResult:
    """What became of each item, in their order, and how many of the sentences came from where."""

    outcomes: tuple[Digest | Failure, ...]
    translated: int = 0
    """Sentences that went through the model; ``remembered``: sentences that the memory knew."""
    remembered: int = 0
    retry_seconds: float = 0.0


def make_digests(items: Sequence[Item], job: Job, observer: Observer) -> ShelfResult:
    """Translate, summarize and check a shelf. What goes wrong with one article becomes a Failure in its place.

    Raises:
        ModelUnavailableError: the model cannot be loaded.
        OutputError: the translation memory cannot be written.
    """
    made = through_models(items, job, observer)
    return ShelfResult(tuple(digests_of(made, job)), made.translated, made.remembered, made.retry_seconds)


def through_models(items: Sequence[Item], job: Job, observer: Observer) -> Translated:
    """Translate and summarize a shelf, one model in memory at a time.

    Raises:
        ModelUnavailableError: the model cannot be loaded.
        OutputError: the translation memory cannot be written.
    """
    result = _translate(items, job, observer)
    titles, translations = _by_item(items, result.translations)
    setup = summary_setup(job.summarizer, job.summary_sentences)
    prose = [_checked_prose(*pair, job.limits) for pair in zip(items, translations, strict=True)]
    summaries = summarize(prose, setup, observer)
    close_summarizer(job)
    counts = (result.computed, result.remembered, result.retry_seconds)
    return Translated(tuple(items), translations, titles, tuple(summaries), *counts)


def digests_of(shelf: Translated, job: Job) -> Iterator[Digest | Failure]:
    """Check what the models gave and put the digests together, one by one as they are asked for.

    Whatever goes wrong with one becomes a Failure in its place.
    """
    recipe = job.recipe
    for parts in zip(shelf.items, shelf.translations, shelf.titles, shelf.summaries, strict=True):
        yield _outcome(_Parts(*parts), job, recipe)


def close_summarizer(job: Job) -> None:
    """Free the summary model, if there is one."""
    if job.summarizer:
        job.summarizer.engine.close()


def guarded(work: Callable[[], Result]) -> tuple[str, Result | None]:
    """What ``work`` gives, or the reason it gives nothing. A model that cannot be loaded stops the run all the same."""
    try:
        return "", work()
    except ModelUnavailableError:
        raise
    except SahelsumError as error:
        return str(error), None
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one page must not cost the others
        return f"sahelsum failed here ({type(error).__name__}: {error}). Please report it.", None


def _translate(items: Sequence[Item], job: Job, observer: Observer) -> TranslationResult:
    """Translate all sentences and titles of the shelf in one stream, then free the model."""
    queue = [sentence for item in items for sentence in (*_title_sentence(item.article), *item.sentences)]
    setup = translation_setup(job.translator, job.read.source, job.glossary, job.limits, job.batch_tokens)
    result = translate(queue, setup, observer)
    # Freed before the summarizer is loaded: one model in memory at a time.
    job.translator.engine.close()
    return result


def _title_sentence(article: Article) -> tuple[Sentence, ...]:
    return (Sentence(TITLE_NUMBER, 0, article.title),) if article.title else ()


def _by_item(
    items: Sequence[Item], translations: Sequence[Translation]
) -> tuple[tuple[Translation | None, ...], tuple[tuple[Translation, ...], ...]]:
    """The title's translation of each item, None where it has none, and the translations of its sentences."""
    stream = iter(translations)
    pairs = [
        (next(stream) if item.article.title else None, tuple(next(stream) for _ in item.sentences)) for item in items
    ]
    return tuple(title for title, _ in pairs), tuple(texts for _, texts in pairs)


def _prose(item: Item, translations: Sequence[Translation]) -> dict[int, str]:
    """What a summary is made from: translated paragraphs, without headings, captions and failures."""
    paragraphs = {block.number for block in item.article.blocks if block.kind is BlockKind.PARAGRAPH}
    return {
        translation.sentence.number: translation.text
        for translation in translations
        if translation.sentence.block in paragraphs and not translation.failure
    }


def _checked_prose(item: Item, translations: Sequence[Translation], limits: Thresholds) -> Prose:
    texts = _prose(item, translations)
    source = pack_of(item.article.language)
    shown = (item for item in translations if item.sentence.number in texts)
    return Prose(texts, frozenset(item.sentence.number for item in shown if doubtful(item, source, limits)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the digest of one article is made of."""

    item: Item
    translations: tuple[Translation, ...]
    title: Translation | None
    summary: Summary


def _outcome(parts: _Parts, job: Job, recipe: str) -> Digest | Failure:
    problem, digest = guarded(lambda: _digest(parts, job, recipe))
    return digest or Failure(parts.item.article.source, problem)


def _digest(parts: _Parts, job: Job, recipe: str) -> Digest:
    article, translations = parts.item.article, parts.translations
    checked = check(article, translations, parts.summary, job.limits)
    findings = (*checked, *_term_findings(parts, checked, job))
    title, origin = _title(parts)
    return Digest(
        article=article,
        title=title,
        title_origin=origin,
        translations=translations,
        summary=parts.summary,
        findings=findings,
        receipt=receipt(len(parts.item.sentences), translations, findings, job.glossary.count(translations)),
        translator=job.translator.info,
        summarizer=job.summarizer_info,
        facts=key_facts(article, translations),
        recipe=recipe,
        processor=processor_kind(),
    )


def _title(parts: _Parts) -> tuple[str, str]:
    if parts.title is not None and not parts.title.failure:
        return capitalised(parts.title.text), "title"
    article = parts.item.article
    first = next(iter(_prose(parts.item, parts.translations).values()), "")
    return (title_from(first), "first sentence") if first else (article.title or article.id, "source")


def _term_findings(parts: _Parts, checked: Sequence[Finding], job: Job) -> Iterator[Finding]:
    """What the glossary says of each sentence and of the title, which has no number of its own in the page."""
    told = missing_names(checked)
    for translation in (*parts.translations, *([parts.title] if parts.title else [])):
        for finding in job.glossary.findings(translation, told.get(translation.sentence.number, ())):
            if finding.code == TERM_REPLACED or job.limits.wants(finding.code):
                in_title = finding.sentence == TITLE_NUMBER
                yield replace(finding, sentence=None, message=f"Title: {finding.message}") if in_title else finding
