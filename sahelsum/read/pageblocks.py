"""A web page's tree → all its visible text, as blocks in reading order. Nothing is chosen here and nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sahelsum.read.markup import RAISED
from sahelsum.records import BlockKind

_UNSEEN = frozenset("head script style noscript template iframe object canvas audio video map".split())
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output q rp rt
    ruby s samp math small source span strike strong sub sup time tt u var wbr picture link meta""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 summary legend".split())
_AROUND = frozenset("svg nav footer form button select textarea option menu dialog datalist".split())
_FRAME = frozenset("svg nav footer button select menu".split())
_AROUND_ROLES = frozenset("navigation search dialog menu menubar contentinfo alert toolbar".split())
_AROUND_NAMES = re.compile(
    r"(?<![a-z])(?:nav|navi|navigation|navbar|menu|breadcrumbs?|share|sharing|social|comments?|kommentare?|related|"
    r"recommend(?:ed|ations?)?|newsletter|cookies?|consent|sidebar|promo|ads?|advert|advertisement|anzeige|werbung|"
    r"footer|pagination|toolbar|skip|login|search|popup|modal|meistgelesen|outbrain|taboola)(?![a-z])",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(r"(?<![a-z])(?:caption|bildunterschrift|imagecaption)(?![a-z])", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡]{1,3}|[a-z])\s*[\])]?$")
_RAISED_NUMBER = re.compile(r"[-+−]?\d{1,3}(?:[,;]\s?\d{1,3})*$")
MAX_CELL_CHARACTERS = 120
"""A table with longer cells lays out the page and holds no figures."""
MIN_LINES_OF_A_LIST = 3
"""Lines between <br>, each begun with a capital, that make a list; fewer may be a sentence broken by hand."""


@dataclass(frozen=True, slots=True, eq=False)
class PageBlock:
    """A piece of visible text on one line, and the element it stands in."""

    text: str
    kind: BlockKind
    element: Any
    linked: int
    """Characters of it within links."""
    around: tuple[Any, ...]
    """The elements above it that are seldom part of an article, such as a menu. A wrapper of the whole page may look
    like one by its name (``class="with-sidebar"``)."""
    hidden: bool
    marks: tuple[str, ...] = ()
    """Footnote marks that stood in it."""
    time: str = ""
    """What a ``<time>`` that is all of its text says for machines."""

    @property
    def framed(self) -> bool:
        """Whether it stands in the frame of the page, whatever holds the article."""
        return self.hidden or any(element.tag in _FRAME for element in self.around)


class _Collector:
    """The text since the last border of a block."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.marks: list[str] = []
        self.times: list[tuple[str, str]] = []

    def add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self.pieces.append(re.sub(r"\s+", " ", text))
            self.linked += len("".join(text.split())) if linked else 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known from the elements above."""

    element: Any
    kind: BlockKind = BlockKind.PARAGRAPH
    linked: bool = False
    around: tuple[Any, ...] = ()
    hidden: bool = False


def page_blocks(body: Any) -> list[PageBlock]:
    """All visible text under ``body``, an element of lxml."""
    walker = _Walker()
    walker.walk(body, _Place(body))
    walker.flush(_Place(body))
    return walker.blocks


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self._open = _Collector()

    def walk(self, element: Any, place: _Place) -> None:
        """Take in the text of ``element`` and all under it."""
        self._open.add(element.text, linked=place.linked)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _UNSEEN:
                self._child(child, place)
            self._open.add(child.tail, linked=place.linked)

    def _child(self, child: Any, place: _Place) -> None:
        if child.tag == "br":
            self._open.pieces.append("\n")
        elif child.tag == "sup" or (child.tag == "a" and child.get("href", "").startswith("#")):
            self._raised_or_inline(child, place)
        elif child.tag in _INLINE and not _is_hidden(child):
            if child.tag == "time":
                self._open.times.append((_text_of(child), child.get("datetime", "")))
            self.walk(child, _below(place, place.element, child))
        else:
            self.flush(place)
            self._block(child, _below(place, child, child))

    def _raised_or_inline(self, child: Any, place: _Place) -> None:
        text = _text_of(child)
        bracketed = text.startswith(("[", "(")) and text.endswith(("]", ")"))
        leads = child.tag == "a" or any(link.get("href", "").startswith("#") for link in child.iter("a"))
        if _MARK.match(text) and (leads or (child.tag == "sup" and (bracketed or not text.isalnum()))):
            self._open.marks.append(text)
        elif child.tag == "sup" and _RAISED_NUMBER.match(text):
            self._open.pieces.append(text.replace("−", "-").translate(RAISED))
        else:
            self.walk(child, _below(place, place.element, child))

    def _block(self, element: Any, place: _Place) -> None:
        if element.tag == "table" and _holds_figures(element):
            for row in element.iter("tr", "caption"):
                self._row(row, place)
            return
        self.walk(element, place)
        self.flush(place)

    def _row(self, row: Any, place: _Place) -> None:
        """A row on one line: its first cell, then what is said of it."""
        if row.tag == "caption":
            self.walk(row, place)
            self.flush(place)
            return
        texts: list[str] = []
        for cell in row.iter("td", "th"):
            before = len(self._open.pieces)
            self.walk(cell, place)
            texts.append(" ".join("".join(self._open.pieces[before:]).split()))
            del self._open.pieces[before:]
        first, *others = texts or [""]
        said = ", ".join(text for text in others if text)
        self._open.pieces.append(f"{first.rstrip(':')}: {said}" if first and said else first or said)
        self.flush(place)

    def flush(self, place: _Place) -> None:
        """Close the block that is open."""
        done, self._open = self._open, _Collector()
        lines = _lines("".join(done.pieces))
        for number, line in enumerate(lines):
            time = next((machine for text, machine in done.times if text == line), "")
            marks = () if number else tuple(done.marks)
            around = place.around
            self.blocks.append(
                PageBlock(line, place.kind, place.element, done.linked, around, place.hidden, marks, time)
            )
        if not lines and done.marks:
            self.blocks.append(
                PageBlock(" ".join(done.marks), place.kind, place.element, 0, place.around, place.hidden)
            )


def _below(place: _Place, element: Any, child: Any) -> _Place:
    """What is known within ``child``; ``element`` is the block it belongs to."""
    names = f"{child.get('class', '')} {child.get('id', '')}"
    kind = place.kind
    if child.tag in _HEADINGS:
        kind = BlockKind.HEADING
    elif child.tag == "figcaption" or (child.tag in ("p", "div", "span") and _CAPTION_NAMES.search(names)):
        kind = BlockKind.CAPTION
    inline = child.tag in _INLINE
    seldom = child.tag in _AROUND or child.get("role") in _AROUND_ROLES or (not inline and _AROUND_NAMES.search(names))
    around = (*place.around, child) if seldom else place.around
    return _Place(element, kind, place.linked or child.tag == "a", around, place.hidden or _is_hidden(child))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _holds_figures(table: Any) -> bool:
    """Whether a table has rows of short cells, not parts of the page."""
    cells = [cell for row in table.iter("tr") for cell in row.iter("td", "th")]
    wide = any(sum(1 for _ in row.iter("td", "th")) > 1 for row in table.iter("tr"))
    nested = any(inner is not table for inner in table.iter("table"))
    return wide and not nested and all(len(_text_of(cell)) <= MAX_CELL_CHARACTERS for cell in cells)


def _lines(text: str) -> list[str]:
    """The text of a block; lines between ``<br>`` apart where they are a list or paragraphs."""
    paragraphs = [_paragraph(part) for part in re.split(r"\n\s*\n", text)]
    return [line for lines in paragraphs for line in lines if line]


def _paragraph(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) >= MIN_LINES_OF_A_LIST and not any(line[0].islower() for line in lines):
        return lines
    return [" ".join(lines)]
