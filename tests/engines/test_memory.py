"""Memory that runs out: half as much at once, the same texts, and a word about it each time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.catalog.cards import EngineName, LocatedModel
from sahelsum.catalog.generation import Generation
from sahelsum.cli.progress import QUIET, Reporter
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import Batches, TokenBudget, call_tokens, is_out_of_memory, search_tokens, within_memory
from sahelsum.engines.factory import open_engine
from sahelsum.engines.local import LocalEngine
from sahelsum.engines.selftest import SelfTestedEngine
from sahelsum.errors import EngineError

pytestmark = pytest.mark.slow

SENTENCES = [f"Am {day}. März zogen {day * 7} Familien nach Bamako." for day in range(1, 13)]
GENERATION = Generation(beam_size=2, hypotheses=2, max_new_tokens=12)
CPU_WORDING = "DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes. Error code 12"


class SmallMachine:
    """Runs batches of at most ``most`` padded tokens, one after the other; remembers what it was given."""

    def __init__(self, lengths: Sequence[int], most: int) -> None:
        self.lengths = lengths
        self.most = most
        self.refused: list[int] = []

    def plan(self, positions: Sequence[int], budget_tokens: int) -> Batches:
        return plan_batches([self.lengths[i] for i in positions], budget_tokens)

    def run(self, batches: Batches) -> list[list[int] | None]:
        return [self.done(batch) for batch in batches]

    def done(self, batch: Sequence[int]) -> list[int] | None:
        size = len(batch) * max(self.lengths[i] for i in batch)
        if size > self.most and len(batch) > 1:
            self.refused.append(size)
            return None
        return [position * 10 for position in batch]


@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 2000), st.integers(1, 500))
def test_every_row_is_done_once_whatever_the_memory(lengths: list[int], tokens: int, most: int) -> None:
    budget, machine = TokenBudget(tokens), SmallMachine(lengths, most)
    found = within_memory(lengths, budget, machine.plan, machine.run)
    assert found == {position: position * 10 for position in range(len(lengths))}
    if machine.refused:
        assert budget.tokens <= max(1, max(machine.refused) // 2)
    else:
        assert budget.tokens == tokens


def test_the_smaller_budget_is_kept() -> None:
    budget = TokenBudget(64)
    for expected in (2, 0):
        machine = SmallMachine([8] * 20, most=20)
        within_memory(machine.lengths, budget, machine.plan, machine.run)
        assert len({*machine.refused}) == expected
        assert budget.tokens == 16


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (RuntimeError("CUDA failed with error out of memory"), True),
        (RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"), True),
        (RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("mkl_malloc: failed to allocate memory"), True),
        (RuntimeError(CPU_WORDING), True),
        (RuntimeError("MPS backend out of memory"), True),
        (RuntimeError("The size of tensor a (3) must match the size of tensor b (4)"), False),
        (ValueError("unknown token"), False),
    ],
)
def test_what_counts_as_want_of_memory(error: Exception, expected: bool) -> None:
    assert is_out_of_memory(error) is expected


class FullAbove:
    """Stands before a runtime's own work and has memory for ``most`` rows only."""

    def __init__(self, work: Any, most: int, error: Exception) -> None:
        self.work, self.most, self.error = work, most, error
        self.sizes: list[int] = []

    def __call__(self, rows: Any, *rest: Any, **options: Any) -> Any:
        self.sizes.append(len(rows))
        if len(rows) > self.most:
            raise self.error
        return self.work(rows, *rest, **options)


class FailedJob:
    """A batch that CTranslate2 took, and failed at later."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def result(self) -> None:
        raise self.error


class FullTranslator:
    """``ctranslate2.Translator`` with memory for ``most`` rows; the error comes with the result, as there."""

    def __init__(self, translator: Any, most: int, error: Exception) -> None:
        self.translator, self.most, self.error = translator, most, error
        self.sizes: list[int] = []

    def translate_batch(self, rows: Any, **options: Any) -> Any:
        self.sizes.append(len(rows))
        if len(rows) > self.most:
            return [FailedJob(self.error)] * len(rows)
        return self.translator.translate_batch(rows, **options)


def opened(model: LocatedModel, name: str, cache: Path, generation: Generation = GENERATION) -> LocalEngine:
    engine = open_engine(model, engine=EngineName(name), generation=generation, workers=2, cache_dir=cache)
    assert isinstance(engine, LocalEngine)
    return engine


def starve(engine: LocalEngine, most: int, error: Exception) -> Any:
    """Leave the engine memory for ``most`` rows at once. Returns what counts the attempts."""
    runtime: Any = engine._open_runtime()
    if engine.signature["engine"] == "ctranslate2":
        runtime._translator = FullTranslator(runtime._translator, most, error)
        return runtime._translator
    runtime._search = FullAbove(runtime._search, most, error)
    return runtime._search


@pytest.mark.parametrize("name", ["ctranslate2", "transformers"])
class TestRuntimes:
    @pytest.mark.parametrize("error", [MemoryError("std::bad_alloc"), RuntimeError("CUDA out of memory")])
    def test_the_same_texts_in_smaller_batches(
        self,
        tiny_marian: LocatedModel,
        engine_cache: Path,
        name: str,
        error: Exception,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        engine = opened(tiny_marian, name, engine_cache)
        expected = [[h.text for h in output.hypotheses] for output in engine.generate(SENTENCES)]
        full = starve(engine, 3, error)
        with caplog.at_level(logging.WARNING, "sahelsum"):
            outputs = engine.generate(SENTENCES)
        assert [[h.text for h in output.hypotheses] for output in outputs] == expected
        assert max(full.sizes) > 3
        told = len(caplog.records)
        assert told >= 1
        full.sizes.clear()
        engine.generate(SENTENCES)
        assert max(full.sizes) <= 3
        assert len(caplog.records) == told

    def test_the_lesson_outlasts_the_model(
        self, tiny_marian: LocatedModel, engine_cache: Path, name: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        engine = opened(tiny_marian, name, engine_cache)
        for _ in range(2):
            full = starve(engine, 2, MemoryError())
            engine.generate(SENTENCES)
            engine.close()
        assert max(full.sizes) <= 2

    def test_a_single_row_that_does_not_fit_is_an_error(
        self, tiny_marian: LocatedModel, engine_cache: Path, name: str
    ) -> None:
        engine = opened(tiny_marian, name, engine_cache)
        starve(engine, 0, MemoryError("std::bad_alloc"))
        with pytest.raises(EngineError, match=r"bad_alloc.*smaller model"):
            engine.generate(SENTENCES[:2])

    def test_other_failures_are_not_taken_for_it(
        self, tiny_marian: LocatedModel, engine_cache: Path, name: str
    ) -> None:
        engine = opened(tiny_marian, name, engine_cache)
        full = starve(engine, 0, RuntimeError("illegal instruction"))
        with pytest.raises(EngineError, match="illegal instruction"):
            engine.generate(SENTENCES[:4])
        assert len(full.sizes) <= 2

    def test_rows_searched_again_keep_to_the_budget(
        self, tiny_marian: LocatedModel, engine_cache: Path, name: str
    ) -> None:
        """Bounds that differ and are run into: CTranslate2 searches such rows again, in other batches."""
        generation = replace(GENERATION, max_new_tokens=24, length_ratio=0.7, length_margin=1)
        texts = [f"{sentence} {'Ja. ' * (number % 5)}" for number, sentence in enumerate(SENTENCES)]
        expected = opened(tiny_marian, name, engine_cache, generation).generate(texts)
        engine = opened(tiny_marian, name, engine_cache, generation)
        starve(engine, 2, MemoryError())
        found = engine.generate(texts)
        assert [output.best.text for output in found] == [output.best.text for output in expected]


class TestCalls:
    @pytest.mark.parametrize(
        ("budget_tokens", "workers", "expected"),
        [(1024, 1, 1024), (1024, 2, 1024), (1024, 16, 8192), (8192, 4, 8192), (128, 2, 256)],
    )
    def test_every_worker_gets_a_good_batch(self, budget_tokens: int, workers: int, expected: int) -> None:
        assert call_tokens(budget_tokens, workers) == expected

    @pytest.mark.parametrize(
        ("name", "expected", "calls"), [("ctranslate2", 2048, 2), ("transformers", 512, 1), ("echo", 1024, 1)]
    )
    def test_engines_say_what_suits_them(
        self, tiny_marian: LocatedModel, tmp_path: Path, name: str, expected: int, calls: int
    ) -> None:
        engine = open_engine(
            tiny_marian, engine=EngineName(name), generation=GENERATION, device="cpu", workers=4, cache_dir=tmp_path
        )
        around = SelfTestedEngine(engine, tiny_marian.card)
        assert engine.batch_tokens == around.batch_tokens == expected
        assert engine.calls_at_once == around.calls_at_once == calls


def test_a_batch_made_before_the_last_lesson_halves_nothing_again() -> None:
    budget = TokenBudget(1000)
    budget.halve(10, 60)
    budget.halve(10, 90)
    assert budget.tokens == 300


class TestReporter:
    def test_it_shows_what_engines_log(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Reporter():
            TokenBudget(1000).halve(10, 60)
        TokenBudget(1000).halve(10, 60)
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(
            "note      Memory ran out on a batch of 10 texts (600 tokens): going on with at most 300"
        )

    def test_quiet_is_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Reporter(QUIET):
            TokenBudget(1000).halve(10, 60)
        assert capsys.readouterr().err == ""


def test_wider_searches_take_fewer_sentences_at_once() -> None:
    assert [search_tokens("cpu", beam) for beam in (1, 6, 12)] == [1024, 256, 128]
    assert search_tokens("cuda", 12) == search_tokens("cuda", 1)
