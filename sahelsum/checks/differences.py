"""Numbers and dates that differ between a sentence and its translation, each counted as the one or the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sahelsum.language.conversions import without_conversions
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.pack import Pack
from sahelsum.language.quantities import Quantity, missing

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Differences:
    """What only one side has: the texts, in order."""

    lost_numbers: tuple[str, ...]
    added_numbers: tuple[str, ...]
    lost_dates: tuple[str, ...]
    added_dates: tuple[str, ...]


@lru_cache(maxsize=1)  # numbers and dates are asked for one after the other
def differences(text: str, english: str, source: Pack) -> Differences:
    """Compare the numbers and dates of both texts.

    A number of the English belongs to the dates if a date is lost and no number is: then it stands in the date's place.
    """
    said, told = source.quantities(text), english_quantities(english)
    lost, added = missing(said, told), missing(told, said)
    if added:
        # A title keeps its English words in the source: "Six Flags", "Top Ten". "Im vergangenen Jahr" may be "in 2024".
        words = set(_WORD.findall(text.casefold()))
        year = source.checking.relative_year.search(text) is not None
        added = [
            quantity
            for quantity in added
            if quantity.text.casefold() not in words and not (year and _YEAR.fullmatch(quantity.text))
        ]
    if added:
        lost, added = without_conversions(text, english, lost, added)
    lost_numbers, lost_dates = _texts(lost, date=False), _texts(lost, date=True)
    if lost_dates and not lost_numbers:
        return Differences((), (), lost_dates, tuple(dict.fromkeys(quantity.text for quantity in added)))
    return Differences(lost_numbers, _texts(added, date=False), lost_dates, _texts(added, date=True))


def _texts(quantities: Iterable[Quantity], *, date: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(quantity.text for quantity in quantities if quantity.date is date))
