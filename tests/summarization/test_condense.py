from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.language.english import content_words
from sahelsum.records import Finish, Hypothesis, Summary, SummaryMethod
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.coverage import Room, choose, cover, word_weights
from sahelsum.summarization.extract import extract
from sahelsum.summarization.faithful import faithful, faithful_wordings
from sahelsum.summarization.setup import Prose, SummarySetup
from tests.fakes import DictMemory, FakeEngine, RecordingObserver, split_words

ASIDE = ", which had come from the town of Gao in the evening,"
ARTICLE = {
    2: f"The army{ASIDE} attacked the jihadists near the mine on Monday.",
    3: f"The jihadists{ASIDE} had attacked the mine before the army came.",
    5: "Schools in the capital have been closed since the fuel ran out.",
    8: "In Bamako, too.",
    9: "The price of fuel has doubled, said a trader who did not want to be named.",
}


def condensed(engine: FakeEngine, article: Mapping[int, str] = ARTICLE, sentences: int = 2) -> Summary:
    setup = SummarySetup(engine, DictMemory(), split_words, sentences, by_sentence=True)
    (summary,) = summarize([Prose(article)], setup, RecordingObserver())
    return summary


def without_aside(text: str) -> str:
    return text.replace(ASIDE, "")


def test_shortened_sentences_leave_room_for_more() -> None:
    whole, shorter = condensed(FakeEngine(str)), condensed(FakeEngine(without_aside))
    assert whole.method is SummaryMethod.EXTRACTIVE
    assert shorter.method is SummaryMethod.ABSTRACTIVE
    assert len(shorter.sentences) > len(whole.sentences)
    assert "shortened 1 of 3" in shorter.note
    assert all(
        sentence.text in {text, without_aside(text)}
        for sentence in shorter.sentences
        for text in [ARTICLE[sentence.evidence[0]]]
    )
    numbers = [sentence.evidence[0] for sentence in shorter.sentences]
    assert numbers == sorted(numbers)
    assert 8 not in numbers


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: text.replace("attacked the", "invaded Norway's"),
        lambda text: text.replace(" not ", " "),
        lambda text: text.rpartition(" ")[0],
        lambda _: "The mine attacked the army.",
        lambda _: "",
    ],
)
def test_a_wording_that_says_something_else_is_not_used(answer: object) -> None:
    summary = condensed(FakeEngine(answer))  # type: ignore[arg-type]
    assert {sentence.text for sentence in summary.sentences} <= set(ARTICLE.values())
    assert summary.method is SummaryMethod.EXTRACTIVE


def test_a_broken_engine_leaves_the_sentences_whole() -> None:
    broken = FakeEngine(without_aside, poison="jihadists")
    summary = condensed(broken)
    assert summary.sentences
    assert {sentence.text for sentence in summary.sentences} <= set(ARTICLE.values())


def test_a_sentence_over_the_limit_is_not_given_to_the_model() -> None:
    engine = FakeEngine(without_aside, limit_tokens=14)
    condensed(engine)
    assert engine.calls
    assert all(len(text.split()) <= 14 for call in engine.calls for text in call)


def test_an_article_of_long_sentences_is_summed_up_all_the_same() -> None:
    article = {1: "The minister " + "said again and again " * 30 + "that the road is open."}
    summary = condensed(FakeEngine(str), article)
    assert [sentence.text for sentence in summary.sentences] == [article[1]]
    assert condensed(FakeEngine(str), {}).sentences == ()


def test_what_was_shortened_is_remembered() -> None:
    memory, engine = DictMemory(), FakeEngine(without_aside)
    setup = SummarySetup(engine, memory, split_words, 2, by_sentence=True)
    first, second = (summarize([Prose(ARTICLE)], setup, RecordingObserver()) for _ in range(2))
    assert first == second
    assert len(engine.calls) == 1


SENTENCE = (
    "According to the army, at least 24 rebels, who had come from Niger, were not caught near “Camp 3” on Monday."
)


@pytest.mark.parametrize(
    ("shorter", "fits"),
    [
        ("According to the army, at least 24 rebels were not caught near “Camp 3” on Monday.", True),
        ("According to the army, at least 24 rebels were not caught.", False),  # part of a clause
        ("At least 24 rebels were not caught near “Camp 3” on Monday.", False),  # who says so is lost
        ("According to the army, at least 24 rebels were caught near “Camp 3”.", False),
        ("According to the army, 24 rebels, who had come from Niger, were not caught.", False),  # at least
        ("According to the army, at least 25 rebels were not caught on Monday.", False),
        ("According to the army, at least 24 jihadists were not caught on Monday.", False),
        ("According to the rebels, at least 24 army were not caught near “Camp 3”.", False),
        ("According to the army, at least 24 rebels were not caught near “Camp.", False),
        ("According to the army, at least 24 rebels were not", False),
        (SENTENCE, False),  # no shorter
    ],
)
def test_a_faithful_wording_is_the_sentence_with_parts_left_out(shorter: str, fits: bool) -> None:
    assert faithful(SENTENCE, shorter) is fits


def test_a_wording_that_was_cut_off_is_not_used() -> None:
    shorter = "According to the army, at least 24 rebels were not caught near “Camp 3” on Monday."
    cut = Hypothesis(shorter, 10, finish=Finish.LENGTH)
    assert faithful_wordings(SENTENCE, [cut]) == []
    assert faithful_wordings(SENTENCE, [Hypothesis(shorter, 10), Hypothesis(shorter, 11)]) == [shorter]


@given(
    st.lists(
        st.lists(
            st.sampled_from("army mine gold Mali road fuel rebels trader capital the of".split()),
            min_size=1,
            max_size=20,
        ),
        max_size=12,
    ),
    st.integers(0, 60),
)
def test_the_choice_keeps_to_the_room_and_leaves_none_that_would_fit_and_add(rows: list[list[str]], room: int) -> None:
    texts = {number: " ".join(words) for number, words in enumerate(rows)}
    weights = word_weights(list(texts.values()))
    picked = cover({number: [text] for number, text in texts.items()}, weights, Room(room, len(texts)))
    used = sum(len(text.split()) for text in picked.values())
    assert used <= room
    assert list(picked) == sorted(picked)
    assert all(picked[number] == texts[number] for number in picked)
    for number, text in texts.items():
        if number not in picked and len(text.split()) >= 8:
            assert used + len(text.split()) > room


def test_a_sentence_that_repeats_another_comes_last() -> None:
    texts = [
        "The army attacked the jihadists near the gold mine on Monday.",
        "On Monday the army attacked jihadists near the gold mine.",
        "Schools in the capital have been closed since the fuel ran out.",
    ]
    picked = cover({number: [text] for number, text in enumerate(texts)}, word_weights(texts), Room(24, 3))
    assert 2 in picked
    assert len(set(picked) & {0, 1}) == 1
    assert set(content_words(texts[2])) <= set(word_weights(texts))


@pytest.mark.parametrize(
    ("sentence", "shorter", "fits"),
    [
        (
            "The mayor, who could not be reached, has closed the market in the town.",
            "The mayor has closed the market in the town.",
            True,
        ),
        (
            "The mayor has not closed the old market in the town near the river.",
            "The mayor has closed the market in the town near the river.",
            False,
        ),
        (
            "The mayor closed the old market in the town near the river on Monday.",
            "The mayor could close the old market in the town.",
            False,
        ),
        (
            "The mayor closed the market, witnesses said, after two days of fighting in town.",
            "The mayor closed the market after two days of fighting in town.",
            False,
        ),
    ],
)
def test_words_go_only_with_their_clause_and_the_source_of_a_statement_never(
    sentence: str, shorter: str, fits: bool
) -> None:
    assert faithful(sentence, shorter) is fits


def test_no_more_sentences_than_wanted() -> None:
    texts = {
        number: f"The {name} of the town has been closed since Monday."
        for number, name in enumerate("school market mine road".split())
    }
    assert len(choose(texts, Room.of(2))) == 2


def test_of_two_sentences_that_say_the_same_the_sound_one_is_taken() -> None:
    texts = {
        1: "The army attacked the jihadists near the gold mine on Monday.",
        2: "On Monday the army attacked the jihadists near the gold mine.",
    }
    for flagged, taken in ((1, 2), (2, 1)):
        assert list(choose(texts, Room(12, 1), {flagged})) == [taken]
    assert list(choose({1: texts[1]}, Room(12, 1), {1})) == [1]  # rather than none


@pytest.mark.parametrize("sentences", [401, 1_700])
def test_a_very_long_article_is_summed_up_too(sentences: int) -> None:
    article = {
        number: f"In town {number} the army of Mali killed {number} rebels near the river."
        for number in range(sentences)
    }
    assert len(choose(article, Room.of(3))) == 3
    assert len(extract(list(article.values()), 400)) == 400
