"""Fit how probable it is that a sentence misleads (the [estimate] table of a model's card) to what judges said.

    python benchmarks/estimate.py [--translator ALIAS] [--write]

training/data/judged.tsv.xz has translations with the verdicts of two judges (docs/judging.md). Those German sentences
are translated as `sahelsum translate` does; a row counts where this gives the English that was judged. A sentence that
both judges found misleading counts whole, one that one of them did counts half. The weights are those of a logistic
regression on the measures of sahelsum/checks/estimate.py, with a ridge of 1 on all but the intercept. What is reported
is always of a tenth of the sentences under weights learned from the other nine. --write puts the weights of all into
the card and the figures into docs/checks.md.
"""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
from checks import DOCUMENT
from confidence import CARDS, translated
from measure import ROOT, put_between
from numpy.typing import NDArray

from sahelsum.checks.estimate import Calibration, measures_of
from sahelsum.records import Sentence, Translation
from sahelsum.records.expectation import expectation

JUDGED = ROOT / "training" / "data" / "judged.tsv.xz"
FOLDS = 10
RIDGE = 1.0
STEPS = 30
BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
"""Borders of the rows of the reliability table."""
PAGE = 25
"""Sentences of an article, about."""
SEED = 5

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """What the model thought of a sentence, and the share of the judges who found it misleading."""

    measures: tuple[float, float, float]
    misleading: float


@click.command(help=__doc__)
@click.option("--translator", default="sahelsum-de-en")
@click.option("--write", is_flag=True)
def main(translator: str, write: bool) -> None:
    lessons = list(judged_lessons(translator))
    if len(lessons) < 2 * FOLDS:
        raise SystemExit(f"Only {len(lessons)} judged sentences are what {translator} writes: too few to learn from.")
    estimates = held_out(lessons)
    text = "\n".join(report(translator, lessons, estimates))
    click.echo(text)
    calibration = fitted(lessons)
    click.echo(repr(calibration))
    if write:
        put_into_card(CARDS / translator / "card.toml", calibration)
        put_between(DOCUMENT, "estimate", text)


def judged_lessons(translator: str) -> Iterator[Lesson]:
    """Those of the judged translations that this model writes itself."""
    verdicts = dict(judged_pairs())
    texts = list(dict.fromkeys(german for german, _ in verdicts))
    rows = translated(texts, translator)
    for row in rows:
        german = texts[row["line"] - 1]
        misleading = verdicts.get((german, " ".join(row["translation"].split())))
        measures = measures_of(_translation(row))
        if row["source"] == german and misleading is not None and measures is not None:
            yield Lesson(measures, misleading)


def judged_pairs() -> Iterator[tuple[tuple[str, str], float]]:
    """German and English, and the share of the judges who found it misleading."""
    with lzma.open(JUDGED, "rt", encoding="utf-8") as file:
        for line in file:
            _, german, english, first, _, second, *_ = line.rstrip("\n").split("\t")
            yield (german, english), ((first == "misleading") + (second == "misleading")) / 2


def _translation(row: dict[str, object]) -> Translation:
    names = ("mean_logprob", "source_tokens", "target_tokens", "kept", "failure")
    return Translation(Sentence(1, 1, ""), f"{row['translation']}", **{name: row[name] for name in names})  # type: ignore[arg-type]


def fitted(lessons: Sequence[Lesson]) -> Calibration:
    """Logistic regression by Newton's method, on standardized measures."""
    measures = np.array([lesson.measures for lesson in lessons])
    wanted = np.array([lesson.misleading for lesson in lessons])
    centre, spread = measures.mean(axis=0), measures.std(axis=0)
    rows = np.column_stack([np.ones(len(lessons)), (measures - centre) / spread])
    weights = newton(rows, wanted)
    slopes = weights[1:] / spread
    intercept = float(weights[0] - slopes @ centre)
    of_mean, of_doubt, of_length = (round(float(slope), 3) for slope in slopes)
    return Calibration(round(intercept, 3), of_mean, of_doubt, of_length, len(lessons))


def newton(rows: _Floats, wanted: _Floats) -> _Floats:
    """Weights of the columns; the first, the intercept, goes free of the ridge."""
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 0
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        probable = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (wanted - probable) - ridge @ weights
        bend = (rows * (probable * (1 - probable))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def held_out(lessons: Sequence[Lesson]) -> list[float]:
    """An estimate of each lesson by weights that were learned without it."""
    fold = [number % FOLDS for number in range(len(lessons))]
    random.Random(SEED).shuffle(fold)
    calibrations = [
        fitted([lesson for lesson, own in zip(lessons, fold, strict=True) if own != number]) for number in range(FOLDS)
    ]
    return [calibrations[own].probability(lesson.measures) for lesson, own in zip(lessons, fold, strict=True)]


def report(translator: str, lessons: Sequence[Lesson], estimates: Sequence[float]) -> Iterator[str]:
    wanted = [lesson.misleading for lesson in lessons]
    share = sum(wanted) / len(wanted)
    brier = sum(_squared_error(each, p) for each, p in zip(wanted, estimates, strict=True)) / len(wanted)
    yield (
        f"`{translator}`, {len(lessons)} judged sentences, {100 * share:.0f} % of them misleading; each estimated by "
        f"weights learned without it. Area under the curve: **{area_under_curve(wanted, estimates):.2f}** (0.5 is "
        f"chance). Brier score: {brier:.3f}; who says {share:.2f} of every sentence has {share * (1 - share):.3f}."
    )
    yield ""
    yield "| estimate | sentences | mean estimate | judged misleading |"
    yield "|---|---:|---:|---:|"
    for low, high in pairwise(BINS):
        rows = [(each, p) for each, p in zip(wanted, estimates, strict=True) if low <= p < high]
        if rows:
            mean, judged = (sum(column) / len(rows) for column in ([p for _, p in rows], [each for each, _ in rows]))
            yield f"| {low:.1f} to {high:.1f} | {len(rows)} | {100 * mean:.0f} % | {100 * judged:.0f} % |"
    yield ""
    inside, pages = pages_in_range(wanted, estimates)
    yield f"Pages of {PAGE} of these sentences: the range held what the judges found on {inside} of {pages}."


def _squared_error(share: float, p: float) -> float:
    """Mean over the judges, some of whom say 1 and some 0."""
    return share * (1 - p) ** 2 + (1 - share) * p**2


def area_under_curve(wanted: Sequence[float], estimates: Sequence[float]) -> float:
    """How often a misleading sentence has a higher estimate than another; a divided verdict counts on both sides."""
    p, positive = np.array(estimates), np.array(wanted)
    higher = (p[:, None] > p[None, :]) + 0.5 * (p[:, None] == p[None, :])
    weight = positive[:, None] * (1 - positive[None, :])
    return float((higher * weight).sum() / weight.sum())


def pages_in_range(wanted: Sequence[float], estimates: Sequence[float]) -> tuple[int, int]:
    """Of neighbouring sentences taken as pages: on how many the number that misleads lies in the range, of how many."""
    starts = range(0, len(wanted) - PAGE + 1, PAGE)
    told = [expectation(estimates[start : start + PAGE]) for start in starts]
    judged = [sum(wanted[start : start + PAGE]) for start in starts]
    return sum(page.least <= number <= page.most for page, number in zip(told, judged, strict=True)), len(told)


def put_into_card(card: Path, calibration: Calibration) -> None:
    """Write the table, in place of an older one or before the first other."""
    text = re.sub(r"^\[estimate\]\n(?:.+\n)*\n", "", card.read_text(encoding="utf-8"), flags=re.MULTILINE)
    table = "".join(f"{name} = {value}\n" for name, value in asdict(calibration).items())
    head, first_table, rest = text.partition("\n[")
    card.write_text(f"{head}\n[estimate]\n{table}{first_table}{rest}", encoding="utf-8")


if __name__ == "__main__":
    main()
