"""Plain text with HTML in it, as feeds and exports have it: tags out, entities decoded."""

from __future__ import annotations

import re
from html import unescape

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HIDDEN = re.compile(
    r"(?:<!--.*?(?P<end>-->|\Z)|<(?P<tag>script|style)\b[^<>]*>.*?(?P<close></(?P=tag)\s*>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
"""Up to the end of the text where it is not closed, so that no text is searched again and again."""
_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_BLOCKS = (
    "p|div|h[1-6]|ul|ol|dl|dt|dd|table|thead|tbody|tr|blockquote|figure|figcaption|section|article|header|footer|aside|"
    "main|hr|pre"
)
_INLINE = "a|abbr|b|cite|code|del|em|font|i|img|ins|mark|q|s|small|span|strong|sub|sup|td|th|time|u|video|iframe|source"
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINE = re.compile(r"<(?:br|/?li)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"<sup(?:\s[^<>]*)?>\s*(\d{1,3})\s*</sup\s*>", re.IGNORECASE)
_WITHIN = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE}|br|li)(?:\s[^<>]*)?/?>", re.IGNORECASE)
RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")


def plain_text(text: str) -> str:
    """``text`` without tags and with entities as the characters they stand for; as it is if it has neither.

    Only tags of HTML count as tags: ``<3`` or ``<name@example.org>`` stay.
    """
    # Tags that came as entities ("&lt;p&gt;") are those of a feed, whose text is HTML once escaped.
    if not _ANY_TAG.search(text) and _ANY_TAG.search(once := decode_entities(text)):
        text = once
    return decode_entities(_without_tags(text) if _ANY_TAG.search(text) else text)


def decode_entities(text: str) -> str:
    """``&uuml;``, ``&#8222;`` and ``&amp;`` as what they stand for; an ``&`` without a semicolon stays."""
    return _ENTITY.sub(lambda match: unescape(match.group()), text) if "&" in text else text


def _without_tags(text: str) -> str:
    # What is not closed hides nothing: it is no markup, and stays.
    text = _HIDDEN.sub(lambda match: " " if match["end"] or match["close"] else match.group(), text)
    text = _SINGLE_BREAK.sub(" ", text) if _BLOCK.search(text) else text
    text = _SUPERSCRIPT.sub(lambda match: match[1].translate(RAISED), text)
    text = _CELL.sub(", ", text)
    return _WITHIN.sub("", _LINE.sub("\n", _BLOCK.sub("\n\n", text)))
