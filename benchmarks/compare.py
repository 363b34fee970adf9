"""From German files to English files, end to end: sahelsum against how people do it otherwise, on the same weights.

    python benchmarks/compare.py [--quick] [--articles 200] [--rounds 2] [--device cuda] [--without-argos]

Contenders run one after another, interleaved, each as a process of its own from start to end, start-up included, on
the bundled model. sahelsum does all it does for a user, with a new translation memory and output folder each time:
dates, headings, n-best, checks, further attempts, summaries, pages, the combined digest. The others read, split into
sentences, translate and write a text file (see benchmarks/runners/). What has to be done once is done before: the
conversion to CTranslate2, the installation of Argos Translate, and a first run of everybody on a few sentences.

Contenders that would take too long on all articles translate the first ones only; their time from the first sentence
to the last is scaled by the characters of the articles, their start-up is not. The table marks them. Of the others only
the one with sorted batches, the nearest on many articles, runs in every round, `--quality fast` on the seeds only, and
no third round is begun that would take the whole over seven minutes.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from corpus import write_corpus
from measure import ROOT, ChildResult, Timings, interleaved, progress, ratio_table, report, run_child

sys.path.append(str(Path(__file__).parent / "runners"))
from argos_setup import ARGOS_VERSION, CannotInstallError, install, make_package
from articles import read_texts, split

MODEL = ROOT / "models" / "sahelsum-de-en"
SEEDS = ROOT / "seeds"
RUNNERS = Path(__file__).parent / "runners"
OURS = "sahelsum run"
QUICK_SENTENCES = 4
SAMPLE = {"argos": 3, "easynmt": 6, "batches": 5, "naive": 2}
"""Articles of a large corpus that a peer translates: what it does in a quarter to half of a minute on two cores."""
BUDGET_SEC = 420.0
"""For both corpora together; see `measure.interleaved`."""
Command = Callable[[Path, Path, int | None], list[str]]
"""From the articles, a new folder and how many articles to the command."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who translates a folder of articles."""

    name: str
    search: str
    command: Command
    sample: int | None = None
    """Of a large corpus, only the first so many articles."""
    once: bool = False
    """In the first round only."""
    small_only: bool = False
    """Not on the large corpus."""
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, and the characters of each."""

    name: str
    source: Path
    characters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one run took, scaled to all articles, and what it says of itself."""

    child: ChildResult
    seconds: float
    sentences: int
    articles: int


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="A few sentences, once: does it work?")
@click.option("--articles", default=200, show_default=True, help="Size of the larger corpus.")
@click.option("--rounds", default=2, show_default=True)
@click.option("--device", default="cpu", type=click.Choice(["cpu", "cuda"]))
@click.option("--without-argos", is_flag=True, help="Leave out Argos Translate, which has to be downloaded.")
def main(quick: bool, articles: int, rounds: int, device: str, without_argos: bool) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        few = quick_corpus(scratch)
        everybody = warmed([*ours(device, scratch), *loops(device)], few, scratch)
        notes = []
        if not without_argos:
            try:
                everybody += warmed([argos(device, scratch)], few, scratch)
            except CannotInstallError as error:
                notes.append(f"Argos Translate could not be compared: {error}")
        corpora = [few] if quick else [load_corpus("The five seeds", SEEDS), large_corpus(articles, scratch)]
        tables = list(all_compared(corpora, everybody, 1 if quick else rounds, scratch))
    click.echo(report("python benchmarks/compare.py", *tables, *notes))


def load_corpus(name: str, source: Path) -> Corpus:
    return Corpus(name, source, tuple(len(text) for text in read_texts(source, None)))


def large_corpus(articles: int, scratch: Path) -> Corpus:
    file = scratch / "articles.jsonl"
    write_corpus(articles, file)
    return load_corpus(f"{articles} articles made from the seeds", file)


def quick_corpus(scratch: Path) -> Corpus:
    """The first sentences of one article."""
    folder = scratch / "quick"
    folder.mkdir()
    paragraphs = split(next(iter(read_texts(SEEDS, 1))))
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph][:QUICK_SENTENCES]
    (folder / "quick.txt").write_text(" ".join(sentences), encoding="utf-8")
    return load_corpus(f"{QUICK_SENTENCES} sentences", folder)


def ours(device: str, scratch: Path) -> Iterator[Contender]:
    """Our own commands, as a user types them."""
    for name, quality, options in ((OURS, "balanced", ()), (f"{OURS} --quality fast", "fast", ("--quality", "fast"))):

        def command(source: Path, output: Path, _: int | None, options: Sequence[str] = options) -> list[str]:
            places = ["--output", str(output), "--memory", str(output.with_suffix(".sqlite"))]
            own = [sys.executable, "-m", "sahelsum", "run", str(source), *places]
            return [*own, "--translator", MODEL.name, "--device", device, *options]

        # The level that is compared is balanced; how much faster the other one is, one round tells well enough.
        once = quality != "balanced"
        search, env = own_search(quality), our_environment(scratch)
        yield Contender(name, search, command, once=once, small_only=once, env=env)


def own_search(quality: str) -> str:
    """How the bundled model searches at a level, in the words of the table."""
    card = tomllib.loads((MODEL / "card.toml").read_text(encoding="utf-8"))
    beam = card["generation"][quality]["beam_size"]
    judge = ", a second model judges" if quality in card.get("backward", {}).get("hypotheses", {}) else ""
    return ("greedy" if beam == 1 else f"beam {beam}") + f", int8{judge}"


def our_environment(scratch: Path) -> dict[str, str]:
    """Nothing of the user's own settings, and a cache that lasts as long as the benchmark."""
    return {"SAHELSUM_CACHE_DIR": str(scratch / "cache"), "SAHELSUM_CONFIG_DIR": str(scratch / "config")}


def loops(device: str) -> Iterator[Contender]:
    """The loops around transformers; the slower, the smaller the sample of a large corpus."""
    for name, search, way in (
        ("EasyNMT-style: sorted, batches of 16", "beam 5, float32", "easynmt"),
        ("transformers, batches of 16", "beam 4, float32", "batches"),
        ("transformers, one sentence at a time", "beam 4, float32", "naive"),
    ):
        options = ("--model", str(MODEL), "--way", way, "--device", device)
        command = peer(sys.executable, "transformers_loops.py", options)
        yield Contender(name, search, command, SAMPLE[way], once=way != "easynmt")


def peer(python: str, script: str, options: Sequence[str]) -> Command:
    def command(source: Path, output: Path, articles: int | None) -> list[str]:
        limit = [] if articles is None else ["--articles", str(articles)]
        return [python, str(RUNNERS / script), str(source), str(output), *options, *limit]

    return command


def argos(device: str, scratch: Path) -> Contender:
    """Argos Translate with a package of our model in the form that `sahelsum run` has converted it to.

    Raises:
        CannotInstallError: it is not to be had.
    """
    progress("installing Argos Translate, if that is not done yet")
    python = install()
    converted = next((scratch / "cache" / "ctranslate2").glob(f"{MODEL.name}-*"))
    home = scratch / "argos"
    make_package(MODEL, converted, home / "packages")
    places = {name: str(home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    env = {**places, "ARGOS_PACKAGES_DIR": str(home / "packages")}
    name = f"Argos Translate {ARGOS_VERSION}"
    command = peer(str(python), "argos.py", ("--device", device))
    return Contender(name, "beam 4, int8", command, SAMPLE["argos"], once=True, env=env)


def warmed(contenders: Sequence[Contender], few: Corpus, scratch: Path) -> list[Contender]:
    """The contenders, each after a first run that nobody times."""
    for contender in contenders:
        progress(f"first run: {contender.name}")
        run(contender, few, scratch)
    return list(contenders)


def all_compared(
    corpora: Sequence[Corpus], contenders: Sequence[Contender], rounds: int, scratch: Path
) -> Iterator[str]:
    """One table a corpus, the smallest first, all within the time."""
    end = time.monotonic() + BUDGET_SEC
    for number, corpus in enumerate(corpora):
        everybody = [contender for contender in contenders if number == 0 or not contender.small_only]
        yield compared(corpus, everybody, rounds, scratch, end - time.monotonic())


def compared(corpus: Corpus, contenders: Sequence[Contender], rounds: int, scratch: Path, budget_sec: float) -> str:
    """The table of one corpus."""
    results: dict[str, list[Result]] = {contender.name: [] for contender in contenders}

    def timed(contender: Contender) -> Callable[[], float]:
        def once() -> float:
            results[contender.name].append(run(contender, corpus, scratch))
            return results[contender.name][-1].seconds

        return once

    runs = {contender.name: timed(contender) for contender in contenders}
    once = {contender.name for contender in contenders if contender.once}
    timings = interleaved(runs, rounds, once=once, budget_sec=budget_sec)
    return corpus_table(corpus, contenders, timings, results)


def run(contender: Contender, corpus: Corpus, scratch: Path) -> Result:
    """One run from start to end; what it wrote is removed."""
    sample = contender.sample if contender.sample and contender.sample < len(corpus.characters) else None
    output = Path(tempfile.mkdtemp(dir=scratch)) / "output"
    child = run_child(contender.command(corpus.source, output, sample), env=contender.env)
    ours = contender.name.startswith(OURS)
    told: dict[str, Any] = own_account(output) if ours else json.loads(child.stdout.splitlines()[-1])
    shutil.rmtree(output.parent)
    share = sum(corpus.characters[:sample]) / sum(corpus.characters)
    seconds = child.seconds + told.get("working", 0) * (1 / share - 1)
    return Result(child, seconds, told["sentences"], told["articles"])


def own_account(output: Path) -> dict[str, int]:
    """What `sahelsum run` says in its run.json."""
    last = json.loads((output / "run.json").read_bytes())["last_run"]
    sentences = last["sentences_translated"] + last["sentences_remembered"]
    return {"articles": sum(last["articles"].values()), "sentences": sentences}


def corpus_table(
    corpus: Corpus,
    contenders: Sequence[Contender],
    timings: Mapping[str, Timings],
    results: Mapping[str, Sequence[Result]],
) -> str:
    """Seconds, ratios, and who was scaled; then who was first."""
    extra = {
        "search": {contender.name: contender.search for contender in contenders},
        "sentences": {name: sentences_cell(found[-1], len(corpus.characters)) for name, found in results.items()},
        "peak MB": {name: f"{max(result.child.peak_mb for result in found):.0f}" for name, found in results.items()},
    }
    ranked = dict(sorted(timings.items(), key=lambda item: item[1].median))
    return f"**{corpus.name}**\n\n{ratio_table(ranked, OURS, extra)}\n\n{verdict(timings)}"


def sentences_cell(result: Result, articles: int) -> str:
    """How many were translated, and whether the seconds are scaled from a sample."""
    scaled = f" (scaled from {result.articles} articles)" if result.articles < articles else ""
    return f"{result.sentences:,}{scaled}"


def verdict(timings: Mapping[str, Timings]) -> str:
    """Whether sahelsum, all checks on, was faster than every peer in every round."""
    peers = {name: taken.over(timings[OURS]) for name, taken in timings.items() if not name.startswith(OURS)}
    lost = [f"{name} ({ratio.median:.2f})" for name, ratio in peers.items() if ratio.median < 1]
    if lost:
        return f"Faster than `{OURS}` here: {', '.join(lost)}."
    closest = min(peers.items(), key=lambda item: item[1].median)
    return f"`{OURS}` is first; the next, {closest[0]}, takes {closest[1].median:.1f} times as long."


if __name__ == "__main__":
    main()
