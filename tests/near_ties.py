"""What may differ when a model's texts are computed in other batches."""

from __future__ import annotations

from collections.abc import Sequence

NEAR_TIES = 0.02
"""Share of sentences that may come out in another wording. Some processors round the last bits of a score differently
in a batch of another size, and of two wordings with nearly the same score the other one is taken then."""


def all_but_near_ties(first: Sequence[object], second: Sequence[object]) -> bool:
    """Whether two runs gave the same, but for a few wordings (one at least: a short list may hold a near tie too)."""
    differing = sum(one != other for one, other in zip(first, second, strict=True))
    return differing <= max(1, NEAR_TIES * len(first))
