"""The page of a whole folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sahelsum.language.dates import date_in_words
from sahelsum.records import Digest, FactKind, Finding, Overview, SummaryMethod, Support
from sahelsum.records.folder import (
    CombinedDigest,
    Duplicate,
    Event,
    FigureGroup,
    IndexEntry,
    Mention,
    Publication,
    ReviewItem,
)
from sahelsum.render.chart import timeline_chart
from sahelsum.render.environment import render
from sahelsum.render.escape import FrontMatterValue, Safe, markdown, yaml_front_matter
from sahelsum.render.parts import (
    SUPPORT_MARKS,
    count,
    facts_line,
    joined,
    languages,
    link,
    method_note,
    model_line,
    page_of,
    review_counts,
    summary_paragraph,
    unchecked_languages,
    what_is_compared,
    written_date,
)

TITLE = "Sahel digest"
CONTENTS_FROM = 10
"""A page of more articles than this gets a table of contents."""
SHOWN_ROWS = 20
"""Rows of a table that are shown; the rest is folded."""
SHOWN_LINKS = 20
SHOWN_REFERENCES = 8
"""Articles cited under a sentence of the overview; the number of the others is told."""
SHOWN_GROUPS = 8
"""Groups of figures that differ; each has two rows or more."""
SHOWN_MESSAGES = 3
"""Findings quoted per article; its own page has them all."""


Row = TypeVar("Row")


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


def render_combined(combined: CombinedDigest) -> str:
    """The Markdown page across all articles."""
    articles = _Articles(combined.digests)
    recurring = [entry for entry in combined.actors if len(entry.mentions) > 1]
    single = [entry for entry in combined.actors if len(entry.mentions) == 1]
    events = [_event_row(event, articles) for event in combined.events]
    return render(
        "folder.md.j2",
        front_matter=yaml_front_matter(_front_matter(combined)),
        title=TITLE,
        intro=_intro(combined),
        licence_notes=sorted({model.licence_note for model in combined.models if model.licence_note}),
        contents=_contents(combined) if len(combined.digests) > CONTENTS_FROM else Safe(""),
        failures=folded((item.source, item.message) for item in combined.failures),
        overview=_overview(combined.overview, articles),
        chart=timeline_chart(combined.events, combined.publications, articles.titles),
        events=latest(events),
        counted=any(event.counted_from for event in combined.events),
        publications=latest(_publication_row(entry, articles) for entry in combined.publications),
        undated=joined((articles.link(d.article.id) for d in combined.digests if not d.article.date), ", "),
        countries=folded(_index_row(entry, articles) for entry in combined.countries),
        themes=folded(_index_row(entry, articles) for entry in combined.themes),
        common_method=_common_method(combined.digests),
        articles=folded(_article_rows(combined, articles)),
        figures=folded((_figure_rows(group, articles) for group in combined.figures), SHOWN_GROUPS),
        actors=folded(_index_row(entry, articles) for entry in recurring),
        single_actors=[_index_row(entry, articles) for entry in single],
        review_total=_review_total(combined),
        review=folded(_review_row(item, articles) for item in combined.review),
        sources=folded(_source_row(digest, articles) for digest in combined.digests),
        models=[model_line(model) for model in combined.models],
        language=" or ".join(languages(combined.digests)),
        compared=what_is_compared(combined.digests),
        little_compared=bool(unchecked_languages(combined.digests)),
    )


def _contents(combined: CombinedDigest) -> Safe:
    """Links to the sections that the page has."""
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
    return joined(link(name, "", name.lower().replace(" ", "-")) for name, there in sections.items() if there)


class _Articles:
    """Numbers of the articles, from 1 in the order of the page, and links to them."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._numbers = {digest.article.id: number for number, digest in enumerate(digests, 1)}
        self.titles = {digest.article.id: digest.title for digest in digests}

    def number(self, article_id: str) -> int:
        return self._numbers[article_id]

    def link(self, article_id: str, block: int | None = None) -> Safe:
        return link(str(self.number(article_id)), page_of(article_id), f"p{block}" if block else "")

    def titled_link(self, article_id: str) -> Safe:
        return link(f"{self.number(article_id)}. {self.titles[article_id]}", page_of(article_id))

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._numbers


def _front_matter(combined: CombinedDigest) -> dict[str, FrontMatterValue]:
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


def _intro(combined: CombinedDigest) -> Safe:
    dates = list(dict.fromkeys(date_in_words(entry.date, entry.precision) for entry in combined.publications))
    span = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates)
    undated = sum(digest.article.date is None for digest in combined.digests)
    return joined(
        [
            count(len(combined.digests), "article"),
            f"{len(combined.duplicates)} of them much the same as another" if combined.duplicates else "",
            span,
            f"{undated} without a date" if undated else "",
            f"{len(combined.review)} to check" if combined.review else "",
            f"{len(combined.failures)} not done" if combined.failures else "",
        ]
    )


def _overview(overview: Overview | None, articles: _Articles) -> tuple[Safe, str]:
    """The text with references, and how it was made."""
    if overview is None:
        return Safe(""), ""
    sentences = []
    for sentence in overview.sentences:
        known = folded((articles.link(name) for name in sentence.article_ids if name in articles), SHOWN_REFERENCES)
        more = f"and {len(known.rest)} more" if known.rest else ""
        references = joined([*known.shown, more], ", ")
        mark = Safe(f"({references})" if references else SUPPORT_MARKS[Support.NONE].strip())
        sentences.append(joined([sentence.text, mark], " "))
    extractive = overview.method is SummaryMethod.EXTRACTIVE
    reason = f" ({overview.note})" if overview.note else ""
    return Safe(" ".join(sentences)), f"Extractive: taken from the summaries below{reason}." if extractive else ""


def _event_row(event: Event, articles: _Articles) -> tuple[Safe, Safe]:
    """Date and sentence; a date that was counted from the publication says so with the words of the source."""
    date = markdown(date_in_words(event.date, event.precision))
    counted = f" (“{markdown(event.counted_from)}”)" if event.counted_from else ""
    references = joined((_mention(mention, articles) for mention in event.mentions), ", ")
    return Safe(date + counted), joined([event.text, Safe(f"({references})")], " ")


def _publication_row(entry: Publication, articles: _Articles) -> tuple[str, Safe]:
    return date_in_words(entry.date, entry.precision), articles.titled_link(entry.article_id)


def _figure_rows(group: FigureGroup, articles: _Articles) -> list[tuple[str, str, Safe]]:
    """Place, figure of the source and English sentence of each; the place only once."""
    return [
        (
            "" if position else group.place,
            figure.figure,
            joined([figure.text, Safe(f"({articles.link(figure.article_id, figure.block)})")], " "),
        )
        for position, figure in enumerate(group.figures)
    ]


UNNAMED_KINDS = ("country", "theme", FactKind.PERSON, FactKind.NAME)
"""What the heading says already, or a reader sees."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of an index."""

    name: str
    kind: str
    aliases: str
    articles: str
    links: Safe
    more: Safe
    more_count: int


def _index_row(entry: IndexEntry, articles: _Articles) -> IndexRow:
    links = folded((_mention(mention, articles) for mention in entry.mentions), SHOWN_LINKS)
    return IndexRow(
        name=entry.name,
        kind="" if entry.kind in UNNAMED_KINDS else entry.kind,
        aliases=", ".join(entry.aliases),
        articles=count(len(entry.mentions), "article"),
        links=joined(links.shown, ", "),
        more=joined(links.rest, ", "),
        more_count=len(links.rest),
    )


def _mention(mention: Mention, articles: _Articles) -> Safe:
    return articles.link(mention.article_id, mention.blocks[0] if mention.blocks else None)


def _common_method(digests: Sequence[Digest]) -> str:
    """How all the summaries came about, if it is the same for several articles: then it is said once."""
    notes = {method_note(digest.summary) for digest in digests}
    return notes.pop() if len(notes) == 1 and len(digests) > 1 else ""


def _article_rows(combined: CombinedDigest, articles: _Articles) -> Iterator[dict[str, Safe | str]]:
    """One entry per article; a reprint is a note under the article it was merged with."""
    review = {item.article_id: item for item in combined.review}
    common_method = _common_method(combined.digests)
    copies: dict[str, list[Duplicate]] = defaultdict(list)
    for item in combined.duplicates:
        copies[item.kept_id].append(item)
    merged = {item.copy_id for item in combined.duplicates}
    for digest in combined.digests:
        if digest.article.id not in merged:
            row = _article_row(digest, review.get(digest.article.id), articles, common_method)
            yield row | _copies(copies[digest.article.id], articles)


def _article_row(
    digest: Digest, review: ReviewItem | None, articles: _Articles, common_method: str
) -> dict[str, Safe | str]:
    file = page_of(digest.article.id)
    method = method_note(digest.summary)
    return {
        "title": articles.titled_link(digest.article.id),
        "facts": facts_line(digest),
        "check": review_counts(review.errors, review.warnings) if review else "",
        "checks": link("Checks", file, "checks"),
        "method": "" if method == common_method else method,
        "summary": summary_paragraph(digest, file),
    }


def _copies(copies: Sequence[Duplicate], articles: _Articles) -> dict[str, Safe | str]:
    lines = folded(joined([articles.titled_link(copy.copy_id), f"({copy.share:.0%})"], " ") for copy in copies)
    return {
        "copies": joined(lines.shown, ", "),
        "more_copies": joined(lines.rest, ", "),
        "more_count": str(len(lines.rest)),
    }


def _review_total(combined: CombinedDigest) -> Safe:
    """How much there is to look at, by severity."""
    errors = sum(item.errors for item in combined.review)
    warnings = sum(item.warnings for item in combined.review)
    total = review_counts(errors, warnings)
    return (
        Safe(f"{total} in {len(combined.review):,} of {count(len(combined.digests), 'article')}.")
        if total
        else Safe("")
    )


def _review_row(item: ReviewItem, articles: _Articles) -> tuple[Safe, str, Safe]:
    file = page_of(item.article_id)
    messages = list(dict.fromkeys(_short(finding) for finding in item.findings))
    more = len(messages) - SHOWN_MESSAGES
    shown = messages[:SHOWN_MESSAGES] + ([f"{more} more"] if more > 0 else [])
    counts = review_counts(item.errors, item.warnings)
    return articles.titled_link(item.article_id), counts, joined([*shown, link("all", file, "checks")], " ")


LONGEST_VALUE = 40
"""Longer values, whole sentences mostly, stand on the article's page."""


def _short(finding: Finding) -> str:
    values = " / ".join(filter(None, (finding.source_value, finding.target_value)))
    return f"{finding.message.rstrip('.')}: {values}." if 0 < len(values) <= LONGEST_VALUE else finding.message


def _source_row(digest: Digest, articles: _Articles) -> tuple[Safe, str, str, str, str]:
    article = digest.article
    number = articles.link(article.id)
    return number, article.source, written_date(article.date), article.credit or "", article.sha256[:12]
