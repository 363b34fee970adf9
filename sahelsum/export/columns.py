"""The columns of both tables, and a digest as their rows. Names and types are part of the output format."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sahelsum.records import Block, Digest, Severity, Translation

Value = str | int | float | list[str] | None
Row = dict[str, Value]


class Rows(StrEnum):
    """What a row stands for."""

    ARTICLES = "articles"
    SENTENCES = "sentences"


class Kind(StrEnum):
    """The type of a column; any but a list may be missing."""

    TEXT = "text"
    WHOLE = "whole number"
    DECIMAL = "decimal"
    LIST = "list of texts"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and what it says."""

    name: str
    kind: Kind
    meaning: str


ARTICLE_COLUMNS = (
    Column("article_id", Kind.TEXT, "stem of the article's page"),
    Column("source", Kind.TEXT, "file it was read from, with line or row"),
    Column("sha256", Kind.TEXT, "hash of what was read"),
    Column("language", Kind.TEXT, "its language, ISO 639-1"),
    Column("title", Kind.TEXT, "English title"),
    Column("title_original", Kind.TEXT, "its own title, where it has one"),
    Column("date", Kind.TEXT, "date as precise as the source: 2025-11-16, 2025-04 or 2025"),
    Column("credit", Kind.TEXT, "outlet or agency"),
    Column("url", Kind.TEXT, "web address"),
    Column("summary", Kind.TEXT, "English summary"),
    Column("summary_method", Kind.TEXT, "abstractive or extractive"),
    Column("review", Kind.TEXT, "check or ok"),
    Column("errors", Kind.WHOLE, "findings that are errors"),
    Column("warnings", Kind.WHOLE, "findings that are warnings"),
    Column("findings", Kind.LIST, "codes of all findings, each once"),
    Column("sentences", Kind.WHOLE, "sentences translated"),
    Column("failed", Kind.WHOLE, "sentences that could not be translated"),
    Column("source_tokens", Kind.WHOLE, "tokens into the model"),
    Column("target_tokens", Kind.WHOLE, "tokens out of it"),
    Column("translator", Kind.TEXT, "alias of the translation model"),
    Column("translator_revision", Kind.TEXT, "its revision"),
    Column("summarizer", Kind.TEXT, "alias of the summary model, or extractive"),
    Column("recipe", Kind.TEXT, "hash of models, settings and version"),
)
SENTENCE_COLUMNS = (
    Column("article_id", Kind.TEXT, "stem of the article's page"),
    Column("source", Kind.TEXT, "file it was read from, with line or row"),
    Column("paragraph", Kind.WHOLE, "number of its block, ¶3 in the page"),
    Column("block", Kind.TEXT, "paragraph, heading or caption"),
    Column("sentence", Kind.WHOLE, "its number in the article, from 1: the anchor ^s1 in the page"),
    Column("german", Kind.TEXT, "source sentence"),
    Column("english", Kind.TEXT, "translation; starts with [not translated] where it failed"),
    Column("score", Kind.DECIMAL, "mean natural-log probability a token, where the engine tells"),
    Column("misleading", Kind.DECIMAL, "estimated probability that it misleads, where the model is calibrated"),
    Column("source_tokens", Kind.WHOLE, "tokens into the model"),
    Column("target_tokens", Kind.WHOLE, "tokens out of it"),
    Column("rank", Kind.WHOLE, "place among the model's wordings, 1 the first"),
    Column("attempts", Kind.WHOLE, "searches made"),
    Column("failure", Kind.TEXT, "why it could not be translated"),
    Column("findings", Kind.LIST, "codes of its findings, each once"),
)
COLUMNS = {Rows.ARTICLES: ARTICLE_COLUMNS, Rows.SENTENCES: SENTENCE_COLUMNS}


def article_rows(digest: Digest) -> Iterator[Row]:
    """The one row of an article, with the columns of ``ARTICLE_COLUMNS``."""
    article, receipt = digest.article, digest.receipt
    severities = Counter(finding.severity for finding in digest.findings)
    yield {
        "article_id": article.id,
        "source": article.source,
        "sha256": article.sha256,
        "language": article.language,
        "title": digest.title,
        "title_original": article.title,
        "date": article.date.value if article.date else None,
        "credit": article.credit,
        "url": article.url,
        "summary": digest.summary.text,
        "summary_method": str(digest.summary.method),
        "review": digest.review,
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "findings": sorted({finding.code for finding in digest.findings}),
        "sentences": receipt.sentences_in,
        "failed": receipt.failed,
        "source_tokens": receipt.source_tokens,
        "target_tokens": receipt.target_tokens,
        "translator": digest.translator.alias,
        "translator_revision": digest.translator.revision,
        "summarizer": digest.summarizer.alias,
        "recipe": digest.recipe,
    }


def sentence_rows(digest: Digest) -> Iterator[Row]:
    """A row for each sentence of an article, in reading order, with the columns of ``SENTENCE_COLUMNS``."""
    codes: defaultdict[int | None, set[str]] = defaultdict(set)
    for finding in digest.findings:
        codes[finding.sentence].add(finding.code)
    blocks = {block.number: block for block in digest.article.blocks}
    for item in digest.translations:
        number = item.sentence.number
        yield _sentence(digest, item, blocks.get(item.sentence.block), sorted(codes[number]))


def _sentence(digest: Digest, item: Translation, block: Block | None, codes: list[str]) -> Row:
    return {
        "article_id": digest.article.id,
        "source": digest.article.source,
        "paragraph": item.sentence.block,
        "block": str(block.kind) if block else None,
        "sentence": item.sentence.number,
        "german": item.sentence.text,
        "english": item.text,
        "score": item.mean_logprob,
        "misleading": item.misleading,
        "source_tokens": item.source_tokens,
        "target_tokens": item.target_tokens,
        "rank": item.rank,
        "attempts": item.attempts,
        "failure": item.failure,
        "findings": codes,
    }


ROWS_OF: dict[Rows, Callable[[Digest], Iterator[Row]]] = {
    Rows.ARTICLES: article_rows,
    Rows.SENTENCES: sentence_rows,
}
