"""Figures in which articles on one event disagree: a sentence for both must name each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.quantities import Quantity
from sahelsum.verification.facts import counted_things
from sahelsum.verification.matching import rewordings


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two numbers for the same thing, and the numbers of the sentences that have them."""

    figures: tuple[Quantity, Quantity]
    numbers: tuple[int, int]


def disagreeing(sentences: Mapping[int, str], sources: Mapping[int, str]) -> list[Disagreement]:
    """Where sentences of different sources count the same thing differently.

    Args:
        sentences: English texts by number.
        sources: what each is from, by number.
    """
    counts = [
        (number, quantity, thing)
        for number, text in sentences.items()
        for quantity in english_quantities(text)
        if quantity.claim and not quantity.date and (thing := counted_things(text, quantity))
    ]
    return [
        Disagreement((one, other), (number, another))
        for (number, one, thing), (another, other, same) in combinations(counts, 2)
        if sources.get(number) != sources.get(another) and not one.values & other.values and _alike(thing, same)
    ]


def _alike(one: str, other: str) -> bool:
    return one == other or other in rewordings().get(one, ()) or one in rewordings().get(other, ())


def unnamed(text: str, differing: Sequence[Disagreement]) -> str:
    """The first figure of those that a text does not name; empty if it names all."""
    told = {value for quantity in english_quantities(text) for value in quantity.values}
    figures = (figure for pair in differing for figure in pair.figures)
    return next((figure.text for figure in figures if not figure.values & told), "")
