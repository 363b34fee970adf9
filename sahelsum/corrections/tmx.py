"""Translation memories as other programs keep them: TMX 1.4b (Translation Memory eXchange, LISA OSCAR 2005).

A file may have come from anybody. The parser is expat with every way out of the file closed: it declares no entities,
reads no other file, and texts and nesting are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from sahelsum.corrections.files import MAX_CHARS, bounded_bytes
from sahelsum.errors import InputError
from sahelsum.records.corrections import Correction, one_line

MAX_DEPTH = 50
"""Elements within elements; a memory has six."""
HUMAN, MACHINE = "human", "machine"
_ORIGIN = "x-sahelsum-origin"
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
"""Elements of a segment that hold the codes of a word processor, not its words."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINT = "Export the memory once more as TMX 1.4, German to English."


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its English. ``origin``: who wrote it, :data:`HUMAN` or :data:`MACHINE`."""

    correction: Correction
    origin: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file has: corrections, and how many units are no such thing, by the reason."""

    corrections: tuple[Correction, ...]
    machine: int
    """Units that sahelsum exported as the wording of a model."""
    other: int
    """Units without English, without a text in another language, or with an empty or endless one."""


def tmx_pieces(units: Iterable[Unit], version: str) -> Iterator[str]:
    """The text of a TMX file, piece by piece. ``version``: of sahelsum, which the file names as its maker."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        f'  <header creationtool="sahelsum" creationtoolversion={quoteattr(version)} segtype="sentence" '
        'o-tmf="sahelsum" adminlang="en" srclang="*all*" datatype="plaintext"/>\n  <body>\n'
    )
    for unit in units:
        yield (
            f'    <tu>\n      <prop type="{_ORIGIN}">{unit.origin}</prop>\n'
            f"{_variant(unit.correction.language, unit.correction.source)}{_variant('en', unit.correction.text)}"
            "    </tu>\n"
        )
    yield "  </body>\n</tmx>\n"


def _variant(language: str, text: str) -> str:
    segment = escape(_NOT_XML.sub("\ufffd", text))
    return f"      <tuv xml:lang={quoteattr(language)}><seg>{segment}</seg></tuv>\n"


def read_tmx(path: Path) -> Imported:
    """The units of a TMX file that have English and one other language.

    Raises:
        InputError: it cannot be read, is no TMX, or declares entities of its own.
    """
    content = bounded_bytes(path, _HINT)
    reader = _Reader(path)
    parser = _closed(path)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding that cannot be read
        raise InputError(f"{path} is not well-formed XML: {error}.", hint=_HINT) from error
    if not reader.is_tmx:
        raise InputError(f"{path} is not TMX: its first element is not <tmx>.", hint=_HINT)
    return reader.imported()


def _closed(path: Path) -> expat.XMLParserType:
    """A parser that takes no entity but the five of XML, and opens no other file."""

    def refuse(*_: Any) -> NoReturn:
        raise InputError(f"{path} declares entities, which no translation memory needs.", hint=_HINT)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


@dataclass
class _Reader:
    """Hears the elements of a file and keeps the texts of one unit at a time."""

    path: Path
    is_tmx: bool = False
    _open: list[str] = field(default_factory=list)
    _language: str = ""
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _machine: bool = False
    _kept: dict[tuple[str, str], Correction] = field(default_factory=dict)
    _machine_units: int = 0
    _other: int = 0
    _prop: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self.is_tmx = name == "tmx"
        self._open.append(name)
        if len(self._open) > MAX_DEPTH:
            raise InputError(f"{self.path} has more than {MAX_DEPTH} elements within one another.", hint=_HINT)
        if name == "tu":
            self._texts, self._machine = {}, False
        elif name == "tuv":
            self._language = (attributes.get("xml:lang") or attributes.get("lang") or "")[:2].lower()
            self._texts[self._language] = []
        elif name == "prop" and attributes.get("type") == _ORIGIN:
            self._prop = []

    def text(self, text: str) -> None:
        if self._prop is not None:
            self._prop.append(text)
        elif "seg" in self._open and not _CODES.intersection(self._open):
            self._texts.setdefault(self._language, []).append(text)

    def end(self, name: str) -> None:
        self._open.pop()
        if name == "prop" and self._prop is not None:
            self._machine = "".join(self._prop).strip() == MACHINE
            self._prop = None
        elif name == "tu":
            self._finish()

    def _finish(self) -> None:
        texts = {language: one_line("".join(pieces)) for language, pieces in self._texts.items()}
        english = texts.pop("en", "")
        others = [(language, text) for language, text in texts.items() if len(language) == 2 and text]
        if self._machine:
            self._machine_units += 1
        elif len(others) != 1 or not english or max(len(english), len(others[0][1])) > MAX_CHARS:
            self._other += 1
        else:
            correction = Correction(*others[0], english)
            self._kept[correction.language, correction.key] = correction

    def imported(self) -> Imported:
        return Imported(tuple(self._kept.values()), self._machine_units, self._other)
