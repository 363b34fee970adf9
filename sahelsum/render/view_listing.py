"""The articles on the page across a folder: each with its summary, or, in a large folder, in one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sahelsum.records import Digest
from sahelsum.records.folder import CombinedDigest, Duplicate
from sahelsum.render.view import (
    Folded,
    SummaryView,
    article_facts,
    folded,
    method_note,
    review_counts,
    summary_view,
    written_date,
)
from sahelsum.render.view_rows import ArticleReference, Articles

MOST_TOLD = 60
"""Articles with their summary; the others of a large folder have a line each, up to ``MOST_LISTED``."""
MOST_LISTED = 600


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
    url: str
    """Where it can be read, as its source says; empty if it does not."""
    review: str
    """How many serious findings there are; empty without any."""
    summary: SummaryView
    """Without how it came about where that is said for all of them at once."""
    copies: Folded[CopyView]
    new: bool


@dataclass(frozen=True, slots=True)
class ArticleLineView:
    """An article in one line."""

    article: ArticleReference
    date: str
    outlet: str
    to_check: int
    new: bool


def common_method(digests: Sequence[Digest]) -> str:
    """How all the summaries came about, if it is the same for several articles: then it is said once."""
    notes = {method_note(digest.summary, digest.summarizer) for digest in digests}
    return notes.pop() if len(notes) == 1 and len(digests) > 1 else ""


def told_articles(combined: CombinedDigest) -> frozenset[str]:
    """The articles whose summary is on the page, reprints left out: new ones first, then those of the latest date."""
    merged = {item.copy_id for item in combined.duplicates}
    apart = [digest.article for digest in combined.digests if digest.article.id not in merged]
    apart.sort(key=lambda article: article.date.value if article.date else "", reverse=True)
    apart.sort(key=lambda article: article.id not in combined.scope.new)
    return frozenset(article.id for article in apart[:MOST_TOLD])


def article_summaries(
    combined: CombinedDigest, articles: Articles, told: frozenset[str]
) -> Iterator[ArticleSummaryView]:
    """An entry for each article of ``told``; a reprint is a note under the article it was merged with."""
    review = {item.article_id: review_counts(item.errors, item.warnings) for item in combined.review}
    common = common_method(combined.digests)
    copies: dict[str, list[Duplicate]] = defaultdict(list)
    for item in combined.duplicates:
        copies[item.kept_id].append(item)
    for digest in combined.digests:
        article = articles[digest.article.id]
        if article.id in told:
            summary = summary_view(digest)
            said = summary.method == common
            yield ArticleSummaryView(
                article=article,
                facts=article_facts(digest),
                url=digest.article.url or "",
                review=review.get(article.id, ""),
                summary=replace(summary, method="") if said else summary,
                copies=folded(CopyView(articles[copy.copy_id], copy.share) for copy in copies[article.id]),
                new=article.id in combined.scope.new,
            )


def article_lines(combined: CombinedDigest, articles: Articles, told: frozenset[str]) -> Iterator[ArticleLineView]:
    """A line for each of the other articles, but for reprints that are told of."""
    to_check = {item.article_id: item.errors + item.warnings for item in combined.review}
    merged = {item.copy_id for item in combined.duplicates if item.kept_id in told}
    for digest in combined.digests:
        article = digest.article
        if article.id not in told and article.id not in merged:
            new = article.id in combined.scope.new
            outlet = article.credit or ""
            number = to_check.get(article.id, 0)
            yield ArticleLineView(articles[article.id], written_date(article.date), outlet, number, new)
