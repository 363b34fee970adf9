"""The view of a whole folder: what stands on the page across its articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sahelsum.language.dates import date_in_words
from sahelsum.records import Failure, SummaryMethod
from sahelsum.records.folder import CombinedDigest, Scope, Selection
from sahelsum.render.view import (
    FieldValue,
    Folded,
    count,
    folded,
    languages,
    latest,
    licence_notes,
    model_facts,
    ranked_findings,
    review_counts,
    unchecked_languages,
    what_is_compared,
    written_note,
)
from sahelsum.render.view_events import EventView, event_view, most_telling
from sahelsum.render.view_listing import (
    MOST_LISTED,
    MOST_TOLD,
    ArticleLineView,
    ArticleSummaryView,
    article_lines,
    article_summaries,
    common_method,
    told_articles,
)
from sahelsum.render.view_rows import (
    ArticleReference,
    Articles,
    NameView,
    ReviewView,
    SourceView,
    name_view,
    review_view,
    source_view,
)

TITLE = "Sahel digest"
CONTENTS_FROM = 10
"""A page of more articles than this gets a table of contents."""
SHOWN_REFERENCES = 8
"""Articles cited under a sentence of the overview; the number of the others is told."""
SHOWN_EVENTS = 30
SHOWN_TOLD = 20
MOST_COUNTRIES = 15
"""Rows of the matrix of countries and themes."""
MOST_NAMES = 60
SHOWN_NAMES = 20
MOST_FINDINGS = 60
SHOWN_FINDINGS = 20
MOST_SOURCES = 200
SHOWN_SOURCES = 10


@dataclass(frozen=True, slots=True)
class OverviewSentenceView:
    """A sentence of the overview, and the articles it rests on: none, if nothing supports it."""

    text: str
    articles: Folded[ArticleReference]
    written: bool = False
    """A model wrote it for sentences of these articles' summaries, and it was checked against them."""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The overview. ``method``: how it was made, empty where the reader need not know."""

    sentences: tuple[OverviewSentenceView, ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Countries and themes: how many articles are about both."""

    themes: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[int, ...]], ...]
    """A country, its articles, and those of them for each theme."""


@dataclass(frozen=True, slots=True)
class ScopeView:
    """What was chosen of all articles. ``chosen``: the conditions in words; empty where everything is there."""

    chosen: tuple[str, ...]
    left_out: int
    undated: int
    """Those left out because they have no date."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """How many rows each list of the page has not, since it would be too long; the data have them all."""

    events: int
    articles: int
    countries: int
    actors: int
    places: int
    review: int
    sources: int


@dataclass(frozen=True, slots=True)
class FolderView:
    """The page across all articles, in the order of its sections."""

    fields: Mapping[str, FieldValue]
    title: str
    intro: tuple[str, ...]
    licence_notes: tuple[str, ...]
    scope: ScopeView
    contents: tuple[str, ...]
    """Headings of the sections; empty on a page that needs no table of contents."""
    failures: Folded[Failure]
    new: Folded[ArticleReference]
    """What came with the last run that brought anything; empty after the first one."""
    new_events: int
    """Events that only new articles tell of."""
    overview: OverviewView
    events: Folded[EventView]
    counted: bool
    """Whether the date of any event was counted from the day of publication, or is given in words of the original."""
    inferred: bool
    """Whether the place of any event is that of the text around it."""
    common_method: str
    """How all summaries came about, if it is the same for several articles."""
    articles: Folded[ArticleSummaryView]
    listed: tuple[ArticleLineView, ...]
    """Articles of a large folder whose summary only their own page has."""
    matrix: MatrixView
    actors: Folded[NameView]
    places: Folded[NameView]
    media: Folded[NameView]
    """Papers, broadcasters and agencies that the articles quote."""
    review_total: str
    review: Folded[ReviewView]
    sources: Folded[SourceView]
    models: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    """What English calls the languages of the articles."""
    compared: str
    """What the checks do, after "The automatic checks"; ``little_compared``: that is not much for some language."""
    little_compared: bool
    more: Bounded


def folder_view(combined: CombinedDigest) -> FolderView:
    """What stands on the page across all articles."""
    articles = Articles(combined.digests)
    new = combined.scope.new
    events = [event_view(event, articles, new) for event in most_telling(combined.events, new)]
    told = told_articles(combined)
    # The Sahel and West Africa, which have no country, are no places to look for.
    places = [entry for entry in combined.places if entry.country]
    review = _review(combined, articles)
    return FolderView(
        fields=_fields(combined),
        title=TITLE,
        intro=tuple(_intro(combined)),
        licence_notes=licence_notes(combined.models),
        scope=_scope(combined.scope),
        contents=tuple(_contents(combined)) if len(combined.digests) > CONTENTS_FROM else (),
        failures=folded(combined.failures),
        new=folded(articles[d.article.id] for d in combined.digests if d.article.id in new),
        new_events=sum(new.issuperset(event.article_ids) for event in combined.events),
        overview=_overview(combined, articles),
        events=latest(events, SHOWN_EVENTS),
        counted=any(event.counted_from for event in events),
        inferred=any(event.place_inferred for event in events),
        common_method=common_method(combined.digests),
        articles=folded(article_summaries(combined, articles, told), SHOWN_TOLD),
        listed=tuple(article_lines(combined, articles, told))[:MOST_LISTED],
        matrix=_matrix(combined),
        actors=folded([name_view(entry, articles) for entry in combined.actors[:MOST_NAMES]], SHOWN_NAMES),
        places=folded([name_view(entry, articles) for entry in places[:MOST_NAMES]], SHOWN_NAMES),
        media=folded(name_view(entry, articles) for entry in combined.media),
        review_total=_review_total(combined),
        review=folded(review[:MOST_FINDINGS], SHOWN_FINDINGS),
        sources=folded([source_view(d, articles) for d in combined.digests[:MOST_SOURCES]], SHOWN_SOURCES),
        models=tuple(model_facts(model) for model in combined.models),
        languages=tuple(languages(combined.digests)),
        compared=what_is_compared(combined.digests),
        little_compared=bool(unchecked_languages(combined.digests)),
        more=_bounded(combined, len(events), len(places), len(review)),
    )


def _bounded(combined: CombinedDigest, events: int, places: int, findings: int) -> Bounded:
    apart = len(combined.digests) - len(combined.duplicates)
    return Bounded(
        events=len(combined.events) - events,
        articles=max(0, apart - MOST_TOLD - MOST_LISTED),
        countries=max(0, len(combined.countries) - MOST_COUNTRIES),
        actors=max(0, len(combined.actors) - MOST_NAMES),
        places=max(0, places - MOST_NAMES),
        review=max(0, findings - MOST_FINDINGS),
        sources=max(0, len(combined.digests) - MOST_SOURCES),
    )


def _fields(combined: CombinedDigest) -> dict[str, FieldValue]:
    published = combined.publications
    return {
        "title": TITLE,
        "articles": len(combined.digests),
        "not_done": len(combined.failures),
        "reprints": len(combined.duplicates),
        "to_check": len(combined.review),
        "events": len(combined.events),
        "first_date": published[0].date if published else "",
        "last_date": published[-1].date if published else "",
        "review": "check" if combined.review or combined.failures else "ok",
    }


def _intro(combined: CombinedDigest) -> Iterable[str]:
    dates = list(dict.fromkeys(date_in_words(entry.date, entry.precision) for entry in combined.publications))
    span = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates)
    undated = sum(digest.article.date is None for digest in combined.digests)
    texts = (
        count(len(combined.digests), "article"),
        f"{len(combined.duplicates)} of them much the same as another" if combined.duplicates else "",
        span,
        f"{undated} without a date" if undated else "",
        count(len(combined.events), "event") if combined.events else "",
        f"{len(combined.review)} to check" if combined.review else "",
        f"{len(combined.failures)} not done" if combined.failures else "",
    )
    return filter(None, texts)


def _scope(scope: Scope) -> ScopeView:
    return ScopeView(tuple(_conditions(scope.selection)), scope.left_out, scope.undated)


def _conditions(selection: Selection) -> Iterator[str]:
    if selection.since:
        yield f"published since {selection.since}"
    if selection.countries:
        yield f"about {' or '.join(selection.countries)}"
    if selection.actors:
        yield f"naming {' or '.join(selection.actors)}"


def _contents(combined: CombinedDigest) -> Iterator[str]:
    """Headings of the sections that the page has."""
    sections = {
        "New": bool(combined.scope.new),
        "Overview": True,
        "Events": bool(combined.events),
        "Articles": True,
        "Countries and themes": bool(combined.countries),
        "Actors": bool(combined.actors),
        "Places": any(entry.country for entry in combined.places),
        "To review": True,
        "Sources and models": True,
    }
    return (name for name, there in sections.items() if there)


def _overview(combined: CombinedDigest, articles: Articles) -> OverviewView:
    overview = combined.overview
    if overview is None:
        return OverviewView()
    sentences = [
        OverviewSentenceView(
            sentence.text,
            folded((articles[name] for name in sentence.article_ids if name in articles), SHOWN_REFERENCES),
            sentence.written,
        )
        for sentence in overview.sentences
    ]
    written = [sentence.written for sentence in overview.sentences]
    if any(written):
        return OverviewView(tuple(sentences), written_note(written, combined.digests[0].summarizer))
    extractive = overview.method is SummaryMethod.EXTRACTIVE
    reason = f" ({overview.note})" if overview.note else ""
    method = f"Extractive: taken from the summaries below{reason}." if extractive else ""
    return OverviewView(tuple(sentences), method)


def _matrix(combined: CombinedDigest) -> MatrixView:
    countries = combined.countries[:MOST_COUNTRIES]
    numbers = {(crossing.country, crossing.theme): len(crossing.article_ids) for crossing in combined.crossings}
    themes = tuple(theme.name for theme in combined.themes)
    rows = (
        (entry.name, len(entry.mentions), tuple(numbers.get((entry.name, theme), 0) for theme in themes))
        for entry in countries
    )
    return MatrixView(themes, tuple(rows))


def _review(combined: CombinedDigest, articles: Articles) -> list[ReviewView]:
    """Errors and warnings, errors first, each in the order of the articles: those with most of them first."""
    digests = {digest.article.id: digest for digest in combined.digests}
    rows = [
        review_view(number, finding, digests[item.article_id], articles)
        for item in combined.review
        for number, finding in ranked_findings(digests[item.article_id])
        if finding.serious
    ]
    return sorted(rows, key=lambda row: row.severity != "error")


def _review_total(combined: CombinedDigest) -> str:
    """How much there is to look at, by severity."""
    errors = sum(item.errors for item in combined.review)
    warnings = sum(item.warnings for item in combined.review)
    total = review_counts(errors, warnings)
    return f"{total} in {len(combined.review):,} of {count(len(combined.digests), 'article')}." if total else ""
