"""The page of a whole folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sahelsum.datewords import date_in_words
from sahelsum.escape import FrontMatterValue, Safe, yaml_front_matter
from sahelsum.folder_records import (
    CombinedDigest,
    DuplicatePair,
    IndexEntry,
    Mention,
    ReviewItem,
    TimelineEntry,
    TimelineKind,
)
from sahelsum.records import Digest, Finding, Overview, SummaryMethod
from sahelsum.render.chart import timeline_chart
from sahelsum.render.environment import render
from sahelsum.render.parts import (
    count,
    facts_line,
    joined,
    link,
    method_note,
    model_line,
    page_of,
    review_counts,
    summary_paragraph,
    written_date,
)

TITLE = "Sahel digest"
CONTENTS_FROM = 10
"""A page of more articles than this gets a table of contents."""
SHOWN_ROWS = 20
"""Rows of a table that are shown; the rest is folded."""
SHOWN_LINKS = 20
SHOWN_MESSAGES = 3
"""Findings quoted per article; its own page has them all."""


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Folded(Generic[Row]):
    """A list of which the first part is shown and the rest is folded."""

    shown: Sequence[Row]
    rest: Sequence[Row]


def folded(rows: Iterable[Row], limit: int = SHOWN_ROWS) -> Folded[Row]:
    """Fold what is over the limit, unless that is a handful of rows."""
    listed = list(rows)
    few_more = len(listed) <= limit + limit // 4
    return Folded(listed, []) if few_more else Folded(listed[:limit], listed[limit:])


def render_combined(combined: CombinedDigest) -> str:
    """The Markdown page across all articles."""
    articles = _Articles(combined.digests)
    review = {item.article_id: item for item in combined.review}
    recurring = [entry for entry in combined.actors if len(entry.mentions) > 1]
    single = [entry for entry in combined.actors if len(entry.mentions) == 1]
    method = _common_method(combined.digests)
    return render(
        "folder.md.j2",
        front_matter=yaml_front_matter(_front_matter(combined)),
        title=TITLE,
        intro=_intro(combined),
        licence_notes=sorted({model.licence_note for model in combined.models if model.licence_note}),
        contents=len(combined.digests) > CONTENTS_FROM,
        failures=folded((item.source, item.message) for item in combined.failures),
        overview=_overview(combined.overview, articles),
        chart=timeline_chart(combined.timeline),
        timeline=folded(_timeline_row(entry, articles) for entry in combined.timeline),
        undated=joined((articles.link(d.article.id) for d in combined.digests if not d.article.date), ", "),
        countries=folded(_index_row(entry, articles) for entry in combined.countries),
        themes=folded(_index_row(entry, articles) for entry in combined.themes),
        common_method=method,
        articles=folded(
            _article_row(digest, review.get(digest.article.id), articles, method) for digest in combined.digests
        ),
        actors=folded(_index_row(entry, articles) for entry in recurring),
        single_actors=[_index_row(entry, articles) for entry in single],
        review=folded(_review_row(item, articles) for item in combined.review),
        duplicates=folded(_duplicate_row(pair, articles) for pair in combined.duplicates),
        sources=folded(_source_row(digest, articles) for digest in combined.digests),
        models=[model_line(model) for model in combined.models],
    )


class _Articles:
    """Numbers of the articles, from 1 in the order of the page, and links to them."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._numbers = {digest.article.id: number for number, digest in enumerate(digests, 1)}
        self._titles = {digest.article.id: digest.title for digest in digests}

    def number(self, article_id: str) -> int:
        return self._numbers[article_id]

    def link(self, article_id: str, block: int | None = None) -> Safe:
        return link(str(self.number(article_id)), page_of(article_id), f"p{block}" if block else "")

    def titled_link(self, article_id: str) -> Safe:
        return link(f"{self.number(article_id)}. {self._titles[article_id]}", page_of(article_id))

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._numbers


def _front_matter(combined: CombinedDigest) -> dict[str, FrontMatterValue]:
    published = [entry for entry in combined.timeline if entry.kind is TimelineKind.PUBLISHED]
    return {
        "title": TITLE,
        "articles": len(combined.digests),
        "not_done": len(combined.failures),
        "to_check": len(combined.review),
        "first_date": published[0].date if published else "",
        "last_date": published[-1].date if published else "",
        "models": [model.alias for model in combined.models],
        "review": "check" if combined.review or combined.failures else "ok",
    }


def _intro(combined: CombinedDigest) -> Safe:
    published = [entry for entry in combined.timeline if entry.kind is TimelineKind.PUBLISHED]
    dates = list(dict.fromkeys(date_in_words(entry.date, entry.precision) for entry in published))
    span = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates)
    undated = sum(digest.article.date is None for digest in combined.digests)
    return joined(
        [
            count(len(combined.digests), "article"),
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
        references = joined((articles.link(known) for known in sentence.article_ids if known in articles), ", ")
        sentences.append(joined([sentence.text, Safe(f"({references})") if references else ""], " "))
    extractive = overview.method is SummaryMethod.EXTRACTIVE
    reason = f" ({overview.note})" if overview.note else ""
    return Safe(" ".join(sentences)), f"Extractive: taken from the summaries below{reason}." if extractive else ""


def _timeline_row(entry: TimelineEntry, articles: _Articles) -> tuple[str, Safe]:
    date = date_in_words(entry.date, entry.precision)
    if entry.kind is TimelineKind.PUBLISHED:
        return date, joined(["Published:", articles.titled_link(entry.article_id)], " ")
    return date, joined([entry.text, Safe(f"({articles.link(entry.article_id, entry.block)})")], " ")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A line of an index."""

    name: str
    kind: str
    articles: str
    links: Safe
    more: Safe
    more_count: int


def _index_row(entry: IndexEntry, articles: _Articles) -> IndexRow:
    links = folded((_mention(mention, articles) for mention in entry.mentions), SHOWN_LINKS)
    return IndexRow(
        name=entry.name,
        kind=entry.kind,
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


def _article_row(digest: Digest, review: ReviewItem | None, articles: _Articles, common_method: str) -> dict[str, str]:
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


def _duplicate_row(pair: DuplicatePair, articles: _Articles) -> tuple[Safe, Safe, str]:
    return articles.titled_link(pair.first_id), articles.titled_link(pair.second_id), f"{pair.share:.0%}"


def _source_row(digest: Digest, articles: _Articles) -> tuple[Safe, str, str, str, str]:
    article = digest.article
    number = articles.link(article.id)
    return number, article.source, written_date(article.date), article.credit or "", article.sha256[:12]
