"""Measure the verification of written sentences on candidates made by hand: what it lets pass, what it refuses.

    python benchmarks/fused.py [FILE] [--show]

FILE (benchmarks/data/fused.tsv): a group of sentences with " | " between them, a candidate, supported or not, and of
what kind the candidate is, by tabs. They were written before the verification saw them and are no examples of its
rules' tests. --show prints those it gets wrong.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from sahelsum.verification.verify import Objection, objection

DATA = Path(__file__).parent / "data" / "fused.tsv"


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate for a group of sentences."""

    group: tuple[str, ...]
    text: str
    supported: bool
    kind: str

    @property
    def objection(self) -> Objection | None:
        """What the verification has against it."""
        return objection(self.text, self.group)


def cases_in(file: Path) -> list[Case]:
    """The candidates of a file."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    return [Case(tuple(group.split(" | ")), text, label == "supported", kind) for group, text, label, kind in rows]


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=DATA)
@click.option("--show", is_flag=True)
def main(file: Path, show: bool) -> None:
    cases = cases_in(file)
    found = [(case, case.objection) for case in cases]
    all_of, passed = Counter[str](), Counter[str]()
    for case, reason in found:
        name = f"{'supported' if case.supported else 'not'}: {case.kind}"
        all_of[name] += 1
        passed[name] += reason is None
        if show and (reason is None) != case.supported:
            click.echo(f"{reason.reason + ' ' + reason.detail if reason else 'passed'} | {name} | {case.text}")
    click.echo("| candidates | number | let pass |\n| --- | ---: | ---: |")
    for name in sorted(all_of):
        click.echo(f"| {name} | {all_of[name]} | {passed[name]} |")
    for label in ("supported", "not"):
        total = sum(number for name, number in all_of.items() if name.startswith(f"{label}:"))
        let_pass = sum(number for name, number in passed.items() if name.startswith(f"{label}:"))
        click.echo(f"| **{label}** | {total} | {let_pass} ({100 * let_pass / max(1, total):.0f} %) |")


if __name__ == "__main__":
    main()
