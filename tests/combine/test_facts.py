"""Key facts: what the German confirms, in the words of the English."""

from __future__ import annotations

import pytest

from sahelsum.combine.facts import key_facts
from sahelsum.language.de.names import names_in_german
from sahelsum.language.names import country_of, known_names, names_in_english
from sahelsum.records import FactKind
from tests.samples import convoy, make_digest


def facts(german: str, english: str) -> dict[FactKind, list[str]]:
    digest = make_digest([[(german, english)]])
    found: dict[FactKind, list[str]] = {}
    for fact in key_facts(digest.article, digest.translations):
        assert fact.blocks == (1,)
        found.setdefault(fact.kind, []).append(fact.text)
    return found


def test_names_numbers_and_dates() -> None:
    assert facts(
        "Die derzeitige Regierung Malis unter General Assimi Goïta kam 2020 und 2021 an die Macht.",
        "Mali's current government under General Assimi Goita came to power in 2020 and 2021.",
    ) == {
        FactKind.COUNTRY: ["Mali"],
        FactKind.PERSON: ["Assimi Goïta"],
        FactKind.DATE: ["2020", "2021"],
    }


@pytest.mark.parametrize(
    ("german", "english", "phrase"),
    [
        (
            "JNIM hat mindestens einhundert Kraftfahrer ermordet.",
            "JNIM killed at least 100 drivers.",
            "at least 100 drivers",
        ),
        ("Mehr als 10.000 Menschen starben.", "More than 10,000 people died.", "more than 10,000 people"),
        ("zu 95 Prozent", "95 per cent of its fuel is imported", "95 per cent of its fuel"),
        ("etwa 50 Kilometern", "about 50 kilometres north of the border", "about 50 kilometres"),
        ("mit derzeit rund 1100 Soldaten", "with at least 1,100 soldiers", "about 1,100 soldiers"),
        (
            "mehr als hundert malische Sicherheitskräfte",
            "more than a hundred Malian security forces",
            "more than hundred Malian security forces",
        ),
        ("zwei Dutzend Soldaten", "two dozen soldiers were killed", "two dozen soldiers"),
    ],
)
def test_numbers_come_with_what_they_count(german: str, english: str, phrase: str) -> None:
    assert facts(german, english)[FactKind.NUMBER] == [phrase]


def test_german_left_standing_and_numbers_alone_are_no_facts() -> None:
    german = "„Mit Cissé liegt alles auf dem Tisch.“ In Paris, am 3.4.2025, habe man 100 gefangen genommen."
    english = "“Mit Cissé, everything is on the table.” In Paris, on 3.4.2025, 100 had been captured."
    assert facts(german, english) == {FactKind.PLACE: ["Paris"], FactKind.DATE: ["3 April 2025"]}


def test_an_invented_number_or_name_is_no_fact() -> None:
    found = facts("Viele Soldaten starben bei Gao.", "Some 200 soldiers of John Smith died in Niger near Gao.")
    assert found == {FactKind.PLACE: ["Gao"]}


def test_a_lost_name_is_still_a_fact() -> None:
    assert facts("JNIM griff Bamako an.", "They attacked the city.") == {
        FactKind.PLACE: ["Bamako"],
        FactKind.ARMED_GROUP: ["JNIM"],
    }


@pytest.mark.parametrize(
    ("german", "dates"),
    [
        ("am 1. November", ["1 November"]),
        ("(Moskau, 3.4.2025)", ["3 April 2025"]),
        ("im Februar 2018 und im Juli", ["February 2018", "July"]),
        ("Anfang 2024 und zwischen 2020 und 2023", ["2024", "2020", "2023"]),
        ("mit rund 1100 Soldaten und 2000 Helfern", []),
        ("die 2015 nur knapp daran gehindert wurden", ["2015"]),
    ],
)
def test_dates(german: str, dates: list[str]) -> None:
    assert facts(german, "x").get(FactKind.DATE, []) == dates


def test_blocks_are_gathered() -> None:
    digest = convoy()
    mali = next(fact for fact in key_facts(digest.article, digest.translations) if fact.text == "Mali")
    assert mali.blocks == (1, 3)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("nigrische Soldaten", "Nigerien soldiers"),
        ("nigerianische Soldaten", "Nigerian soldiers"),
        ("Malis Hauptstadt", "Mali’s capital"),
        ("die Hauptstadt Malis", "Mali's capital"),
        ("der tschadische Präsident", "the Chadian president"),
        ("Die US-Regierung", "The U.S. government"),
        ("al-Qaida-nahe Gruppen", "groups close to al-Qaeda"),
        ("die Vereinten Nationen", "the UN"),
        ("Sahelstaaten", "states of the Sahel"),
        ("Wagner-Gruppe", "the Wagner Group"),
        ("das Afrikakorps", "the Africa Corps"),
        ("in der Elfenbeinküste", "in Côte d'Ivoire"),
        ("die Elfenbeinküste", "Cote d’Ivoire"),
        ("in Grossbritannien", "in the United Kingdom"),
        ("Kämpfe in Nordmali", "fighting in northern Mali"),
        ("südlibysche Städte", "towns in southern Libya"),
        ("im Südsudan", "in South Sudan"),
        ("eine Pariser Zeitung", "a newspaper in Paris"),
        ("der GSIM", "JNIM"),
        ("EIGS-Kämpfer", "fighters of the Islamic State in the Greater Sahara"),
        ("„Islamischer Staat - Provinz Westafrika“", "Islamic State West Africa Province"),
        ("al-Qaida im islamischen Maghreb", "AQIM"),
        ("Außenminister Sergej Lawrow", "Foreign Minister Sergey Lavrov"),
        ("Junta-Chef Goita", "junta leader Assimi Goïta"),
        ('die Mission "Barchane"', "Operation Barkhane"),
        ("Ärzten ohne Grenzen zufolge", "according to Médecins Sans Frontières"),
        ("in Méneka", "in Ménaka"),
    ],
)
def test_names_agree_across_the_languages(german: str, english: str) -> None:
    assert names_in_german(german) == names_in_english(english) != set()


@pytest.mark.parametrize(
    "german",
    [
        "Die Kita in der Stadt bleibt zu, sagte der Man.",
        "Er ist tot, sagt Po. Das Maß ist voll.",
        "Malik Traoré ging ins Nigeraland.",
        "Das ist ein Auszug aus dem Atlas.",
        "Die Chinarinde und der Westwind",
        "Das kostet 20 Millionen US-Dollar, heißt es auf Deutsch.",
    ],
)
def test_common_words_and_parts_of_words_are_no_names(german: str) -> None:
    assert names_in_german(german) == frozenset()


def test_the_gazetteer_is_large_and_consistent() -> None:
    entries = known_names().values()
    assert len(entries) >= 300
    assert {
        kind for kind in FactKind if kind not in (FactKind.NAME, FactKind.NUMBER, FactKind.DATE, FactKind.THEME)
    } == {entry.kind for entry in entries}
    assert [entry.name for entry in entries if entry.kind is FactKind.COUNTRY and entry.country != entry.name] == []
    for entry in entries:
        assert entry.name in names_in_english(f"It was {entry.name}, he said.")
        assert entry.forms["de"], entry.name


def test_no_form_belongs_to_two_names() -> None:
    for language in ("en", "de"):
        owners: dict[str, str] = {}
        for entry in known_names().values():
            for form in set(entry.forms[language]):
                assert owners.setdefault(form, entry.name) == entry.name, form


def test_niger_is_not_nigeria_and_us_is_not_us() -> None:
    assert names_in_english("Nigerian troops told us") == {"Nigeria"}
    assert names_in_german("nigrische Truppen") == {"Niger"}
    assert country_of("Bamako") == "Mali"
    assert country_of("Nowhere") == ""


MANY = 5_000
"""Enough to keep any search that starts anew for each name or number busy for long."""


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("mehr als 100 Soldaten ", {FactKind.NUMBER: ["more than 100 soldiers"]}),
        ("Assata Cissé, ", {FactKind.NAME: ["Assata Cissé"]}),
        ("am 1. Januar 2025 ", {FactKind.DATE: ["1 January 2025"]}),
        ("1. ", {}),
        ("A.b.", {}),
        ("100-ab-", {}),
    ],
)
def test_repetition_adds_no_fact(unit: str, expected: dict[FactKind, list[str]]) -> None:
    english = unit.replace("mehr als 100 Soldaten", "more than 100 soldiers")
    assert facts(unit * MANY, english * MANY) == expected


def test_names_that_the_german_lacks_are_no_facts_however_many() -> None:
    english = " ".join(f"Ab{'c' * (number % 50)}x{number}" for number in range(MANY))
    assert facts("Assata Cissé kam an.", f"{english} said, Assata Cissé came.") == {FactKind.NAME: ["Assata Cissé"]}


def test_a_chain_of_hyphens_is_read_as_it_stands() -> None:
    assert facts("100 Soldaten", f"100 {'ab-' * MANY}cd") == {}
    assert facts("100 Soldaten", "100 hard-hit counter-insurgency soldiers")[FactKind.NUMBER] == [
        "100 hard-hit counter-insurgency soldiers"
    ]
