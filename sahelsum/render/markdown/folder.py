"""Pieces of the page across the articles of a folder, and of the page of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sahelsum.output.names import COMBINED_PAGE, page_name
from sahelsum.records import Support
from sahelsum.render.markdown.escape import Safe, markdown, mermaid
from sahelsum.render.markdown.pieces import SUPPORT_MARKS, joined, link
from sahelsum.render.view_chart import ChartPeriod, ChartSection
from sahelsum.render.view_folder import ArticleSummaryView, CopyView, OverviewSentenceView, OverviewView
from sahelsum.render.view_rows import ArticleReference, BlockReference, EventView, FigureView, ReviewView


def section_links(headings: Sequence[str]) -> Safe:
    """The table of contents."""
    return joined(link(heading, "", heading.lower().replace(" ", "-")) for heading in headings)


def number_link(article: ArticleReference, block: int | None = None) -> Safe:
    """An article by its number."""
    return link(str(article.number), page_name(article.id), f"p{block}" if block else "")


def number_links(articles: Iterable[ArticleReference]) -> Safe:
    """Articles by their numbers."""
    return joined(map(number_link, articles), ", ")


def titled_link(article: ArticleReference) -> Safe:
    """An article by its number and title."""
    return link(f"{article.number}. {article.title}", page_name(article.id))


def mention_links(mentions: Iterable[BlockReference]) -> Safe:
    """Articles by their numbers, each with a link to a block."""
    return joined((number_link(mention.article, mention.block) for mention in mentions), ", ")


def overview_paragraph(overview: OverviewView) -> Safe:
    """The overview, each sentence with the articles it rests on."""
    return Safe(" ".join(map(_overview_sentence, overview.sentences)))


def _overview_sentence(sentence: OverviewSentenceView) -> Safe:
    rest = len(sentence.articles.rest)
    links = [*map(number_link, sentence.articles.shown), f"and {rest} more" if rest else ""]
    references = joined(links, ", ")
    mark = Safe(f"({references})" if references else SUPPORT_MARKS[Support.NONE].strip())
    return joined([sentence.text, mark], " ")


def drawing(sections: Sequence[ChartSection]) -> Safe:
    """The source of a Mermaid timeline."""
    lines = ["timeline"]
    for section in sections:
        lines += [f"    section {mermaid(section.name)}", *map(_period, section.periods)]
    return Safe("\n".join(lines))


def _period(period: ChartPeriod) -> str:
    return " : ".join([f"        {mermaid(period.name)}", *map(mermaid, period.labels)])


def event_date(event: EventView) -> Safe:
    """The date; one that was counted from the publication says so with the words of the original."""
    counted = f" (“{markdown(event.counted_from)}”)" if event.counted_from else ""
    return Safe(markdown(event.date) + counted)


def event_text(event: EventView) -> Safe:
    """The sentence with its articles."""
    return joined([event.text, Safe(f"({mention_links(event.mentions)})")], " ")


def figure_text(figure: FigureView) -> Safe:
    """The sentence with its article."""
    return joined([figure.text, Safe(f"({mention_links([figure.mention])})")], " ")


def copy_links(copies: Iterable[CopyView]) -> Safe:
    """Reprints with how much of the text is the same."""
    return joined((joined([titled_link(copy.article), f"({copy.share:.0%})"], " ") for copy in copies), ", ")


def checks_link(article: ArticleSummaryView) -> Safe:
    """To the findings of an article."""
    return _checks("Checks", article.article)


def review_messages(row: ReviewView) -> Safe:
    """What was found in an article, and where all of it is."""
    return joined([*row.messages, _checks("all", row.article)], " ")


def _checks(text: str, article: ArticleReference) -> Safe:
    return link(text, page_name(article.id), "checks")


def part_link(folder: str) -> Safe:
    """To the page of a part."""
    return link(folder, f"{folder}/{COMBINED_PAGE}")


FILTERS: dict[str, Callable[..., object]] = {
    "checks_link": checks_link,
    "copy_links": copy_links,
    "drawing": drawing,
    "event_date": event_date,
    "event_text": event_text,
    "figure_text": figure_text,
    "mention_links": mention_links,
    "number_link": number_link,
    "number_links": number_links,
    "overview": overview_paragraph,
    "part_link": part_link,
    "review_messages": review_messages,
    "section_links": section_links,
    "titled_link": titled_link,
}
"""What templates may call these functions, the value first."""
