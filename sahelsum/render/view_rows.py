"""Rows of the page across the articles of a folder: references, names with their company, what to review, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sahelsum.records import Digest, FactKind, Finding, Severity, Translation
from sahelsum.records.folder import IndexEntry, Mention
from sahelsum.render.view import Folded, folded

SHOWN_LINKS = 8
SHOWN_COMPANY = 4
"""Names beside a name; the data have more."""
LONGEST_CHARS = 600
"""Of a sentence in a table; the article's page has the whole of a longer one."""
UNNAMED_KINDS = ("country", FactKind.PERSON, FactKind.NAME, FactKind.PLACE, FactKind.MEDIUM)
"""What the heading says already, or a reader sees."""


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """An article of the folder; ``number`` counts from 1 in the order of the page."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class SentenceReference:
    """A sentence of an article; None where the whole article is meant."""

    article: ArticleReference
    sentence: int | None


class Articles:
    """References to the articles of a folder, and to the first sentence of each of their blocks."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._references = {
            digest.article.id: ArticleReference(digest.article.id, number, digest.title)
            for number, digest in enumerate(digests, 1)
        }
        self._first: dict[tuple[str, int], int] = {}
        for digest in digests:
            for item in digest.translations:
                self._first.setdefault((digest.article.id, item.sentence.block), item.sentence.number)

    def __getitem__(self, article_id: str) -> ArticleReference:
        return self._references[article_id]

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._references

    def mention(self, mention: Mention) -> SentenceReference:
        """The first sentence of the first block that mentions something."""
        keys = ((mention.article_id, block) for block in mention.blocks)
        first = next((self._first[key] for key in keys if key in self._first), None)
        return SentenceReference(self[mention.article_id], first)


def clipped(text: str) -> str:
    """A sentence for a table: one that is far too long ends early, and is seen to."""
    return text if len(text) <= LONGEST_CHARS else f"{text[:LONGEST_CHARS].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True, slots=True)
class NameView:
    """An actor, a place or a news medium, with its company."""

    name: str
    kind: str
    """Empty where the heading says it, or a reader sees it."""
    aliases: tuple[str, ...]
    country: str
    """Of a place."""
    beside: tuple[str, ...]
    """Actors that the same paragraphs name, those most often first; ``where``: places."""
    where: tuple[str, ...]
    mentions: Folded[SentenceReference]


def name_view(entry: IndexEntry, articles: Articles) -> NameView:
    """The row of an actor, a place or a news medium."""
    return NameView(
        name=entry.name,
        kind="" if entry.kind in UNNAMED_KINDS else entry.kind,
        aliases=entry.aliases,
        country=entry.country,
        beside=tuple(name for name, _ in entry.beside[:SHOWN_COMPANY]),
        where=tuple(name for name, _ in entry.where[:SHOWN_COMPANY]),
        mentions=folded(map(articles.mention, entry.mentions), SHOWN_LINKS),
    )


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A sentence to look at before use, in both languages, or an article or summary as a whole."""

    article: ArticleReference
    finding: int
    """Its number on the article's page, from 1."""
    severity: Severity
    message: str
    original: str
    """The sentence; empty where the finding concerns none. ``english``: its translation, or that of the summary."""
    english: str
    values: tuple[str, str]
    """What it is about in the original and in the English; empty where there is nothing to quote."""


def review_view(number: int, finding: Finding, digest: Digest, articles: Articles) -> ReviewView:
    """The row of a finding.

    Args:
        number: of the finding on the article's page.
        finding: what was found.
        digest: its article.
        articles: of the folder.
    """
    item = next((item for item in digest.translations if item.sentence.number == finding.sentence), None)
    summary = dict(enumerate(digest.summary.sentences, 1))
    written = summary.get(finding.summary_sentence or 0)
    return ReviewView(
        article=articles[digest.article.id],
        finding=number,
        severity=finding.severity,
        message=finding.message,
        original=clipped(item.sentence.text) if item else "",
        english=clipped(_english(item) if item else written.text if written else ""),
        values=(finding.source_value, finding.target_value),
    )


def _english(item: Translation) -> str:
    return item.text if item.failure is None else ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where an article came from."""

    article: ArticleReference
    source: str
    sha256: str
    """The beginning of the hash."""


def source_view(digest: Digest, articles: Articles) -> SourceView:
    """The row of an article in the table of sources."""
    article = digest.article
    return SourceView(articles[article.id], article.source, article.sha256[:12])
