"""Numbers in digits, read without knowing the language: what a separator means is open, so each reading counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from sahelsum.language.names import REMEMBERED_SENTENCES
from sahelsum.language.quantities import Quantity, canonical

_NUMBER = re.compile(
    r"(?<![^\W_])(?<![\d.,:/–-])\d+(?:[.,\u00a0\u202f' ]\d{3}(?!\d))*(?:[.,]\d+)?"
    r"(?![\d:/–-]|[.,]\d|[^\W\d_]|\s[hH][^\W\d_]{0,2}\b)"
)
"""No part of a word (``1er``), a date (``3.4.2025``) or a clock time (``14 h 30``)."""
_SEPARATOR = re.compile(r"[.,\u00a0\u202f' ]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+")
_DECIMAL = re.compile(r"(?P<whole>.*\d)[.,](?P<part>\d+)")
_SCALES = (1, 10**3, 10**6, 10**9)
"""A word behind the number may multiply it, and English may write that out."""


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def digits(text: str) -> tuple[Quantity, ...]:
    """The numbers that a text of any language has in digits, in order; their values are all that each may mean."""
    return tuple(
        Quantity(match.start(), match.end(), match.group(), frozenset(_values(match.group())))
        for match in _NUMBER.finditer(text)
    )


def _values(number: str) -> Iterator[str]:
    for reading in _readings(number):
        yield from (canonical(reading * scale) for scale in _SCALES)


def _readings(number: str) -> Iterator[Decimal]:
    decimal = _DECIMAL.fullmatch(number)
    if decimal:
        yield Decimal(f"{_SEPARATOR.sub('', decimal['whole'])}.{decimal['part']}")
    if not decimal or _THOUSANDS.fullmatch(number):
        yield Decimal(_SEPARATOR.sub("", number))
