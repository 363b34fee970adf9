"""Measures converted to those of another country, beside the original or in its place, and sums in another currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from sahelsum.language.quantities import Quantity

_FACTORS = (
    (r"kilomet\w+|km", r"miles?|mi\b", Decimal("0.6214"), Decimal(0)),
    (r"met\w+|m\b", r"feet|foot|ft", Decimal("3.281"), Decimal(0)),
    (r"met\w+|m\b", r"yards?|yd", Decimal("1.094"), Decimal(0)),
    (r"kilo\w*|kg", r"pounds?|lbs?", Decimal("2.205"), Decimal(0)),
    (r"hektar|hectares?|ha\b", r"acres?", Decimal("2.471"), Decimal(0)),
    (r"liter\w*|litres?|l\b", r"gallons?", Decimal("0.2642"), Decimal(0)),
    (r"quadratkilomet\w+", r"square miles?|sq mi", Decimal("0.3861"), Decimal(0)),
    (r"grad", r"(?:degrees? )?fahrenheit|°F", Decimal("1.8"), Decimal(32)),
    (r"tage?n?", r"weeks?", Decimal(1) / Decimal(7), Decimal(0)),
)
"""Source unit, English unit, factor and what is added."""
TOLERANCE = Decimal("0.12")
"""``some 60 miles`` for 100 kilometres: converted figures are rounded."""
_BESIDE = re.compile(
    r"\((?:[^()]{0,20}?\s)?(?:[$€£¥]|US\$|about |some |around |roughly |or |=|≈|~)?[^()]{0,4}?\d[^()]{0,30}\)",
    re.IGNORECASE,
)
_MONEY_OR_UNIT = re.compile(
    r"[$€£¥]|\b(?:dollars?|euros?|pounds?|miles?|mi|feet|foot|ft|yards?|lbs?|acres?|gallons?|fahrenheit|usd|eur)\b|°F",
    re.IGNORECASE,
)


def without_conversions(
    text: str, english: str, lost: Sequence[Quantity], added: Iterable[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """What is lost and added apart from numbers that the English converts."""
    beside = [match.span() for match in _BESIDE.finditer(english) if _MONEY_OR_UNIT.search(match.group())]
    left = [quantity for quantity in added if not any(start < quantity.start < end for start, end in beside)]
    pairs = [(one, other) for one in lost for other in left if _converted(text, one, english, other)]
    return (
        [quantity for quantity in lost if quantity not in {one for one, _ in pairs}],
        [quantity for quantity in left if quantity not in {other for _, other in pairs}],
    )


def _converted(text: str, one: Quantity, english: str, other: Quantity) -> bool:
    behind, told = text[one.end : one.end + 20].lstrip(" -"), english[other.end : other.end + 20].lstrip(" -")
    for unit, english_unit, factor, plus in _FACTORS:
        if re.match(unit, behind, re.IGNORECASE) and re.match(english_unit, told, re.IGNORECASE):
            return any(_near(a * factor + plus, b) for a in _numbers(one) for b in _numbers(other))
    return False


def _numbers(quantity: Quantity) -> list[Decimal]:
    numbers = []
    for value in quantity.values:
        try:
            numbers.append(Decimal(value))
        except InvalidOperation:
            continue
    return numbers


def _near(value: Decimal, other: Decimal) -> bool:
    return abs(value - other) <= TOLERANCE * abs(value)
