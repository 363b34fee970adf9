"""Peak memory of what people run, each in a process of its own.

    python benchmarks/memory.py [--quick]

Resident memory at its highest (`ru_maxrss`), libraries and models included, on the five seeds. How it behaves with the
number of articles is in scale.py, that of other ways to translate in compare.py, that of larger models in shapes.py.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from measure import ROOT, progress, report, run_child, table

SEEDS = ROOT / "seeds"
SMALLEST = "004_378a34bc2fd6e492.txt"
PYTHON = (sys.executable, "-c", "pass")
SAHELSUM = (sys.executable, "-m", "sahelsum")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="One article, without the slower engine.")
def main(quick: bool) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        env = {"SAHELSUM_CACHE_DIR": str(scratch / "cache"), "SAHELSUM_CONFIG_DIR": str(scratch / "config")}
        # A first run converts the models, two of them at best, with PyTorch in memory, which later ones never have.
        run_child(run_command(scratch, "first", "--engine", "ctranslate2", "--quality", "best"), env=env)
        peaks = {}
        for name, argv in commands(scratch, quick=quick):
            progress(name)
            peaks[name] = run_child(argv, env=env).peak_mb
    click.echo(report("python benchmarks/memory.py", peak_table(peaks)))


def commands(scratch: Path, *, quick: bool) -> Iterator[tuple[str, list[str]]]:
    """Name and command, in an order in which each finds what it needs."""
    yield "python, doing nothing", list(PYTHON)
    yield "sahelsum --help", [*SAHELSUM, "--help"]
    yield "sahelsum run, without a model (--engine echo)", run_command(scratch, "echo", "--engine", "echo", quick=quick)
    for quality in ("fast", "balanced", "best"):
        argv = run_command(scratch, quality, "--engine", "ctranslate2", "--quality", quality, quick=quick)
        yield f"sahelsum run, CTranslate2, {quality}", argv
    again = run_command(scratch, "balanced", "--engine", "ctranslate2", "--quality", "balanced", quick=quick)
    yield "the same again, nothing to do", again
    if not quick:
        yield (
            "sahelsum run, transformers, fast",
            run_command(scratch, "slow", "--engine", "transformers", "--quality", "fast"),
        )


def run_command(scratch: Path, name: str, *options: str, quick: bool = False) -> list[str]:
    """A run on the seeds with a translation memory and an output folder of its own."""
    places = ["--output", str(scratch / name), "--memory", str(scratch / f"{name}.sqlite")]
    source = SEEDS / SMALLEST if quick or name == "first" else SEEDS
    return [*SAHELSUM, "run", str(source), *places, "--translator", "sahelsum-de-en", "--device", "cpu", *options]


def peak_table(peaks: dict[str, float]) -> str:
    """Markdown."""
    return table(["", "peak MB"], [[name, f"{peak:.0f}"] for name, peak in peaks.items()])


if __name__ == "__main__":
    main()
