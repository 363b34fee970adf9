from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sahelsum.errors import EngineError
from sahelsum.records import Finish, Hypothesis, Output
from sahelsum.translate import NOT_TRANSLATED, TranslationSetup, translate
from tests.fakes import DictMemory, FakeEngine, RecordingObserver, sentences, split_words


def setup(engine: FakeEngine, memory: DictMemory | None = None, batch_tokens: int = 50) -> TranslationSetup:
    return TranslationSetup(engine, memory or DictMemory(), split_words, batch_tokens)


def test_order_is_kept_and_equal_sentences_go_through_once() -> None:
    engine = FakeEngine()
    result = translate(sentences("eins", "zwei drei", "eins"), setup(engine), RecordingObserver())
    assert [translation.text for translation in result.translations] == ["EINS", "ZWEI DREI", "EINS"]
    assert sorted(text for call in engine.calls for text in call) == ["eins", "zwei drei"]
    assert (result.computed, result.remembered) == (2, 0)


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), max_size=30), st.integers(1, 20))
def test_every_sentence_gets_one_translation_whatever_the_batches(texts: list[str], batch_tokens: int) -> None:
    result = translate(sentences(*texts), setup(FakeEngine(), batch_tokens=batch_tokens), RecordingObserver())
    assert [translation.sentence.text for translation in result.translations] == texts
    assert [translation.text for translation in result.translations] == [text.upper() for text in texts]


def test_longest_first_within_the_budget() -> None:
    engine = FakeEngine()
    translate(sentences("a", "b b b", "c c", "d d d d"), setup(engine, batch_tokens=5), RecordingObserver())
    assert engine.calls == [["d d d d"], ["b b b", "c c"], ["a"]]


def test_known_sentences_do_not_reach_the_engine() -> None:
    engine, memory = FakeEngine(), DictMemory({"eins": Output(1, (Hypothesis("one", 1),))})
    result = translate(sentences("eins", "zwei"), setup(engine, memory), RecordingObserver())
    assert [translation.text for translation in result.translations] == ["one", "ZWEI"]
    assert engine.calls == [["zwei"]]
    assert (result.computed, result.remembered) == (1, 1)


def test_with_everything_known_the_engine_is_not_even_asked_for_lengths() -> None:
    class Untouchable(FakeEngine):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            raise AssertionError("the model would be loaded")

    memory = DictMemory({"eins": Output(1, (Hypothesis("one", 1),))})
    translate(sentences("eins"), setup(Untouchable(), memory), RecordingObserver())


def test_each_batch_is_remembered_at_once() -> None:
    memory = DictMemory()
    translate(sentences("a a a", "b b", "c"), setup(FakeEngine(), memory, batch_tokens=3), RecordingObserver())
    assert memory.batches == [["a a a"], ["b b", "c"]]


def test_a_sentence_over_the_limit_is_split_and_rejoined() -> None:
    engine = FakeEngine(limit_tokens=3)
    (translation,) = translate(sentences("a b c d e f g"), setup(engine), RecordingObserver()).translations
    assert translation.text == "A B C D E F G"
    assert translation.parts == 3
    assert translation.source_tokens == 7
    assert translation.mean_logprob == -0.5


def test_a_poisoned_sentence_fails_visibly_and_alone() -> None:
    texts = [f"Satz {number}" for number in range(9)]
    texts[4] = "Satz GIFT"
    memory = DictMemory()
    result = translate(sentences(*texts), setup(FakeEngine(poison="GIFT"), memory), RecordingObserver())
    failed = [translation for translation in result.translations if translation.failure]
    assert [translation.sentence.text for translation in failed] == ["Satz GIFT"]
    assert failed[0].text == f"{NOT_TRANSLATED} Satz GIFT"
    assert len(memory.known) == 8


class Unmeasurable(FakeEngine):
    """Cannot even count the tokens of a text with poison in it."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if any(self.poison in text for text in texts):
            raise EngineError("cannot count")
        return super().count_tokens(texts)


def test_a_sentence_that_cannot_be_measured_fails_alone() -> None:
    result = translate(sentences("eins", "GIFT", "drei"), setup(Unmeasurable(poison="GIFT")), RecordingObserver())
    assert [translation.failure for translation in result.translations] == [None, "cannot count", None]


def test_a_sentence_that_cannot_be_split_fails_alone() -> None:
    def refuse(text: str, fits: object) -> list[str]:
        raise EngineError("cannot split")

    refusing = replace(setup(FakeEngine(limit_tokens=3)), split=refuse)
    result = translate(sentences("eins", "a b c d e", "drei"), refusing, RecordingObserver())
    assert [translation.failure for translation in result.translations] == [None, "cannot split", None]


def test_an_empty_translation_is_a_failure() -> None:
    (translation,) = translate(sentences("leer"), setup(FakeEngine(lambda _: " ")), RecordingObserver()).translations
    assert translation.failure == "the model gave an empty translation"
    assert "leer" in translation.text


def test_too_few_outputs_are_a_failure_not_a_shift() -> None:
    class Short(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            return super().generate(texts)[:-1]

    result = translate(sentences("eins", "zwei"), setup(Short()), RecordingObserver())
    assert all(translation.failure for translation in result.translations)


def test_a_cut_piece_marks_the_whole() -> None:
    class Cut(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            return [Output(1, (Hypothesis("x", 1, -1.0, Finish.LENGTH),)) for _ in texts]

    (translation,) = translate(sentences("a b c"), setup(Cut(limit_tokens=1)), RecordingObserver()).translations
    assert translation.finish is Finish.LENGTH


class ThreeBest(FakeEngine):
    def generate(self, texts: Sequence[str]) -> list[Output]:
        wordings = ("bad bad", "bad", "good", "also good")
        return [Output(1, tuple(Hypothesis(text, 1, -number) for number, text in enumerate(wordings))) for _ in texts]


def test_the_hypothesis_with_the_fewest_violations_is_taken() -> None:
    chosen = replace(setup(ThreeBest()), violations=lambda translation: translation.text.count("bad"))
    (translation,) = translate(sentences("eins"), chosen, RecordingObserver()).translations
    assert (translation.text, translation.rank, translation.mean_logprob) == ("good", 3, -2)


def test_of_equal_violations_the_best_score_is_taken() -> None:
    chosen = replace(setup(ThreeBest()), violations=lambda _: 7)
    (translation,) = translate(sentences("eins"), chosen, RecordingObserver()).translations
    assert (translation.text, translation.rank) == ("bad bad", 1)


def test_an_empty_first_hypothesis_gives_way_to_the_next() -> None:
    class EmptyFirst(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            return [Output(1, (Hypothesis("", 0), Hypothesis("one", 1))) for _ in texts]

    (translation,) = translate(sentences("eins"), setup(EmptyFirst()), RecordingObserver()).translations
    assert (translation.text, translation.failure) == ("one", None)


def test_progress_counts_the_texts_that_have_to_be_computed() -> None:
    observer = RecordingObserver()
    translate(sentences("a", "b", "a"), setup(FakeEngine()), observer)
    assert observer.stages == [("translating", 2)]
    assert observer.steps == 2
