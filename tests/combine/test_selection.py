"""Which articles a page across articles is about."""

from __future__ import annotations

import pytest

from sahelsum.combine import select
from sahelsum.records import Digest
from sahelsum.records.folder import EVERYTHING, Selection
from tests.combine.test_combine import moscow, undated, with_facts
from tests.samples import convoy


def digests() -> list[Digest]:
    return [with_facts(convoy()), moscow(), undated()]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (EVERYTHING, ["000_convoy", "001_moscow", "002_chad"]),
        (Selection(since="2025-11"), ["000_convoy"]),
        (Selection(since="2025-11-16"), ["000_convoy"]),
        (Selection(since="2025-11-17"), []),
        (Selection(since="2025-04-20"), ["000_convoy", "001_moscow"]),  # "April 2025" may be after the 20th
        (Selection(countries=("Mali",)), ["000_convoy", "001_moscow"]),
        (Selection(countries=("Chad", "Russia")), ["001_moscow", "002_chad"]),
        (Selection(actors=("jnim",)), ["000_convoy", "001_moscow"]),
        (Selection(actors=("GSIM",)), []),
        (Selection(actors=("lawrow",)), ["001_moscow"]),
        (Selection(actors=("Lavrov", "Putin")), ["001_moscow"]),
        (Selection(since="2025-05", countries=("Mali",), actors=("JNIM",)), ["000_convoy"]),
    ],
)
def test_all_conditions_must_hold_and_one_of_each_list(selection: Selection, expected: list[str]) -> None:
    chosen, scope = select(digests(), selection)
    assert [digest.article.id for digest in chosen] == expected
    assert scope.left_out == 3 - len(expected)


def test_what_is_left_out_for_want_of_a_date_is_counted() -> None:
    _, scope = select(digests(), Selection(since="2020"))
    assert (scope.left_out, scope.undated) == (1, 1)


def test_what_is_new_is_told_of_what_was_chosen() -> None:
    _, scope = select(digests(), Selection(countries=("Chad",)), frozenset({"000_convoy", "002_chad"}))
    assert scope.new == {"002_chad"}
