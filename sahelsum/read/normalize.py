r"""Raw decoded text → clean text, with a documented list of what changes.

Changed or removed, and nothing else:

- line ends of every kind become ``\n``; a paragraph separator becomes an empty line;
- every other white space (tabs, non-breaking and thin spaces) becomes a plain space;
- invisible characters are removed: soft hyphens, zero-width characters, byte order marks, bidirectional overrides
  (they can make a text read differently from what it is), tag characters, and control characters;
- lone surrogates (possible in JSON escapes) become U+FFFD;
- the rest is brought to Unicode normal form C.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\x0b")
_PARAGRAPH_ENDS = re.compile(r"\u2029|\x0c")
_SOFT_HYPHENATED_BREAK = re.compile("\u00ad[ \t]*\n[ \t]*(?=\\w)")
_SPACES = re.compile(r"[^\S\n]+")


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    return "\ufffd" if category == "Cs" else character


def clean_text(text: str) -> str:
    """Normalize line ends, white space and Unicode form; remove invisible and control characters."""
    text = _LINE_ENDS.sub("\n", text)
    text = _PARAGRAPH_ENDS.sub("\n\n", text)
    text = _SOFT_HYPHENATED_BREAK.sub("", text)
    text = _SPACES.sub(" ", text)
    odd = {ord(c): _clean_character(c) for c in set(text) if c != "\n" and unicodedata.category(c)[0] == "C"}
    return unicodedata.normalize("NFC", text.translate(odd))


def one_line(text: str) -> str:
    """``text`` cleaned and on one line, for titles, names and other short fields."""
    return " ".join(clean_text(text).split())
