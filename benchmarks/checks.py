"""Measure the checks: what they find of planted errors, and how often they speak up where nothing is wrong.

    python benchmarks/checks.py [FOLDER] [--write] [--show KIND|CODE]

Without a FOLDER: the pairs in `benchmarks/data/`, written by hand for the checks (`benchmarks/meaning.py`).

FOLDER holds NAME.de beside NAME.en (line n translates line n), and NAME.json with articles (lists `de` and `en`): human
translations, taken as right. Errors are planted into them (`benchmarks/planted.py`), always the same ones. --write puts
the tables into docs/checks.md; --show prints the missed errors of a kind, or the pairs a code speaks up at, to read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click
import meaning
from measure import put_between
from planted import KINDS

from sahelsum.checks import check_sentence
from sahelsum.checks.codes import codes
from sahelsum.language.packs import pack_of
from sahelsum.records import Sentence, Severity, Translation

DOCUMENT = Path(__file__).parent.parent / "docs" / "checks.md"
PER_KIND = 100
"""Planted errors of each kind, or as many as the sets offer."""
SHOWN = 40
Pair = tuple[str, str]


@dataclass(frozen=True)
class Planted:
    """A right pair, and its English with an error in it."""

    german: str
    english: str
    wrong: str


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True)
@click.option("--show", metavar="KIND|CODE")
def main(folder: Path | None, write: bool, show: str | None) -> None:
    if folder is None:
        written = "\n\n".join(meaning.shown(show)) if show is not None else "\n".join(meaning.meaning_table())
        click.echo(written)
        if write and show is None:
            put_between(DOCUMENT, "meaning", written)
        return
    sets = load_sets(folder)
    if show is not None:
        click.echo("\n\n".join(shown(show, sets)))
        return
    text = "\n".join([*planted_table(sets), "", *alarm_table(sets)])
    click.echo(text)
    if write:
        put_between(DOCUMENT, "measured", text)


def load_sets(folder: Path) -> dict[str, list[Pair]]:
    """Pairs of German and English sentences by the name of their set."""
    sets: dict[str, list[Pair]] = {}
    for source in folder.glob("*.de"):
        sides = [file.read_text(encoding="utf-8").splitlines() for file in (source, source.with_suffix(".en"))]
        sets[source.stem] = list(zip(*sides, strict=True))
    for file in folder.glob("*.json"):
        articles = json.loads(file.read_text(encoding="utf-8"))
        sets[file.stem] = [pair for article in articles for pair in zip(article["de"], article["en"], strict=True)]
    return dict(sorted(sets.items()))


def found(german: str, english: str) -> Counter[str]:
    """How often each code comes up."""
    item = Translation(Sentence(1, 1, german), english)
    return Counter(finding.code for finding in check_sentence(item, pack_of("de")))


def plant(kind: str, sets: dict[str, list[Pair]]) -> list[Planted]:
    """The planted errors of a kind, of all sets in turn."""
    mutate, _ = KINDS[kind]
    pairs = [pair for group in sets.values() for pair in group]
    Random(kind).shuffle(pairs)
    planted = []
    for german, english in pairs:
        wrong = mutate(german, english, Random(f"{kind} {english}"))
        if wrong is not None and wrong != english:
            planted.append(Planted(german, english, wrong))
        if len(planted) == PER_KIND:
            break
    return planted


def caught(kind: str, item: Planted) -> bool:
    """Whether one of the right codes comes up that did not before."""
    new = found(item.german, item.wrong) - found(item.german, item.english)
    return any(new[code] for code in KINDS[kind][1])


def planted_table(sets: dict[str, list[Pair]]) -> Iterator[str]:
    yield "| planted error | errors | flagged | by the right code | precision | right codes |"
    yield "|---|---|---|---|---|---|"
    sums = Counter[str]()
    for kind in KINDS:
        planted = plant(kind, sets)
        flagged = sum(bool(found(item.german, item.wrong) - found(item.german, item.english)) for item in planted)
        right = sum(caught(kind, item) for item in planted)
        alarms = sum(any(found(item.german, item.english)[code] for code in KINDS[kind][1]) for item in planted)
        sums.update(errors=len(planted), flagged=flagged, right=right, alarms=alarms)
        yield f"| {kind} | {_row(len(planted), flagged, right, alarms)} | {', '.join(KINDS[kind][1])} |"
    yield f"| **all** | {_row(sums['errors'], sums['flagged'], sums['right'], sums['alarms'])} | |"


def _row(errors: int, flagged: int, right: int, alarms: int) -> str:
    precision = f"{100 * right / (right + alarms):.0f} %" if right + alarms else ""
    return f"{errors} | {_share(flagged, errors)} | {_share(right, errors)} | {precision}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else ""


def alarm_table(sets: dict[str, list[Pair]]) -> Iterator[str]:
    """Share of the right pairs at which each code comes up."""
    names = list(sets)
    yield f"| code | {' | '.join(f'{name} ({len(sets[name])})' for name in names)} | all |"
    yield "|---" * (len(names) + 2) + "|"
    counts = {name: alarms(pairs) for name, pairs in sets.items()}
    total = sum(len(pairs) for pairs in sets.values())
    for code in [*codes(), "any warning"]:
        row = [counts[name][code] for name in names]
        if any(row):
            cells = [f"{100 * count / len(sets[name]):.1f} %" for name, count in zip(names, row, strict=True)]
            yield f"| {code} | {' | '.join(cells)} | {100 * sum(row) / total:.1f} % |"


def alarms(pairs: Sequence[Pair]) -> Counter[str]:
    counts = Counter[str]()
    for german, english in pairs:
        findings = list(check_sentence(Translation(Sentence(1, 1, german), english), pack_of("de")))
        counts.update({finding.code for finding in findings})
        counts["any warning"] += any(finding.severity is not Severity.INFO for finding in findings)
    return counts


def shown(what: str, sets: dict[str, list[Pair]]) -> Iterator[str]:
    """Missed errors of a kind, or pairs at which a code comes up."""
    if what in KINDS:
        missed = [item for item in plant(what, sets) if not caught(what, item)]
        yield from (f"{item.german}\n{item.english}\n{item.wrong}" for item in missed[:SHOWN])
        return
    pairs = [pair for group in sets.values() for pair in group]
    Random(what).shuffle(pairs)
    spoken = [pair for pair in pairs if found(*pair)[what]]
    for german, english in spoken[:SHOWN]:
        findings = check_sentence(Translation(Sentence(1, 1, german), english), pack_of("de"))
        values = [f"{item.source_value} | {item.target_value}" for item in findings if item.code == what]
        yield f"{'; '.join(values)}\n{german}\n{english}"


if __name__ == "__main__":
    main()
