"""What an article costs as their number grows: time, memory, and a second run that finds everything done.

    python benchmarks/scale.py [--sizes 100,1000,10000] [--share 18] [--quick]

On the synthetic corpus of corpus.py, with the echo engine, which answers at once: what is measured is sahelsum itself,
reading, checking, choosing, rendering, writing. Every run is a process of its own with an empty output folder and an
empty translation memory; from 5,000 articles on the output goes into parts. The second table sets that beside the
bundled model, by what each further article takes: start-up is left out by taking a run of a third of the articles off.
Of the clock, the share of echo is an upper bound: with a model, most of that work is done beside it by other threads.
Needs about a gigabyte in the temporary folder for 10,000 articles.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
from corpus import write_corpus
from measure import ChildResult, digits, progress, report, run_child, table

SIZES = "100,1000,10000"
SHARE_ARTICLES = 18
"""Enough that the time of an article settles, in half a minute of the bundled model's work."""
MILLISECONDS = 1000
ECHO = ("--engine", "echo")
BUNDLED = ("--translator", "sahelsum-de-en", "--device", "cpu")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a corpus took: the first run, and the same again."""

    articles: int
    first: ChildResult
    second: ChildResult


@click.command(help=__doc__)
@click.option("--sizes", default=SIZES, show_default=True, help="Numbers of articles.")
@click.option("--share", default=SHARE_ARTICLES, show_default=True, help="Articles for the bundled model; 0: none.")
@click.option("--quick", is_flag=True, help="Four and eight articles, without the bundled model: does it work?")
def main(sizes: str, share: int, quick: bool) -> None:
    numbers = [4, 8] if quick else [int(size) for size in sizes.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        corpus = scratch / "corpus.jsonl"
        write_corpus(max(numbers), corpus)
        tables = [cost_table([cost(size, corpus, scratch) for size in numbers])]
        if share and not quick:
            tables.append(share_table(share, per_article(ECHO, share, scratch), per_article(BUNDLED, share, scratch)))
    click.echo(report("python benchmarks/scale.py", *tables))


def cost(size: int, corpus: Path, scratch: Path) -> Cost:
    """Run the first so many articles twice."""
    part = scratch / f"{size}.jsonl"
    with corpus.open(encoding="utf-8") as source, part.open("w", encoding="utf-8") as target:
        target.writelines(islice(source, size))
    runs = []
    for name in ("first", "second"):
        progress(f"{size} articles, {name} run")
        runs.append(run(part, scratch / f"{size}", ECHO))
    return Cost(size, *runs)


def run(source: Path, folder: Path, options: Sequence[str]) -> ChildResult:
    env = {"SAHELSUM_CACHE_DIR": str(folder / "cache"), "SAHELSUM_CONFIG_DIR": str(folder / "config")}
    command = [sys.executable, "-m", "sahelsum", "run", str(source), "--output", str(folder / "out"), "--quiet"]
    return run_child([*command, *options], env=env)


@dataclass(frozen=True, slots=True)
class Each:
    """Seconds of the clock and of all processors."""

    seconds: float
    cpu_seconds: float


def per_article(options: Sequence[str], articles: int, scratch: Path) -> Each:
    """What each further article takes: of ``articles`` less a third of them."""
    results = []
    fewer = articles // 3
    for number in (1, fewer, articles):  # the very first run converts the model, and does not count
        source = scratch / f"share-{number}.jsonl"
        write_corpus(number, source, seed=2)
        progress(f"{number} articles, {' '.join(options)}")
        # A cache of models for all, a memory of translations for each.
        memory = ("--memory", str(scratch / f"{options[1]}-{number}.sqlite"))
        folder = scratch / f"share-{options[1]}"
        results.append(run(source, folder, (*options, *memory, "--output", str(folder / str(number)))))
    _, some, all_ = results
    further = articles - fewer
    return Each((all_.seconds - some.seconds) / further, (all_.cpu_seconds - some.cpu_seconds) / further)


def cost_table(costs: Sequence[Cost]) -> str:
    """Markdown."""
    base = costs[0].first.seconds / costs[0].articles
    rows = [
        [
            f"{cost.articles:,}",
            f"{cost.first.seconds / cost.articles * MILLISECONDS:.0f}",
            f"{cost.first.seconds / cost.articles / base:.2f}",
            f"{cost.first.peak_mb:.0f}",
            f"{cost.second.seconds / cost.articles * MILLISECONDS:.2f}",
            digits(cost.second.seconds),
            f"{cost.second.peak_mb:.0f}",
        ]
        for cost in costs
    ]
    header = ["articles", "ms an article", "ratio", "peak MB", "second run: ms an article", "seconds", "peak MB"]
    return table(header, rows)


def share_table(articles: int, echo: Each, bundled: Each) -> str:
    """Markdown: what the work around the model takes of a run with the bundled one."""
    header = [f"each further article, of {articles}", "ms", "share", "ms of all processors", "share"]
    rows = [
        ["bundled model, all included", *_share(bundled.seconds, 1), *_share(bundled.cpu_seconds, 1)],
        [
            "echo: all but the model",
            *_share(echo.seconds, echo.seconds / bundled.seconds),
            *_share(echo.cpu_seconds, echo.cpu_seconds / bundled.cpu_seconds),
        ],
    ]
    return table(header, rows)


def _share(seconds: float, share: float) -> tuple[str, str]:
    return f"{seconds * MILLISECONDS:.0f}", f"{share:.1%}".replace("%", " %")


if __name__ == "__main__":
    main()
