"""The view of the reading room's start page: articles, events and places, each with what one can look for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sahelsum.language.dates import YEAR_UNKNOWN
from sahelsum.language.names import country_of, known_names
from sahelsum.language.places import coordinates
from sahelsum.records import Digest, Fact, FactKind, Failure
from sahelsum.records.folder import CombinedDigest, Event, IndexEntry
from sahelsum.render.view import SummaryView, article_facts, review_counts, summary_view
from sahelsum.render.view_article import FindingView, article_view
from sahelsum.render.view_events import EventView, event_view
from sahelsum.render.view_folder import OverviewView, folder_view
from sahelsum.render.view_rows import ArticleReference, Articles

SHOWN_FINDINGS = 4
"""Findings of an article on the start page."""
LISTED_ACTORS = 150
"""Actors that one can filter by, those of the most articles first; a search finds the others."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What one can look for an article or an event by: English names, and the outlets that print it."""

    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteArticle:
    """An article in the list. ``date``: in ISO form, as precise as known, empty where there is none."""

    article: ArticleReference
    original_title: str
    language: str
    date: str
    facts: tuple[str, ...]
    review: str
    new: bool
    summary: SummaryView
    traits: Traits


@dataclass(frozen=True, slots=True)
class SiteEvent:
    """An event in the list. ``date`` as in :class:`SiteArticle`; empty too where its year is not known."""

    event: EventView
    date: str
    traits: Traits


@dataclass(frozen=True, slots=True)
class SitePlace:
    """A place that articles name. ``position``: longitude and latitude in degrees; None for one far from the Sahel."""

    name: str
    country: str
    position: tuple[float, float] | None
    articles: int
    events: int


@dataclass(frozen=True, slots=True)
class SiteReview:
    """An article to look at before use, with its serious findings, worst first."""

    article: ArticleReference
    language: str
    counts: str
    findings: tuple[FindingView, ...]
    more: int
    """How many others there are; the page of the article has them all."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Names that one can choose from under one heading, those of the most articles first."""

    heading: str
    trait: str
    """The field of :class:`Traits`."""
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """The start page."""

    title: str
    intro: tuple[str, ...]
    licence_notes: tuple[str, ...]
    overview: OverviewView
    articles: tuple[SiteArticle, ...]
    """Latest first; those without a date at the end."""
    events: tuple[SiteEvent, ...]
    """Latest first."""
    places: tuple[SitePlace, ...]
    choices: tuple[Choices, ...]
    review: tuple[SiteReview, ...]
    failures: tuple[Failure, ...]
    models: tuple[tuple[str, ...], ...]


def site_view(combined: CombinedDigest) -> SiteView:
    """What stands on the start page."""
    folder = folder_view(combined)
    references = Articles(combined.digests)
    index = _Index(combined)
    articles = tuple(_articles(combined, references, index))
    new = combined.scope.new
    events = tuple(_event(event, references, index, new) for event in reversed(_by_date(combined.events)))
    return SiteView(
        title=folder.title,
        intro=tuple(folder.intro),
        licence_notes=folder.licence_notes,
        overview=folder.overview,
        articles=articles,
        events=events,
        places=tuple(_places(articles, events)),
        choices=tuple(_choices(articles)),
        review=tuple(_review(combined, references)),
        failures=combined.failures,
        models=folder.models,
    )


def _by_date(events: Sequence[Event]) -> list[Event]:
    """Earliest first, those without a year before all others: the page turns the order round."""
    return sorted(events, key=lambda event: "" if event.date.startswith(YEAR_UNKNOWN) else event.date)


class _Index:
    """Which names the articles have, and in which of their blocks."""

    def __init__(self, combined: CombinedDigest) -> None:
        self._outlets = {digest.article.id: digest.article.credit or "" for digest in combined.digests}
        self._names = {
            "countries": _by_article(combined.countries),
            "places": _by_article_facts(combined.digests),
            "actors": _by_article(combined.actors),
            "themes": _by_article(combined.themes),
        }

    def traits(self, wanted: Mapping[str, Sequence[int] | None]) -> Traits:
        """The traits of some articles; blocks where only these count, None where the whole article does."""
        names = {
            trait: tuple(
                dict.fromkeys(name for article in wanted for name in self._named(trait, article, wanted[article]))
            )
            for trait in self._names
        }
        outlets = dict.fromkeys(outlet for article in wanted if (outlet := self._outlets[article]))
        return Traits(**names, outlets=tuple(outlets))

    def _named(self, trait: str, article: str, blocks: Sequence[int] | None) -> Iterator[str]:
        for name, where in self._names[trait].get(article, {}).items():
            if blocks is None or where.intersection(blocks):
                yield name


_NamesOfArticles = Mapping[str, Mapping[str, frozenset[int]]]
"""By the id of an article, the blocks of each name."""


def _by_article(entries: Iterable[IndexEntry]) -> _NamesOfArticles:
    names: dict[str, dict[str, frozenset[int]]] = defaultdict(dict)
    for entry in entries:
        for mention in entry.mentions:
            names[mention.article_id][entry.name] = frozenset(mention.blocks)
    return names


def _by_article_facts(digests: Iterable[Digest]) -> _NamesOfArticles:
    return {
        digest.article.id: {fact.text: frozenset(fact.blocks) for fact in digest.facts if _is_place(fact)}
        for digest in digests
    }


def _is_place(fact: Fact) -> bool:
    return fact.kind is FactKind.PLACE


def _articles(combined: CombinedDigest, references: Articles, index: _Index) -> Iterator[SiteArticle]:
    new = combined.scope.new
    for digest in sorted(combined.digests, key=_date, reverse=True):
        article = digest.article
        severe = [finding.severity.value for finding in digest.findings if finding.serious]
        yield SiteArticle(
            article=references[article.id],
            original_title=article.title or "",
            language=article.language,
            date=_date(digest),
            facts=article_facts(digest),
            review=review_counts(severe.count("error"), severe.count("warning")),
            new=article.id in new,
            summary=summary_view(digest),
            traits=index.traits({article.id: None}),
        )


_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")


def _date(digest: Digest) -> str:
    """The date where it is one: data may have been edited."""
    value = digest.article.date.value if digest.article.date else ""
    return value if _ISO.fullmatch(value) else ""


def _event(event: Event, references: Articles, index: _Index, new: frozenset[str]) -> SiteEvent:
    blocks: dict[str, list[int]] = defaultdict(list)
    for report in event.reports:
        blocks[report.article_id].append(report.block)
    traits = index.traits(blocks)
    places = tuple(dict.fromkeys(name for name in (event.place,) if name in coordinates())) or traits.places
    countries = tuple(dict.fromkeys(filter(None, (event.country, *traits.countries))))
    actors = tuple(dict.fromkeys((*event.actors, *traits.actors)))
    date = event.date if _ISO.fullmatch(event.date) else ""
    view = event_view(event, references, new)
    return SiteEvent(view, date, replace(traits, places=places, countries=countries, actors=actors))


def _places(articles: Sequence[SiteArticle], events: Sequence[SiteEvent]) -> Iterator[SitePlace]:
    """Those of the most articles first."""
    named = Counter(name for article in articles for name in article.traits.places)
    happened = Counter(event.event.place for event in events)
    for name, number in sorted(named.items(), key=lambda item: (-item[1], item[0])):
        if country_of(name) or name in coordinates() or name not in known_names():
            yield SitePlace(name, country_of(name), coordinates().get(name), number, happened[name])


def _choices(articles: Sequence[SiteArticle]) -> Iterator[Choices]:
    headings = {"countries": "Country", "places": "Place", "actors": "Actor", "themes": "Theme", "outlets": "Outlet"}
    for trait, heading in headings.items():
        counts = Counter(name for article in articles for name in getattr(article.traits, trait))
        ranked = sorted(counts, key=lambda name: (-counts[name], name))
        yield Choices(heading, trait, tuple(ranked[:LISTED_ACTORS] if trait == "actors" else ranked))


def _review(combined: CombinedDigest, references: Articles) -> Iterator[SiteReview]:
    digests = {digest.article.id: digest for digest in combined.digests}
    for item in combined.review:
        digest = digests[item.article_id]
        findings = tuple(finding for finding in article_view(digest).findings if finding.serious)
        counts = review_counts(item.errors, item.warnings)
        more = len(findings) - SHOWN_FINDINGS
        shown = findings if more <= 1 else findings[:SHOWN_FINDINGS]
        yield SiteReview(
            references[item.article_id], digest.article.language, counts, shown, len(findings) - len(shown)
        )
