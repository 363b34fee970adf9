"""Measure what the glossary and the further attempts do for the translations of the bundled model.

    python benchmarks/glossary.py FOLDER [--ways] [--translator ALIAS] [--memory FILE] [--write]

FOLDER is that of benchmarks/checks.py. Three ways over the same first search: without either, with the shipped
glossary, and with the further attempts as well. --ways compares attempts instead, each made alone at the sentences
whose every wording has violations. --write puts the tables into docs/glossary.md. --memory keeps the first search for
another call.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click
from checks import Pair, load_sets
from measure import put_between

from sahelsum.app.metrics import translation_metrics
from sahelsum.app.models import opened_models
from sahelsum.app.settings import load_config
from sahelsum.checks.thresholds import DEFAULTS
from sahelsum.engines.base import Search
from sahelsum.glossary import Glossary, load_glossary
from sahelsum.language.packs import pack_of
from sahelsum.protocols import NoMemory, Silence
from sahelsum.records import Sentence, Translation
from sahelsum.runs.job import Model, translation_setup
from sahelsum.segment import split_at_clauses
from sahelsum.translation import Retry, TranslationResult, TranslationSetup, translate

DOCUMENT = Path(__file__).parent.parent / "docs" / "glossary.md"
BATCH_TOKENS = 1024
WAYS = {
    "beam 12": Retry("wide", NoMemory(), Search(12, 12)),
    **{
        f"beam 12, penalty {penalty}": Retry("penalty", NoMemory(), Search(12, 12, penalty))
        for penalty in (1.1, 1.2, 1.3, 1.5)
    },
    "clause by clause": Retry("clauses", NoMemory(), clauses=partial(split_at_clauses, source=pack_of("de"))),
}
WAY_SETS = {
    **{name: (name,) for name in WAYS},
    "penalty 1.2, then clause by clause": ("beam 12, penalty 1.2", "clause by clause"),
}
Made = Mapping[str, Sequence[Translation]]
"""Translations of each set."""


@dataclass(frozen=True)
class Ways:
    """The three ways, what the further attempts found and cost, and the time of the first search."""

    plain: Made
    glossary: Made
    both: Made
    faulty: Mapping[str, int]
    still_faulty: Mapping[str, int]
    retry_seconds: Mapping[str, float]
    first_seconds: Mapping[str, float]


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--translator", default="sahelsum-de-en")
@click.option("--memory", type=click.Path(dir_okay=False))
@click.option("--ways", is_flag=True)
@click.option("--write", is_flag=True)
def main(folder: Path, translator: str, memory: str | None, ways: bool, write: bool) -> None:
    sets = load_sets(folder)
    with tempfile.TemporaryDirectory() as temporary:
        flags = {"translator": translator, "memory_path": memory or str(Path(temporary) / "memory.sqlite")}
        with opened_models(load_config(flags).settings) as models:
            text = "\n".join(way_table(sets, models.translator()) if ways else tables(sets, models.translator()))
    click.echo(text)
    if write:
        put_between(DOCUMENT, "ways" if ways else "measured", text)


def tables(sets: Mapping[str, Sequence[Pair]], model: Model) -> Iterator[str]:
    terms = load_glossary()
    ways = measured(sets, model, terms)
    yield from (*term_table(sets, ways, terms), "", *quality_table(sets, ways), "", *retry_table(ways))


def way_table(sets: Mapping[str, Sequence[Pair]], model: Model) -> Iterator[str]:
    """What single attempts and pairs of them bring, over all sets together."""
    pairs = [pair for name in sets for pair in sets[name]]
    terms, limits = load_glossary(), DEFAULTS.with_model(model.low_logprob)
    yield f"| {', '.join(sets)} | for the better | chrF2 of these |"
    yield "|---" * 3 + "|"
    for name, names in WAY_SETS.items():
        retries = tuple(WAYS[each] for each in names)
        setup = translation_setup(replace(model, retries=retries), pack_of("de"), terms, limits, BATCH_TOKENS)
        after = translated(pairs, setup).translations
        first = translated(pairs, replace(setup, retries=())).translations
        better = [i for i, item in enumerate(after) if item.attempt > 1]
        chosen = [pairs[i] for i in better]
        before, now = (chrf([items[i] for i in better], chosen) for items in (first, after))
        yield f"| {name} | {len(better)} | {before:.1f} → {now:.1f} |"


def chrf(items: Sequence[Translation], pairs: Sequence[Pair]) -> float:
    found = translation_metrics([item.text for item in items], [english for _, english in pairs])
    return next(float(score["score"]) for score in found if score["metric"] == "chrF2")


def measured(sets: Mapping[str, Sequence[Pair]], model: Model, terms: Glossary) -> Ways:
    limits = DEFAULTS.with_model(model.low_logprob)
    once = replace(model, retries=())
    setups = [translation_setup(each, pack_of("de"), names, limits, BATCH_TOKENS) for each, names in (
        (once, Glossary()), (once, terms), (model, terms),
    )]  # fmt: skip
    results: list[dict[str, TranslationResult]] = []
    first: dict[str, float] = {}
    for number, setup in enumerate(setups):
        results.append({})
        for name, pairs in sets.items():
            started = time.monotonic()
            results[-1][name] = translated(pairs, setup)
            if number == 0:
                first[name] = time.monotonic() - started
    plain, with_terms, both = ({name: result.translations for name, result in each.items()} for each in results)
    judge = setups[-1].judge
    return Ways(
        plain=plain,
        glossary=with_terms,
        both=both,
        faulty={name: sum(judge(item).violations > 0 for item in items) for name, items in with_terms.items()},
        still_faulty={name: sum(judge(item).violations > 0 for item in items) for name, items in both.items()},
        retry_seconds={name: result.retry_seconds for name, result in results[-1].items()},
        first_seconds=first,
    )


def translated(pairs: Sequence[Pair], setup: TranslationSetup) -> TranslationResult:
    sentences = [Sentence(number, 1, german) for number, (german, _) in enumerate(pairs, start=1)]
    return translate(sentences, setup, Silence())


def term_table(sets: Mapping[str, Sequence[Pair]], ways: Ways, terms: Glossary) -> Iterator[str]:
    yield "| | sentences | terms | in the reference | without glossary | chosen | replaced | missing |"
    yield "|---" * 8 + "|"
    for name, pairs in sets.items():
        right = [Translation(Sentence(1, 1, german), english) for german, english in pairs]
        before, after = terms.count(ways.plain[name]), terms.count(ways.both[name])
        total = after.found + after.replaced + after.lost
        cells = [len(pairs), total, terms.count(right).found, before.found, after.found, after.replaced, after.lost]
        yield f"| {name} | " + " | ".join(f"{cell:,}" for cell in cells) + " |"


def quality_table(sets: Mapping[str, Sequence[Pair]], ways: Ways) -> Iterator[str]:
    yield "| BLEU / chrF2 | without either | with the glossary | and further attempts |"
    yield "|---" * 4 + "|"
    for name, pairs in sets.items():
        cells = [scores(way[name], pairs) for way in (ways.plain, ways.glossary, ways.both)]
        yield f"| {name} | {' | '.join(cells)} |"


def scores(items: Sequence[Translation], pairs: Sequence[Pair]) -> str:
    found = translation_metrics([item.text for item in items], [english for _, english in pairs])
    return " / ".join(f"{score['score']:.2f}" for score in found)


def retry_table(ways: Ways) -> Iterator[str]:
    yield "| | with violations | searched again | for the better | still with violations | more time |"
    yield "|---" * 6 + "|"
    for name, items in ways.both.items():
        again = sum(item.attempts > 1 for item in items)
        better = sum(item.attempt > 1 for item in items)
        share = 100 * ways.retry_seconds[name] / ways.first_seconds[name]
        cells = f"{ways.faulty[name]} | {again} | {better} | {ways.still_faulty[name]} | {share:.0f} %"
        yield f"| {name} | {cells} |"


if __name__ == "__main__":
    main()
