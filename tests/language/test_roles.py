"""Who does what to whom: what German cases say, what English order says, and where both are silent."""

from __future__ import annotations

import pytest

from sahelsum.language.de.exchanges import exchanged_parties
from sahelsum.language.de.roles import roles
from sahelsum.language.english_roles import acts_first


@pytest.mark.parametrize(
    ("german", "agent", "patient"),
    [
        ("Den Minister kritisierte die Kommission am Montag.", "Kommission", "Minister"),
        ("Dem malischen Verband wirft die Gewerkschaft Betrug vor.", "Gewerkschaft", "Verband"),
        ("Der Armee half eine Bürgerwehr.", "Bürgerwehr", "Armee"),
        ("Die Rebellen hat die Regierung nie anerkannt.", "Regierung", "Rebellen"),
        ("Die Regierung haben die Rebellen nie anerkannt.", "Rebellen", "Regierung"),
        ("In der Nacht wurden mehrere Hirten bei Gao von Bauern angegriffen.", "Bauern", "Hirten"),
        ("Der Journalist, den der frühere Gouverneur verklagt hatte, kam nicht.", "Gouverneur", "Journalist"),
        ("Der Offizier, der den Präsidenten stürzte, schwieg.", "Offizier", "Präsidenten"),
        ("Der Verteidigungsminister entließ den General.", "Verteidigungsminister", "General"),
        ("Nach dem Angriff der Armee auf die Aufständischen war es still.", "Armee", "Aufständischen"),
        ("Mali habe Benin ein Treffen vorgeschlagen.", "Mali", "Benin"),
        ("Die Polizistin verhaftete den Schmuggler.", "Polizistin", "Schmuggler"),
    ],
)
def test_german_says_who_acts(german: str, agent: str, patient: str) -> None:
    assert (agent, patient) in {(pair.agent.noun, pair.patient.noun) for pair in roles(german)}


@pytest.mark.parametrize(
    "german",
    [
        "Die Armee und die Rebellen verhandeln.",
        "Zwischen Armee und Rebellen wird gekämpft.",
        "Dem Minister zufolge flohen die Soldaten.",
        "Dem Präsidenten gehört die Firma.",
        "Der Sprecher der Armee schwieg.",
        "Es regnete in Gao.",
    ],
)
def test_nothing_is_said_where_nobody_acts_on_another(german: str) -> None:
    assert list(roles(german)) == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("The army attacked the rebels.", True),
        ("The rebels attacked the army.", False),
        ("The rebels were attacked by the army.", True),
        ("The army was attacked by the rebels.", False),
        ("The rebels whom the army had captured fled.", True),
        ("The rebels the army attacked fled.", True),
        ("The army, which attacked the rebels, withdrew.", True),
        ("The rebels had the help of the army.", True),
        ("The army is negotiating with the rebels.", None),
        ("The army was attacked, and the rebels fled.", None),
        ("The army attacked.", None),
        ("The army attacked the rebels, and the army won.", None),
    ],
)
def test_english_says_who_acts(english: str, expected: bool | None) -> None:
    assert acts_first(english, ("army",), ("rebel", "rebels")) is expected


def test_what_is_exchanged_is_told_and_what_is_not_is_left_alone() -> None:
    german = "Den Minister kritisierte die Kommission."
    (turned,) = exchanged_parties(german, "The minister criticised the commission.")
    assert (turned.kind, turned.said) == ("roles", "Kommission → Minister")
    assert not list(exchanged_parties(german, "The minister was criticised by the commission."))
    assert not list(exchanged_parties(german, "The commission criticised the minister."))
