"""Run all speed benchmarks one after another, and put their tables into docs/performance.md: `make bench`.

    python benchmarks/everything.py [--quick] [--write] [--only NAME] [--device cuda]

Takes under 20 minutes on two idle cores, and says how long it took: do nothing else meanwhile. A benchmark that fails
leaves its old table where it is; the others go on, and the exit code is 1. --quick shows in a few minutes that all
work, on tiny inputs, and never writes. The benchmarks of quality are others: quality.py, levels.py EVALFOLDER,
checks.py, glossary.py, summaries.py …, each with a place of its own in a document.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from measure import ROOT, machine_line, progress, put_between, stolen_seconds

DOCUMENT = ROOT / "docs" / "performance.md"
FOLDER = Path(__file__).parent
BENCHMARKS = ("compare", "levels", "startup", "memory", "limit", "shapes", "scale")
"""In the order of the document. Each prints Markdown on standard output and takes --quick."""
WITH_DEVICE = frozenset({"compare", "levels", "limit", "shapes"})
LEAST_TOLD = 0.001
"""Share of stolen time under which there is nothing to tell."""


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Tiny inputs: do all of them work?")
@click.option("--write", is_flag=True, help="Put the tables into docs/performance.md.")
@click.option("--only", multiple=True, type=click.Choice(BENCHMARKS), help="Only this one; more than once for more.")
@click.option("--device", default="cpu", type=click.Choice(["cpu", "cuda"]))
def main(quick: bool, write: bool, only: Sequence[str], device: str) -> None:
    if quick and write:
        raise click.UsageError("--quick measures nothing worth writing.")
    click.echo(f"{machine_line()}\n")
    if write:
        put_between(DOCUMENT, "machine", machine_line())
    failed = []
    started, stolen = time.monotonic(), stolen_seconds()
    for name in only or BENCHMARKS:
        text = output_of(command(name, quick=quick, device=device))
        if text is None:
            failed.append(name)
            continue
        click.echo(f"## {name}\n\n{text}\n")
        if write:
            put_between(DOCUMENT, name, text)
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}.")
    took = duration(time.monotonic() - started, stolen_seconds() - stolen)
    click.echo(took)
    if write and not only:
        put_between(DOCUMENT, "took", took)


def duration(seconds: float, stolen: float) -> str:
    """How long all of it took, and whether the machine was its own meanwhile."""
    share = stolen / (seconds * (os.cpu_count() or 1))
    others = f"; other machines on the same hardware had {share:.1%} of its processor time meanwhile"
    return f"These tables took {seconds / 60:.1f} minutes{others if share >= LEAST_TOLD else ''}."


def command(name: str, *, quick: bool, device: str) -> list[str]:
    """What is typed for one benchmark."""
    argv = [sys.executable, str(FOLDER / f"{name}.py")]
    if quick:
        argv.append("--quick")
    if name in WITH_DEVICE and device != "cpu":
        argv += ["--device", device]
    return argv


def output_of(argv: Sequence[str]) -> str | None:
    """What a benchmark printed; None if it failed. Its progress goes to the screen."""
    started = time.monotonic()
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    progress(f"{Path(argv[1]).name}: {(time.monotonic() - started) / 60:.1f} minutes, exit code {done.returncode}")
    return done.stdout.strip("\n") if done.returncode == 0 else None


if __name__ == "__main__":
    main()
