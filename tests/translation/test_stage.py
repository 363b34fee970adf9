from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.catalog.cards import Quality
from sahelsum.engines.base import Search, Signature, signature_key
from sahelsum.engines.echo import EchoEngine
from sahelsum.errors import EngineError, ModelUnavailableError
from sahelsum.language.packs import pack_of
from sahelsum.records import Finding, Finish, Hypothesis, Output, Severity, Translation
from sahelsum.translation import NOT_TRANSLATED, Judgement, Retry, TranslationSetup, translate
from sahelsum.translation.retries import retries_for
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


class Overlapping(FakeEngine):
    """No call ends before the next one has begun, as long as there is a next one."""

    def __init__(self, calls: int) -> None:
        super().__init__(calls_at_once=2)
        self.begun = [threading.Event() for _ in range(calls)]
        self.numbers = itertools.count()

    def generate(self, texts: Sequence[str]) -> list[Output]:
        number = next(self.numbers)
        self.begun[number].set()
        if number + 1 < len(self.begun):
            assert self.begun[number + 1].wait(timeout=20), "the next call waited for this one"
        return super().generate(texts)


def test_an_engine_that_takes_two_calls_at_once_gets_the_second_before_the_first_is_done() -> None:
    engine, memory = Overlapping(calls=4), DictMemory()
    wanted = [*sentences("d d d d", "c c c", "b b", "a")]
    result = translate(wanted, setup(engine, memory, batch_tokens=1), RecordingObserver())
    assert [translation.text for translation in result.translations] == ["D D D D", "C C C", "B B", "A"]
    assert memory.batches == [["d d d d"], ["c c c"], ["b b"], ["a"]]


def test_side_by_side_a_failing_batch_costs_no_other_one() -> None:
    engine = FakeEngine(calls_at_once=2, poison="GIFT")
    texts = [f"Satz {name}" for name in ("eins", "GIFT", "drei", "vier", "fünf")]
    found = translate(sentences(*texts), setup(engine, batch_tokens=4), RecordingObserver()).translations
    assert [translation.failure is None for translation in found] == [True, False, True, True, True]


def test_side_by_side_a_model_that_is_not_there_stops_the_run() -> None:
    def missing(_: str) -> str:
        raise ModelUnavailableError("gone")

    engine = FakeEngine(missing, calls_at_once=2)
    with pytest.raises(ModelUnavailableError, match="gone"):
        translate(sentences(*"abcdefgh"), setup(engine, batch_tokens=1), RecordingObserver())
    assert len(engine.calls) < len("abcdefgh"), "what had not begun was called off"


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


def counting(word: str) -> Callable[[Translation], Judgement]:
    """A judge who finds one fault in each sentence, and as much wrong as it has of a word."""

    def judge(item: Translation) -> Judgement:
        finding = Finding("X", Severity.WARNING, item.text, item.sentence.number)
        return Judgement(item.text.count(word), (finding,))

    return judge


class ThreeBest(FakeEngine):
    def generate(self, texts: Sequence[str]) -> list[Output]:
        wordings = ("bad bad", "bad", "good", "also good")
        return [Output(1, tuple(Hypothesis(text, 1, -number) for number, text in enumerate(wordings))) for _ in texts]


def test_the_hypothesis_with_the_fewest_violations_is_taken() -> None:
    chosen = replace(setup(ThreeBest()), judge=counting("bad"))
    (translation,) = translate(sentences("eins"), chosen, RecordingObserver()).translations
    assert (translation.text, translation.rank, translation.mean_logprob) == ("good", 3, -2)


def test_what_was_found_at_the_wording_that_was_taken_comes_with_it() -> None:
    class OneFails(ThreeBest):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            if "zwei" in texts:
                raise EngineError("no")
            return super().generate(texts)

    chosen = replace(setup(OneFails()), judge=counting("bad"))
    result = translate(sentences("eins", "zwei", "eins"), chosen, RecordingObserver())
    assert [[(each.message, each.sentence) for each in found] for found in result.findings] == [
        [("good", 1)],
        [("[not translated] zwei", 2)],
        [("good", 3)],
    ]


def test_of_equal_violations_the_best_score_is_taken() -> None:
    chosen = replace(setup(ThreeBest()), judge=lambda _: Judgement(7))
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


WIDE = Search(beam_size=12, hypotheses=12)


@dataclass
class Searching(FakeEngine):
    """Answers ``answer(text)`` at first, ``second(text)`` to a further search; records which search each call had."""

    second: Callable[[str], str] = str.lower
    searches: list[Search | None] = field(default_factory=list)

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        self.searches.append(search)
        outputs = super().generate(texts)
        if search is None:
            return outputs
        return [
            Output(output.source_tokens, (Hypothesis(self.second(text), 1),))
            for text, output in zip(texts, outputs, strict=True)
        ]


faults = counting("!")


def retrying(engine: FakeEngine, *retries: Retry, **changes: Any) -> TranslationSetup:
    return replace(setup(engine), judge=faults, retries=retries, **changes)


def translated(texts: Sequence[str], chosen: TranslationSetup) -> list[Translation]:
    return list(translate(sentences(*texts), chosen, RecordingObserver()).translations)


def test_only_faulty_sentences_are_searched_again_and_all_at_once() -> None:
    engine = Searching(lambda text: f"{text}!" if "x" in text else text, second=str.upper)
    memory = DictMemory()
    first, second, third = translated(["ax", "b", "cx"], retrying(engine, Retry("wide", memory, WIDE)))
    assert (first.text, second.text, third.text) == ("AX", "b", "CX")
    assert [(item.attempts, item.attempt) for item in (first, second, third)] == [(2, 2), (1, 1), (2, 2)]
    assert engine.calls[1:] == [["ax", "cx"]]
    assert engine.searches == [None, WIDE]
    assert memory.batches == [["ax", "cx"]]


def test_a_retry_is_taken_only_with_strictly_fewer_violations() -> None:
    equal = Searching(lambda text: f"{text}!", second=lambda text: f"other {text}!")
    (kept,) = translated(["a"], retrying(equal, Retry("wide", DictMemory(), WIDE)))
    assert (kept.text, kept.attempts, kept.attempt) == ("a!", 2, 1)
    fewer = Searching(lambda text: f"{text}!!", second=lambda text: f"other {text}!")
    (taken,) = translated(["a"], retrying(fewer, Retry("wide", DictMemory(), WIDE)))
    assert (taken.text, taken.attempt) == ("other a!", 2)


def test_each_attempt_takes_what_the_one_before_left() -> None:
    engine = Searching(lambda text: f"{text}!!", second=lambda text: text.upper() if "x" in text else f"{text}!")
    again = Retry("wide", DictMemory(), WIDE), Retry("wider", DictMemory(), Search(beam_size=24))
    first, second = translated(["ax", "b"], retrying(engine, *again))
    assert engine.calls[1:] == [["ax", "b"], ["b"]]
    assert (first.attempts, first.attempt) == (2, 2)
    assert (second.text, second.attempts, second.attempt) == ("b!", 3, 2)


def test_a_remembered_retry_asks_the_engine_nothing() -> None:
    first_memory, again_memory = DictMemory(), DictMemory()
    for engine in (engines := [Searching(lambda text: f"{text}!") for _ in range(2)]):
        chosen = retrying(engine, Retry("wide", again_memory, WIDE), memory=first_memory)
        (item,) = translated(["A"], chosen)
        assert (item.text, item.attempt) == ("a", 2)
    assert engines[1].calls == []
    assert again_memory.known["A"] != first_memory.known["A"]


def halves(text: str) -> list[str]:
    cut = text.find(",") + 1
    return [text[:cut], text[cut:]] if cut else [text]


def test_clause_by_clause_each_rank_joined_and_whole_sentences_left_alone() -> None:
    class Ranked(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            super().generate(texts)
            if any(text in ("eins da, zwei da", "drei") for text in texts):
                return [Output(1, (Hypothesis("all!", 1, -1.0),)) for _ in texts]
            return [Output(2, (Hypothesis(f"{text}!", 1, -1.0), Hypothesis(text.upper(), 3, -2.0))) for text in texts]

    engine = Ranked()
    memory = DictMemory()
    by_clauses = Retry("by clauses", memory, clauses=halves)
    item, other = translated(["eins da, zwei da", "drei"], retrying(engine, by_clauses))
    assert (item.text, item.parts, item.attempt, item.rank) == ("EINS DA, ZWEI DA", 2, 2, 2)
    assert item.source_tokens == 4
    assert item.mean_logprob == -2.0
    assert (other.text, other.attempts) == ("all!", 1)
    assert list(memory.known) == ["eins da, zwei da"]


def test_a_retry_that_fails_leaves_what_there_was() -> None:
    class Fragile(Searching):
        def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
            if search and any("x" in text for text in texts):
                raise EngineError("out of memory")
            return super().generate(texts, search)

    engine = Fragile(lambda text: f"{text}!", second=str.upper)
    first, second = translated(["ax", "b"], retrying(engine, Retry("wide", DictMemory(), WIDE)))
    assert (first.text, first.failure, first.attempt) == ("ax!", None, 1)
    assert (second.text, second.attempt) == ("B", 2)


def test_a_sentence_that_failed_is_not_searched_again() -> None:
    engine = Searching(poison="x")
    (item,) = translated(["x"], retrying(engine, Retry("wide", DictMemory(), WIDE)))
    assert item.failure
    assert WIDE not in engine.searches


@given(st.lists(st.text("abx!", min_size=1, max_size=4), max_size=20), st.integers(1, 10))
def test_what_is_chosen_depends_on_the_sentence_alone(texts: list[str], batch_tokens: int) -> None:
    def answered(given: Sequence[str], tokens: int) -> list[str]:
        engine = Searching(lambda text: f"{text}!", second=lambda text: text.replace("x", ""))
        chosen = retrying(engine, Retry("wide", DictMemory(), WIDE), Retry("wider", DictMemory(), Search(24)))
        return [item.text for item in translated(given, replace(chosen, batch_tokens=tokens))]

    assert answered(texts, batch_tokens) == [answered([text], 50)[0] for text in texts]


def test_equal_violations_are_decided_by_preference_then_by_score() -> None:
    liked = replace(setup(ThreeBest()), preference=lambda item: 0 if item.text == "also good" else 1)
    assert translated(["eins"], liked)[0].text == "also good"
    beaten = replace(liked, judge=counting("also"))
    assert translated(["eins"], beaten)[0].text == "bad bad"


def test_a_wording_is_judged_as_amended() -> None:
    amended = replace(
        setup(ThreeBest()),
        judge=counting("bad"),
        amend=lambda item: replace(item, text=item.text.replace("bad", "fine"), replaced=(("x", "bad", "fine"),)),
    )
    (item,) = translated(["eins"], amended)
    assert (item.text, item.rank, item.replaced) == ("fine fine", 1, (("x", "bad", "fine"),))


class TestRetriesFor:
    @staticmethod
    def retries(quality: Quality, engine: Any) -> tuple[tuple[Retry, ...], list[str]]:
        bound: list[str] = []

        def bind(signature: Signature) -> DictMemory:
            bound.append(signature_key(signature))
            return DictMemory()

        return retries_for(engine, quality, pack_of("de"), bind), bound

    def test_fast_and_engines_without_another_search_have_only_that_for_lost_sentences(self) -> None:
        class Beam(FakeEngine):
            further_searches = (WIDE,)

        assert [retry.only for retry in self.retries("fast", Beam())[0]] == ["SENT-LOST"]
        assert [retry.only for retry in self.retries("best", EchoEngine())[0]] == ["SENT-LOST"]

    def test_each_attempt_has_a_memory_of_its_own(self) -> None:
        class Beam(FakeEngine):
            further_searches = (WIDE, Search(12, 12, 1.2))

        retries, bound = self.retries("balanced", Beam())
        assert [retry.name for retry in retries] == ["search 2", "search 3", "by clauses", "by sentences"]
        assert len({*bound, signature_key(Beam().signature)}) == 5


def test_what_a_person_wrote_comes_before_any_model_in_every_place() -> None:
    engine = FakeEngine()
    work = replace(
        setup(engine, DictMemory({"eins": Output(1, (Hypothesis("of the memory", 1),))})),
        corrected=lambda texts: {"eins": "one"} if "eins" in texts else {},
        judge=lambda item: Judgement(1, (Finding("X", Severity.ERROR, "wrong", item.sentence.number),)),
    )
    result = translate(sentences("eins", "zwei", "eins"), work, RecordingObserver())
    assert [(item.text, item.human) for item in result.translations] == [("one", True), ("ZWEI", False), ("one", True)]
    assert [len(found) for found in result.findings] == [0, 1, 0]
    assert [text for call in engine.calls for text in call] == ["zwei"]
    assert (result.computed, result.remembered) == (1, 1)
