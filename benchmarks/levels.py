"""What the quality levels and the engines cost; with a folder of development sets, what the levels bring instead.

    python benchmarks/levels.py [--quick] [--rounds 3] [--device cuda]
    python benchmarks/levels.py EVALFOLDER [--write]

Speed: the sentences of the seeds through the whole of `sahelsum translate`, in one process with the model loaded,
interleaved; further attempts and the choice among hypotheses count, reading and writing do not. The engines are
compared at the balanced level on fewer sentences. Peak memory is that of `sahelsum translate` as a process of its own
on the same sentences.

Quality, with EVALFOLDER (see benchmarks/quality.py): BLEU and chrF2 of every level on its sets, through `sahelsum
evaluate`; with --write into docs/performance.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click
from measure import (
    ROOT,
    Run,
    Timings,
    digits,
    interleaved,
    progress,
    put_between,
    ratio_table,
    report,
    run_child,
    table,
)
from quality import article_pairs, line_pairs

from sahelsum.app.models import opened_models
from sahelsum.app.settings import load_config
from sahelsum.app.texts import translate_units
from sahelsum.language.packs import pack_of
from sahelsum.protocols import Silence
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.records import Article
from sahelsum.segment import segment

SEEDS = ROOT / "seeds"
DOCUMENT = ROOT / "docs" / "performance.md"
LEVELS = ("balanced", "fast", "best")
ENGINES = ("ctranslate2", "transformers")
ENGINE_SENTENCES = 32
"""Enough for two batches of 512 tokens; transformers needs about ten times as long as CTranslate2."""
QUICK_SENTENCES = 4
Flags = Mapping[str, object]
Score = Mapping[str, float]
"""Metric → score."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Contenders on the same sentences."""

    sentences: int
    tokens: int
    timings: Mapping[str, Timings]
    peaks_mb: Mapping[str, float]


@click.command(help=__doc__)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Put the table of quality into docs/performance.md.")
@click.option("--quick", is_flag=True, help="Four sentences once: does it work?")
@click.option("--rounds", default=3, show_default=True)
@click.option("--device", default="cpu", type=click.Choice(["cpu", "cuda"]))
def main(folder: Path | None, write: bool, quick: bool, rounds: int, device: str) -> None:
    if folder is None:
        click.echo(speeds(1 if quick else rounds, device, QUICK_SENTENCES if quick else None))
        return
    text = report(
        "python benchmarks/levels.py EVALFOLDER", quality_table({level: quality(folder, level) for level in LEVELS})
    )
    click.echo(text)
    if write:
        put_between(DOCUMENT, "levels-quality", text)


def speeds(rounds: int, device: str, most: int | None) -> str:
    """The levels on the sentences of the seeds, at most so many, and the engines on a few of them."""
    sentences = seed_sentences()[:most]
    levels = speed(sentences, {level: {"quality": level, "device": device} for level in LEVELS}, rounds)
    few = sentences[:ENGINE_SENTENCES]
    engines = speed(few, {engine: {"engine": engine, "device": device} for engine in ENGINES}, rounds)
    return report("python benchmarks/levels.py", speed_table(levels, LEVELS[0]), speed_table(engines, ENGINES[0]))


def seed_sentences() -> list[str]:
    articles = (read for source in find_sources([str(SEEDS)]) for read in read_articles(source, ReadOptions()))
    whole = (article for article in articles if isinstance(article, Article))
    return [sentence.text for article in whole for sentence in segment(article.blocks, pack_of("de"))]


def speed(sentences: Sequence[str], contenders: Mapping[str, Flags], rounds: int) -> Speed:
    with ExitStack() as stack:
        prepared = {name: contender(sentences, flags, stack) for name, flags in contenders.items()}
        tokens = next(iter(prepared.values()))[1]
        timings = interleaved({name: run for name, (run, _) in prepared.items()}, rounds)
    return Speed(len(sentences), tokens, timings, {name: peak(sentences, each) for name, each in contenders.items()})


def contender(sentences: Sequence[str], flags: Flags, stack: ExitStack) -> tuple[Run, int]:
    """A run over the sentences with the model loaded, and the tokens it reads."""
    settings = load_config({**flags, "use_memory": False}).settings
    model = stack.enter_context(opened_models(settings)).translator()
    stack.callback(model.engine.close)
    translate_units(sentences[:1], model, settings, Silence())

    def run() -> None:
        translate_units(sentences, model, settings, Silence())

    return run, sum(model.engine.count_tokens(sentences))


def peak(sentences: Sequence[str], flags: Flags) -> float:
    """Peak memory (MB) of a process that translates the sentences."""
    progress(f"memory: {', '.join(map(str, flags.values()))}")
    options = [part for name, value in flags.items() for part in (f"--{name}", str(value))]
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "sentences.txt"
        file.write_text("".join(f"{sentence}\n" for sentence in sentences), encoding="utf-8")
        command = [sys.executable, "-m", "sahelsum", "translate", "--lines", str(file), "--no-memory", *options]
        return run_child(command).peak_mb


def speed_table(found: Speed, baseline: str) -> str:
    rates = {
        "sentences/s": {name: digits(found.sentences / each.median) for name, each in found.timings.items()},
        "source tokens/s": {name: digits(found.tokens / each.median) for name, each in found.timings.items()},
        "peak MB": {name: f"{megabytes:.0f}" for name, megabytes in found.peaks_mb.items()},
    }
    return f"{found.sentences} sentences\n\n{ratio_table(found.timings, baseline, rates)}"


def quality(folder: Path, level: str) -> dict[str, Score]:
    """BLEU and chrF2 of a level on every set of the folder, whole."""
    with tempfile.TemporaryDirectory() as temporary:
        pairs = sorted([*line_pairs(folder), *article_pairs(folder, Path(temporary))])
        return {name: scores(source, reference, level) for name, source, reference in pairs}


def scores(source: Path, reference: Path, level: str) -> Score:
    progress(f"quality: {level} on {source.stem}")
    arguments = ["--source", str(source), "--reference", str(reference), "--quality", level, "--no-memory", "--json"]
    command = [sys.executable, "-m", "sahelsum", "evaluate", *arguments]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {score["metric"]: score["score"] for score in found}


def quality_table(levels: Mapping[str, Mapping[str, Score]]) -> str:
    sets = sorted({name for by_set in levels.values() for name in by_set})
    rows = [
        [level, *(" / ".join(f"{score:.1f}" for score in by_set[name].values()) for name in sets)]
        for level, by_set in levels.items()
    ]
    return table(["BLEU / chrF2", *sets], rows)


if __name__ == "__main__":
    main()
