"""All quoting of this printer: text from outside becomes plain text in Markdown, HTML, YAML and wikilinks, not markup.

The Markdown is for GitHub (GFM) and Obsidian at once. Punctuation that means nothing where it stands is left alone, so
that the raw file stays readable.
"""

from __future__ import annotations

import html as _html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import yaml

from sahelsum.render.printable import clean
from sahelsum.render.view import FieldValue


class Safe(str):
    """Finished markup. Everything that is not Safe is escaped before it reaches a page."""

    __slots__ = ()


_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKUP = re.compile(r"[\\`*\[\]|~$^]|(?<![^\W_])_+|_+(?![^\W_])|={2,}|%{2,}|(?<!\S)#")
"""An underscore between letters, as in a file name, is never emphasis."""
_LINE_START = re.compile(r"^([#>+=-])")
_LINE_START_NUMBER = re.compile(r"^(\d+)([.)])")
_SIGN = re.compile(r"[&<\\`*\[\]|~$^_=%#]")
_BEGINS = re.compile(r"\d+[.)]|[>+-]")
REMEMBERED_TEXTS = 1024
"""A page has nine of ten texts in it more than once: labels, numbers of paragraphs, messages."""
_URL = re.compile(r"(https?|ftp):/", re.IGNORECASE)
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED_TEXTS)
def markdown(text: str) -> Safe:
    r"""Text as it must stand in a paragraph, list item, heading or table cell, on one line.

    Web addresses stay readable but are no links (``http:\//``), since they are whatever the article says. The forms of
    ``#tag``, ``==highlight==``, ``%%comment%%`` and ``^block`` are Obsidian's; ``$`` is mathematics on both.
    """
    line = clean(text)
    if not _means_something(line):
        return Safe(line)
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;")
    line = _MARKUP.sub(lambda match: "".join("\\" + char for char in match.group()), line)
    line = _WWW.sub(r"\1\\.", _URL.sub(r"\1:\\/", line))
    line = _LINE_START_NUMBER.sub(r"\1\\\2", line)
    return Safe(_LINE_START.sub(r"\\\1", line))


def _means_something(line: str) -> bool:
    """Whether any of the patterns can match: quick to see, and most lines have nothing for them."""
    return bool(_SIGN.search(line) or ":/" in line or "w." in line or "W." in line or _BEGINS.match(line))


def html(text: str) -> Safe:
    """Text inside an HTML element that stands on one line of a Markdown page.

    Doubled percent signs and brackets are encoded too: Obsidian looks for comments and links before it looks at HTML.
    """
    line = _html.escape(clean(text), quote=True)
    for pair, entity in (("%%", "&#37;&#37;"), ("[[", "&#91;&#91;"), ("]]", "&#93;&#93;")):
        line = line.replace(pair, entity)
    return Safe(line)


def link_target(file: str, anchor: str = "") -> Safe:
    """A relative link to a file beside the page and an anchor in it, percent-encoded; ``file`` empty: this page.

    The ``^`` of a block id stays, since Obsidian looks for it as it is.
    """
    path = quote(clean(file), safe="/")
    if path.startswith("/") or path.split("/", 1)[0] == "..":
        path = "./" + path.lstrip("/.")
    return Safe(f"{path}#{quote(anchor, safe='^')}" if anchor else path)


def wikilink(note: str, text: str) -> Safe:
    """A link to a note of the vault by its name, under which it shows another text where that differs.

    Neither may hold a sign that ends or parts such a link; the bar is escaped, so that it may stand in a table.

    Args:
        note: name of the note, as :func:`sahelsum.output.names.note_stem` makes it.
        text: what is shown.
    """
    shown = _PARTING.sub(" ", clean(text)).strip()
    return Safe(f"[[{note}]]" if shown in ("", note) else f"[[{note}\\|{html(shown)}]]")


_PARTING = re.compile(r"[\[\]|#^\\`*_$%=~]+")


_NO_WRAPPING = 2**31 - 1
"""Columns; as many as the C emitter can count."""


class _Quoted(str):
    __slots__ = ()


class _FrontMatterDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Keeps our quoting apart from the rest of the process. In C, where PyYAML has it: ten times faster, same bytes."""


_FrontMatterDumper.add_representer(
    _Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')
)


def yaml_front_matter(fields: Mapping[str, FieldValue]) -> Safe:
    """YAML front matter with its ``---`` lines. Every string is quoted, so that ``no`` and ``2025-04`` stay text."""
    body = yaml.dump(
        {key: _quoted(value) for key, value in fields.items()},
        Dumper=_FrontMatterDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=_NO_WRAPPING,
    )
    return Safe(f"---\n{body}---\n")


def _quoted(value: FieldValue) -> Any:
    if isinstance(value, list):
        return [_Quoted(clean(item)) for item in value]
    return _Quoted(clean(value)) if isinstance(value, str) else value
