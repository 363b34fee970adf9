"""Pieces of the page across the articles of a folder, and of the page of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sahelsum.output.names import COMBINED_PAGE, page_name
from sahelsum.records import Support
from sahelsum.render.markdown.escape import Safe, markdown
from sahelsum.render.markdown.pieces import (
    SUPPORT_MARKS,
    finding_anchor,
    joined,
    link,
    name,
    sentence_anchor,
    web_link,
)
from sahelsum.render.view_events import EventView, FigureView, SayingView
from sahelsum.render.view_folder import OverviewSentenceView, OverviewView
from sahelsum.render.view_listing import ArticleSummaryView, CopyView
from sahelsum.render.view_rows import ArticleReference, ReviewView, SentenceReference

NEW = Safe("**new**")


def section_links(headings: Sequence[str]) -> Safe:
    """The table of contents."""
    return joined(link(heading, "", heading.lower().replace(" ", "-")) for heading in headings)


def number_link(article: ArticleReference, sentence: int | None = None) -> Safe:
    """An article by its number."""
    return link(str(article.number), page_name(article.id), sentence_anchor(sentence) if sentence else "")


def titled_link(article: ArticleReference) -> Safe:
    """An article by its number and title."""
    return link(f"{article.number}. {article.title}", page_name(article.id))


def title_links(articles: Iterable[ArticleReference]) -> Safe:
    """Articles by their numbers and titles."""
    return joined(map(titled_link, articles))


def mention_links(mentions: Iterable[SentenceReference], more: int = 0) -> Safe:
    """Articles by their numbers, each with a link to a sentence; ``more``: how many are not there."""
    links = [number_link(mention.article, mention.sentence) for mention in mentions]
    return joined([*links, f"and {more:,} more" if more else ""], ", ")


def overview_paragraph(overview: OverviewView) -> Safe:
    """The overview, each sentence with the articles it rests on."""
    return Safe(" ".join(map(_overview_sentence, overview.sentences)))


def _overview_sentence(sentence: OverviewSentenceView) -> Safe:
    rest = len(sentence.articles.rest)
    links = [*map(number_link, sentence.articles.shown), f"and {rest} more" if rest else ""]
    references = joined(links, ", ")
    mark = Safe(f"({references})" if references else f"*({SUPPORT_MARKS[Support.NONE]})*")
    return joined([sentence.text, mark], " ")


def event_date(event: EventView) -> Safe:
    """The date, with the words of the original that it was counted from, or that are all there is."""
    counted = f"“{markdown(event.counted_from)}”" if event.counted_from else ""
    date = f"{markdown(event.date)} ({counted})" if event.date and counted else markdown(event.date) or counted
    return joined([Safe(date), NEW if event.new else ""], " ")


def event_place(event: EventView, wikilinks: bool) -> Safe:
    """The town and its country; in brackets, if it is that of the text around."""
    where = [event.place, event.country] if event.country != event.place else [event.place]
    text = joined((name(each, wikilinks) for each in where if each), ", ")
    return Safe(f"({text})" if text and event.place_inferred else text)


def event_text(event: EventView, language: str) -> Safe:
    """The sentence, further numbers, and the original folded."""
    wording = markdown(event.text) or Safe("*not translated*")
    sums = "*Total:* " if event.total else ""
    others = [f"{toll.toll.value.capitalize()}: {figures(toll.figures)}." for toll in event.others]
    original = f"<details><summary>{markdown(language)}</summary>{markdown(event.original)}</details>"
    return Safe(" ".join([f"{sums}{wording}", *others, original]))


def figures(reported: Iterable[FigureView]) -> Safe:
    """Numbers as reported, side by side: ``15 (dpa) / at least 42 (AFP)``."""
    return joined(map(_figure, reported), " / ")


def _figure(figure: FigureView) -> Safe:
    sources = f"({', '.join(figure.sources)})" if figure.sources else ""
    return joined([figure.qualifier, f"{figure.value:,}", figure.what, sources], " ")


def saying(says: Iterable[SayingView]) -> Safe:
    """Who says so."""
    return joined((_saying(each) for each in says), "; ")


def _saying(each: SayingView) -> str:
    return f"{each.who} ({each.outlet})" if each.who and each.outlet else each.who or each.outlet


def copy_links(copies: Iterable[CopyView]) -> Safe:
    """Reprints with how much of the text is the same."""
    return joined((joined([titled_link(copy.article), f"({copy.share:.0%})"], " ") for copy in copies), ", ")


def article_line(article: ArticleSummaryView) -> Safe:
    """Under the headline: whether it is new, the facts, a link to where it was published, what to check."""
    checks = link(f"⚠ {article.review} to check", page_name(article.article.id), "checks") if article.review else ""
    return joined([NEW if article.new else "", *article.facts, web_link(article.url, "original"), checks])


def review_link(row: ReviewView) -> Safe:
    """To the finding on the page of its article."""
    return link(str(row.article.number), page_name(row.article.id), finding_anchor(row.finding))


def review_message(row: ReviewView) -> Safe:
    """What was found, with what it is about in both languages; whole sentences stand beside it anyway."""
    pairs = zip(row.values, (row.original, row.english), strict=True)
    quoted = [f"“{value}”" for value, whole in pairs if value and value != whole]
    return joined([f"{row.severity.value.capitalize()}: {row.message}", " / ".join(quoted)], " ")


def part_link(folder: str) -> Safe:
    """To the page of a part."""
    return link(folder, f"{folder}/{COMBINED_PAGE}")


FILTERS: dict[str, Callable[..., object]] = {
    "article_line": article_line,
    "copy_links": copy_links,
    "event_date": event_date,
    "event_place": event_place,
    "event_text": event_text,
    "figures": figures,
    "mention_links": mention_links,
    "number_link": number_link,
    "overview": overview_paragraph,
    "part_link": part_link,
    "review_link": review_link,
    "review_message": review_message,
    "saying": saying,
    "section_links": section_links,
    "title_links": title_links,
    "titled_link": titled_link,
}
"""What templates may call these functions, the value first."""
