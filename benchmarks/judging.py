"""Blind judgement of translations and of written sentences: mix those of several systems, count what judges say.

    python benchmarks/judging.py mix SHEET KEY SOURCE.de old=OLD.en new=NEW.en
    python benchmarks/judging.py count KEY VERDICTS... [--rubric written]

`mix` writes a SHEET of numbered pairs (number, German, English, by tabs) in random order, and a KEY that tells which
system each comes from; equal translations of two systems stand on it once. Judges, who see the sheet alone, write
one line a number: number, verdict (right, minor or misleading), reason, by tabs, as docs/judging.md says. `count`
prints the share of each verdict for each system and judge, and how far two judges agree (Cohen's kappa: J. Cohen 1960,
"A Coefficient of Agreement for Nominal Scales"). Of written sentences, whose sheet and key come from
benchmarks/summaries.py --sheet, the verdict is supported, partly or not, with "fluent" or "clumsy" behind it.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import click

VERDICTS = ("right", "minor", "misleading")
RUBRICS = {
    "translation": VERDICTS,
    "written": tuple(
        f"{support} {form}" for support in ("supported", "partly", "not") for form in ("fluent", "clumsy")
    ),
}
SEED = 7


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@click.argument("sheet", type=click.Path(path_type=Path))
@click.argument("key", type=click.Path(path_type=Path))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("systems", nargs=-1, required=True, metavar="NAME=FILE...")
def mix(sheet: Path, key: Path, source: Path, systems: tuple[str, ...]) -> None:
    """Write a sheet for judges."""
    german = lines_of(source)
    by_pair: dict[tuple[str, str], list[str]] = {}
    for system in systems:
        name, _, file = system.partition("=")
        english = lines_of(Path(file))
        if len(english) != len(german):
            raise click.UsageError(f"{file} has {len(english)} lines and {source} has {len(german)}.")
        for pair in zip(german, english, strict=True):
            by_pair.setdefault(pair, []).append(name)
    pairs = sorted(by_pair)
    random.Random(SEED).shuffle(pairs)
    rows = [f"{number}\t{left}\t{right}" for number, (left, right) in enumerate(pairs, start=1)]
    sheet.write_text("\n".join(rows) + "\n", encoding="utf-8")
    names = {str(number): by_pair[pair] for number, pair in enumerate(pairs, start=1)}
    key.write_text(json.dumps(names, indent=0) + "\n", encoding="utf-8")
    click.echo(f"{sheet}: {len(pairs)} pairs")


def lines_of(file: Path) -> list[str]:
    """Lines, tabs as blanks."""
    return [line.replace("\t", " ").strip() for line in file.read_text(encoding="utf-8").splitlines()]


@main.command()
@click.argument("key", type=click.Path(exists=True, path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="VERDICTS...")
@click.option("--rubric", type=click.Choice(list(RUBRICS)), default="translation", show_default=True)
def count(key: Path, files: tuple[Path, ...], rubric: str) -> None:
    """Count verdicts."""
    possible = RUBRICS[rubric]
    names: dict[str, list[str]] = json.loads(key.read_text(encoding="utf-8"))
    judges = {file.stem: verdicts_of(file, names, possible) for file in files}
    click.echo(
        f"| system | judge | sentences | {' | '.join(possible)} |\n| --- | --- | ---: |{' ---: |' * len(possible)}"
    )
    for system in sorted({name for found in names.values() for name in found}):
        for judge, verdicts in judges.items():
            counts = Counter(verdicts[number] for number, found in names.items() if system in found)
            shares = " | ".join(f"{100 * counts[verdict] / counts.total():.0f} %" for verdict in possible)
            click.echo(f"| {system} | {judge} | {counts.total()} | {shares} |")
    for first, second in combinations(judges, 2):
        click.echo(f"\n{first} and {second}: kappa {kappa(judges[first], judges[second]):.2f}")


def verdicts_of(file: Path, names: Mapping[str, Sequence[str]], possible: Sequence[str] = VERDICTS) -> dict[str, str]:
    """One verdict for each number.

    Raises:
        UsageError: a number is missing, or a verdict is none of the possible ones.
    """
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = {row[0].strip(): row[1].strip().lower() for row in rows if len(row) > 1}
    if missing := sorted(set(names) - set(found), key=int):
        raise click.UsageError(f"{file} has no verdict on {', '.join(missing[:5])} ({len(missing)} in all).")
    if wrong := sorted(number for number, verdict in found.items() if verdict not in possible):
        raise click.UsageError(f"{file}: the verdict on {wrong[0]} is none of {', '.join(possible)}.")
    return found


def kappa(first: Mapping[str, str], second: Mapping[str, str]) -> float:
    """Agreement beyond chance: 1 is perfect, 0 is chance."""
    numbers = sorted(set(first) & set(second))
    agreed = sum(first[number] == second[number] for number in numbers) / len(numbers)
    counts = [Counter(judge[number] for number in numbers) for judge in (first, second)]
    chance = sum(counts[0][verdict] * counts[1][verdict] for verdict in counts[0]) / len(numbers) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


if __name__ == "__main__":
    main()
