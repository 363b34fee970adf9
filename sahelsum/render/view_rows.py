"""Rows of the page across the articles of a folder: references, events, indexes, figures, what to review, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sahelsum.language.dates import date_in_words
from sahelsum.records import Digest, FactKind, Finding
from sahelsum.records.folder import Event, FigureGroup, IndexEntry, Mention, Publication, ReviewItem
from sahelsum.render.view import Folded, count, folded, review_counts, written_date

SHOWN_LINKS = 20
SHOWN_MESSAGES = 3
"""Findings quoted per article; its own page has them all."""
UNNAMED_KINDS = ("country", "theme", FactKind.PERSON, FactKind.NAME)
"""What the heading says already, or a reader sees."""
LONGEST_VALUE = 40
"""Longer values, whole sentences mostly, stand on the article's page."""


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """An article of the folder; ``number`` counts from 1 in the order of the page."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class BlockReference:
    """A block of an article; None where the whole article is meant."""

    article: ArticleReference
    block: int | None


class Articles:
    """References to the articles of a folder."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._references = {
            digest.article.id: ArticleReference(digest.article.id, number, digest.title)
            for number, digest in enumerate(digests, 1)
        }

    def __getitem__(self, article_id: str) -> ArticleReference:
        return self._references[article_id]

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._references

    def titles(self) -> dict[str, str]:
        """The title of each, by its id."""
        return {article_id: reference.title for article_id, reference in self._references.items()}

    def mention(self, mention: Mention) -> BlockReference:
        """The first block that mentions something."""
        return BlockReference(self[mention.article_id], mention.blocks[0] if mention.blocks else None)


@dataclass(frozen=True, slots=True)
class EventView:
    """A dated sentence. ``counted_from``: the words of the original, where its date was counted from them."""

    date: str
    counted_from: str
    text: str
    mentions: tuple[BlockReference, ...]


def event_view(event: Event, articles: Articles) -> EventView:
    """The row of an event in the timeline."""
    date = date_in_words(event.date, event.precision)
    return EventView(date, event.counted_from, event.text, tuple(map(articles.mention, event.mentions)))


@dataclass(frozen=True, slots=True)
class PublicationView:
    """When an article appeared."""

    date: str
    article: ArticleReference


def publication_view(entry: Publication, articles: Articles) -> PublicationView:
    """The row of an article in the timeline."""
    return PublicationView(date_in_words(entry.date, entry.precision), articles[entry.article_id])


@dataclass(frozen=True, slots=True)
class IndexView:
    """A line of an index: a country, a theme or an actor."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    articles: str
    """How many."""
    mentions: Folded[BlockReference]


def index_view(entry: IndexEntry, articles: Articles) -> IndexView:
    """The line of a country, a theme or an actor."""
    return IndexView(
        name=entry.name,
        kind="" if entry.kind in UNNAMED_KINDS else entry.kind,
        aliases=entry.aliases,
        articles=count(len(entry.mentions), "article"),
        mentions=folded(map(articles.mention, entry.mentions), SHOWN_LINKS),
    )


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as the original has it, with the English sentence."""

    figure: str
    text: str
    mention: BlockReference


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Figures that seem to count the same thing and are not the same."""

    place: str
    figures: tuple[FigureView, ...]


def figures_view(group: FigureGroup, articles: Articles) -> FiguresView:
    """The rows of figures that differ from one another."""
    figures = (
        FigureView(figure.figure, figure.text, BlockReference(articles[figure.article_id], figure.block))
        for figure in group.figures
    )
    return FiguresView(group.place, tuple(figures))


@dataclass(frozen=True, slots=True)
class ReviewView:
    """An article to look at before use, and what was found there; its own page has the rest."""

    article: ArticleReference
    counts: str
    messages: tuple[str, ...]


def review_view(item: ReviewItem, articles: Articles) -> ReviewView:
    """The row of an article to look at."""
    messages = list(dict.fromkeys(_short(finding) for finding in item.findings))
    more = len(messages) - SHOWN_MESSAGES
    shown = messages[:SHOWN_MESSAGES] + ([f"{more} more"] if more > 0 else [])
    return ReviewView(articles[item.article_id], review_counts(item.errors, item.warnings), tuple(shown))


def _short(finding: Finding) -> str:
    values = " / ".join(filter(None, (finding.source_value, finding.target_value)))
    return f"{finding.message.rstrip('.')}: {values}." if 0 < len(values) <= LONGEST_VALUE else finding.message


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where an article came from."""

    article: ArticleReference
    source: str
    date: str
    credit: str
    sha256: str
    """The beginning of the hash."""


def source_view(digest: Digest, articles: Articles) -> SourceView:
    """The row of an article in the table of sources."""
    article = digest.article
    credit = article.credit or ""
    return SourceView(articles[article.id], article.source, written_date(article.date), credit, article.sha256[:12])
