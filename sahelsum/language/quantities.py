"""Numbers in German and English text, brought to one form, so that the two can be compared.

``10.000`` is ``10,000``, ``mindestens einhundert`` is ``at least 100``, ``zwei Dutzend`` is 24, ``3.4.2025`` is
3 April 2025. A quantity that is a *claim* is sure enough to raise an alarm if the other side lacks it; the others
(``one``, ordinals, ``both``) only serve to settle a claim of the other side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import MAX_EMAX, Context, Decimal
from functools import lru_cache
from itertools import accumulate

from sahelsum.language.dates import ENGLISH_MONTHS, german_days, has_digit, names_month
from sahelsum.language.german import MONTHS
from sahelsum.language.names import REMEMBERED_SENTENCES
from sahelsum.language.numberwords import (
    ENGLISH_SCALES,
    ENGLISH_STAND_INS,
    GERMAN_SCALES,
    GERMAN_STAND_INS,
    begins_german_number,
    english_number_phrases,
    german_ordinal_or_compound,
    german_word,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text. ``values`` are the forms any of which counts as the same number."""

    start: int
    end: int
    text: str
    values: frozenset[str]
    claim: bool = True
    date: bool = False
    """True for a day, month or year of a date, and for a clock time."""

    @property
    def calendar(self) -> bool:
        """True for a month."""
        return any(value.startswith("month:") for value in self.values)


def missing(claims: Iterable[Quantity], others: Iterable[Quantity]) -> list[Quantity]:
    """The claims that none of ``others`` settles."""
    settled = {value for other in others for value in other.values}
    return [claim for claim in claims if claim.claim and not claim.values & settled]


_ANY_LENGTH = Context(Emax=MAX_EMAX)
"""Of the usual precision, but without its bound of a million digits: a text may hold more in one piece."""


def canonical(value: Decimal) -> str:
    """One text per value: no exponent, no separators, no trailing zeros."""
    return format(value.normalize(_ANY_LENGTH), "f")


_NOT_INSIDE = r"(?<![^\W_])(?<![\d.,])"
_GERMAN_DIGITS = re.compile(
    rf"{_NOT_INSIDE}(?:[1-9]\d{{0,2}}(?:[.\u00a0\u202f' ]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"
)
_ENGLISH_DIGITS = re.compile(
    rf"{_NOT_INSIDE}(?:[1-9]\d{{0,2}}(?:[,\u00a0\u202f ]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_GERMAN_THOUSANDS_MARK = re.compile(r"(?<=\d)[.\u00a0\u202f' ](?=\d{3}(?!\d))")
_ENGLISH_THOUSANDS_MARK = re.compile(r"[,\u00a0\u202f ]")
GERMAN_FORMAT = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})++(?![\d.,]*\d)")
"""Thousands with full stops: ten thousand in German, ten in English."""


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def german_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, month and stand-in for a number in a German text, in order."""
    found = [*_german_calendar(text)]
    if has_digit(text):
        found += _outside(found, _clock(text, _GERMAN_CLOCK))
        found += _outside(found, _german_digits(text))
    found += _outside(found, _german_words(text))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def english_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number, month and stand-in for a number in an English text, in order."""
    found: list[Quantity] = []
    if has_digit(text):
        found += _numeric_dates(text)
        found += _outside(found, _clock(text, _ENGLISH_CLOCK))
        found += _outside(found, _english_digits(text))
    found += _outside(found, _english_words(text))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _outside(taken: list[Quantity], candidates: Iterable[Quantity]) -> list[Quantity]:
    """The candidates that overlap none of ``taken``, in n log n: a hostile sentence may hold thousands of both."""
    if not taken:
        return list(candidates)
    spans = sorted((quantity.start, quantity.end) for quantity in taken)
    starts = [start for start, _ in spans]
    furthest_ends = list(accumulate((end for _, end in spans), max))

    def is_free(item: Quantity) -> bool:
        begun = bisect_left(starts, item.end)
        return not begun or furthest_ends[begun - 1] <= item.start

    return [item for item in candidates if is_free(item)]


def _month(start: int, end: int, text: str, number: int, *, claim: bool) -> Quantity:
    return Quantity(start, end, text, frozenset({f"month:{number}"}), claim, date=True)


def _german_calendar(text: str) -> Iterator[Quantity]:
    days = list(_numeric_dates(text))
    yield from days
    if not names_month(text):
        return
    months = (
        _month(match.start(), match.end(), match.group(), MONTHS[match.group().lower()], claim=True)
        for match in _GERMAN_MONTH.finditer(text)
    )
    yield from _outside(days, months)
    for match in _GERMAN_MONTH_COMPOUND.finditer(text):
        yield _month(match.start(), match.end(), match.group(), MONTHS[match.group().lower()], claim=False)


def _numeric_dates(text: str) -> Iterator[Quantity]:
    """Day, month and year of German days; the month of ``3.4.2025`` may also be written as a number."""
    for day in german_days(text):
        span = text[day.start : day.end]
        as_number = {str(day.month)} if day.numeric else set()
        parts = [{str(day.day)}, {f"month:{day.month}"} | as_number, {str(day.year)} - {"None"}]
        for values in filter(None, parts):
            yield Quantity(day.start, day.end, span, frozenset(values), date=True)


_GERMAN_MONTH = re.compile(rf"\b(?:{'|'.join(name.capitalize() for name in MONTHS)})\b")
_GERMAN_MONTH_COMPOUND = re.compile(rf"\b({'|'.join(name.capitalize() for name in MONTHS)})(?=[a-zäöü])")
_CLOCK_SIGNS = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?"
_COLON_CLOCK = r"(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?!:?\d)"
_GERMAN_CLOCK = re.compile(rf"\b(?:{_CLOCK_SIGNS}Uhr\b|{_COLON_CLOCK})")
_ENGLISH_CLOCK = re.compile(
    rf"\b(?:{_CLOCK_SIGNS}(?:[ap]\.?m\b|o[’']clock)|{_COLON_CLOCK}"
    r"|(?P<army>[01]\d|2[0-3])(?P<army_minute>[0-5]\d) (?:UTC|GMT|hours|local))",
    re.IGNORECASE,
)


def _clock(text: str, pattern: re.Pattern[str]) -> Iterator[Quantity]:
    """Hour and minute; the hour of the twelve-hour clock counts as well."""
    for match in pattern.finditer(text):
        found = [value for value in match.groups() if value is not None]
        hour, minute = int(found[0]), int(found[1]) if len(found) > 1 else 0
        hours = frozenset({str(hour), str((hour + 11) % 12 + 1), str(hour + 12)})
        yield Quantity(match.start(), match.end(), match.group(), hours, date=True)
        if minute:
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(minute)}), date=True)


def _german_digits(text: str) -> Iterator[Quantity]:
    for match in _GERMAN_DIGITS.finditer(text):
        digits = _GERMAN_THOUSANDS_MARK.sub("", match.group()).replace(",", ".")
        yield _scaled(text, match.start(), match.end(), Decimal(digits), GERMAN_SCALES)


def _english_digits(text: str) -> Iterator[Quantity]:
    for match in GERMAN_FORMAT.finditer(text):
        yield _scaled(text, match.start(), match.end(), Decimal(match.group().replace(".", "")), ENGLISH_SCALES)
    for match in _ENGLISH_DIGITS.finditer(text):
        if GERMAN_FORMAT.match(text, match.start()) is None:
            digits = Decimal(_ENGLISH_THOUSANDS_MARK.sub("", match.group()))
            yield from _perhaps_clock(_scaled(text, match.start(), match.end(), digits, ENGLISH_SCALES))


_PERHAPS_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)")


def _perhaps_clock(quantity: Quantity) -> Iterator[Quantity]:
    """``13.30`` is a number, and in British English also a clock time, so that either settles it."""
    clock = _PERHAPS_CLOCK.fullmatch(quantity.text)
    hour, minute = (str(int(part)) for part in clock.groups()) if clock else ("", "")
    yield replace(quantity, values=quantity.values | {hour}) if clock else quantity
    if clock:
        yield replace(quantity, values=frozenset({minute}), claim=False)


_NEXT_WORD = re.compile(r"[\s-]?([^\W\d_]+)")


def _scaled(text: str, start: int, end: int, value: Decimal, scales: dict[str, int]) -> Quantity:
    """The number times the ``Millionen`` or ``thousand`` that follows it, if one does."""
    following = _NEXT_WORD.match(text, end)
    scale = scales.get(following.group(1).lower()) if following else None
    if following and scale:
        scaled = canonical(_ANY_LENGTH.multiply(value, Decimal(scale)))
        return Quantity(start, following.end(), text[start : following.end()], frozenset({scaled}))
    values = {canonical(value), *_short_years(text, start, value), *_scaled_by_range(text, end, value, scales)}
    return Quantity(start, end, text[start:end], frozenset(values))


_RANGE = re.compile(
    r"\s?(?:bis|oder|und|to|or|and|[–-])(?: zu| up to)?\s?(?:\d{1,3}(?:[.,]\d{1,3})?|[^\W\d_]{1,20})[\s-]([^\W\d_]+)"
)


def _scaled_by_range(text: str, end: int, value: Decimal, scales: dict[str, int]) -> tuple[str, ...]:
    """``340`` in ``340 bis 500 Millionen`` may be 340 million as well."""
    upper = _RANGE.match(text, end)
    scale = scales.get(upper.group(1).lower()) if upper else None
    return (canonical(_ANY_LENGTH.multiply(value, Decimal(scale))),) if scale else ()


LOOK_BACK_CHARS = 16
"""How far to look back from a number for what qualifies it: ``weniger als``, the longest, has 11 characters and white
space behind it. To search all that stands before each number would be slow where there are thousands of them."""
_CENTURY = re.compile(r"\b((?:19|20))\d\d[/–-]$")
_DECADE = re.compile(r"\d0(?:er|s)\b")


def search_before(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """The match of a pattern that ends in ``$`` right before a position."""
    return pattern.search(text, max(0, position - LOOK_BACK_CHARS), position)


def _short_years(text: str, start: int, value: Decimal) -> tuple[str, ...]:
    """``21`` in ``2020/21`` is 2021 as well, ``90`` in ``90er`` is 1990."""
    century = search_before(_CENTURY, text, start)
    if century and 10 <= value <= 99:
        return (f"{century.group(1)}{value}",)
    decade = _DECADE.match(text, start)
    return (f"19{value}", f"20{value}") if decade else ()


_HALF_HOUR = re.compile(r"\bhalb\s$", re.IGNORECASE)
_VAGUE = re.compile(r"(?:mehrere[nr]?|einige[nr]?|viele[nr]?|etliche[nr]?|paar|several|few|many)\s$", re.IGNORECASE)
_PERCENT = re.compile(r"\sProzent|\sper\s?cent")
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
            quantity = _scaled(text, match.start(), match.end(), value, GERMAN_SCALES)
            end = quantity.end
            yield _weakened(text, quantity)
            continue
        for stand_in in (*GERMAN_STAND_INS.get(word, ()), *german_ordinal_or_compound(word)):
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(stand_in)}), claim=False)


def _weakened(text: str, quantity: Quantity) -> Quantity:
    """``ein``, ``halbe``, ``mehrere hundert`` and ``hundert Prozent`` are often worded freely and are no claims."""
    vague = search_before(_VAGUE, text, quantity.start) or _PERCENT.match(text, quantity.end)
    half = {str(int(value) - 1) for value in quantity.values if value.isdecimal()} | {"30"}
    is_half = search_before(_HALF_HOUR, text, quantity.start)
    free = vague or is_half or quantity.values <= {"1", "0.5"} or _is_noun(text, quantity)
    values = quantity.values | half if is_half else quantity.values
    return Quantity(quantity.start, quantity.end, quantity.text, values, not free)


_SENTENCE_BEGIN = re.compile(r"(?:^|[.!?:„“”\"»«(–-])\s*$")


def _is_noun(text: str, quantity: Quantity) -> bool:
    """``die Elf``, ``in Acht``: a small number word with a capital inside a sentence counts nothing."""
    small = quantity.text.istitle() and all(value.isdecimal() and len(value) < 3 for value in quantity.values)
    inside = small and not search_before(_SENTENCE_BEGIN, text, quantity.start)
    return inside and quantity.text.lower() in {"acht", "elf", "sieben", "neun", "sechs", "fünf", "drei"}


def _english_words(text: str) -> Iterator[Quantity]:
    for start, end, value, claim in english_number_phrases(text):
        values = {canonical(value), *_scaled_by_range(text, end, value, ENGLISH_SCALES)}
        quantity = Quantity(start, end, text[start:end], frozenset(values), claim)
        yield _weakened(text, quantity) if claim else quantity
    yield from _english_stand_ins(text)


def _english_stand_ins(text: str) -> Iterator[Quantity]:
    for match in () if ENGLISH_STAND_INS.keys().isdisjoint(words_of(text)) else _WORD.finditer(text):
        for stand_in in ENGLISH_STAND_INS.get(match.group().lower(), ()):
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(stand_in)}), claim=False)
    for match in _ENGLISH_MONTH.finditer(text) if _names_english_month(text) else ():
        number = _ENGLISH_MONTH_NUMBERS[match.group()[:3]]
        yield _month(match.start(), match.end(), match.group(), number, claim=match.group() in _CLEAR_MONTHS)


_ENGLISH_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(ENGLISH_MONTHS, 1)}
_ENGLISH_MONTH = re.compile(rf"\b(?:{'|'.join((*ENGLISH_MONTHS, *_ENGLISH_MONTH_NUMBERS, 'Sept'))})\b")


def _names_english_month(text: str) -> bool:
    """Whether the first letters of a month stand anywhere in a text: to look for them is faster than the pattern."""
    return any(month in text for month in _ENGLISH_MONTH_NUMBERS)


_CLEAR_MONTHS = frozenset(ENGLISH_MONTHS) - {"May", "March"}
"""``May`` and ``March`` at the start of a sentence may be a verb."""
