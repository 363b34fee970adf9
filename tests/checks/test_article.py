"""Findings: real errors raise one, good translations raise none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sahelsum.checks.leftover import check_copy
from sahelsum.checks.output import check_garbled, check_loop
from sahelsum.checks.thresholds import DEFAULTS
from sahelsum.language.packs import pack_of
from sahelsum.records import (
    ArticleDate,
    DatePrecision,
    Finding,
    Finish,
    Severity,
    Summary,
    SummaryMethod,
    SummarySentence,
    Support,
    Translation,
)
from tests.checking import check
from tests.samples import make_digest, translation

GERMAN = pack_of("de")
NOTHING = Summary((SummarySentence("x", (1,), Support.STRONG),), SummaryMethod.EXTRACTIVE)


def findings(item: Translation, summary: Summary = NOTHING, date: ArticleDate | None = None) -> tuple[Finding, ...]:
    article = make_digest([[(item.sentence.text, item.text)]], date=date).article
    return tuple(finding for finding in check(article, [item], summary) if finding.code != "SUM-EXTRACTIVE")


def codes(german: str, english: str) -> list[str]:
    return [finding.code for finding in findings(translation(1, 1, german, english))]


GOOD = [
    (
        "Mitglieder der al-Qaida-nahen Terrorgruppe JNIM haben in Mali mindestens einhundert Kraftfahrer ermordet.",
        "Members of the al-Qaeda-linked terror group JNIM have murdered at least a hundred drivers in Mali.",
    ),
    (
        "Und es ist nicht klar, wie lange die Treibstofflieferungen ausreichen.",
        "And it is unclear how long the fuel deliveries will last.",
    ),
    (
        "Doch lange Versorgungsrouten lassen sich nicht zu hundert Prozent sichern.",
        "But long supply routes cannot be fully secured.",
    ),
    (
        "Stattdessen fielen zwei Dutzend Soldaten des malischen Zuges.",
        "Instead, 24 soldiers of the Malian column fell.",
    ),
    (
        "Russland vereinbarte nicht nur eine engere Zusammenarbeit mit Mali, sondern schloss auch Abkommen mit Niger.",
        "Russia agreed on closer cooperation with Mali and also concluded agreements with Niger.",
    ),
    (
        "Allein ein Angriff am 1. November hatte 53 Soldaten das Leben gekostet.",
        "A single attack on November 1st had cost 53 soldiers their lives.",
    ),
    (
        "In der Sahelzone wurden mehr als 10.000 Menschen durch extremistische Gruppen getötet.",
        "More than 10,000 people were killed by extremist groups in the Sahel.",
    ),
    (
        "Die mehrere Millionen Dollar teure Anlage sollte Überwachungsoperationen im gesamten Sahel unterstützen.",
        "The multi-million dollar facility was to support surveillance operations throughout the Sahel.",
    ),
    ("In Paris beobachtet man die Lage mit Sorge.", "France is watching the situation with concern."),
    ("Immer wieder gab es Anschläge.", "There were attacks again and again and again."),
    ("Donald Trump", "Donald Trump"),
    ("Das Treffen in Tongo Tongo fiel aus, heißt es auf YouTube.", "The Tongo Tongo meeting was off, YouTube says."),
    ("Beide Länder unterzeichneten das Abkommen nicht.", "The two countries did not sign the agreement."),
    ("Das US-Außenministerium lehnte es ab, sich zu äußern.", "The U.S. State Department declined to comment."),
    (
        "Vier Soldaten aus dem Tschad und zwei aus Nigeria starben 2024.",
        "Four soldiers from Chad and two from Nigeria died in 2024.",
    ),
]


@pytest.mark.parametrize(("german", "english"), GOOD)
def test_good_translations_raise_nothing(german: str, english: str) -> None:
    assert codes(german, english) == []


@pytest.mark.parametrize(
    ("german", "english", "expected"),
    [
        ("Es starben 53 Soldaten.", "35 soldiers died.", "NUM-LOST"),
        ("Es starben viele Soldaten.", "In 2019 many soldiers died.", "NUM-ADDED"),
        ("Es starben 10.000 Menschen.", "10.000 people died.", "NUM-FORMAT"),
        ("Der Angriff war am 3. März.", "The attack was on 3 May.", "DATE-LOST"),
        ("Knapp 30 nigrische Soldaten starben.", "Almost 30 Nigerian soldiers died.", "NAME-LOST"),
        ("Die Terrorgruppe JNIM griff an.", "The terrorist group attacked.", "NAME-LOST"),
        ("Malische Minister, auch Abdoulaye Diop", "Male ministers, including Abdoulaye Diop", "NAME-LOST"),
        ("Die Stadt wurde angegriffen.", "The city of Timbuktu was attacked.", "NAME-ADDED"),
        ("Die Armee kontrolliert den Ort nicht.", "The army controls the place.", "NEG-LOST"),
        ("Es gibt keine Soldaten mehr.", "There are soldiers again.", "NEG-LOST"),
        ("Im Norden gibt es Kämpfe.", "In the north in the north there is fighting.", "MT-LOOP"),
        ("Die Lage ist ernst.", "The situation is is is serious.", "MT-LOOP"),
        ("Die Armee zog sich aus dem Ort zurück.", "Die Armee zog sich aus dem Ort zurück.", "MT-COPY"),
        ("Die Truppen sind mürbe geworden.", "The troops have become mürbe.", "MT-COPY"),
        ("Die Regierung begrüßte den Schritt und versprach weitere Hilfe.", "The government.", "LEN-RATIO"),
        ("Die Regierung begrüßte den Schritt.", "The government welcomed the step " * 3, "LEN-RATIO"),
        ("Die Armee zieht ab.", "...", "MT-EMPTY"),
        ("Sie teilen Aufklärungsdaten.", "They share reconnaissueueueue data.", "MT-GARBLED"),
        ("Das sagt Franklin Nossiter.", "So says Franklin Nosssiter.", "MT-GARBLED"),
        ("Er kam aus Ex-Wagner-Leuten.", "It came from WagnerLeute.", "MT-GARBLED"),
        ("Die Botschaft mahnte Bürger.", "The embassy urged citizens citizens.", "MT-GARBLED"),
    ],
)
def test_errors_are_found(german: str, english: str, expected: str) -> None:
    assert expected in codes(german, english)


def test_a_changed_number_is_one_finding_with_both_values() -> None:
    (finding,) = findings(translation(3, 1, "mindestens einhundert Kraftfahrer", "at least 200 drivers"))
    assert (finding.code, finding.sentence) == ("NUM-LOST", 3)
    assert (finding.source_value, finding.target_value) == ("einhundert", "200")


def test_niger_translated_as_nigeria_names_both() -> None:
    (finding,) = findings(translation(1, 1, "nigrische Soldaten", "Nigerian soldiers"))
    assert (finding.source_value, finding.target_value) == ("Niger", "Nigeria")


def test_failed_and_cut_sentences_are_errors() -> None:
    item = translation(1, 1, "Die Armee zieht ab.", "The army is")
    (cut,) = findings(replace(item, finish=Finish.LENGTH))
    assert (cut.code, cut.severity) == ("MT-CUT", Severity.ERROR)
    (failed,) = findings(replace(item, text="[not translated] Die Armee zieht ab.", failure="the model gave nothing"))
    assert (failed.code, failed.severity) == ("MT-FAILED", Severity.ERROR)
    assert "the model gave nothing" in failed.message


ITEM = translation(
    1,
    1,
    "Malis Außenminister Abdoulaye Diop reiste im Juli mit 12 Beamten nach Moskau.",
    "Mali's Foreign Minister Abdoulaye Diop travelled to Moscow in July with 12 officials.",
)


def summary_codes(text: str, support: Support = Support.STRONG) -> list[str]:
    summary = Summary((SummarySentence(text, (1,), support),), SummaryMethod.ABSTRACTIVE)
    return [finding.code for finding in findings(ITEM, summary, ArticleDate("2025-11-16", DatePrecision.DAY, "text"))]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Diop went to Moscow with twelve officials.",
        "Officials from Mali, led by Diop, were in Moscow in July 2025.",
        "Abdoulaye Diop of Mali visited Moscow, it was reported in November.",
        "Malian officials travelled to Moscow.",
    ],
)
def test_supported_summaries_raise_nothing(text: str) -> None:
    assert summary_codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diop went to Moscow with 15 officials.", "SUM-NUM"),
        ("Diop went to Moscow in August.", "SUM-NUM"),
        ("Diop met Vladimir Putin.", "SUM-NAME"),
        ("Diop went to Niamey.", "SUM-NAME"),
    ],
)
def test_unsupported_summaries_are_found(text: str, expected: str) -> None:
    assert summary_codes(text) == [expected]


def test_a_summary_sentence_without_support_is_found() -> None:
    assert summary_codes("The weather was good.", Support.NONE) == ["SUM-SUPPORT"]


def test_extractive_summaries_are_only_labelled() -> None:
    article = make_digest([[("Gut.", "Good.")]]).article
    summary = Summary((SummarySentence("Wholly 99 other.", (1,), Support.NONE),), SummaryMethod.EXTRACTIVE, "no model")
    (finding,) = check(article, [translation(1, 1, "Gut.", "Good.")], summary)
    assert (finding.code, finding.severity) == ("SUM-EXTRACTIVE", Severity.INFO)
    assert "no model" in finding.message


def test_a_missing_summary_is_found() -> None:
    article = make_digest([[("Gut.", "Good.")]]).article
    (finding,) = check(article, [], Summary((), SummaryMethod.EXTRACTIVE, "no translated sentence"))
    assert (finding.code, finding.severity) == ("SUM-EMPTY", Severity.WARNING)


@settings(max_examples=50)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_can_be_checked(german: str, english: str) -> None:
    item = translation(1, 1, german, english)
    summary = Summary((SummarySentence(english, (1,), Support.NONE),), SummaryMethod.ABSTRACTIVE)
    article = make_digest([[(german, english)]]).article
    assert check(article, [item], summary) == check(article, [item], summary)


def repeats(words: list[str]) -> bool:
    """The definition of a loop, taken word by word."""
    for size in range(1, 13):
        times = 2 if size >= 3 else 3
        for start in range(len(words) - size * times + 1):
            if words[start : start + size] * times == words[start : start + size * times]:
                return True
    grams = [tuple(words[start : start + 4]) for start in range(len(words) - 3)]
    return any(grams.count(gram) >= 3 for gram in grams)


@given(st.lists(st.sampled_from("abcde"), max_size=30))
def test_loops_are_those_of_the_definition(words: list[str]) -> None:
    item = translation(1, 1, "Er kam nach langer Fahrt gestern an", " ".join(words))
    assert [finding.code for finding in check_loop(item, GERMAN, DEFAULTS)] == ["MT-LOOP"] * repeats(words)


def test_a_loop_at_the_end_of_a_long_sentence_is_found() -> None:
    text = " ".join(f"word{number}" for number in range(30_000))
    (finding,) = check_loop(translation(1, 1, text, f"{text} in the north in the north"), GERMAN, DEFAULTS)
    assert finding.target_value == "in the north"


@pytest.mark.parametrize(
    "unit", ["Abc ", "Ab.", "“Abc ", "Abc: ", "abc-", "nicht ", "Mali ", "äA", "aBcc ", "100 a-b "]
)
def test_long_sentences_agree_with_themselves(unit: str) -> None:
    text = "Sie sind da. " + unit * 10_000
    summary = Summary((SummarySentence(text, (1,), Support.STRONG),), SummaryMethod.ABSTRACTIVE)
    found = {finding.code for finding in findings(translation(1, 1, text, text), summary)}
    assert found <= {"MT-COPY", "NEG-LOST", "NUM-FORMAT"}


def test_each_odd_word_of_a_long_sentence_is_named_once() -> None:
    odd = [f"aB{number}x" for number in range(5_000)]
    german = "Das sagte " + " ".join(odd[1:])
    (finding,) = check_garbled(translation(1, 1, german, " ".join((*odd, *odd))), GERMAN)
    assert finding.target_value == "aB0x"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chad sent troops. Reinforcements came. “Welcome”, said Xavier.", ["Xavier"]),
        ("\nReinforcements came: Many. (Nobody knew.)", []),
        ("The Reinforcements came.", ["Reinforcements"]),
    ],
)
def test_only_a_capital_inside_a_sentence_makes_a_name(text: str, names: list[str]) -> None:
    item = translation(1, 1, "Der Tschad schickte Truppen.", "Chad sent troops.")
    summary = Summary((SummarySentence(text, (1,), Support.STRONG),), SummaryMethod.ABSTRACTIVE)
    found = [finding.target_value for finding in findings(item, summary) if finding.code == "SUM-NAME"]
    assert found == [", ".join(names)] * bool(names)


def test_an_umlaut_word_left_standing_is_found_in_any_length() -> None:
    german = "Die Lage in der Stadt ist weiter überaus schlecht, " + "ä" * 50_000 + "A."
    english = "The situation is überaus bad in " + "ä" * 50_000 + "A."
    (finding,) = check_copy(translation(1, 1, german, english), GERMAN, DEFAULTS)
    assert finding.target_value == "überaus"
