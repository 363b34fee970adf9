"""Which rows go through a model together."""

from __future__ import annotations

from collections.abc import Sequence


def plan_batches(lengths: Sequence[int], budget_tokens: int, at_least: int = 1) -> list[list[int]]:
    """Positions of ``lengths`` in batches, longest first, so that little is spent on padding.

    A batch holds at most ``budget_tokens`` once every row is padded to its longest, or one row alone. The work is
    spread over ``at_least`` batches where there are that many rows, so that parallel workers all have something to do.
    Equal lengths keep their order: the plan depends on nothing but its arguments.
    """
    order = sorted(range(len(lengths)), key=lambda position: (-lengths[position], position))
    most_rows = max(1, -(-len(order) // at_least))
    batches: list[list[int]] = []
    longest = 0
    for position in order:
        size = len(batches[-1]) + 1 if batches else 0
        if not batches or size > most_rows or size * longest > budget_tokens:
            batches.append([])
            longest = lengths[position]
        batches[-1].append(position)
    return batches
