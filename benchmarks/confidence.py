"""Find the mean log-probability under which a translator's sentences are doubtful (MT-UNSURE).

    python benchmarks/confidence.py FOLDER [--translator ALIAS] [--write]

FOLDER is that of benchmarks/checks.py. A sentence counts as bad if its chrF against the human translation is in the
lowest tenth of all. The threshold is the highest at which two in five of the sentences under it are bad: a reader who
looks them up finds bad ones four times as often as by picking at random. --write puts it into the card
of the model, and the figures into docs/checks.md. Lines of several sentences are left out: their parts have scores of
their own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from checks import DOCUMENT, Pair, load_sets
from measure import put_between
from sacrebleu.metrics import CHRF

CARDS = Path(__file__).parent.parent / "models"
BAD_SHARE = 0.1
WANTED_PRECISION = 0.4
LEAST_FLAGGED = 20
"""Precision over fewer sentences than this is chance."""
MIN_WORDS = 5
"""In shorter sentences chrF says little."""
TABLE_STEPS = (0.6, 0.5, 0.4, 0.3, 0.2, 0.15)
"""Precisions to show the threshold of."""


@dataclass(frozen=True)
class Scored:
    """What the model thought of its translation, and how close it came to a person's (chrF2, 0 to 100)."""

    logprob: float
    chrf: float


@dataclass(frozen=True)
class Cut:
    """All sentences under a threshold taken together."""

    threshold: float
    flagged: int
    bad: int

    @property
    def precision(self) -> float:
        """Share of the flagged that are bad."""
        return self.bad / self.flagged


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--translator", default="sahelsum-de-en")
@click.option("--write", is_flag=True)
def main(folder: Path, translator: str, write: bool) -> None:
    pairs = [pair for group in load_sets(folder).values() for pair in group]
    scored = sorted(score(pairs, translator), key=lambda item: item.logprob)
    bad_under = sorted(item.chrf for item in scored)[int(BAD_SHARE * len(scored))]
    chosen = highest(cuts(scored, bad_under), WANTED_PRECISION)
    if chosen is None:
        raise SystemExit("No threshold reaches the wanted precision: leave low_logprob out of the card.")
    text = "\n".join(report(scored, bad_under, chosen, translator))
    click.echo(text)
    if write:
        put_into_card(CARDS / translator / "card.toml", chosen.threshold)
        put_between(DOCUMENT, "confidence", text)


def score(pairs: Sequence[Pair], translator: str) -> list[Scored]:
    """Translate the German sides as `sahelsum translate` does, and score each line that is one sentence."""
    rows = translated([german for german, _ in pairs], translator)
    sentences = Counter(row["line"] for row in rows)
    metric = CHRF()
    scored = []
    for row in rows:
        english = pairs[row["line"] - 1][1]
        alone = sentences[row["line"]] == 1 and row["mean_logprob"] is not None
        if alone and len(english.split()) >= MIN_WORDS:
            chrf = metric.sentence_score(row["translation"], [english]).score
            scored.append(Scored(row["mean_logprob"], chrf))
    return scored


def translated(texts: Sequence[str], translator: str) -> list[dict[str, Any]]:
    """One row per sentence, as `sahelsum translate --lines --json` prints them."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".de") as file:
        file.write("".join(f"{text}\n" for text in texts))
        file.flush()
        command = [sys.executable, "-m", "sahelsum", "translate", file.name, "--lines", "--json"]
        done = subprocess.run([*command, "--translator", translator], check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def cuts(scored: Sequence[Scored], bad_under: float) -> list[Cut]:
    """The sentences under each possible threshold, lowest first. `scored` is sorted."""
    bad = 0
    found = []
    for flagged, item in enumerate(scored, start=1):
        bad += item.chrf < bad_under
        found.append(Cut(item.logprob, flagged, bad))
    return [cut for cut in found if cut.flagged >= LEAST_FLAGGED]


def highest(found: Sequence[Cut], precision: float) -> Cut | None:
    """The cut with the highest threshold that still has this precision."""
    return next((cut for cut in reversed(found) if cut.precision >= precision), None)


def report(scored: Sequence[Scored], bad_under: float, chosen: Cut, translator: str) -> Iterator[str]:
    total = int(BAD_SHARE * len(scored))
    yield (
        f"`{translator}`, {len(scored)} sentences; bad: chrF2 under {bad_under:.1f}, the lowest tenth. "
        f"Threshold: **{chosen.threshold:.2f}**."
    )
    yield ""
    yield "| mean log-probability under | sentences flagged | of them bad | of the bad ones flagged |"
    yield "|---|---|---|---|"
    found = cuts(scored, bad_under)
    steps = {cut.threshold: cut for wanted in TABLE_STEPS if (cut := highest(found, wanted))}
    for cut in sorted({**steps, chosen.threshold: chosen}.values(), key=lambda cut: cut.threshold):
        share = f"{100 * cut.flagged / len(scored):.1f} %"
        yield f"| {cut.threshold:.2f} | {share} | {100 * cut.precision:.0f} % | {100 * cut.bad / total:.0f} % |"


def put_into_card(card: Path, threshold: float) -> None:
    """Set `low_logprob` in a card, above its first table."""
    text = re.sub(r"^low_logprob = .*\n", "", card.read_text(encoding="utf-8"), flags=re.MULTILINE)
    head, first_table, rest = text.partition("\n[")
    card.write_text(f"{head.rstrip()}\nlow_logprob = {threshold:.2f}\n{first_table}{rest}", encoding="utf-8")


if __name__ == "__main__":
    main()
