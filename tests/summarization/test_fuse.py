from __future__ import annotations

from collections.abc import Mapping

import pytest

from sahelsum.records import Finish, Hypothesis, Reason, Summary, SummaryMethod
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.fuse import NONE_VERIFIED
from sahelsum.summarization.groups import MOST_SENTENCES, MOST_WORDS, groups_of
from sahelsum.summarization.headline import BEGINNING_WORDS, Headline, beginning, headlines
from sahelsum.summarization.news import fit, news_value, retractions
from sahelsum.summarization.setup import GroupMarks, Prose, SummarySetup
from tests.fakes import DictMemory, FakeEngine, RecordingObserver, Writer, split_words

MARKS = GroupMarks("=", "#")
ARTICLE = {
    1: "Armed men attacked a fuel convoy near the Malian capital Bamako on Monday.",
    2: "According to the army, at least 24 soldiers were killed in the ambush.",
    5: "Schools in Bamako have been closed since the fuel ran out.",
    6: "They are to open again in January, the education ministry announced.",
    9: "France did not comment on the attack.",
}
FUSED = "Armed men attacked a fuel convoy near Bamako on Monday and killed at least 24 soldiers, according to the army."
SCHOOLS = (
    "Schools in Bamako, closed since the fuel ran out, are to open again in January, the education ministry announced."
)


def about(text: str) -> list[str]:
    """A right wording for each of the two subjects of the article."""
    return [FUSED if "convoy" in text else SCHOOLS]


def setup(engine: Writer | FakeEngine, **changes: object) -> SummarySetup:
    values: dict[str, object] = {
        "engine": engine, "memory": DictMemory(), "split": split_words, "sentences": 2, "marks": MARKS, **changes
    }  # fmt: skip
    return SummarySetup(**values)  # type: ignore[arg-type]


def fused(engine: Writer | FakeEngine, article: Mapping[int, str] = ARTICLE, **changes: object) -> Summary:
    (summary,) = summarize([Prose(article)], setup(engine, **changes), RecordingObserver())
    return summary


def test_each_group_gets_one_sentence_that_cites_it() -> None:
    engine = Writer(about)
    summary = fused(engine)
    assert summary.method is SummaryMethod.ABSTRACTIVE
    assert [sentence.text for sentence in summary.sentences] == [FUSED, SCHOOLS]
    assert [set(sentence.evidence) for sentence in summary.sentences] == [{1, 2}, {5, 6}]
    assert summary.written == 2
    assert engine.calls[0].startswith("= ")
    assert f"= {ARTICLE[1]} {ARTICLE[2]}" in engine.calls


def test_of_several_wordings_a_verified_one_is_taken_and_the_others_are_kept_with_their_reasons() -> None:
    wrong = "Armed men attacked a fuel convoy near Ouagadougou on Monday."
    cut = Hypothesis("Armed men attacked a fuel convoy near Bamako on Monday.", 9, -0.1, Finish.LENGTH)
    guess = Hypothesis("A fuel convoy was attacked by armed men near the Malian capital Bamako on Monday.", 9, -4.0)
    summary = fused(Writer(lambda text: [wrong, cut, guess, FUSED] if "convoy" in text else [SCHOOLS]))
    assert summary.sentences[0].text == FUSED
    assert {(item.text, item.reason) for item in summary.refused} == {
        (wrong, Reason.NAME), (cut.text, Reason.FORM), (guess.text, Reason.PROBABILITY)
    }  # fmt: skip
    assert summary.refused[0].detail == "Ouagadougou"
    assert set(summary.refused[0].evidence) == {1, 2}
    assert summary.refused_by_reason == {Reason.NAME: 1, Reason.FORM: 1, Reason.PROBABILITY: 1}


def test_of_verified_wordings_the_one_that_says_most_is_taken_whatever_the_order() -> None:
    short = "Armed men attacked a fuel convoy on Monday."
    for wordings in ([short, FUSED], [FUSED, short]):
        assert fused(Writer(lambda text, w=wordings: w if "convoy" in text else [SCHOOLS])).sentences[0].text == FUSED  # type: ignore[misc]


def test_a_sentence_of_the_group_stands_in_where_nothing_is_verified() -> None:
    summary = fused(
        Writer(lambda text: ["The parliament of Norway elected a speaker." if "convoy" in text else SCHOOLS])
    )
    first, second = summary.sentences
    assert first.text in {ARTICLE[1], ARTICLE[2]}
    assert (first.written, second.written) == (False, True)
    assert len(first.evidence) == 1


@pytest.mark.parametrize("answer", ["The parliament of Norway elected a new speaker on Monday.", "", ARTICLE[1]])
def test_a_summary_with_nothing_verified_is_extractive(answer: str) -> None:
    summary = fused(Writer(lambda _: [answer]))
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert summary.note == NONE_VERIFIED
    assert {sentence.text for sentence in summary.sentences} <= set(ARTICLE.values())
    assert len(summary.refused) == 2


def test_a_broken_engine_is_told() -> None:
    summary = fused(FakeEngine(poison="a"))
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert "cannot stand" in summary.note


def test_a_group_over_the_limit_of_the_model_loses_sentences_and_an_endless_sentence_is_not_given() -> None:
    engine = Writer(about, limit_tokens=15)
    assert fused(engine).sentences
    assert engine.calls
    assert all(len(text.split()) <= 15 for text in engine.calls)
    endless = Writer(about, limit_tokens=5)
    assert fused(endless).method is SummaryMethod.EXTRACTIVE
    assert not endless.calls


@pytest.mark.parametrize("length", [1, 2, 3])
def test_very_short_articles(length: int) -> None:
    article = dict(list(ARTICLE.items())[:length])
    summary = fused(Writer(about), article, sentences=3)
    assert 1 <= len(summary.sentences) <= length
    assert {number for sentence in summary.sentences for number in sentence.evidence} <= set(article)
    assert fused(Writer(about), {}).sentences == ()


def long_article(length: int) -> dict[int, str]:
    places = ("Gao", "Kidal", "Mopti", "Niamey", "Agadez", "Djibo", "Dori")
    return {
        number: f"In {places[number % 7]} {number + 10} soldiers of unit {number} were attacked on the road to Dori."
        for number in range(1, length + 1)
    }


@pytest.mark.parametrize("length", [61, 450])
def test_long_articles(length: int) -> None:
    groups = groups_of(Prose(long_article(length)), 3)
    assert 1 <= len(groups) <= 3
    assert all(len(group.texts) <= MOST_SENTENCES and group.words <= MOST_WORDS for group in groups)
    summary = fused(
        Writer(lambda text: [text.removeprefix("= ").split(". ")[0].rstrip(".") + "."]), long_article(length)
    )
    assert summary.sentences


def test_groups_hold_sentences_that_belong_together() -> None:
    groups = groups_of(Prose(ARTICLE), 2)
    assert [group.numbers for group in groups] == [(1, 2), (5, 6)]
    assert all(group.anchor in group.texts for group in groups)
    assert groups[1].anchor == 5  # "They are to open" does not stand alone


def test_a_flagged_sentence_is_taken_less_readily() -> None:
    chosen = {number for group in groups_of(Prose(ARTICLE, frozenset({5, 6})), 1) for number in group.numbers}
    assert not chosen & {5, 6}


def test_what_should_not_stand_in_a_summary() -> None:
    article = {
        1: "The army said that its soldiers had killed 40 rebels near Gao.",
        2: "The army withdrew the statement: it turned out to be wrong.",
        3: "Will the rebels strike again?",
        4: "Subscribe to our newsletter for more news from the Sahel.",
        5: "The market of Gao has been closed since Tuesday.",
    }
    assert retractions(article) == {1: 2}
    assert list(fit(article)) == [2, 5]
    assert fit({3: article[3]}) == {3: article[3]}


def test_news_is_worth_more() -> None:
    plain = "The weather in the north is mostly dry and windy."
    values = news_value(dict.fromkeys(range(1, 5), plain) | {5: "On 3 May 24 soldiers were killed there."})
    assert values[1] > values[4]
    assert values[5] > values[1]


def test_a_headline_is_written_for_the_beginning_and_verified() -> None:
    good, wrong = "Gunmen attack fuel convoy near Bamako on Monday", "Rebels attack fuel convoy near Timbuktu"
    engine = Writer(lambda _: [wrong, good])
    (headline,) = headlines([Prose(ARTICLE)], setup(engine))
    assert headline.text == good
    assert [(item.text, item.headline) for item in headline.refused] == [(wrong, True)]
    assert engine.calls[0].startswith(f"# {ARTICLE[1]} ")


def test_there_is_no_headline_where_none_is_verified_or_the_model_writes_none() -> None:
    (headline,) = headlines([Prose(ARTICLE)], setup(Writer(lambda _: ["Norway elects a new parliament speaker"])))
    assert headline.text == ""
    silent = Writer(about)
    assert headlines([Prose(ARTICLE)], setup(silent, marks=GroupMarks("="))) == [Headline()]
    assert headlines([Prose({})], setup(silent)) == [Headline()]
    assert not silent.calls


def test_a_headline_is_made_from_whole_sentences() -> None:
    texts = {number: " ".join(["word"] * 40) for number in range(1, 9)}
    part = beginning(texts)
    assert list(part) == [1, 2]
    assert list(beginning({1: " ".join(["word"] * (2 * BEGINNING_WORDS))})) == [1]


EVENTS = {
    1: "An attack on an army camp near Djibo killed 17 soldiers on Friday.",
    2: "On Friday jihadists attacked an army camp near Djibo, killing 24 soldiers.",
    3: "Onion prices in Niamey have doubled within a month, traders say.",
}
OWNERS = {1: "a", 2: "b", 3: "c"}


def across(*wordings: str) -> Summary:
    engine = Writer(lambda text: wordings if "Djibo" in text else [])
    prose = Prose(EVENTS, owners=OWNERS)
    (summary,) = summarize([prose], setup(engine, sentences=2), RecordingObserver())
    return summary


def test_articles_on_one_event_are_fused_with_every_figure() -> None:
    both = "Jihadists attacked an army camp near Djibo on Friday, killing 17 soldiers or 24 soldiers."
    summary = across("Jihadists attacked an army camp near Djibo on Friday, killing 24 soldiers.", both)
    written = next(sentence for sentence in summary.sentences if sentence.written)
    assert written.text == both
    assert set(written.evidence) == {1, 2}
    assert [item.reason for item in summary.refused] == [Reason.FIGURES]


def test_sentences_that_disagree_both_stand_where_no_wording_names_both_figures() -> None:
    engine = Writer(
        lambda text: (
            ["Jihadists attacked an army camp near Djibo on Friday, killing 24 soldiers."]
            if "Djibo" in text
            else ["Within a month onion prices in Niamey have doubled, traders say."]
        )
    )
    (summary,) = summarize([Prose(EVENTS, owners=OWNERS)], setup(engine, sentences=2), RecordingObserver())
    texts = [sentence.text for sentence in summary.sentences]
    assert {EVENTS[1], EVENTS[2]} <= set(texts)
