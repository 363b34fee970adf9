"""What the key facts must know of German: dates, what qualifies a number, and words that begin no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.dates import ENGLISH_MONTHS, has_digit
from sahelsum.language.de.dates import german_days, names_month
from sahelsum.language.de.words import MONTHS, SENTENCE_OPENERS

NO_NAME_STARTS = frozenset(
    word.casefold() for word in (*SENTENCE_OPENERS, "Generals", "Oberst", "Präsident", "Minister")
)
"""A translation that leaves ``Mit`` or ``In`` standing makes no name of it, and a rank is no part of a name."""
_QUALIFIER_WORDS = {
    "at least": r"mindestens|wenigstens",
    "at most": r"höchstens|maximal",
    "more than": r"mehr als|über",
    "fewer than": r"weniger als|unter",
    "up to": r"bis zu",
    "almost": r"fast|beinahe|nahezu|knapp",
    "about": r"rund|etwa|ungefähr|circa|ca\.|gut",
}
"""The German word right before a number decides, since a wrong ``at least`` changes what the number says."""
QUALIFIERS = {english: re.compile(rf"\b(?:{german})\s$", re.IGNORECASE) for english, german in _QUALIFIER_WORDS.items()}
_MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s(?P<year>(?:19|20)\d\d)\b)?", re.IGNORECASE)
_CLEAR_YEAR = re.compile(
    r"\b(?i:seit|im Jahre?|in den Jahren|Jahr|bis|zwischen|von|Ende|Anfang|Mitte|Sommer|Herbst|Winter|Frühjahr)"
    r"\s((?:19|20)\d\d)(?:\s(?:und|bis)\s((?:19|20)\d\d))?\b(?!\.\d)"
    r"|(?<![\d.,])((?:19|20)\d\d)(?![\d.,]*\d)(?!\w|\s[A-ZÄÖÜ])",
)
"""A four-digit number right before a noun (``2000 Soldaten``) may be a count; elsewhere it is a year."""


def dates_in_english(german: str) -> Iterator[str]:
    """Every day, month and year that a text names, in English words."""
    if not has_digit(german) and not names_month(german):
        return
    rest = list(german)
    for day in german_days(german):
        words = [str(day.day), ENGLISH_MONTHS[day.month - 1], str(day.year or "")]
        yield " ".join(words).strip()
        rest[day.start : day.end] = " " * (day.end - day.start)
    text = "".join(rest)
    for match in _MONTH_AND_YEAR.finditer(text):
        yield " ".join(filter(None, (ENGLISH_MONTHS[MONTHS[match["month"].lower()] - 1], match["year"])))
    text = _MONTH_AND_YEAR.sub(lambda match: " " * len(match.group()), text)
    for match in _CLEAR_YEAR.finditer(text):
        yield from filter(None, match.groups())
