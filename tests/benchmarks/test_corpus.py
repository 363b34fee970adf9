"""The synthetic corpus and the table of costs by size."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("corpus")


def test_the_same_seed_gives_the_same_bytes_and_a_longer_corpus_the_same_beginning(
    corpus: ModuleType, tmp_path: Path
) -> None:
    for name, count, seed in (("a", 5, 1), ("b", 5, 1), ("longer", 9, 1), ("other", 5, 2)):
        corpus.write_corpus(count, tmp_path / name, seed)
    read = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("a", "b", "longer", "other")}
    assert read["a"] == read["b"] == "".join(read["longer"].splitlines(keepends=True)[:5])
    assert read["other"] != read["a"]


def test_its_articles_are_different_and_of_the_size_of_the_seeds(corpus: ModuleType) -> None:
    rows = list(corpus.corpus(20))
    for field in ("id", "title", "text"):
        assert len({row[field] for row in rows}) == 20
    sentences = [sentence for row in rows for sentence in row["text"].split("\n\n")]
    assert len(set(sentences)) == len(sentences)
    assert all(600 < len(row["text"]) < 20_000 for row in rows)
    json.dumps(rows)


def test_the_table_of_costs(corpus: ModuleType) -> None:
    assert corpus
    scale = importlib.import_module("scale")
    result = importlib.import_module("measure").ChildResult
    costs = [
        scale.Cost(100, result(10.0, 9.0, 100.0, ""), result(1.0, 1.0, 50.0, "")),
        scale.Cost(1_000, result(80.0, 70.0, 120.4, ""), result(2.0, 2.0, 60.0, "")),
    ]
    assert scale.cost_table(costs).splitlines()[2:] == [
        "| 100 | 100 | 1.00 | 100 | 10.00 | 1.00 | 50 |",
        "| 1,000 | 80 | 0.80 | 120 | 2.00 | 2.00 | 60 |",
    ]
    shares = scale.share_table(30, scale.Each(0.04, 0.05), scale.Each(0.8, 1.6)).splitlines()[2:]
    assert shares == [
        "| bundled model, all included | 800 | 100.0 % | 1600 | 100.0 % |",
        "| echo: all but the model | 40 | 5.0 % | 50 | 3.1 % |",
    ]
