"""An article batch: articles that go through the models together, from sentences to digests.

Pure work on records: nothing here reads or writes a file, so an article batch can be made in this process or on another
machine. Models and memories come with the job.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from sahelsum.checks.summary import check_summary
from sahelsum.checks.told import check_repaired
from sahelsum.combine.facts import key_facts
from sahelsum.engines.hardware import processor_kind
from sahelsum.errors import EngineError, ModelUnavailableError, SahelsumError
from sahelsum.glossary import TERM_REPLACED, missing_names
from sahelsum.language.packs import pack_of
from sahelsum.language.titles import capitalised, title_from
from sahelsum.protocols import Observer
from sahelsum.records import Article, BlockKind, Digest, Failure, Finding, Sentence, Severity, Summary, Translation
from sahelsum.runs.job import Job, summary_setup, translation_setup
from sahelsum.runs.receipts import receipt
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.headline import Headline, headlines
from sahelsum.summarization.setup import Prose, SummarySetup
from sahelsum.translation import TranslationResult, translate

Result = TypeVar("Result")
MOST_WRONG = 0.5
"""Share of an article's sentences with errors above which it counts as failed."""
FEWEST_WRONG = 3
"""In one or two sentences the mistake may be that of a check."""
_QUESTION = re.compile(r"\?[\"'“”’»«)\]]*$")
NONSENSE = ("MT-GARBLED",)
"""Findings that are no errors in a single sentence, but in most of them."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article as read, with its sentences and its own title, if it has one."""

    article: Article
    sentences: tuple[Sentence, ...]

    @property
    def title(self) -> Sentence | None:
        """The title as a sentence beside those of the text; it has no place among their numbers."""
        return Sentence(0, 0, self.article.title) if self.article.title else None


@dataclass(frozen=True, slots=True)
class TranslatedArticle:
    """An article after the models. ``findings``: those of each sentence, as they were when its wording was chosen."""

    item: Item
    translations: tuple[Translation, ...]
    findings: tuple[tuple[Finding, ...], ...]
    title: Translation | None

    @property
    def titled(self) -> bool:
        """Whether it has a title that was translated."""
        return self.title is not None and not self.title.failure

    @property
    def prose(self) -> Prose:
        """What a summary is made from: English paragraphs, without headings, captions, failures and lines of marks.

        Nor is anything taken from notes that take something back, since they repeat it, and no question, whose answer
        may be missing, unless there is nothing else.
        """
        correction = pack_of(self.item.article.language).reading.correction
        paragraphs = {block.number for block in self.item.article.blocks if block.kind is BlockKind.PARAGRAPH}
        corrections = {block.number for block in self.item.article.blocks if correction.search(block.text)}
        shown = [
            (translation, findings)
            for translation, findings in zip(self.translations, self.findings, strict=True)
            if translation.sentence.block in paragraphs
            and not translation.failure
            and translation.kept in ("", "English")
        ]
        telling = [
            (translation, findings)
            for translation, findings in shown
            if translation.sentence.block not in corrections and not _QUESTION.search(translation.sentence.text)
        ]
        shown = telling or shown
        texts = {translation.sentence.number: translation.text for translation, _ in shown}
        flagged = (item.sentence.number for item, findings in shown if any(each.serious for each in findings))
        return Prose(texts, frozenset(flagged))


@dataclass(frozen=True, slots=True)
class Translated:
    """An article batch after the models: what is left to do needs none. One summary for each article."""

    articles: tuple[TranslatedArticle, ...]
    summaries: tuple[Summary, ...]
    headlines: tuple[Headline, ...]
    """What a model wrote for those without a title; empty for the others."""
    translated: int
    """Sentences that went through the model; ``remembered``: sentences that the memory knew."""
    remembered: int
    retry_seconds: float


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of each item, in their order, and how many of the sentences came from where."""

    outcomes: tuple[Digest | Failure, ...]
    translated: int = 0
    """Sentences that went through the model; ``remembered``: sentences that the memory knew."""
    remembered: int = 0
    retry_seconds: float = 0.0


def make_digests(items: Sequence[Item], job: Job, observer: Observer) -> BatchResult:
    """Translate, summarize and check an article batch. What goes wrong with one article becomes a Failure in its place.

    Raises:
        ModelUnavailableError: the model cannot be loaded.
    """
    made = through_models(items, job, observer)
    return BatchResult(tuple(digests_of(made, job)), made.translated, made.remembered, made.retry_seconds)


def through_models(items: Sequence[Item], job: Job, observer: Observer) -> Translated:
    """Translate and summarize an article batch, one model in memory at a time.

    Raises:
        ModelUnavailableError: the model cannot be loaded.
    """
    result = _translate(items, job, observer)
    articles = tuple(_by_article(items, result))
    setup = summary_setup(job.summarizer, job.summary_sentences)
    summaries = summarize([article.prose for article in articles], setup, observer)
    titles = _headlines(articles, setup)
    close_summarizer(job)
    return Translated(articles, tuple(summaries), titles, result.computed, result.remembered, result.retry_seconds)


def digests_of(batch: Translated, job: Job) -> Iterator[Digest | Failure]:
    """Put the digests together, one by one as they are asked for.

    Whatever goes wrong with one becomes a Failure in its place.
    """
    recipe = job.recipe
    for article, summary, headline in zip(batch.articles, batch.summaries, batch.headlines, strict=True):
        problem, digest = guarded(partial(_digest, article, summary, headline, job, recipe))
        yield digest or Failure(article.item.article.source, problem)


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
    """Translate all sentences and titles of the article batch in one stream, then free the model."""
    queue = [sentence for item in items for sentence in (*([item.title] if item.title else []), *item.sentences)]
    setup = translation_setup(job.translator, job.read.source, job.glossary, job.limits, job.batch_tokens)
    result = translate(queue, setup, observer)
    # Freed before the summarizer is loaded: one model in memory at a time.
    job.translator.engine.close()
    return result


def _by_article(items: Sequence[Item], result: TranslationResult) -> Iterator[TranslatedArticle]:
    """The stream cut into articles again."""
    stream = zip(result.translations, result.findings, strict=True)
    for item in items:
        title = next(stream)[0] if item.title else None
        own = list(islice(stream, len(item.sentences)))
        yield TranslatedArticle(item, tuple(text for text, _ in own), tuple(found for _, found in own), title)


def _digest(made: TranslatedArticle, summary: Summary, headline: Headline, job: Job, recipe: str) -> Digest:
    article, translations = made.item.article, made.translations
    summary = replace(summary, refused=(*summary.refused, *headline.refused))
    findings = tuple(_findings(made, summary, job))
    if job.refuse_nonsense:
        _refuse_nonsense(translations, findings)
    title, origin = _title(made, headline)
    return Digest(
        article=article,
        title=title,
        title_origin=origin,
        translations=translations,
        summary=summary,
        findings=findings,
        receipt=receipt(len(made.item.sentences), translations, findings, job.glossary.count(translations)),
        translator=job.translator.info,
        summarizer=job.summarizer_info,
        facts=key_facts(article, translations),
        recipe=recipe,
        processor=processor_kind(),
    )


def _refuse_nonsense(translations: Sequence[Translation], findings: Iterable[Finding]) -> None:
    """A model that is broken, or made for another language, must not pass for one that translates.

    Raises:
        EngineError: the checks find errors in most of the sentences that were translated.
    """
    done = {item.sentence.number for item in translations if not item.failure}
    nonsense = (each for each in findings if each.severity is Severity.ERROR or each.code in NONSENSE)
    wrong = {finding.sentence for finding in nonsense} & done
    if len(wrong) >= FEWEST_WRONG and len(wrong) > MOST_WRONG * len(done):
        raise EngineError(
            f"The checks find errors in {len(wrong)} of {len(done)} sentences: this is no translation.",
            hint="Look at the model with sahelsum models verify, or choose another one with --translator.",
        )


def _headlines(articles: Sequence[TranslatedArticle], setup: SummarySetup) -> tuple[Headline, ...]:
    """For each article that has no title of its own; an empty one for the others."""
    written = iter(headlines([article.prose for article in articles if not article.titled], setup))
    return tuple(Headline() if article.titled else next(written) for article in articles)


def _title(made: TranslatedArticle, headline: Headline) -> tuple[str, str]:
    if made.title is not None and made.titled:
        return capitalised(made.title.text), "title"
    if headline.text:
        return headline.text, "headline"
    article = made.item.article
    first = next(iter(made.prose.texts.values()), "")
    return (title_from(first), "first sentence") if first else (article.title or article.id, "source")


def _findings(made: TranslatedArticle, summary: Summary, job: Job) -> Iterator[Finding]:
    """Those of reading, of the sentences, of the summary, and what the glossary says of sentences and title."""
    yield from (finding for finding in made.item.article.findings if job.limits.wants(finding.code))
    of_sentences = [finding for findings in made.findings for finding in findings]
    of_summary = check_summary(made.item.article, made.translations, summary)
    checked = [*of_sentences, *(finding for finding in of_summary if job.limits.wants(finding.code))]
    yield from checked
    named = missing_names(checked)
    for translation in made.translations:
        yield from _of_terms(translation, job, named.get(translation.sentence.number, ()))
    if made.title:
        for finding in (*check_repaired(made.title, job.read.source), *_of_terms(made.title, job)):
            yield replace(finding, sentence=None, message=f"Title: {finding.message}")


def _of_terms(translation: Translation, job: Job, named: Collection[str] = ()) -> Iterator[Finding]:
    """What the glossary says, but not of a person's wording; ``named``: names that are known to be missing already."""
    if translation.human:
        return
    for finding in job.glossary.findings(translation, named):
        if finding.code == TERM_REPLACED or job.limits.wants(finding.code):
            yield finding
