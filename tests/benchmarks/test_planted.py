"""Errors planted into correct translations of the seeds: each must be flagged, and at its own sentence.

A run of the whole pipeline over the real articles, with an engine that answers with translations written by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sahelsum.engines.base import signature_key
from sahelsum.language.packs import pack_of
from sahelsum.output.sidecar import digest_from_json
from sahelsum.read import ReadOptions, read_articles
from sahelsum.read.sources import find_sources
from sahelsum.records import Article, Digest, ModelInfo, Severity, SummaryMethod, Support
from sahelsum.runs.job import Job, Model
from sahelsum.runs.pipeline import run
from sahelsum.segment import segment
from tests.fakes import DictMemory, FakeEngine, RecordingObserver

SEEDS = Path(__file__).parents[2] / "seeds"
German = dict[tuple[str, int], str]
"""Article and sentence number to the German sentence."""
FUEL, PATROL, FLIGHTS, MOSCOW = (
    "000_21a7c099a1aad2e0",
    "002_8ca5774a777f5161",
    "003_b11584190c4d334a",
    "004_378a34bc2fd6e492",
)
GOOD = {
    (FUEL, 6): "Mali, which has to import 95 percent of its fuel, was ill prepared for this kind of warfare: petrol "
    "stations stood still, schools were closed.",
    (FUEL, 7): "And it is not clear how long the fuel deliveries that have now got through will last, and whether the "
    "crisis will repeat itself.",
    (FUEL, 10): "Heavy fighting is currently taking place on the border with Burkina Faso.",
    (FUEL, 11): "And Russia's presence does not solve the structural weakness of the military government.",
    (PATROL, 9): "Only at the beginning of the week, at least 24 soldiers died in an attack on a military patrol, "
    "according to the government.",
    (PATROL, 10): "The Malian forces were on their way to meet soldiers from Niger.",
    (
        PATROL,
        21,
    ): "Since the beginning of October, more than a hundred members of the Malian security forces had died "
    "in extremist attacks.",
    (PATROL, 22): "A single attack on a Malian outpost on 1 November had cost 53 soldiers their lives.",
    (PATROL, 27): "Bamako is giving up part of the Gao region.",
    (PATROL, 28): "In a strip of about 50 kilometres north of the Nigerien border there are now no longer any Malian "
    "soldiers permanently stationed.",
    (PATROL, 40): "Estonia and the Netherlands have already pledged their support.",
    (
        FLIGHTS,
        1,
    ): "The United States is close to a new agreement with Mali that would allow American aircraft and "
    "drones to conduct reconnaissance flights over the country again.",
    (FLIGHTS, 19): "Diop welcomed the rapprochement and said that relations should be based on mutual respect and "
    "non-interference.",
    (MOSCOW, 2): "Russia has announced that it will strengthen its military cooperation with the West African state of "
    "Mali.",
    (MOSCOW, 12): "Moscow is already supplying military equipment to the Sahel countries.",
}
"""Article and sentence number to a correct translation."""
OTHERWISE = "This sentence is of no matter here."

PLANTED = [
    ("a changed casualty figure", (PATROL, 22), "53 soldiers", "35 soldiers", "NUM-LOST"),
    ("a changed casualty figure", (PATROL, 9), "at least 24", "at least 42", "NUM-LOST"),
    ("a number in words", (PATROL, 21), "a hundred", "a thousand", "NUM-LOST"),
    ("a changed share", (FUEL, 6), "95 percent", "59 percent", "NUM-LOST"),
    ("a dropped nicht", (FUEL, 11), "does not solve", "solves", "NEG-LOST"),
    ("a dropped nicht", (FUEL, 7), "it is not clear", "it is clear", "NEG-LOST"),
    ("a dropped keine", (PATROL, 28), "no longer any", "many", "NEG-LOST"),
    ("a wrong country", (PATROL, 10), "from Niger", "from Nigeria", "NAME-LOST"),
    ("a wrong country", (FUEL, 10), "Burkina Faso", "Mauritania", "NAME-LOST"),
    ("a wrong adjective", (PATROL, 28), "Nigerien", "Nigerian", "NAME-LOST"),
    ("a wrong country", (MOSCOW, 2), "Russia ", "Ukraine ", "NAME-LOST"),
    ("a lost country", (PATROL, 40), "Estonia and the Netherlands have", "The Netherlands have", "NAME-LOST"),
    (
        "a repeated clause",
        (FLIGHTS, 1),
        "over the country again",
        "over the country again over the country again over the country again",
        "MT-LOOP",
    ),
    ("a repeated clause", (MOSCOW, 12), "military equipment", "military equipment to military equipment to", "MT-LOOP"),
]


def model(engine: FakeEngine, alias: str) -> Model:
    return Model(engine, ModelInfo(alias, alias, "", "", "fake", signature_key(engine.signature)), DictMemory())


@pytest.fixture(scope="module")
def german() -> German:
    """The German of every sentence of the seeds, by article and number."""
    sources = find_sources([str(SEEDS)])
    articles = [entry for source in sources for entry in read_articles(source, ReadOptions(check_language=False))]
    return {
        (article.id, sentence.number): sentence.text
        for article in articles
        if isinstance(article, Article)
        for sentence in segment(article.blocks, pack_of("de"))
    }


def digest(tmp_path: Path, stem: str, answers: dict[str, str], summary: str | None = None) -> Digest:
    """The digest of a seed made by engines that answer so."""
    job = Job(
        sources=find_sources([str(SEEDS / f"{stem}.txt")]),
        output=tmp_path,
        read=ReadOptions(check_language=False),
        translator=model(FakeEngine(lambda text: answers.get(text, OTHERWISE)), "translator"),
        summarizer=model(FakeEngine(lambda _: summary or "", limit_tokens=5000), "summarizer") if summary else None,
    )
    report = run(job, RecordingObserver())
    assert [entry.id for entry in report.entries] == [stem], report.entries
    return digest_from_json((tmp_path / "data" / f"{stem}.json").read_text(encoding="utf-8"))


def codes(made: Digest, sentence: int) -> set[str]:
    return {
        finding.code
        for finding in made.findings
        if finding.sentence == sentence and finding.severity is not Severity.INFO
    }


@pytest.mark.parametrize("stem", [FUEL, PATROL, FLIGHTS, MOSCOW])
def test_the_correct_translations_are_not_flagged(tmp_path: Path, german: German, stem: str) -> None:
    made = digest(tmp_path, stem, {german[place]: english for place, english in GOOD.items()})
    flagged = {number: codes(made, number) for article, number in GOOD if article == stem}
    assert {number: found for number, found in flagged.items() if found} == {}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted[0]}, {planted[3]}")
def test_a_planted_error_is_flagged_at_its_sentence(
    tmp_path: Path, german: German, planted: tuple[str, tuple[str, int], str, str, str]
) -> None:
    _, place, right, wrong, code = planted
    assert right in GOOD[place]
    answers = {**GOOD, place: GOOD[place].replace(right, wrong)}
    made = digest(tmp_path, place[0], {german[key]: english for key, english in answers.items()})
    assert code in codes(made, place[1])
    assert made.review == "check"
    others = {number: codes(made, number) for stem, number in GOOD if stem == place[0] and number != place[1]}
    assert {number: found for number, found in others.items() if found} == {}
    page = (tmp_path / f"{place[0]}.md").read_text(encoding="utf-8")
    assert f"[sentence {place[1]}](#^s{place[1]})" in page


FIRST = "At least 24 soldiers died in an attack on a military patrol."
SECOND = "A single attack on an outpost on 1 November cost 53 soldiers their lives."


def summarized(tmp_path: Path, german: German, summary: str) -> Digest:
    return digest(tmp_path, PATROL, {german[place]: english for place, english in GOOD.items()}, summary)


def test_a_true_summary_is_not_flagged_and_cites_its_sentences(tmp_path: Path, german: German) -> None:
    made = summarized(tmp_path, german, f"{FIRST} {SECOND}")
    assert made.summary.method is SummaryMethod.ABSTRACTIVE
    assert [sentence.evidence[0] for sentence in made.summary.sentences] == [9, 22]
    assert {sentence.support for sentence in made.summary.sentences} == {Support.STRONG}
    assert [finding.code for finding in made.findings if finding.summary_sentence] == []


@pytest.mark.parametrize(
    ("summary", "code", "value"),
    [
        (f"{FIRST} {SECOND.replace('an outpost', 'an outpost near Timbuktu')}", "SUM-NAME", "Timbuktu"),
        (f"{FIRST} {SECOND.replace('A single attack', 'An attack led by Oumar Diarra')}", "SUM-NAME", "Oumar, Diarra"),
        (f"{FIRST} {SECOND.replace('53', '530')}", "SUM-NUM", "530"),
        (f"{FIRST} The price of bread doubled within a year.", "SUM-SUPPORT", "The price of bread"),
    ],
)
def test_what_a_summary_invents_is_flagged_at_its_sentence(
    tmp_path: Path, german: German, summary: str, code: str, value: str
) -> None:
    found = [finding for finding in summarized(tmp_path, german, summary).findings if finding.summary_sentence]
    assert {finding.summary_sentence for finding in found} == {2}
    assert any(finding.code == code and value in finding.target_value for finding in found)


def test_an_invented_sentence_is_left_out_where_two_others_remain(tmp_path: Path, german: German) -> None:
    made = summarized(tmp_path, german, f"{FIRST} {SECOND} Timbuktu was attacked as well.")
    assert made.summary.text == f"{FIRST} {SECOND}"
    assert "left out" in made.summary.note
    assert made.summary.note in (tmp_path / f"{PATROL}.md").read_text(encoding="utf-8")


def test_support_none_never_stands_without_a_flag(tmp_path: Path, german: German) -> None:
    made = summarized(tmp_path, german, f"{FIRST} {SECOND} Cheese is dear. The price of bread doubled.")
    unsupported = {number for number, item in enumerate(made.summary.sentences, 1) if item.support is Support.NONE}
    flagged = {finding.summary_sentence for finding in made.findings if finding.code == "SUM-SUPPORT"}
    assert unsupported == flagged != set()
