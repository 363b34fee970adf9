"""Compare weights of the backward model: BLEU and chrF2 of the first wording after both models have judged.

    python benchmarks/backward.py FOLDER [--translator ALIAS] [--lines N] [--write]

FOLDER is that of benchmarks/checks.py. The wordings are made once; checks, glossary and further attempts play no part.
The last line says how much time judging takes beside translating. --write puts the table into training/README.md.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from checks import load_sets
from measure import ROOT, put_between, table
from sacrebleu import corpus_bleu, corpus_chrf

from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import ModelCard, Task
from sahelsum.engines.backward import Scorer
from sahelsum.engines.base import Engine
from sahelsum.engines.factory import open_engine, open_scorer
from sahelsum.records import Hypothesis

DOCUMENT = ROOT / "training" / "README.md"
WEIGHTS = (0.1, 0.2, 0.3, 0.5, 1.0)
JUDGED = (2, 4, 6)


@dataclass(frozen=True)
class Wordings:
    """The hypotheses of a sentence, the backward score of each, and the human translation."""

    hypotheses: Sequence[Hypothesis]
    backward: Sequence[float]
    english: str

    def first(self, weight: float, judged: int) -> str:
        """The wording that comes first with this weight."""
        scored = list(zip(self.hypotheses, self.backward, strict=True))[:judged]
        return max(scored, key=lambda item: (item[0].mean_logprob or 0) + weight * item[1])[0].text


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--translator", default="sahelsum-de-en")
@click.option("--lines", type=int, default=None, help="Only so many lines of each set.")
@click.option("--write", is_flag=True)
def main(folder: Path, translator: str, lines: int | None, write: bool) -> None:
    sets = {name: pairs[:lines] for name, pairs in load_sets(folder).items()}
    with TemporaryDirectory() as cache:
        engine, scorer = models(translator, Path(cache))
        engine.generate(["Regen."])
        scorer.score([("Rain.", "Regen.")])
        found, share = judged_sets(sets, engine, scorer)
    text = f"{report(found)}\n\nJudging took {share:.0%} of the time of translating."
    click.echo(text)
    if write:
        put_between(DOCUMENT, "backward", text)


def models(alias: str, cache: Path) -> tuple[Engine, Scorer]:
    catalog = Catalog.load()
    card = catalog.resolve(alias, Task.TRANSLATE)
    if card.backward is None:
        raise SystemExit(f"The card of {alias} names no backward model.")
    other: ModelCard = catalog.resolve(card.backward.model, Task.TRANSLATE)
    generation = card.generation_for("balanced")
    engine = open_engine(catalog.locate(card, offline=True, cache=cache), generation=generation, cache_dir=cache)
    return engine, open_scorer(catalog.locate(other, offline=True, cache=cache), cache_dir=cache)


def judged_sets(
    sets: dict[str, list[tuple[str, str]]], engine: Engine, scorer: Scorer
) -> tuple[dict[str, list[Wordings]], float]:
    """Wordings of all sentences that fit the model, and the time of judging by that of translating."""
    found: dict[str, list[Wordings]] = {}
    translating = judging = 0.0
    for name, pairs in sets.items():
        lengths = engine.count_tokens([german for german, _ in pairs])
        chosen = [pair for pair, length in zip(pairs, lengths, strict=True) if 0 < length <= engine.limit_tokens]
        started = time.perf_counter()
        outputs = engine.generate([german for german, _ in chosen])
        translated = time.perf_counter()
        asked = [
            (h.text, german) for (german, _), output in zip(chosen, outputs, strict=True) for h in output.hypotheses
        ]
        scores = iter(scorer.score(asked))
        judging += time.perf_counter() - translated
        translating += translated - started
        found[name] = [
            Wordings(output.hypotheses, [next(scores) for _ in output.hypotheses], english)
            for (_, english), output in zip(chosen, outputs, strict=True)
        ]
    return found, judging / translating


def report(found: dict[str, list[Wordings]]) -> str:
    ways = [(0.0, 1), *((weight, judged) for judged in JUDGED for weight in WEIGHTS)]
    rows = [
        [str(weight), str(judged), *(figures(w, weight, judged) for w in found.values())] for weight, judged in ways
    ]
    return table(["weight", "wordings judged", *found], rows)


def figures(wordings: Sequence[Wordings], weight: float, judged: int) -> str:
    texts, references = [item.first(weight, judged) for item in wordings], [[item.english for item in wordings]]
    return f"{corpus_bleu(texts, references).score:.1f} / {corpus_chrf(texts, references).score:.1f}"


if __name__ == "__main__":
    main()
