"""Pieces of Markdown that several pages share: links, anchors, names, the summary with its evidence.

An anchor has to work on GitHub, which follows the ``id`` of HTML, and in Obsidian, which follows block ids alone: a
mark such as ``^s12`` at the end of a block. So both are written, under one name, and one link (``#^s12``) leads to
either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from sahelsum.output.names import note_stem, page_name
from sahelsum.records import Support
from sahelsum.render.markdown.escape import Safe, html, link_target, markdown, wikilink, yaml_front_matter
from sahelsum.render.view import SentencePlace, SummarySentenceView, SummaryView

REMEMBERED_LINKS = 1024
"""A page leads to the same few sentences again and again: facts, findings and the summary all do."""
SUPPORT_MARKS = {
    Support.STRONG: "",
    Support.PARTIAL: "partly supported",
    Support.NONE: "⚠ no support found",
}
FLAGGED_MARK = "⚠ from a doubtful translation"
"""Behind a sentence that a model wrote from one that the checks warn of."""


def joined(parts: Iterable[str], separator: str = " · ") -> Safe:
    """Parts with a separator between them; what is not Safe is escaped."""
    return Safe(separator.join(part if isinstance(part, Safe) else markdown(part) for part in parts if part))


@lru_cache(maxsize=REMEMBERED_LINKS)
def link(text: str, file: str, anchor: str = "") -> Safe:
    """A Markdown link to another page or to a place on one."""
    return Safe(f"[{markdown(text)}]({link_target(file, anchor)})")


def sentence_anchor(number: int) -> str:
    """The anchor of a sentence on the page of its article."""
    return f"^s{number}"


def finding_anchor(number: int) -> str:
    """The anchor of a finding on the page of its article."""
    return f"^c{number}"


def anchored(name: str) -> Safe:
    """What GitHub follows a link to; invisible."""
    return Safe(f'<a id="{html(name)}"></a>')


def place_link(place: SentencePlace, file: str = "") -> Safe:
    """A link to a sentence by the number of its paragraph: ``¶1``."""
    return link(f"¶{place.block}", file, sentence_anchor(place.sentence))


def place_links(places: Iterable[SentencePlace], file: str = "") -> Safe:
    """Links to sentences by the numbers of their paragraphs, runs of three and more as a range: ``¶1``, ``¶3–¶6``."""
    by_block: dict[int, SentencePlace] = {}
    for place in places:
        by_block.setdefault(place.block, place)
    texts = []
    for first, last in _runs(sorted(by_block)):
        ends = [first] if first == last else [first, last]
        texts.append(("–" if last > first + 1 else ", ").join(place_link(by_block[end], file) for end in ends))
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
    """The summary; each sentence with links to the sentences it rests on, and a mark where these are not enough.

    Args:
        summary: the summary.
        article_id: its article, on the page of another; empty on its own.
    """
    file = page_name(article_id) if article_id else ""
    return Safe(" ".join(_summary_sentence(sentence, file) for sentence in summary.sentences))


def _summary_sentence(sentence: SummarySentenceView, file: str) -> Safe:
    mark = SUPPORT_MARKS[sentence.support] or (FLAGGED_MARK if sentence.flagged else "")
    if mark and sentence.finding:
        mark = link(mark, file, finding_anchor(sentence.finding))
    marked = Safe(f"*({mark})*" if mark else "")
    return joined([sentence.text, place_links(sentence.evidence, file), marked], " ")


def name(text: str, wikilinks: bool) -> Safe:
    """The name of an actor or a place; in a vault, a link to its note."""
    return wikilink(note_stem(text), text) if wikilinks else markdown(text)


def names(texts: Iterable[str], wikilinks: bool) -> Safe:
    """Several of them."""
    return joined((name(text, wikilinks) for text in texts), ", ")


def web_link(url: str, text: str) -> Safe:
    """A link out, where the address is one of the web; nothing where it is not."""
    if not url.lower().startswith(("https://", "http://")) or not url.isprintable() or " " in url:
        return Safe("")
    return Safe(f"[{markdown(text)}](<{html(url)}>)" if _plain(url) else "")


def _plain(url: str) -> bool:
    """Whether an address has no sign that could end its link or mean something in Markdown."""
    return not set(url) & set("<>()[]\\`|\"' \t^{}$*~") and "%%" not in url and "==" not in url


def grouped(number: int) -> str:
    """A number as readers expect it: ``1,100``."""
    return f"{number:,}"


FILTERS: dict[str, Callable[..., object]] = {
    "anchored": anchored,
    "front_matter": yaml_front_matter,
    "grouped": grouped,
    "joined": joined,
    "name": name,
    "names": names,
    "summary": summary_paragraph,
    "web_link": web_link,
}
"""What templates may call these functions, the value first."""
