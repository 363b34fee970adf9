"""Pieces of the note on an actor or a place, which lies in a folder of its own below the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sahelsum.output.names import note_stem, page_name
from sahelsum.render.markdown.escape import Safe, link_target, markdown
from sahelsum.render.markdown.pieces import joined, sentence_anchor
from sahelsum.render.view import FieldValue
from sahelsum.render.view_names import NoteView
from sahelsum.render.view_rows import SentenceReference


def note_properties(note: NoteView) -> dict[str, FieldValue]:
    """The head of a note; what is empty is left out."""
    own = [note.name] if note_stem(note.name) != note.name else []
    fields: dict[str, FieldValue] = {
        "aliases": [*own, *note.aliases],
        "kind": note.kind,
        "country": f"[[{note_stem(note.country)}]]" if note.country else "",
        "articles": len(note.mentions.shown) + len(note.mentions.rest),
    }
    return {key: value for key, value in fields.items() if value}


def note_links(mentions: Iterable[SentenceReference], titled: bool = False) -> Safe:
    """Articles by their numbers or titles, each with a link to a sentence, from one folder further down."""
    return joined((_link(mention, titled) for mention in mentions), ", ")


def _link(mention: SentenceReference, titled: bool) -> Safe:
    article = mention.article
    target = link_target(page_name(article.id), sentence_anchor(mention.sentence) if mention.sentence else "")
    return Safe(f"[{markdown(article.title if titled else str(article.number))}](../{target.removeprefix('./')})")


FILTERS: dict[str, Callable[..., object]] = {"note_links": note_links, "note_properties": note_properties}
"""What templates may call these functions, the value first."""
