"""Quotations: what stands between quotation marks in the source must be a quotation in English, and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.english import folded
from sahelsum.language.english_saying import OPEN, SAYING
from sahelsum.language.pack import Pack
from sahelsum.language.phrases import any_of, whole_words
from sahelsum.records import Finding, Severity, Translation

QUOTATION_MARK = re.compile(r"[“”\"«»„‟〝]|(?<![\w])['‘](?=\w)|''|``|&quot;")
TITLE_WORDS = 5
"""A quoted name of a ship, newspaper or group is no longer than this, and English often sets it without marks."""
_WORD = re.compile(r"[^\W_]+")
_ATTRIBUTED = whole_words(
    any_of(f"{SAYING} {OPEN} shout* cry cries cried yell* scream* whisper* plead* rememb* summar*")
)
_END = re.compile(r"[.!?…]+(?=[\s“”\"«»‘’'‹›)]|$)")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Za-z]|Dr|Nr|bzw|ca|Mio|Mrd|Mr|Ms|Mrs|St|No|usw|etc|Prof|Gen|Col|Lt|Sgt)|\d)\.$")
_GERMAN_JOINT = re.compile(r"[,;:–—]|\b(?:und|aber|sondern|doch)\b")
_JOINT = re.compile(r"[,;:–—]|\b(?:and|but|so|because|then|when|while|who|which)\b")


def check_quotes(item: Translation, source: Pack) -> Iterator[Finding]:
    """QUOTE-LOST, QUOTE-CUT: the source quotes, and the English has no quotation mark at all, or fewer sentences.

    A name between marks (``der Frachter »Levante Star«``) that the English has without them is no loss. Where English
    says whose words they are, indirect speech is a free wording, and the loss of the marks an information only.
    """
    quotes = list(_quotes(item.sentence.text, source))
    if not quotes:
        return
    yield from _cut(item, source, quotes)
    if QUOTATION_MARK.search(item.text):
        return
    english = frozenset(_WORD.findall(folded(item.text)))
    lost = [quote for quote in quotes if not _is_title(quote, english)]
    if lost:
        message = f"The {source.name} quotes somebody, or sets words apart; the English has no quotation marks."
        values = " … ".join(lost)
        severity = Severity.INFO if _ATTRIBUTED.search(item.text) else Severity.WARNING
        yield Finding("QUOTE-LOST", severity, message, item.sentence.number, source_value=values)


def _cut(item: Translation, source: Pack, quotes: list[str]) -> Iterator[Finding]:
    """QUOTE-CUT: fewer sentences than the quotations have, and no further comma or joint that may join them."""
    text = item.sentence.text
    if not any(_ends(quote) for quote in quotes):
        return
    said, told = _ends(text), _ends(item.text)
    joined = len(_JOINT.findall(item.text)) - len(_GERMAN_JOINT.findall(text))
    if said > 1 and told + max(0, joined) < said:
        message = f"The {source.name} has {said} sentences, quotations included; the English has {told}."
        yield Finding("QUOTE-CUT", Severity.WARNING, message, item.sentence.number, source_value=" … ".join(quotes))


def _ends(text: str) -> int:
    """How many sentences end in a text: full stops of abbreviations and ordinals do not count."""
    return sum(not _ABBREVIATION.search(text[: match.end()]) for match in _END.finditer(text))


def _quotes(text: str, source: Pack) -> Iterator[str]:
    for match in source.checking.quotation.finditer(text):
        quote = match.group(match.lastgroup or 0).strip()
        if _WORD.search(quote):
            yield quote


def _is_title(quote: str, english: frozenset[str]) -> bool:
    words = _WORD.findall(folded(quote))
    named = quote[0].isupper() or quote[0].isdigit()
    return named and len(words) <= TITLE_WORDS and any(word in english for word in words)
