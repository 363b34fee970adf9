"""Quotations: what stands between quotation marks in German must stand between some in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.english import folded
from sahelsum.records import Finding, Severity, Translation

MAX_QUOTE_CHARS = 600
"""A quotation within one sentence is shorter; the bound keeps a text of nothing but opening marks cheap to read."""
_INSIDE = rf"[^„“”»«\"‚‘’›‹]{{1,{MAX_QUOTE_CHARS}}}"
_GERMAN_SPAN = re.compile(
    rf"„(?P<low>{_INSIDE})[“”\"]|»(?P<french>{_INSIDE})«|«(?P<swiss>{_INSIDE})»|“(?P<high>{_INSIDE})[”“]"
    rf"|\"(?P<straight>{_INSIDE})\"|‚(?P<single>{_INSIDE})[‘’]|›(?P<guillemet>{_INSIDE})‹"
)
QUOTATION_MARK = re.compile(r"[“”\"«»„‟〝]|(?<![\w])['‘](?=\w)|''|``|&quot;")
TITLE_WORDS = 5
"""A quoted name of a ship, newspaper or group is no longer than this, and English often sets it without marks."""
_WORD = re.compile(r"[^\W_]+")


def check_quotes(item: Translation) -> Iterator[Finding]:
    """QUOTE-LOST: the German quotes, and the English has no quotation mark at all.

    A name between marks (``der Frachter »Levante Star«``) that the English has without them is no loss.
    """
    quotes = list(_quotes(item.sentence.text))
    if not quotes or QUOTATION_MARK.search(item.text):
        return
    english = frozenset(_WORD.findall(folded(item.text)))
    lost = [quote for quote in quotes if not _is_title(quote, english)]
    if lost:
        message = "The German quotes somebody, or sets words apart; the English has no quotation marks."
        values = " … ".join(lost)
        yield Finding("QUOTE-LOST", Severity.WARNING, message, item.sentence.number, source_value=values)


def _quotes(german: str) -> Iterator[str]:
    for match in _GERMAN_SPAN.finditer(german):
        quote = match.group(match.lastgroup or 0).strip()
        if _WORD.search(quote):
            yield quote


def _is_title(quote: str, english: frozenset[str]) -> bool:
    words = _WORD.findall(folded(quote))
    named = quote[0].isupper() or quote[0].isdigit()
    return named and len(words) <= TITLE_WORDS and any(word in english for word in words)
