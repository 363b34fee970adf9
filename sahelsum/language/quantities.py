"""Numbers in texts of any language, brought to one form, so that two texts can be compared.

``10.000`` in German is ``10,000``, ``mindestens einhundert`` is ``at least 100``, ``zwei Dutzend`` is 24, ``3.4.2025``
is 3 April 2025. A quantity that is a *claim* is sure enough to raise an alarm if the other side lacks it; the others
(``one``, ordinals, ``both``) only serve to settle a claim of the other side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, Context, Decimal
from itertools import accumulate

from sahelsum.language.dates import Day


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


NOT_INSIDE = r"(?<![^\W_])(?<![\d.,])"
"""Before the first digit of a number."""
CLOCK_SIGNS = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?"
COLON_CLOCK = r"(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?!:?\d)"


def outside(taken: list[Quantity], candidates: Iterable[Quantity]) -> list[Quantity]:
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


def month_quantity(start: int, end: int, text: str, number: int, *, claim: bool) -> Quantity:
    """A month named by a word."""
    return Quantity(start, end, text, frozenset({f"month:{number}"}), claim, date=True)


def day_quantities(days: Iterable[Day], text: str) -> Iterator[Quantity]:
    """Day, month and year of days that a text names; the month of ``3.4.2025`` may also be written as a number."""
    for day in days:
        span = text[day.start : day.end]
        as_number = {str(day.month)} if day.numeric else set()
        parts = [{str(day.day)}, {f"month:{day.month}"} | as_number, {str(day.year)} - {"None"}]
        for values in filter(None, parts):
            yield Quantity(day.start, day.end, span, frozenset(values), date=True)


def clock_times(text: str, pattern: re.Pattern[str]) -> Iterator[Quantity]:
    """Hour and minute; the hour of the twelve-hour clock counts as well."""
    for match in pattern.finditer(text):
        found = [value for value in match.groups() if value is not None]
        hour, minute = int(found[0]), int(found[1]) if len(found) > 1 else 0
        hours = frozenset({str(hour), str((hour + 11) % 12 + 1), str(hour + 12)})
        yield Quantity(match.start(), match.end(), match.group(), hours, date=True)
        if minute:
            yield Quantity(match.start(), match.end(), match.group(), frozenset({str(minute)}), date=True)


@dataclass(frozen=True, slots=True, eq=False)
class Scales:
    """Words of a language that multiply a number, and what else of its wording shapes one."""

    values: Mapping[str, int]
    """``million`` → 1,000,000, in lower case."""
    ranges: re.Pattern[str]
    """From the end of a number on: ``to 500 million``, the word that may scale both numbers as its group."""
    decade: re.Pattern[str]
    """From the start of a number on: ``90s``."""


def ranges(words: str) -> re.Pattern[str]:
    """The pattern of a range, from the words that stand between its numbers."""
    return re.compile(rf"\s?(?:{words}|[–-])\s?(?:\d{{1,3}}(?:[.,]\d{{1,3}})?|[^\W\d_]{{1,20}})[\s-]([^\W\d_]+)")


_SHORT_SCALES = {"k": 1000, "m": 10**6, "b": 10**9, "tn": 10**12}
_SHORTHAND = re.compile(r"(?:k|m|b|tn)(?!\w)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s-]?([^\W\d_]+)")


def scaled(text: str, start: int, end: int, value: Decimal, scales: Scales) -> Quantity:
    """The number times the ``Millionen`` or ``thousand`` that follows it, if one does."""
    following = _NEXT_WORD.match(text, end)
    scale = scales.values.get(following.group(1).lower()) if following else None
    if following and scale and not (text[following.end() :][:1] == "-" and following.group(1) == "Bio"):
        whole = canonical(_ANY_LENGTH.multiply(value, Decimal(scale)))
        return Quantity(start, following.end(), text[start : following.end()], frozenset({whole}))
    short = _SHORTHAND.match(text, end)
    if short:  # "€2m" is two million, "2m" may be two metres
        whole = canonical(_ANY_LENGTH.multiply(value, Decimal(_SHORT_SCALES[short.group().lower()])))
        return Quantity(start, short.end(), text[start : short.end()], frozenset({whole, canonical(value)}))
    values = {canonical(value), *_short_years(text, start, value, scales), *scaled_by_range(text, end, value, scales)}
    return Quantity(start, end, text[start:end], frozenset(values))


def scaled_by_range(text: str, end: int, value: Decimal, scales: Scales) -> tuple[str, ...]:
    """``340`` in ``340 bis 500 Millionen`` may be 340 million as well."""
    upper = scales.ranges.match(text, end)
    scale = scales.values.get(upper.group(1).lower()) if upper else None
    return (canonical(_ANY_LENGTH.multiply(value, Decimal(scale))),) if scale else ()


LOOK_BACK_CHARS = 16
"""How far to look back from a number for what qualifies it: ``weniger als``, the longest, has 11 characters and white
space behind it. To search all that stands before each number would be slow where there are thousands of them."""
_CENTURY = re.compile(r"\b((?:19|20))\d\d[/–-]$")


def search_before(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """The match of a pattern that ends in ``$`` right before a position."""
    return pattern.search(text, max(0, position - LOOK_BACK_CHARS), position)


def _short_years(text: str, start: int, value: Decimal, scales: Scales) -> tuple[str, ...]:
    """``21`` in ``2020/21`` is 2021 as well, ``90`` in ``90er`` is 1990."""
    century = search_before(_CENTURY, text, start)
    if century and 10 <= value <= 99:
        return (f"{century.group(1)}{value}",)
    return (f"19{value}", f"20{value}") if scales.decade.match(text, start) else ()


def is_loose(text: str, quantity: Quantity, vague: re.Pattern[str], percent: re.Pattern[str]) -> bool:
    """Whether a number in words is often worded freely: ``one``, ``half a``, ``several hundred``, ``hundred per cent``.

    ``vague`` ends right before the number, ``percent`` follows it.
    """
    around = search_before(vague, text, quantity.start) or percent.match(text, quantity.end)
    return around is not None or quantity.values <= {"1", "0.5"}
