"""Quotations: what stands between quotation marks in the source must stand between some in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.english import folded
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

QUOTATION_MARK = re.compile(r"[“”\"«»„‟〝]|(?<![\w])['‘](?=\w)|''|``|&quot;")
TITLE_WORDS = 5
"""A quoted name of a ship, newspaper or group is no longer than this, and English often sets it without marks."""
_WORD = re.compile(r"[^\W_]+")


def check_quotes(item: Translation, source: Pack) -> Iterator[Finding]:
    """QUOTE-LOST: the source quotes, and the English has no quotation mark at all.

    A name between marks (``der Frachter »Levante Star«``) that the English has without them is no loss.
    """
    quotes = list(_quotes(item.sentence.text, source))
    if not quotes or QUOTATION_MARK.search(item.text):
        return
    english = frozenset(_WORD.findall(folded(item.text)))
    lost = [quote for quote in quotes if not _is_title(quote, english)]
    if lost:
        message = f"The {source.name} quotes somebody, or sets words apart; the English has no quotation marks."
        values = " … ".join(lost)
        yield Finding("QUOTE-LOST", Severity.WARNING, message, item.sentence.number, source_value=values)


def _quotes(text: str, source: Pack) -> Iterator[str]:
    for match in source.checking.quotation.finditer(text):
        quote = match.group(match.lastgroup or 0).strip()
        if _WORD.search(quote):
            yield quote


def _is_title(quote: str, english: frozenset[str]) -> bool:
    words = _WORD.findall(folded(quote))
    named = quote[0].isupper() or quote[0].isdigit()
    return named and len(words) <= TITLE_WORDS and any(word in english for word in words)
