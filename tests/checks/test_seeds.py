"""Errors planted into good translations of the seeds are flagged, each at its sentence, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sahelsum.records import Summary, SummaryMethod, SummarySentence, Support
from tests.checking import check
from tests.samples import make_digest

SEEDS = Path(__file__).parents[2] / "seeds"
GERMAN = """\
Der malische Sender „Studio Tamani“ ist in diesem Test nicht dabei.
Mali, das seinen Treibstoff zu 95 Prozent importieren muss, war auf diese Art der Kriegsführung wenig vorbereitet: \
Tankstellen standen still, Schulen waren geschlossen.
Und es ist nicht klar, wie lange die jetzt durchgekommenen Treibstofflieferungen ausreichen – und sich die Krise \
wiederholt.
Derzeit finden an der Grenze zu Burkina Faso schwere Gefechte statt.
»Unsere Soldaten kooperieren aktiv mit dem malischen Militär«, fügte er hinzu.
Seit dem Putsch 2021 in Mali sind die Beziehungen zwischen dem westafrikanischen Staat und den Vereinigten Staaten \
angespannt.
Die Zusammenarbeit in Mali laufe gut, sagt er."""
ENGLISH = """\
The Malian station “Studio Tamani” is not part of this test.
Mali, which has to import 95 percent of its fuel, was ill prepared for this kind of warfare: filling stations stood \
still, schools were closed.
And it is not clear how long the fuel supplies that have now got through will last – and when the crisis will return.
Heavy fighting is currently taking place on the border with Burkina Faso.
“Our soldiers are actively cooperating with the Malian military,” he added.
Since the coup in Mali in 2021, relations between the West African state and the United States have been strained.
Cooperation in Mali is going well, he says."""
PAIRS = list(zip(GERMAN.split("\n"), ENGLISH.split("\n"), strict=True))
"""Sentences of the seeds with translations by a person; the first is made up."""


def findings(
    pairs: list[tuple[str, str]], summary: str = "Mali has to import 95 percent of its fuel."
) -> list[tuple[str, int]]:
    digest = make_digest([pairs])
    told = Summary((SummarySentence(summary, (2,), Support.STRONG),), SummaryMethod.ABSTRACTIVE)
    found = check(digest.article, digest.translations, told)
    return [(item.code, item.sentence or 0) for item in found]


def test_the_sentences_are_those_of_the_seeds() -> None:
    seeds = " ".join(file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt")))
    assert all(german in seeds for german, _ in PAIRS[1:])


def test_good_translations_raise_nothing() -> None:
    assert findings(PAIRS) == []


@pytest.mark.parametrize(
    ("number", "right", "wrong", "code"),
    [
        (2, "95 percent", "59 percent", "NUM-LOST"),
        (2, "95 percent", "95 litres", "UNIT-LOST"),
        (2, "Mali,", "Senegal,", "NAME-LOST"),
        (2, "filling stations stood still", "filling stations stood still filling stations stood still", "MT-LOOP"),
        (3, "is not clear", "is clear", "NEG-LOST"),
        (3, "not clear", "not durchgekommenen", "MT-COPY"),
        (4, "Burkina Faso", "Niger", "NAME-LOST"),
        (
            5,
            "“Our soldiers are actively cooperating with the Malian military,”",
            "Our soldiers cooperate with the Malian military,",
            "QUOTE-LOST",
        ),
        (6, "2021", "2012", "NUM-LOST"),
        (6, ", relations between the West African state and the United States have been strained", "", "LEN-RATIO"),
        (7, ", he says", "", "ATTR-LOST"),
    ],
)
def test_a_planted_error_is_found_at_its_sentence(number: int, right: str, wrong: str, code: str) -> None:
    german, english = PAIRS[number - 1]
    assert right in english
    pairs = [*PAIRS[: number - 1], (german, english.replace(right, wrong)), *PAIRS[number:]]
    found = findings(pairs)
    assert (code, number) in found
    assert {place for _, place in found} == {number}


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        ("Colonel Moussa Diarra says that Mali imports its fuel.", "SUM-NAME"),
        ("Mali has to import 85 percent of its fuel.", "SUM-NUM"),
    ],
)
def test_an_invention_in_the_summary_is_found(summary: str, code: str) -> None:
    assert findings(PAIRS, summary) == [(code, 0)]


def test_a_finding_of_the_summary_names_its_sentence() -> None:
    digest = make_digest([PAIRS])
    good = SummarySentence("Mali has to import 95 percent of its fuel.", (2,), Support.STRONG)
    bad = replace(good, text="Schools in Timbuktu were closed.")
    found = check(digest.article, digest.translations, Summary((good, bad), SummaryMethod.ABSTRACTIVE))
    assert [(item.code, item.sentence, item.summary_sentence) for item in found] == [("SUM-NAME", None, 2)]
