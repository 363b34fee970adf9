"""How probable it is that a sentence misleads: bounds, order, and what a page makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.checks.estimate import Calibration, measures_of
from sahelsum.records import Sentence, Translation
from sahelsum.records.expectation import expectation

CALIBRATION = Calibration(intercept=-6.0, mean_logprob=-5.5, log_doubt=0.5, log_length=0.7, judged=500)
SURE = Translation(Sentence(1, 1, "Regen fiel."), "Rain fell.", source_tokens=4, target_tokens=4, mean_logprob=-0.3)


def test_a_doubtful_sentence_is_more_likely_to_mislead() -> None:
    sure, doubtful = (CALIBRATION.misleading(replace(SURE, mean_logprob=score)) for score in (-0.3, -0.9))
    assert sure is not None
    assert doubtful is not None
    assert sure < 0.2 < doubtful


def test_a_long_sentence_is_more_likely_to_mislead() -> None:
    long = CALIBRATION.misleading(replace(SURE, source_tokens=60, target_tokens=60))
    short = CALIBRATION.misleading(SURE)
    assert long is not None
    assert short is not None
    assert long > short


@pytest.mark.parametrize(
    "item",
    [
        replace(SURE, mean_logprob=None),
        replace(SURE, failure="the model gave an empty translation"),
        replace(SURE, kept="English"),
        replace(SURE, source_tokens=0),
    ],
    ids=["no score", "failed", "kept", "nothing went in"],
)
def test_where_there_is_no_score_there_is_no_estimate(item: Translation) -> None:
    assert measures_of(item) is None
    assert CALIBRATION.misleading(item) is None


@given(st.floats(-50, 0), st.integers(1, 5000), st.integers(0, 5000))
def test_an_estimate_is_a_probability(score: float, source: int, target: int) -> None:
    item = replace(SURE, mean_logprob=score, source_tokens=source, target_tokens=target)
    estimate = CALIBRATION.misleading(item)
    assert estimate is not None
    assert 0 <= estimate <= 1


@given(st.lists(st.floats(0, 1), max_size=60))
def test_the_range_holds_the_expected_number_and_is_possible(estimates: list[float]) -> None:
    whole = expectation(estimates)
    assert 0 <= whole.least <= whole.expected + 0.05
    assert whole.expected - 0.05 <= whole.most <= whole.sentences == len(estimates)


def test_of_sentences_that_are_all_certain_the_number_is_nearly_certain() -> None:
    assert expectation([0.0] * 10).most == 0
    assert expectation([1.0] * 10).expected == 10
