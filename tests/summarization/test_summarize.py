from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from sahelsum.checks.unsupported_facts import unsupported_facts
from sahelsum.language.titles import MAX_CHARACTERS, capitalised, title_from
from sahelsum.records import Finish, Hypothesis, Output, Summary, SummaryMethod, SummarySentence, Support
from sahelsum.summarization import abstractive as stage
from sahelsum.summarization.abstractive import summarize, whole_sentences
from sahelsum.summarization.evidence import Evidence
from sahelsum.summarization.extract import MAX_AT_ONCE, extract
from sahelsum.summarization.lexrank import lexrank
from sahelsum.summarization.ranking import UnsupportedFacts
from sahelsum.summarization.setup import NO_MODEL, NOTHING, Prose, SummarySetup
from tests.fakes import DictMemory, FakeEngine, RecordingObserver, split_words

ARTICLE = {
    1: "Armed men attacked a fuel convoy near the Malian capital Bamako on Monday.",
    2: "The army said that 24 soldiers were killed in the ambush.",
    3: "Schools in Bamako have been closed since the fuel ran out.",
    4: "France and Niger did not comment on the attack.",
}


def setup(engine: FakeEngine | None, **changes: object) -> SummarySetup:
    values: dict[str, object] = {"engine": engine, "memory": DictMemory(), "split": split_words, **changes}
    return SummarySetup(**values)  # type: ignore[arg-type]


def one(engine: FakeEngine | None, article: dict[int, str] = ARTICLE, **changes: object) -> Summary:
    (summary,) = summarize([Prose(article)], setup(engine, **changes), RecordingObserver())
    return summary


def first_sentences(count: int) -> Callable[[str], str]:
    return lambda text: " ".join(whole_sentences(Hypothesis(text, 1))[:count])


def test_a_supported_summary_is_abstractive_with_evidence() -> None:
    summary = one(FakeEngine(lambda _: "An ambush killed 24 soldiers. Schools in Bamako are closed."))
    assert summary.method is SummaryMethod.ABSTRACTIVE
    assert [sentence.evidence[0] for sentence in summary.sentences] == [2, 3]
    assert all(sentence.support is not Support.NONE for sentence in summary.sentences)


def test_an_invented_summary_is_replaced_by_extracted_sentences() -> None:
    summary = one(FakeEngine(lambda _: "The parliament of Norway elected a new speaker."))
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert summary.note == stage.NO_SUPPORT
    assert {sentence.text for sentence in summary.sentences} <= set(ARTICLE.values())


def test_without_a_model_the_summary_is_extractive_and_says_why() -> None:
    summary = one(None, sentences=2)
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert summary.note == NO_MODEL
    assert len(summary.sentences) == 2
    assert len(one(None, sentences=1).text.split()) <= 24
    assert [ARTICLE[sentence.evidence[0]] for sentence in summary.sentences] == [s.text for s in summary.sentences]


def test_a_broken_engine_does_not_stop_the_batch() -> None:
    engine = FakeEngine(first_sentences(1), poison="POISON")
    good, bad = summarize([Prose(ARTICLE), Prose({1: "A POISON sentence."})], setup(engine), RecordingObserver())
    assert good.method is SummaryMethod.ABSTRACTIVE
    assert bad.method is SummaryMethod.EXTRACTIVE
    assert "cannot stand" in bad.note


def test_articles_go_to_the_engine_in_batches() -> None:
    articles = [{1: f"In town {number} the army killed {number} rebels."} for number in range(20)]
    engine = FakeEngine(first_sentences(1))
    summarize([Prose(article) for article in articles], setup(engine), RecordingObserver())
    assert [len(call) for call in engine.calls] == [8, 8, 4]


def test_an_article_without_sentences_has_an_empty_summary() -> None:
    for engine in (None, FakeEngine()):
        summary = one(engine, {})
        assert summary.sentences == ()
        assert summary.note == NOTHING


def test_a_long_article_goes_through_rounds_and_no_chunk_is_over_the_limit() -> None:
    article = {number: f"In town {number} the army killed {number} rebels near the river." for number in range(1, 41)}
    engine = FakeEngine(first_sentences(1), limit_tokens=60)
    summary = one(engine, article)
    assert summary.method is SummaryMethod.ABSTRACTIVE
    assert summary.rounds == 3
    assert all(len(text.split()) <= 60 for call in engine.calls for text in call)
    seen = {town for call in engine.calls for text in call for town in re.findall(r"In town (\d+)", text)}
    assert len(seen) == 40


def test_a_text_that_never_shrinks_ends_after_bounded_rounds() -> None:
    article = {number: f"In town {number} the army killed rebels." for number in range(1, 21)}
    summary = one(FakeEngine(lambda text: text, limit_tokens=20), article)
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert summary.note == stage.TOO_LONG


def test_a_sentence_over_the_limit_is_split_not_cut() -> None:
    words = [f"word{number}" for number in range(30)]
    engine = FakeEngine(first_sentences(1), limit_tokens=12)
    one(engine, {1: " ".join(words) + "."})
    first_round = [word.rstrip(".") for text in engine.calls[0] for word in text.split()]
    assert sorted(first_round) == sorted(words)


def test_only_whole_sentences_are_kept() -> None:
    assert whole_sentences(Hypothesis("It is so. And then they", 6)) == ["It is so."]
    assert whole_sentences(Hypothesis("It is so. It ended.", 5, finish=Finish.LENGTH)) == ["It is so."]
    assert whole_sentences(Hypothesis('He said: "No."', 3)) == ['He said: "No."']
    assert whole_sentences(Hypothesis("", 0)) == []


def test_the_better_supported_hypothesis_wins() -> None:
    class TwoBest(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            invented = Hypothesis("Norway won the football cup.", 5, -0.1)
            true = Hypothesis("Schools in Bamako have been closed.", 6, -0.9)
            return [Output(1, (invented, true)) for _ in texts]

    assert one(TwoBest()).text == "Schools in Bamako have been closed."


def test_repeated_sentences_are_told_once_and_the_length_is_bounded() -> None:
    text = " ".join([ARTICLE[1]] * 5 + list(ARTICLE.values()))
    summary = one(FakeEngine(lambda _: text), sentences=1)
    assert [sentence.text for sentence in summary.sentences] == [ARTICLE[1], ARTICLE[2]]


def test_a_known_summary_does_not_reach_the_engine() -> None:
    memory = DictMemory()
    one(FakeEngine(first_sentences(1)), memory=memory)
    engine = FakeEngine(first_sentences(1))
    one(engine, memory=memory)
    assert engine.calls == []


def test_evidence_needs_shared_content_words() -> None:
    evidence = Evidence(ARTICLE)
    assert evidence.attach("The attack killed 24 soldiers.").evidence[0] == 2
    assert evidence.attach("The and of was.").support is Support.NONE
    assert evidence.attach("Cheese prices rose in Norway.").evidence == ()
    assert Evidence({}).attach("Anything at all.").support is Support.NONE


def test_lexrank_scores_sum_to_one_and_prefer_the_centre() -> None:
    scores = lexrank(["fuel convoy attacked Bamako", "fuel convoy burned", "convoy attacked soldiers", "cheese rises"])
    assert sum(scores) == pytest.approx(1)
    assert max(range(4), key=scores.__getitem__) == 0
    assert scores[3] == pytest.approx(0.25)
    assert lexrank([]) == []
    assert lexrank(["", "the"]) == pytest.approx([0.5, 0.5])


def test_extract_keeps_order_and_handles_long_texts() -> None:
    texts = [f"Sentence number {number} tells about convoy {number % 7} and the city today." for number in range(950)]
    assert len(texts) > 2 * MAX_AT_ONCE
    picked = extract(texts, 5)
    assert len(picked) == 5
    assert picked == sorted(picked)
    assert extract(texts, 5) == picked
    assert extract(["Short."], 3) == [0]


def test_titles_begin_with_a_capital() -> None:
    assert capitalised("fuel is short") == "Fuel is short"
    assert capitalised("") == ""
    assert capitalised("“Fuel”") == "“Fuel”"


def test_titles_are_short_and_whole_where_possible() -> None:
    assert title_from("Russia sends soldiers to Mali.") == "Russia sends soldiers to Mali"
    long = (
        "The media close to the junta breathed again, when a few days ago a convoy of fuel trucks reached the capital."
    )
    assert title_from(long) == "The media close to the junta breathed again"
    wordy = title_from("word " * 60)
    assert wordy.endswith(" …")
    assert len(wordy) <= MAX_CHARACTERS + 2


def doubtful_words(*words: str) -> UnsupportedFacts:
    def unsupported_facts(article: Mapping[int, str], sentences: Sequence[SummarySentence]) -> frozenset[int]:
        assert article == ARTICLE
        return frozenset(place for place, item in enumerate(sentences) if any(word in item.text for word in words))

    return unsupported_facts


@dataclass
class ManyBest(FakeEngine):
    proposals: tuple[tuple[str, float], ...] = ()

    def generate(self, texts: Sequence[str]) -> list[Output]:
        hypotheses = tuple(Hypothesis(text, len(text.split()), score) for text, score in self.proposals)
        return [Output(1, hypotheses) for _ in texts]


TRUE = "Armed men attacked a fuel convoy near Bamako. 24 soldiers were killed in the ambush."


def test_a_foreign_name_rules_a_candidate_out_while_there_is_another() -> None:
    invented = TRUE.replace("Bamako", "Kidal")
    worse = "Schools in Bamako are shut, as fuel has run out. The army spoke of soldiers killed."
    engine = ManyBest(proposals=((invented, -0.1), (worse, -2.0)))
    assert one(engine, unsupported_facts=doubtful_words("Kidal")).text == worse
    assert one(engine, unsupported_facts=None).text == invented


def test_the_candidate_that_keeps_closest_to_the_article_wins_then_the_model_score() -> None:
    free = "Fighters struck trucks with fuel by Bamako. The ambush cost 24 soldiers their lives, the army said."
    assert one(ManyBest(proposals=((free, -0.1), (TRUE, -0.9)))).text == TRUE
    other = TRUE.replace("near Bamako", "near the capital Bamako")
    assert one(ManyBest(proposals=((other, -0.9), (TRUE, -0.1)))).text == TRUE
    assert one(ManyBest(proposals=((TRUE, -0.9), (other, -0.1)))).text == other


def test_a_doubtful_sentence_is_left_out_with_a_note_if_enough_remain() -> None:
    engine = ManyBest(proposals=((f"{TRUE} The attack near Oslo was the third.", -0.1),))
    summary = one(engine, unsupported_facts=doubtful_words("Oslo"))
    assert summary.text == TRUE
    assert summary.method is SummaryMethod.ABSTRACTIVE
    assert summary.note == "a sentence was left out, which had a name or number that the article does not have"


def test_a_doubtful_sentence_stays_where_too_little_would_remain() -> None:
    engine = ManyBest(proposals=((TRUE, -0.1),))
    summary = one(engine, unsupported_facts=doubtful_words("24"))
    assert (summary.text, summary.note) == (TRUE, "")


def test_doubts_are_the_checks_of_the_digest() -> None:
    sentences = [Evidence(ARTICLE).attach(text) for text in (ARTICLE[2], "It was near Oslo.", "It killed 42 soldiers.")]
    assert unsupported_facts(ARTICLE, sentences) == {1, 2}
    assert unsupported_facts({}, []) == frozenset()


def test_evidence_knows_names_and_numbers_in_other_words() -> None:
    evidence = Evidence(
        {1: "Two dozen Malian troops died.", 2: "The market stayed shut.", 3: "Rain fell on the hills."}
    )
    found = evidence.attach("24 soldiers were killed in Mali.")
    assert found.evidence == (1,)
    assert found.support is not Support.NONE
    assert evidence.attach("24 goals were scored.").support is Support.NONE


def test_extract_does_not_say_the_same_twice() -> None:
    texts = [
        "Armed men attacked a fuel convoy near the Malian capital Bamako on Monday.",
        "On Monday, armed men attacked a convoy with fuel near Bamako, the Malian capital.",
        "Schools in Bamako have been closed since the fuel ran out last month.",
    ]
    assert extract(texts, 2) in ([0, 2], [1, 2])
    assert extract(texts[:2], 2) == [0, 1]  # rather than too little
