"""The fit of the estimate: it finds the weights that verdicts were drawn from, and measures what it says."""

from __future__ import annotations

import random
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "benchmarks"))

import estimate

from sahelsum.checks.estimate import Calibration

TRUE = Calibration(intercept=-4.0, mean_logprob=-5.0, log_doubt=0.5, log_length=0.5, judged=1)


def lessons(count: int) -> list[estimate.Lesson]:
    draw = random.Random(3)
    made = []
    for _ in range(count):
        measures = (-draw.uniform(0.1, 1.2), draw.uniform(0, 4), draw.uniform(1.5, 4.5))
        made.append(estimate.Lesson(measures, float(draw.random() < TRUE.probability(measures))))
    return made


def test_the_weights_that_the_verdicts_were_drawn_from_are_found() -> None:
    calibration = estimate.fitted(lessons(6000))
    assert calibration.mean_logprob == pytest.approx(TRUE.mean_logprob, abs=0.6)
    assert calibration.log_doubt == pytest.approx(TRUE.log_doubt, abs=0.2)
    assert calibration.judged == 6000


def test_estimates_are_made_by_weights_that_did_not_see_the_sentence() -> None:
    drawn = lessons(300)
    turned = [estimate.Lesson(drawn[0].measures, 1 - drawn[0].misleading), *drawn[1:]]
    assert estimate.held_out(drawn)[0] == estimate.held_out(turned)[0]


def test_the_area_under_the_curve_is_one_for_a_perfect_order_and_a_half_for_none() -> None:
    assert estimate.area_under_curve([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4]) == 1
    assert estimate.area_under_curve([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]) == 0.5
    assert estimate.area_under_curve([0.5, 0.5], [0.1, 0.9]) == 0.5


def test_the_judged_pairs_have_two_verdicts() -> None:
    pairs = list(estimate.judged_pairs())
    assert len(pairs) >= 600
    assert {share for _, share in pairs} == {0, 0.5, 1}


def test_a_card_gets_the_table_once(tmp_path: Path) -> None:
    card = tmp_path / "card.toml"
    card.write_text('alias = "x"\n\n[location]\npath = "x"\n', encoding="utf-8")
    for judged in (5, 7):
        estimate.put_into_card(card, Calibration(-1.0, -2.0, 0.5, 0.25, judged))
    written = tomllib.loads(card.read_text(encoding="utf-8"))
    assert written["estimate"] == {
        "intercept": -1.0, "mean_logprob": -2.0, "log_doubt": 0.5, "log_length": 0.25, "judged": 7,
    }  # fmt: skip
    assert written["location"] == {"path": "x"}
