"""How many sentences of a text probably mislead, from the estimates of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_CALIBRATION_ERROR = 0.2
"""By how much of its value the expected number may be wrong for a kind of text that the judges did not see."""
_EIGHTY_PERCENT = 1.28
"""Standard deviations on each side of a normal distribution that hold four fifths of it."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many sentences of a text mislead, as far as it can be estimated.

    Attributes:
        sentences: those that have an estimate.
        expected: how many of them probably mislead.
        least: lower end of the range that holds the true number four times in five.
        most: its upper end.
    """

    sentences: int
    expected: float
    least: int
    most: int


def expectation(estimates: Sequence[float]) -> Expectation:
    """What the estimates of single sentences say of all together.

    The range holds chance (the sentences taken as independent) and what the calibration may be off.
    """
    expected = sum(estimates)
    variance = sum(p * (1 - p) for p in estimates) + (_CALIBRATION_ERROR * expected) ** 2
    margin = _EIGHTY_PERCENT * math.sqrt(variance)
    least, most = max(0, math.floor(expected - margin)), min(len(estimates), math.ceil(expected + margin))
    return Expectation(len(estimates), round(expected, 1), least, most)
