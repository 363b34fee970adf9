"""What the views of several pages share: references, folded lists, the summary with its evidence, models.

A view holds plain texts, numbers, kinds, and references to articles, blocks and sentences: no markup, no links and no
marks, which are a printer's business. Texts from outside stand in it as they came, so a printer quotes every one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from sahelsum.language.dates import NO_DATE, date_in_words
from sahelsum.language.packs import language_name, pack_of
from sahelsum.records import (
    Article,
    ArticleDate,
    BlockKind,
    Digest,
    ExtractKind,
    Finding,
    ModelInfo,
    Severity,
    Summary,
    SummaryMethod,
    Support,
)
from sahelsum.records.expectation import expectation

SHOWN_ROWS = 20
"""Rows of a table that are shown; the rest is folded."""

Row = TypeVar("Row")
FieldValue = str | int | list[str]
"""What programs may read of a page in its head; the names of such fields are part of the output format."""


@dataclass(frozen=True, slots=True)
class Folded(Generic[Row]):
    """A list of which the first part is shown and the rest is folded."""

    shown: Sequence[Row]
    rest: Sequence[Row]
    what_is_folded: str = "more"


def folded(rows: Iterable[Row], limit: int = SHOWN_ROWS) -> Folded[Row]:
    """Fold what is over the limit, unless that is a handful of rows."""
    listed = list(rows)
    few_more = len(listed) <= limit + limit // 4
    return Folded(listed, []) if few_more else Folded(listed[:limit], listed[limit:])


def latest(rows: Iterable[Row], limit: int = SHOWN_ROWS) -> Folded[Row]:
    """Fold the beginning of a list in order of time: the news is at its end."""
    backwards = folded(reversed(list(rows)), limit)
    return Folded(backwards.shown[::-1], backwards.rest[::-1], "earlier")


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """Where a sentence stands in its article; both numbers count from 1 over the whole of it."""

    block: int
    sentence: int


@dataclass(frozen=True, slots=True)
class SummarySentenceView:
    """A sentence of a summary, and the sentences of the article that it rests on, best first."""

    text: str
    evidence: tuple[SentencePlace, ...]
    support: Support
    finding: int | None = None
    """Number, on the article's page, of the worst finding that concerns it; None if there is none."""
    written: bool = False
    """A model wrote it for these sentences, and it was checked against them."""
    flagged: bool = False
    """It was written, and the checks warn of one of these sentences."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary. ``method``: how it came about, empty where the reader need not know."""

    sentences: tuple[SummarySentenceView, ...]
    method: str


def summary_view(digest: Digest) -> SummaryView:
    """The summary of an article with its evidence, as far as the article has it."""
    blocks = blocks_by_sentence(digest)
    findings = {finding.summary_sentence: number for number, finding in reversed(ranked_findings(digest))}
    flagged = digest.flagged
    sentences = [
        SummarySentenceView(
            sentence.text,
            tuple(SentencePlace(blocks[number], number) for number in sentence.evidence if number in blocks),
            sentence.support,
            findings.get(position),
            sentence.written,
            sentence.written and not flagged.isdisjoint(sentence.evidence),
        )
        for position, sentence in enumerate(digest.summary.sentences, 1)
    ]
    return SummaryView(tuple(sentences), method_note(digest.summary, digest.summarizer))


_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def ranked_findings(digest: Digest) -> list[tuple[int, Finding]]:
    """The findings of an article, worst first, each with its number on the article's page, from 1."""
    ranked = sorted(digest.findings, key=lambda item: (_WORST_FIRST.index(item.severity), item.sentence or 0))
    return list(enumerate(ranked, 1))


def blocks_by_sentence(digest: Digest) -> dict[int, int]:
    """The block of each sentence, by their numbers."""
    return {item.sentence.number: item.sentence.block for item in digest.translations}


def method_note(summary: Summary, model: ModelInfo) -> str:
    """How the summary came about, where the reader must know."""
    if summary.written:
        return written_note([sentence.written for sentence in summary.sentences], model)
    if summary.method is SummaryMethod.ABSTRACTIVE:
        return f"Written by a model ({summary.note})." if summary.note else ""
    reason = f" ({summary.note})" if summary.note else ""
    return f"Extractive: these sentences are taken word for word from the translation{reason}."


def written_note(written: Sequence[bool], model: ModelInfo) -> str:
    """Who wrote sentences for groups of others, and which were not written; one truth value for each sentence."""
    taken = len(written) - sum(written)
    rest = f"; {taken} of {len(written)} taken word for word" if taken else ""
    return f"Written by {model.alias} from the sentences cited, and checked against them{rest}."


def count(number: int, noun: str) -> str:
    """``1 sentence``, ``2 sentences``, ``1,100 sentences``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def review_counts(errors: int, warnings: int) -> str:
    """``1 error and 2 warnings``."""
    parts = [count(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    return " and ".join(parts)


def written_date(date: ArticleDate | None) -> str:
    """The date of publication, as precise as it was given."""
    return date_in_words(date.value, date.precision) if date else NO_DATE


def article_facts(digest: Digest) -> tuple[str, ...]:
    """When, where from, by whom, where, how long; what is not known is left out."""
    article = digest.article
    sentences = f"{count(len(digest.translations), 'sentence')} in {count(paragraphs(article), 'paragraph')}"
    language = f"translated from {language_name(article.language)}"
    author = author_of(article)
    credit = article.credit or ""
    own = "" if author in credit else author
    return _told(written_date(article.date), credit, own, place_of(article), sentences, language, _doubt(digest))


def _doubt(digest: Digest) -> str:
    """How many sentences probably mislead; empty where the model is not calibrated."""
    estimates = [item.misleading for item in digest.translations if item.misleading is not None]
    if not estimates:
        return ""
    whole = expectation(estimates)
    told = f"about {round(whole.expected)} of {count(whole.sentences, 'sentence')} probably mislead"
    return f"{told} ({whole.least} to {whole.most})"


def _told(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def place_of(article: Article) -> str:
    """The dateline, by its English name where that is known."""
    dateline = article.dateline or ""
    known = pack_of(article.language).names(dateline)
    return next(iter(known)) if len(known) == 1 and len(dateline.split()) == 1 else dateline


_AUTHOR_KEYS = frozenset({"author", "authors", "autor", "autoren", "autorin", "byline"})


def author_of(article: Article) -> str:
    """Who wrote an article, as its source says; empty if it does not."""
    named = (value for key, value in article.metadata if key.casefold() in _AUTHOR_KEYS)
    byline = re.compile(rf"\s*(?:{pack_of(article.language).reading.byline})\s+(?P<name>.+)", re.DOTALL)
    credited = (byline.fullmatch(extract.text) for extract in article.extracts if extract.kind is ExtractKind.CREDIT)
    return next(chain(filter(None, named), (match["name"].strip() for match in credited if match)), "")


def languages(digests: Iterable[Digest]) -> list[str]:
    """What English calls the languages of the articles, in their order."""
    return list(dict.fromkeys(language_name(digest.article.language) for digest in digests))


def unchecked_languages(digests: Iterable[Digest]) -> list[str]:
    """Those languages of the articles for which most checks cannot be made."""
    return languages(digest for digest in digests if not pack_of(digest.article.language).checked)


def what_is_compared(digests: Sequence[Digest]) -> str:
    """What the checks do, after ``The checks``; where most of them are not made, in one plain sentence."""
    everything = "compare numbers, dates, names, terms, negation, quotations, attribution, length and repetition."
    unchecked = unchecked_languages(digests)
    if not unchecked:
        return everything
    names = " and ".join(unchecked)
    little = f"look only at length, repetition, garbled words and numbers in digits: there are no others for {names}."
    return little if len(unchecked) == len(languages(digests)) else f"{everything} For {names}, they {little}"


def paragraphs(article: Article) -> int:
    """How many blocks are paragraphs."""
    return sum(block.kind is BlockKind.PARAGRAPH for block in article.blocks)


def model_facts(model: ModelInfo) -> tuple[str, ...]:
    """A model with what a reader needs to judge and to find it again, its name first."""
    return _told(
        model.name,
        model.alias,
        f"revision {model.revision}" if model.revision else "",
        f"licence: {model.licence}" if model.licence else "",
        f"engine: {model.engine}",
        f"settings {model.signature[:12]}" if model.signature else "",
        f"Licence note: {model.licence_note}" if model.licence_note else "",
    )


def licence_notes(models: Iterable[ModelInfo]) -> tuple[str, ...]:
    """The notes of several models, each once."""
    return tuple(sorted({model.licence_note for model in models if model.licence_note}))
