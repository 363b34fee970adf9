"""Pieces of the page of one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sahelsum.language.packs import pack_of
from sahelsum.output.names import note_stem
from sahelsum.records import BlockKind
from sahelsum.render.markdown.escape import Safe, html, markdown
from sahelsum.render.markdown.pieces import anchored, finding_anchor, joined, link, name, place_links, sentence_anchor
from sahelsum.render.view import FieldValue
from sahelsum.render.view_article import BlockView, FindingView, KeyFact, SentenceView

LINKED_FIELDS = ("countries", "places", "actors")
"""Properties that a vault follows as links."""


def properties(fields: Mapping[str, FieldValue], wikilinks: bool) -> dict[str, FieldValue]:
    """The head of the page; in a vault, names are links to their notes."""
    if not wikilinks:
        return dict(fields)
    return {
        key: [f"[[{note_stem(text)}]]" for text in value] if key in LINKED_FIELDS and isinstance(value, list) else value
        for key, value in fields.items()
    }


def key_facts(facts: Sequence[KeyFact], wikilinks: bool) -> Safe:
    """Facts of a kind, each with links to where it is said."""
    return joined(joined([name(fact.text, wikilinks and fact.named), place_links(fact.places)], " ") for fact in facts)


def english(block: BlockView, language: str) -> Safe:
    """The translation of a block; each sentence can be linked to, and has marks that lead to what was found there."""
    text = " ".join(_sentence(item, language) for item in block.sentences) or "*This part has no translation.*"
    return Safe(text if block.photo_credit is None else f"{text} ({markdown(block.photo_credit)})")


def _sentence(sentence: SentenceView, language: str) -> Safe:
    marks = (link("⚠", "", finding_anchor(each.number)) for each in sentence.findings if each.serious)
    anchor = anchored(sentence_anchor(sentence.number))
    return joined([Safe(anchor + _wording(sentence, language)), *marks], " ")


def _wording(sentence: SentenceView, language: str) -> Safe:
    if sentence.failure is None:
        return markdown(sentence.english)
    original = markdown(sentence.original).join(pack_of(language).quotes)
    return Safe(f"*not translated* ({markdown(sentence.failure)}): {original}")


def with_originals(blocks: Sequence[BlockView]) -> Iterator[tuple[BlockView, Safe]]:
    """Blocks, each with the original of itself and of the headings over it; empty where the next block carries it."""
    waiting: list[Safe] = []
    last = len(blocks) - 1
    for position, block in enumerate(blocks):
        waiting += _original(block)
        if block.kind is BlockKind.HEADING and position < last:
            yield block, Safe("")
        else:
            yield block, Safe("\n".join(waiting))
            waiting = []


def _original(block: BlockView) -> Iterator[Safe]:
    """A line for each sentence, with the mark that Obsidian follows a link to."""
    bold = "**" if block.kind is BlockKind.HEADING else ""
    if not block.sentences:
        yield Safe(f"- {bold}{markdown(block.original)}{bold}")
    for sentence in block.sentences:
        yield Safe(f"- {bold}{markdown(sentence.original)}{bold} {sentence_anchor(sentence.number)}")


def place(finding: FindingView) -> Safe | str:
    """Where to look."""
    if finding.place:
        return link(f"sentence {finding.place.sentence}", "", sentence_anchor(finding.place.sentence))
    if finding.summary_sentence is not None:
        return link(f"summary, sentence {finding.summary_sentence}", "", "summary")
    return "whole article"


def values(finding: FindingView) -> Safe:
    """What it is about, in both languages; whole sentences stand below anyway."""
    quoted = [
        f"“{markdown(value)}”"
        for value, whole in ((finding.original, finding.sentence), (finding.english, finding.translation))
        if value and value != whole
    ]
    return Safe(" / ".join(quoted))


def language_attribute(code: str) -> Safe:
    """A language as an attribute of HTML."""
    return Safe(f'lang="{html(code)}"')


FILTERS: dict[str, Callable[..., object]] = {
    "english": english,
    "finding_anchor": lambda number: Safe(finding_anchor(number)),
    "key_facts": key_facts,
    "language_attribute": language_attribute,
    "place": place,
    "properties": properties,
    "values": values,
    "with_originals": with_originals,
}
"""What templates may call these functions, the value first."""
