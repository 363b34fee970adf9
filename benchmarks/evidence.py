"""What the thresholds of `evidence.py` rest on: summaries written by people, set against their own and other articles.

    python benchmarks/evidence.py ARTICLES.json

ARTICLES.json: a list of objects with `en` (sentences) and `summary` (text). Prints how the coverage of the summary
sentences is distributed, and the share of sentences that each threshold would call supported. Other articles are the
ones 1, 2, 3, 5 and 8 places further on: about the same region and the same kind of events.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

import click

from sahelsum.language.english import english_sentences
from sahelsum.records import Support
from sahelsum.summarization.evidence import PARTIAL_COVERAGE, STRONG_COVERAGE, Evidence, support_of

OWN = (0,)
OTHERS = (1, 2, 3, 5, 8)
CUTS = (1, 5, 25, 50, 75, 95, 99)
Article = dict[str, Any]


def coverages(articles: Sequence[Article], shifts: Sequence[int]) -> list[float]:
    """Coverage of each summary sentence by the articles so many places further on; 0 is its own."""
    grounds = [Evidence(dict(enumerate(article["en"], start=1))) for article in articles]
    return [
        grounds[(index + shift) % len(articles)].cover(text)[0]
        for shift in shifts
        for index, article in enumerate(articles)
        for text in english_sentences(article["summary"])
    ]


def table(own: Sequence[float], others: Sequence[float]) -> list[str]:
    """Rows of Markdown: percentiles, then what each threshold lets through."""
    rows = ["| coverage by | " + " | ".join(f"{cut}%" for cut in CUTS) + " |", "|---" * (len(CUTS) + 1) + "|"]
    for name, values in (("their own article", own), ("another article", others)):
        cuts = quantiles(values, n=100)
        rows.append(f"| {name} | " + " | ".join(f"{cuts[cut - 1]:.2f}" for cut in CUTS) + " |")
    rows += ["", "| threshold | own | another |", "|---|---|---|"]
    for threshold in sorted({*(step / 20 for step in range(4, 13)), PARTIAL_COVERAGE, STRONG_COVERAGE}):
        mark = f" ({support_of(threshold).value})" if threshold in (PARTIAL_COVERAGE, STRONG_COVERAGE) else ""
        rows.append(f"| {threshold:.2f}{mark} | {share(own, threshold):.1%} | {share(others, threshold):.1%} |")
    return rows


def share(values: Sequence[float], threshold: float) -> float:
    return sum(value >= threshold for value in values) / len(values)


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    articles: list[Article] = json.loads(file.read_text(encoding="utf-8"))
    own, others = coverages(articles, OWN), coverages(articles, OTHERS)
    print(f"{len(own)} summary sentences of {len(articles)} articles\n")
    print("\n".join(table(own, others)))
    for name, values in (("own", own), ("another", others)):
        counts = {support.value: sum(support_of(value) is support for value in values) for support in Support}
        print(f"\n{name}: " + ", ".join(f"{number} {support}" for support, number in counts.items()))


if __name__ == "__main__":
    main()
