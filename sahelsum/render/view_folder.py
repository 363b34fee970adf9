"""The view of a whole folder: what stands on the page across its articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sahelsum.language.dates import date_in_words
from sahelsum.records import Digest, Failure, SummaryMethod
from sahelsum.records.folder import CombinedDigest, Duplicate
from sahelsum.render.view import (
    FieldValue,
    Folded,
    SummaryView,
    article_facts,
    blocks_by_sentence,
    count,
    folded,
    languages,
    latest,
    licence_notes,
    method_note,
    model_facts,
    review_counts,
    summary_view,
    unchecked_languages,
    what_is_compared,
    written_note,
)
from sahelsum.render.view_chart import ChartSection, timeline_chart
from sahelsum.render.view_rows import (
    ArticleReference,
    Articles,
    EventView,
    FiguresView,
    IndexView,
    PublicationView,
    ReviewView,
    SourceView,
    event_view,
    figures_view,
    index_view,
    publication_view,
    review_view,
    source_view,
)

TITLE = "Sahel digest"
CONTENTS_FROM = 10
"""A page of more articles than this gets a table of contents."""
SHOWN_REFERENCES = 8
"""Articles cited under a sentence of the overview; the number of the others is told."""
SHOWN_GROUPS = 8
"""Groups of figures that differ; each has two rows or more."""


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
class CopyView:
    """An article with much the same text. ``share``: of the shorter one, 0 to 1."""

    article: ArticleReference
    share: float


@dataclass(frozen=True, slots=True)
class ArticleSummaryView:
    """What the page of the folder tells of one article."""

    article: ArticleReference
    facts: tuple[str, ...]
    review: str
    """How many serious findings there are; empty without any."""
    summary: SummaryView
    """Without how it came about where that is said for all of them at once."""
    copies: Folded[CopyView]


@dataclass(frozen=True, slots=True)
class FolderView:
    """The page across all articles, in the order of its sections."""

    fields: Mapping[str, FieldValue]
    title: str
    intro: tuple[str, ...]
    licence_notes: tuple[str, ...]
    contents: tuple[str, ...]
    """Headings of the sections; empty on a page that needs no table of contents."""
    failures: Folded[Failure]
    overview: OverviewView
    chart: tuple[ChartSection, ...]
    """The timeline as a drawing; empty where there is too little to draw."""
    events: Folded[EventView]
    counted: bool
    """Whether the date of any event was counted from the day of publication."""
    publications: Folded[PublicationView]
    undated: tuple[ArticleReference, ...]
    countries: Folded[IndexView]
    themes: Folded[IndexView]
    common_method: str
    """How all summaries came about, if it is the same for several articles."""
    articles: Folded[ArticleSummaryView]
    actors: Folded[IndexView]
    single_actors: tuple[IndexView, ...]
    """Those that only one article names."""
    figures: Folded[FiguresView]
    review_total: str
    review: Folded[ReviewView]
    sources: Folded[SourceView]
    models: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    """What English calls the languages of the articles."""
    compared: str
    """What the checks do, after "The automatic checks"; ``little_compared``: that is not much for some language."""
    little_compared: bool


def folder_view(combined: CombinedDigest) -> FolderView:
    """What stands on the page across all articles."""
    articles = Articles(combined.digests)
    recurring = [entry for entry in combined.actors if len(entry.mentions) > 1]
    single = [entry for entry in combined.actors if len(entry.mentions) == 1]
    return FolderView(
        fields=_fields(combined),
        title=TITLE,
        intro=tuple(_intro(combined)),
        licence_notes=licence_notes(combined.models),
        contents=tuple(_contents(combined)) if len(combined.digests) > CONTENTS_FROM else (),
        failures=folded(combined.failures),
        overview=_overview(combined, articles),
        chart=timeline_chart(combined.events, combined.publications, articles.titles()),
        events=latest(event_view(event, articles) for event in combined.events),
        counted=any(event.counted_from for event in combined.events),
        publications=latest(publication_view(entry, articles) for entry in combined.publications),
        undated=tuple(articles[d.article.id] for d in combined.digests if not d.article.date),
        countries=folded(index_view(entry, articles) for entry in combined.countries),
        themes=folded(index_view(entry, articles) for entry in combined.themes),
        common_method=_common_method(combined.digests),
        articles=folded(_article_summaries(combined, articles)),
        actors=folded(index_view(entry, articles) for entry in recurring),
        single_actors=tuple(index_view(entry, articles) for entry in single),
        figures=folded((figures_view(group, articles) for group in combined.figures), SHOWN_GROUPS),
        review_total=_review_total(combined),
        review=folded(review_view(item, articles) for item in combined.review),
        sources=folded(source_view(digest, articles) for digest in combined.digests),
        models=tuple(model_facts(model) for model in combined.models),
        languages=tuple(languages(combined.digests)),
        compared=what_is_compared(combined.digests),
        little_compared=bool(unchecked_languages(combined.digests)),
    )


def _fields(combined: CombinedDigest) -> dict[str, FieldValue]:
    published = combined.publications
    return {
        "title": TITLE,
        "articles": len(combined.digests),
        "not_done": len(combined.failures),
        "reprints": len(combined.duplicates),
        "to_check": len(combined.review),
        "first_date": published[0].date if published else "",
        "last_date": published[-1].date if published else "",
        "models": [model.alias for model in combined.models],
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
        f"{len(combined.review)} to check" if combined.review else "",
        f"{len(combined.failures)} not done" if combined.failures else "",
    )
    return filter(None, texts)


def _contents(combined: CombinedDigest) -> Iterator[str]:
    """Headings of the sections that the page has."""
    sections = {
        "Overview": True,
        "Timeline": True,
        "Countries": bool(combined.countries),
        "Themes": bool(combined.themes),
        "Articles": True,
        "Actors": bool(combined.actors),
        "Figures that differ": bool(combined.figures),
        "Review": True,
        "Sources": True,
        "Models": True,
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


def _common_method(digests: Sequence[Digest]) -> str:
    """How all the summaries came about, if it is the same for several articles: then it is said once."""
    notes = {method_note(digest.summary, digest.summarizer) for digest in digests}
    return notes.pop() if len(notes) == 1 and len(digests) > 1 else ""


def _article_summaries(combined: CombinedDigest, articles: Articles) -> Iterator[ArticleSummaryView]:
    """One entry per article; a reprint is a note under the article it was merged with."""
    review = {item.article_id: review_counts(item.errors, item.warnings) for item in combined.review}
    common_method = _common_method(combined.digests)
    copies: dict[str, list[Duplicate]] = defaultdict(list)
    for item in combined.duplicates:
        copies[item.kept_id].append(item)
    merged = {item.copy_id for item in combined.duplicates}
    for digest in combined.digests:
        article = articles[digest.article.id]
        if article.id not in merged:
            summary = summary_view(digest, blocks_by_sentence(digest))
            said = summary.method == common_method
            yield ArticleSummaryView(
                article=article,
                facts=article_facts(digest),
                review=review.get(article.id, ""),
                summary=replace(summary, method="") if said else summary,
                copies=folded(CopyView(articles[copy.copy_id], copy.share) for copy in copies[article.id]),
            )


def _review_total(combined: CombinedDigest) -> str:
    """How much there is to look at, by severity."""
    errors = sum(item.errors for item in combined.review)
    warnings = sum(item.warnings for item in combined.review)
    total = review_counts(errors, warnings)
    return f"{total} in {len(combined.review):,} of {count(len(combined.digests), 'article')}." if total else ""
