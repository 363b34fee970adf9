"""Markdown → blocks of plain text, by markdown-it-py (CommonMark with tables).

Emphasis, list bullets and quote marks go; link and image addresses, raw HTML and link definitions become extracts.
The numbers of ordered lists stay: a paragraph that begins with "1. November" is one to a Markdown parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import TYPE_CHECKING

from sahelsum.errors import InputError
from sahelsum.read.draft import Draft, Parsed
from sahelsum.read.fields import sort_fields
from sahelsum.read.frontmatter import split_front_matter
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.read.wikimarks import without_dialect
from sahelsum.records import BlockKind, Extract, ExtractKind

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 60
"""Levels of quotes and lists. The parser drops what is deeper without a word, so deeper texts are refused."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|</?[A-Za-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


def parse_markdown(text: str) -> Parsed:
    """Parse cleaned Markdown, with YAML front matter if it has any.

    Raises:
        InputError: the front matter is not usable, or the text is nested too deeply.
    """
    fields, body, told = split_front_matter(text)
    known = sort_fields(fields, "front matter")
    body, notes_of_editor = without_dialect(body)
    drafts, markup = _blocks(body)
    markup = [*notes_of_editor, *markup]
    return Parsed(
        drafts=tuple(drafts),
        plain=False,
        title=known.title,
        date=known.date,
        credit=known.credit,
        url=known.url,
        metadata=known.metadata,
        findings=(*told, *known.findings),
        extracts=tuple(Extract(ExtractKind.MARKUP, piece) for piece in markup),
    )


def _blocks(body: str) -> tuple[list[Draft], list[str]]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only for Markdown

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = parser.parse(body, env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise InputError(f"its quotes or lists are nested more than {MAX_NESTING // 2} levels deep.")
    builder = _Builder()
    for token in tokens:
        builder.add(token)
    definitions = [
        f"[{name}]: {entry['href']} {entry.get('title', '')}".strip()
        for name, entry in env.get("references", {}).items()
    ]
    return builder.drafts, builder.markup + definitions


class _Builder:
    """Collects drafts from the flat token stream, which marks where each block begins and ends."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.markup: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._marker = ""
        self._numbers: list[int | None] = []
        self._row: list[str] | None = None

    def add(self, token: Token) -> None:
        """Take in one token."""
        if token.type in ("heading_open", "paragraph_open"):
            self._kind = BlockKind.HEADING if token.type == "heading_open" else BlockKind.PARAGRAPH
        elif token.type == "inline":
            self._add_inline(token.children or [])
        elif token.type in ("fence", "code_block"):
            self.markup += [token.info] if token.info else []
            for line in token.content.split("\n"):
                self._append(line, BlockKind.PARAGRAPH)
        elif token.type == "html_block":
            self._append(self._without_tags(token.content), BlockKind.PARAGRAPH)
        else:
            self._follow_lists_and_tables(token)

    def _follow_lists_and_tables(self, token: Token) -> None:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            ordered = token.type == "ordered_list_open"
            self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self._numbers.pop()
        elif token.type == "list_item_open" and (number := self._numbers[-1]) is not None:
            # The parser keeps the number that was written in "info"; counting on would change "1. 1. 1." silently.
            self._marker = f"{token.info or number}{token.markup} "
        elif token.type == "tr_open":
            self._row = []
        elif token.type == "tr_close":
            cells, self._row = self._row or [], None
            self._append(" | ".join(cells), BlockKind.PARAGRAPH)

    def _add_inline(self, children: Sequence[Token]) -> None:
        text = self._plain(children)
        if self._row is not None:
            self._row.append(one_line(text))
            return
        only_images = bool(children) and all(child.type in ("image", "softbreak") for child in children)
        self._append(text, BlockKind.CAPTION if only_images else self._kind)

    def _plain(self, children: Sequence[Token]) -> str:
        pieces: list[str] = []
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                pieces.append(" ")
            elif child.type == "html_inline":
                self.markup.append(child.content)
            elif child.type == "image":
                pieces.append(self._plain(child.children or []))
                self._note_address(child, "src")
            elif child.type == "link_open":
                self._note_address(child, "href")
            else:
                pieces.append(child.content)
        return "".join(pieces)

    def _note_address(self, token: Token, name: str) -> None:
        parts = (token.attrs.get(name), token.attrs.get("title"))
        self.markup += [" ".join(str(part) for part in parts if part)] if any(parts) else []

    def _without_tags(self, html: str) -> str:
        self.markup += [one_line(tag) for tag in _TAG.findall(html)]
        return clean_text(unescape(_TAG.sub(" ", html)))

    def _append(self, text: str, kind: BlockKind) -> None:
        line = one_line(text)
        if line:
            self.drafts.append(Draft(self._marker + line, kind))
            self._marker = ""
