"""What it takes to start: help, a run that has nothing left to do, and a first run.

    python benchmarks/startup.py [--quick] [--rounds 9]

Each is a process of its own, interleaved, beside `python -c "import click, pydantic, jinja2"`, which any program with
these libraries takes, and beside the same with reading every file that the unchanged run rests on (articles, pages,
data). The first runs begin with an empty cache folder: with the echo engine, and with the bundled model, which is
then converted for CTranslate2 once. Files that the system has read before are in its memory: nobody empties that.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click
from measure import ROOT, Run, Timings, interleaved, ratio_table, report, run_child

SEEDS = ROOT / "seeds"
IMPORTS = "import click, pydantic, jinja2"
READ = "from pathlib import Path; import sys; [f.read_bytes() for d in sys.argv[1:] for f in Path(d).rglob('*.*')]"
BASE = f"`{IMPORTS}`"
BASE_AND_FILES = "the same, and reading the files"
SAHELSUM = (sys.executable, "-m", "sahelsum")
SECOND = "second run of the seeds, echo"
SECOND_BUNDLED = "second run of the seeds, bundled model"
FIRST = "first run of the seeds, echo"
FIRST_BUNDLED = "first run of the seeds, bundled model"


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Once each, without the bundled model: does it work?")
@click.option("--rounds", default=9, show_default=True)
@click.option("--first-rounds", default=3, show_default=True, help="Rounds of the first runs.")
def main(quick: bool, rounds: int, first_rounds: int) -> None:
    click.echo(measured(1 if quick else rounds, 1 if quick else first_rounds, bundled=not quick))


def measured(rounds: int, first_rounds: int, *, bundled: bool) -> str:
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        first = first_runs(scratch, bundled=bundled)
        cold = interleaved(first, first_rounds)
        warm = interleaved(warm_runs(scratch, bundled=bundled), rounds)
    return tables(warm, cold)


def tables(warm: Mapping[str, Timings], cold: Mapping[str, Timings]) -> str:
    """Both tables under the command that makes them."""
    return report("python benchmarks/startup.py", ratio_table(warm, BASE), ratio_table(cold, FIRST))


def first_runs(scratch: Path, *, bundled: bool) -> dict[str, Run]:
    """Each with a cache and an output folder that are empty at its start, and stay for the second runs."""

    def fresh(name: str, *options: str) -> Run:
        def run() -> float:
            shutil.rmtree(scratch / name, ignore_errors=True)
            return child(name, scratch, *options)

        return run

    runs = {FIRST: fresh("echo", "--engine", "echo")}
    return {**runs, FIRST_BUNDLED: fresh("bundled")} if bundled else runs


def child(name: str, scratch: Path, *options: str) -> float:
    """Seconds of a run of the seeds in a cache and an output folder of its own."""
    folder = scratch / name
    command = [*SAHELSUM, "run", str(SEEDS), "--output", str(folder / "out"), *options]
    return run_child(command, env={"SAHELSUM_CACHE_DIR": str(folder / "cache")}, cwd=scratch).seconds


def warm_runs(scratch: Path, *, bundled: bool) -> dict[str, Run]:
    read = [str(SEEDS), str(scratch / "echo" / "out")]
    runs: dict[str, Run] = {
        BASE: lambda: python(IMPORTS),
        BASE_AND_FILES: lambda: python(f"{IMPORTS}; {READ}", *read),
        "`sahelsum --version`": lambda: run_child([*SAHELSUM, "--version"]).seconds,
        "`sahelsum --help`": lambda: run_child([*SAHELSUM, "--help"]).seconds,
        "`sahelsum run --help`": lambda: run_child([*SAHELSUM, "run", "--help"]).seconds,
        SECOND: lambda: child("echo", scratch, "--engine", "echo"),
    }
    return {**runs, SECOND_BUNDLED: lambda: child("bundled", scratch)} if bundled else runs


def python(code: str, *arguments: str) -> float:
    return run_child([sys.executable, "-c", code, *arguments]).seconds


if __name__ == "__main__":
    main()
