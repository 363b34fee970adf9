"""What must come through as it is: addresses, hashtags, every letter; and dates that English reads otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

_ADDRESS = re.compile(
    r"https?://[^\s<>«»“”\"]*[\w/]|www\.[\w.-]+\w(?:/[^\s<>«»“”\"]*[\w/])?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
    r"\b10\.\d{4,9}/[^\s,;]*\w|(?<!\w)#[^\W\d]\w+"
)
_SIGNS = ("@", "://", "www.", "10.", "#")
"""Whatever is an address has one of these in it."""
_LOST_LETTER = re.compile(r"(?<![\w.…])\.[^\W\d_]{2,}")
_DIGIT_DATE = re.compile(r"(?<![\d.])(?:[1-9]|0[1-9]|1[0-2])\.(?:[1-9]|0[1-9]|1[0-2])\.(?:19|20)?\d\d(?![\d.])")
"""Day and month could each be the other."""


def check_copies(item: Translation, _source: Pack) -> Iterator[Finding]:
    """COPY-CHANGED, COPY-LETTER, DATE-FORMAT: what has no translation was changed, or a date was not."""
    text, english, number = item.sentence.text, item.text, item.sentence.number
    if any(sign in text for sign in _SIGNS):
        changed = ", ".join(found for found in dict.fromkeys(_ADDRESS.findall(text)) if found not in english)
        if changed:
            message = "An address, hashtag or identifier does not stand in the English as it is."
            yield Finding("COPY-CHANGED", Severity.WARNING, message, number, source_value=changed)
    letters = ", ".join(found for found in _LOST_LETTER.findall(english) if found not in text) if "." in english else ""
    if letters:
        message = "A word of the English begins with a full stop: a letter that the model does not know may be lost."
        yield Finding("COPY-LETTER", Severity.WARNING, message, number, target_value=letters)
    left = ", ".join(_DIGIT_DATE.findall(english))
    if left:
        message = "A date stands in digits, day first; in English it may be read month first."
        yield Finding("DATE-FORMAT", Severity.WARNING, message, number, target_value=left)
