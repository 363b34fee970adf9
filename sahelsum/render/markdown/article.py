"""Pieces of the page of one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sahelsum.language.packs import pack_of
from sahelsum.records import BlockKind
from sahelsum.render.markdown.escape import Safe, html, markdown
from sahelsum.render.markdown.pieces import block_link, block_links, joined, link
from sahelsum.render.view_article import BlockView, FindingView, KeyFact, SentenceView

FLAG = " [⚠](#checks)"


def key_facts(facts: Sequence[KeyFact]) -> Safe:
    """Facts of a kind, each with links to its blocks."""
    return joined(joined([fact.text, block_links(fact.blocks)], " ") for fact in facts)


def english(block: BlockView, language: str) -> Safe:
    """The translation of a block, with a mark behind each sentence that a reader is warned of."""
    text = " ".join(_sentence(item, language) + (FLAG if item.flagged else "") for item in block.sentences)
    if not block.sentences:
        text = "⚠ This part has no translation."
    return Safe(text if block.photo_credit is None else f"{text} ({markdown(block.photo_credit)})")


def _sentence(sentence: SentenceView, language: str) -> Safe:
    if sentence.failure is None:
        return markdown(sentence.english)
    original = markdown(sentence.original).join(pack_of(language).quotes)
    return Safe(f"⚠ not translated ({markdown(sentence.failure)}): {original}")


def with_originals(blocks: Sequence[BlockView], language: str) -> Iterator[tuple[BlockView, Safe]]:
    """Blocks, each with the HTML of the original and of the headings over it; empty where the next block carries it."""
    headings = Safe("")
    last = len(blocks) - 1
    for position, block in enumerate(blocks):
        waits = block.kind is BlockKind.HEADING and position < last
        headings = Safe(headings + _original(block, language))
        yield block, Safe("") if waits else headings
        headings = headings if waits else Safe("")


def _original(block: BlockView, language: str) -> Safe:
    text = html(block.original)
    shown = f"<b>{text}</b>" if block.kind is BlockKind.HEADING else text
    return Safe(f'<p lang="{html(language)}">{shown}</p>')


def place(finding: FindingView) -> Safe | str:
    """Where to look."""
    if finding.place:
        return Safe(f"{block_link(finding.place.block)}, sentence {finding.place.sentence}")
    if finding.summary_sentence is not None:
        return link(f"Summary, sentence {finding.summary_sentence}", "", "summary")
    return "whole article"


FILTERS: dict[str, Callable[..., object]] = {
    "english": english,
    "key_facts": key_facts,
    "place": place,
    "with_originals": with_originals,
}
"""What templates may call these functions, the value first."""
