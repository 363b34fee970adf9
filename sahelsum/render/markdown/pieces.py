"""Pieces of Markdown that several pages share: links, lines of facts, the summary with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sahelsum.output.names import page_name
from sahelsum.records import Support
from sahelsum.render.markdown.escape import Safe, link_target, markdown, yaml_front_matter
from sahelsum.render.view import SummaryView

REMEMBERED_LINKS = 1024
"""A page leads to the same few blocks again and again: facts, findings and the summary all do."""
SUPPORT_MARKS = {
    Support.STRONG: "",
    Support.PARTIAL: " *(partly supported)*",
    Support.NONE: " *(⚠ no support found)*",
}
FLAGGED_MARK = " *(⚠ from a doubtful translation)*"
"""Behind a sentence that a model wrote from one that the checks warn of."""


def joined(parts: Iterable[str], separator: str = " · ") -> Safe:
    """Parts with a separator between them; what is not Safe is escaped."""
    return Safe(separator.join(part if isinstance(part, Safe) else markdown(part) for part in parts if part))


@lru_cache(maxsize=REMEMBERED_LINKS)
def link(text: str, file: str, anchor: str = "") -> Safe:
    """A Markdown link to another page or to a heading."""
    return Safe(f"[{markdown(text)}]({link_target(file, anchor)})")


def block_link(number: int, file: str = "") -> Safe:
    """A link to a block: ``¶1``."""
    return link(f"¶{number}", file, f"p{number}")


def block_links(numbers: Iterable[int], file: str = "") -> Safe:
    """Links to blocks, runs of three and more as a range: ``¶1``, ``¶3–¶6``."""
    texts = []
    for first, last in _runs(sorted(set(numbers))):
        ends = [first] if first == last else [first, last]
        texts.append(("–" if last > first + 1 else ", ").join(block_link(end, file) for end in ends))
    return Safe(", ".join(texts))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = previous = 0
    for number in numbers:
        if start and number == previous + 1:
            previous = number
            continue
        if start:
            yield start, previous
        start = previous = number
    if start:
        yield start, previous


def summary_paragraph(summary: SummaryView, article_id: str = "") -> Safe:
    """The summary; each sentence with links to the paragraphs it rests on, and a mark where that is not enough.

    Args:
        summary: the summary.
        article_id: its article, on the page of another; empty on its own.
    """
    file = page_name(article_id) if article_id else ""
    sentences = []
    for sentence in summary.sentences:
        links = block_links((place.block for place in sentence.evidence), file)
        sentences.append(
            joined([sentence.text, links], " ") + SUPPORT_MARKS[sentence.support] + FLAGGED_MARK * sentence.flagged
        )
    return Safe(" ".join(sentences))


def grouped(number: int) -> str:
    """A number as readers expect it: ``1,100``."""
    return f"{number:,}"


FILTERS: dict[str, Callable[..., object]] = {
    "front_matter": yaml_front_matter,
    "grouped": grouped,
    "joined": joined,
    "summary": summary_paragraph,
}
"""What templates may call these functions, the value first."""
