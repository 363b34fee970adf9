"""Numbers in English text, also in a translation that left a date of the source standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from sahelsum.language.dates import ENGLISH_MONTHS, has_digit
from sahelsum.language.english_numbers import ENGLISH_SCALES, ENGLISH_STAND_INS, english_number_phrases, words_of
from sahelsum.language.names import REMEMBERED_SENTENCES
from sahelsum.language.packs import WITH_PACK, pack_of
from sahelsum.language.quantities import (
    CLOCK_SIGNS,
    COLON_CLOCK,
    NOT_INSIDE,
    Quantity,
    Scales,
    canonical,
    clock_times,
    day_quantities,
    is_loose,
    month_quantity,
    outside,
    ranges,
    scaled,
    scaled_by_range,
)

_SCALES = Scales(ENGLISH_SCALES, ranges("(?:to|or|and)(?: up to)?"), re.compile(r"\d0s\b"))
_ENGLISH_DIGITS = re.compile(
    rf"{NOT_INSIDE}(?:[1-9]\d{{0,2}}(?:[,'’\u00a0\u202f ]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_ENGLISH_THOUSANDS_MARK = re.compile(r"[,'’\u00a0\u202f ]")
FULL_STOP_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})++(?![\d.,]*\d)")
"""Thousands with full stops: ten thousand in German and other languages, ten in English."""
_ENGLISH_CLOCK = re.compile(
    rf"\b(?:{CLOCK_SIGNS}(?:[ap]\.?m\b|o[’']clock)|{COLON_CLOCK}"
    r"|(?P<army>[01]\d|2[0-3])(?P<army_minute>[0-5]\d) (?:UTC|GMT|hours|local))",
    re.IGNORECASE,
)


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def english_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, month and stand-in for a number in an English text, in order.

    A translation may have left a date standing as its source writes it, so such dates are read as well.
    """
    found: list[Quantity] = []
    if has_digit(text):
        for language in WITH_PACK:
            found += outside(found, day_quantities(pack_of(language).days(text), text))
        found += outside(found, clock_times(text, _ENGLISH_CLOCK))
        found += outside(found, _english_digits(text))
    found += outside(found, _english_words(text))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _english_digits(text: str) -> Iterator[Quantity]:
    for match in FULL_STOP_THOUSANDS.finditer(text):
        yield scaled(text, match.start(), match.end(), Decimal(match.group().replace(".", "")), _SCALES)
    for match in _ENGLISH_DIGITS.finditer(text):
        if FULL_STOP_THOUSANDS.match(text, match.start()) is None:
            digits = Decimal(_ENGLISH_THOUSANDS_MARK.sub("", match.group()))
            yield from _perhaps_clock(scaled(text, match.start(), match.end(), digits, _SCALES))


_PERHAPS_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)")


def _perhaps_clock(quantity: Quantity) -> Iterator[Quantity]:
    """``13.30`` is a number, and in British English also a clock time, so that either settles it."""
    clock = _PERHAPS_CLOCK.fullmatch(quantity.text)
    hour, minute = (str(int(part)) for part in clock.groups()) if clock else ("", "")
    yield replace(quantity, values=quantity.values | {hour}) if clock else quantity
    if clock:
        yield replace(quantity, values=frozenset({minute}), claim=False)


_VAGUE = re.compile(r"(?:several|few|many)\s$", re.IGNORECASE)
_PERCENT = re.compile(r"\sper\s?cent")
_WORD = re.compile(r"[^\W\d_]+")


def _english_words(text: str) -> Iterator[Quantity]:
    for start, end, value, claim in english_number_phrases(text):
        values = {canonical(value), *scaled_by_range(text, end, value, _SCALES)}
        quantity = Quantity(start, end, text[start:end], frozenset(values), claim)
        yield replace(quantity, claim=claim and not is_loose(text, quantity, _VAGUE, _PERCENT))
    yield from _english_stand_ins(text)


def _english_stand_ins(text: str) -> Iterator[Quantity]:
    for match in () if ENGLISH_STAND_INS.keys().isdisjoint(words_of(text)) else _WORD.finditer(text):
        for stand_in in ENGLISH_STAND_INS.get(match.group().lower(), ()):
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(stand_in)}), claim=False)
    for match in _ENGLISH_MONTH.finditer(text) if _names_english_month(text) else ():
        number = _ENGLISH_MONTH_NUMBERS[match.group()[:3]]
        yield month_quantity(match.start(), match.end(), match.group(), number, claim=match.group() in _CLEAR_MONTHS)


_ENGLISH_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(ENGLISH_MONTHS, 1)}
_ENGLISH_MONTH = re.compile(rf"\b(?:{'|'.join((*ENGLISH_MONTHS, *_ENGLISH_MONTH_NUMBERS, 'Sept'))})\b")


def _names_english_month(text: str) -> bool:
    """Whether the first letters of a month stand anywhere in a text: to look for them is faster than the pattern."""
    return any(month in text for month in _ENGLISH_MONTH_NUMBERS)


_CLEAR_MONTHS = frozenset(ENGLISH_MONTHS) - {"May", "March"}
"""``May`` and ``March`` at the start of a sentence may be a verb."""
