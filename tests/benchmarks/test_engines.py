"""The benchmarks of the engines: what they count, and their tables on made-up figures. Nothing is measured here."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> object:
    before = list(sys.path)
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path[:] = before


def load(name: str) -> ModuleType:
    return importlib.import_module(name)


def timings(seconds: float) -> object:
    return rounds(seconds, seconds)


def rounds(*seconds: float) -> object:
    return load("measure").Timings(seconds)


class TestLevels:
    def test_speed(self) -> None:
        levels = load("levels")
        found = levels.Speed(30, 900, {"balanced": timings(2.0), "fast": timings(0.5)}, {"balanced": 90, "fast": 88})
        table = levels.speed_table(found, "balanced")
        assert table.startswith("30 sentences\n\n")
        assert "| balanced | 2.00 (2.00–2.00) | 1.00 | 15.0 | 450 | 90 |" in table
        assert "| fast | 0.50 (0.50–0.50) | 0.25 | 60.0 | 1800 | 88 |" in table

    def test_quality(self) -> None:
        scores = {"b": {"BLEU": 30.06, "chrF2": 55.0}, "a": {"BLEU": 20.0, "chrF2": 50.0}}
        table = load("levels").quality_table({"balanced": scores})
        assert table.splitlines()[0] == "| BLEU / chrF2 | a | b |"
        assert table.splitlines()[2] == "| balanced | 20.0 / 50.0 | 30.1 / 55.0 |"

    def test_sentences_are_those_of_the_seeds(self) -> None:
        sentences = load("levels").seed_sentences()
        assert len(sentences) > 100
        assert all(sentences)


def test_startup_has_a_table_of_warm_and_one_of_first_starts() -> None:
    startup = load("startup")
    warm = {startup.BASE: timings(0.1), startup.SECOND: timings(0.07)}
    text = startup.tables(warm, {startup.FIRST: timings(1.0), startup.FIRST_BUNDLED: timings(8.0)})
    assert text.startswith("    python benchmarks/startup.py\n")
    assert f"| {startup.SECOND} | 0.07 (0.07–0.07) | 0.70 |" in text
    assert f"| {startup.FIRST_BUNDLED} | 8.00 (8.00–8.00) | 8.00 |" in text


class TestLimit:
    def test_the_shape_of_a_model_is_read_from_its_configuration(self, tmp_path: Path) -> None:
        limit = load("limit")
        sizes = {"d_model": 2, "decoder_ffn_dim": 3, "encoder_layers": 4, "decoder_layers": 5, "vocab_size": 7}
        (tmp_path / "config.json").write_text(json.dumps(sizes))
        shape = limit.shape_of(tmp_path / "config.json")
        assert shape == limit.Shape(2, 3, 4, 5, 7)
        assert shape.encoder_weights == 4 * (4 * 4 + 2 * 6)
        assert shape.decoder_weights == 5 * (6 * 4 + 2 * 6) + 14

    def test_operations_of_the_published_shape_are_those_known_of_it(self) -> None:
        """A greedy token of opus-mt takes about 0.15 GFLOP, with beam 4 about 0.46."""
        limit = load("limit")
        opus = limit.Shape(512, 2048, 6, 6, 58_101)
        greedy, beam = (limit.operations(opus, 30, 30, beam) / 30 for beam in (1, 4))
        assert greedy == pytest.approx(0.148e9, rel=0.05)
        assert beam == pytest.approx(0.458e9, rel=0.05)

    def test_weights_are_read_once_a_step(self) -> None:
        limit = load("limit")
        shape = limit.Shape(2, 3, 4, 5, 7)
        work = limit.Work(source=(10, 10, 4), target=(6, 8, 5))
        one_batch = shape.encoder_weights + 8 * shape.decoder_weights
        assert limit.traffic(shape, work, 1, budget_tokens=1000, workers=1) == one_batch
        two = 2 * shape.encoder_weights + (8 + 5) * shape.decoder_weights
        assert limit.traffic(shape, work, 1, budget_tokens=20, workers=1) == two

    def test_shares(self) -> None:
        limit = load("limit")
        machine = limit.Machine(float32=100e9, own=400e9, copied=20e9)
        search = limit.Counted("greedy", tokens=1000, operations=50e9, weight_bytes=2e9)
        text = limit.tables(machine, {search: timings(0.5)}, "cpu")
        assert "| greedy | 50.0 | 2000 (2000–2000) | 100 | 25% | 100% | 2.00 | 20% |" in text
        assert "| int8 matrices | 400 G operations/s |" in text


class TestShapes:
    def test_time_per_token_is_compared_with_the_bundled_model(self) -> None:
        shapes = load("shapes")
        base = shapes.Measured(shapes.BASE, "ctranslate2", rounds(0.96, 0.48, 1.92), 86)
        summarizer = shapes.Measured("distilbart-cnn-12-6", "transformers", rounds(12.0), 1500)
        table = shapes.shapes_table([summarizer, base]).splitlines()
        assert table[2] == f"| {shapes.BASE} | ctranslate2 | 1000 (500–2000) | 1.00 | 86 |"
        assert table[3] == "| distilbart-cnn-12-6 | transformers | 10.0 (one run) | 100.00 | 1500 |"

    def test_rows_are_always_the_same_and_fit_the_vocabulary(self) -> None:
        shapes = load("shapes")
        shape = shapes.SHAPES["opus-mt-de-en"]
        rows = shapes.random_rows(shape, 30, 30)
        assert rows == shapes.random_rows(shape, 30, 30)
        assert len(rows) == shape.rows
        assert all(len(row.ids) == 30 and row.bound == 30 for row in rows)
        assert all(0 <= number < shape.sizes["vocab_size"] for row in rows for number in row.ids)
