"""Numbers in German text: digits, words, months, clock times, and words that stand in for a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from sahelsum.language.dates import has_digit
from sahelsum.language.de.dates import german_days, names_month
from sahelsum.language.de.numberwords import (
    GERMAN_SCALES,
    GERMAN_STAND_INS,
    begins_german_number,
    german_ordinal_or_compound,
    german_word,
)
from sahelsum.language.de.words import MONTHS
from sahelsum.language.names import REMEMBERED_SENTENCES
from sahelsum.language.quantities import (
    CLOCK_SIGNS,
    COLON_CLOCK,
    NOT_INSIDE,
    Quantity,
    Scales,
    clock_times,
    day_quantities,
    is_loose,
    month_quantity,
    outside,
    ranges,
    scaled,
    search_before,
)

_SCALES = Scales(GERMAN_SCALES, ranges("(?:bis|oder|und)(?: zu)?"), re.compile(r"\d0er\b"))
_GERMAN_DIGITS = re.compile(
    rf"{NOT_INSIDE}(?:[1-9]\d{{0,2}}(?:[.\u00a0\u202f'’ ]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"
)
_GERMAN_THOUSANDS_MARK = re.compile(r"(?<=\d)[.\u00a0\u202f'’ ](?=\d{3}(?!\d))")
_GERMAN_MONTH = re.compile(rf"\b(?:{'|'.join(name.capitalize() for name in MONTHS)})\b")
_GERMAN_MONTH_COMPOUND = re.compile(rf"\b({'|'.join(name.capitalize() for name in MONTHS)})(?=[a-zäöü])")
_GERMAN_CLOCK = re.compile(rf"\b(?:{CLOCK_SIGNS}Uhr\b|{COLON_CLOCK})")


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def german_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, month and stand-in for a number in a German text, in order."""
    found = [*_german_calendar(text)]
    if has_digit(text):
        found += outside(found, clock_times(text, _GERMAN_CLOCK))
        found += outside(found, _german_digits(text))
    found += outside(found, _german_words(text))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _german_calendar(text: str) -> Iterator[Quantity]:
    days = list(day_quantities(german_days(text), text))
    yield from days
    if not names_month(text):
        return
    months = (
        month_quantity(match.start(), match.end(), match.group(), MONTHS[match.group().lower()], claim=True)
        for match in _GERMAN_MONTH.finditer(text)
    )
    yield from outside(days, months)
    for match in _GERMAN_MONTH_COMPOUND.finditer(text):
        yield month_quantity(match.start(), match.end(), match.group(), MONTHS[match.group().lower()], claim=False)


def _german_digits(text: str) -> Iterator[Quantity]:
    for match in _GERMAN_DIGITS.finditer(text):
        digits = _GERMAN_THOUSANDS_MARK.sub("", match.group()).replace(",", ".")
        yield scaled(text, match.start(), match.end(), Decimal(digits), _SCALES)


_HALF_HOUR = re.compile(r"\bhalb\s$", re.IGNORECASE)
_VAGUE = re.compile(r"(?:mehrere[nr]?|einige[nr]?|viele[nr]?|etliche[nr]?|paar)\s$", re.IGNORECASE)
_PERCENT = re.compile(r"\sProzent")
_WORD = re.compile(r"[^\W\d_]+")


def _german_words(text: str) -> Iterator[Quantity]:
    end = 0
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue
        word = match.group().lower()
        if not begins_german_number(word):
            continue
        value = german_word(word)
        if value is not None:
            quantity = scaled(text, match.start(), match.end(), value, _SCALES)
            end = quantity.end
            yield _weakened(text, quantity)
            continue
        for stand_in in (*GERMAN_STAND_INS.get(word, ()), *german_ordinal_or_compound(word)):
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(stand_in)}), claim=False)


def _weakened(text: str, quantity: Quantity) -> Quantity:
    """``ein``, ``halbe``, ``mehrere hundert`` and ``hundert Prozent`` are often worded freely and are no claims."""
    half = {str(int(value) - 1) for value in quantity.values if value.isdecimal()} | {"30"}
    is_half = search_before(_HALF_HOUR, text, quantity.start)
    free = is_half or is_loose(text, quantity, _VAGUE, _PERCENT) or _is_noun(text, quantity)
    values = quantity.values | half if is_half else quantity.values
    return Quantity(quantity.start, quantity.end, quantity.text, values, not free)


_SENTENCE_BEGIN = re.compile(r"(?:^|[.!?:„“”\"»«(–-])\s*$")


def _is_noun(text: str, quantity: Quantity) -> bool:
    """``die Elf``, ``in Acht``: a small number word with a capital inside a sentence counts nothing."""
    small = quantity.text.istitle() and all(value.isdecimal() and len(value) < 3 for value in quantity.values)
    inside = small and not search_before(_SENTENCE_BEGIN, text, quantity.start)
    return inside and quantity.text.lower() in {"acht", "elf", "sieben", "neun", "sechs", "fünf", "drei"}
