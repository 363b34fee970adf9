"""Models that load and do not work: random, damaged, of another language."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sahelsum.catalog.cards import EngineName, ModelCard, SelfTest, Task
from sahelsum.catalog.localcard import card_for_directory
from sahelsum.engines.base import Search
from sahelsum.engines.echo import EchoEngine
from sahelsum.engines.factory import open_engine
from sahelsum.engines.knowntexts import ENGLISH, GERMAN, whats_wrong
from sahelsum.engines.selftest import SelfTestedEngine, run_known_texts, run_self_test
from sahelsum.errors import EngineError, ModelUnavailableError
from sahelsum.records import Hypothesis, Output
from tests.tiny_models import build_tiny_marian, build_tiny_summarizer, located, tiny_card

RIGHT = (
    "Good morning.",
    "The cat is sleeping.",
    "The water's cold.",
    "On Monday the president talked to reporters.",
    "Germany and France are neighbors.",
    "She's got two brothers and one sister.",
)


class Saying(EchoEngine):
    """Gives the same texts and score whatever is asked."""

    def __init__(self, texts: Sequence[str], score: float | None = -0.3, error: str = "") -> None:
        super().__init__()
        self._texts, self._score, self._error = texts, score, error
        self.calls = 0

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        self.calls += 1
        if self._error:
            raise EngineError(self._error)
        said = [self._texts[number % len(self._texts)] for number in range(len(texts))]
        return [Output(3, (Hypothesis(text, 4, self._score),)) for text in said]


def card(task: Task = Task.TRANSLATE, **changes: Any) -> ModelCard:
    return tiny_card(Path("x"), task, "marian", **changes)


@pytest.mark.parametrize("score", [-0.2, -0.9, None])
def test_a_working_translator_passes(score: float | None) -> None:
    assert not whats_wrong(Saying(RIGHT, score), card())


def test_half_of_the_sentences_may_be_put_otherwise() -> None:
    assert not whats_wrong(Saying([*RIGHT[:3], "Something.", "Else.", "Here."]), card())


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        (Saying([german for german, _ in GERMAN]), "gets 6 wrong"),
        (Saying(["eeeeeeeeeeeeeeeee"]), "'e' again and again"),
        (Saying(["202 202 202 202 202 202 202"]), "again and again"),
        (Saying(RIGHT, float("nan")), "no numbers"),
        (Saying(RIGHT, float("-inf")), "no numbers"),
        (Saying([""]), "says nothing"),
        (Saying(RIGHT, -5.0), "unsure of every word"),
        (Saying(RIGHT, error="no memory"), "no memory"),
    ],
)
def test_a_broken_translator_does_not(engine: Saying, said: str) -> None:
    with pytest.raises(ModelUnavailableError, match=said) as told:
        run_known_texts(engine, card())
    assert "models list" in told.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENGLISH[0], ""),
        ("Mali's government calls elections; three parties named candidates.", ""),
        ("und und und und und und und", "again and again"),
        ("Rebels sank ships off Norway yesterday, killing hundreds", "something else"),
    ],
)
@pytest.mark.parametrize("unit", ["article", "sentence"])
def test_summaries_are_of_the_text(text: str, said: str, unit: str) -> None:
    wrong = whats_wrong(Saying([text]), card(Task.SUMMARIZE, unit=unit, source_languages=("en",)))
    assert said in wrong
    assert bool(wrong) is bool(said)


def test_a_model_of_another_language_is_not_asked() -> None:
    engine = Saying([""])
    assert not whats_wrong(engine, card(source_languages=("fr",)))
    assert not engine.calls


def test_the_cards_own_test_looks_at_the_score_too() -> None:
    own = card(self_test=SelfTest(input="Hallo", expect=("hello",)))
    run_self_test(Saying(["Hello."]), own)
    with pytest.raises(ModelUnavailableError, match="no numbers"):
        run_self_test(Saying(["Hello."], float("nan")), own)


def test_before_its_first_work_a_model_without_a_test_is_tried_once_and_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine = Saying(["und und und und und und und"])
    tested = SelfTestedEngine(engine, card())
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert tested.generate(["Ein Satz."])[0].best.text.startswith("und")
            tested.close()
    assert caplog.text.count("seems not to work") == 1
    assert engine.calls == 3


def test_one_that_works_is_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    SelfTestedEngine(Saying(RIGHT), card()).generate(["Ein Satz."])
    assert not caplog.text


@pytest.mark.slow
class TestTinyModels:
    """Random weights of a real architecture, as they are and damaged."""

    @pytest.fixture
    def translator(self, tmp_path: Path) -> Path:
        return build_tiny_marian(tmp_path / "tiny")

    def refused(self, directory: Path, task: Task, cache: Path) -> str:
        made = card_for_directory(directory, task)
        engine = open_engine(
            located(directory, made), engine=EngineName.AUTO, generation=made.generation_for("fast"), cache_dir=cache
        )
        try:
            return whats_wrong(engine, made)
        finally:
            engine.close()

    def test_random_weights(self, translator: Path, tmp_path: Path) -> None:
        assert self.refused(translator, Task.TRANSLATE, tmp_path / "cache")

    def test_a_random_summarizer(self, tmp_path: Path) -> None:
        assert self.refused(build_tiny_summarizer(tmp_path / "tiny"), Task.SUMMARIZE, tmp_path / "cache")

    def test_weights_that_are_no_numbers(self, translator: Path, tmp_path: Path) -> None:
        from safetensors.torch import load_file, save_file

        weights = load_file(translator / "model.safetensors")
        name = next(iter(weights))
        weights[name] = weights[name] * float("nan")
        save_file(weights, translator / "model.safetensors", metadata={"format": "pt"})
        assert "no numbers" in self.refused(translator, Task.TRANSLATE, tmp_path / "cache")
