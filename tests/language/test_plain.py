"""German as a model reads it best, and numbers that English does not write as German does."""

from __future__ import annotations

import pytest

from sahelsum.language.de.plain import plain_german
from sahelsum.language.de.repairs import german_repairs


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Die Lehrer/-innen und Schüler/innen", "Die Lehrer und Schüler"),
        ("MitarbeiterInnen und JournalistInnen", "Mitarbeiter und Journalisten"),
        ("Bürger:innen, Expert_innen, Kolleg*innen, Politiker(innen)", "Bürger, Experten, Kollegen, Politiker"),
        ("Jede*r Wähler*in", "Jeder Wähler"),
        ("ein:e Sprecher:in", "ein Sprecher"),
        ("Ärzt*innen, Bäuer:innen und Jüd*innen", "Ärzte, Bauern und Juden"),
        ("Der/die Leiter/in", "Der Leiter"),
        ("LinkedIn, YouTube, Mali/Niger, der Sprecher: in Gao", "LinkedIn, YouTube, Mali/Niger, der Sprecher: in Gao"),
        ("Sow (* 1950; † 2020) und Ba (*1960)", "Sow (geboren 1950; gestorben 2020) und Ba (geboren 1960)"),
        ("Es kostet 3,4 Bio. Franc.", "Es kostet 3,4 Billionen Franc."),
    ],
)
def test_forms_are_read_as_plain_words(written: str, plain: str) -> None:
    assert plain_german(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("NIGER: JUNTA VERBIETET DEMONSTRATIONEN IN NIAMEY", "Niger: Junta verbietet Demonstrationen in Niamey"),
        ("UNO UND EU WARNEN VOR HUNGER IM SAHEL", "UNO und EU warnen vor Hunger im Sahel"),
        ("Warum der Westen JETZT HANDELN MUSS", "Warum der Westen jetzt Handeln muss"),
        ("UNO, EU und USA reden mit JNIM und ISGS.", "UNO, EU und USA reden mit JNIM und ISGS."),
        ("Der FC BARCELONA spielt.", "Der FC BARCELONA spielt."),
    ],
)
def test_headlines_in_capitals_are_recased_and_names_kept(written: str, plain: str) -> None:
    assert plain_german(written) == plain


def put_right(german: str, english: str) -> str:
    for repair in reversed(german_repairs(german, english)):
        english = english[: repair.start] + repair.after + english[repair.end :]
    return english


@pytest.mark.parametrize(
    ("german", "english", "right"),
    [
        ("312.450 Menschen", "312.450 people", "312,450 people"),
        ("1.234,5 km", "1.234,5 km", "1,234.5 km"),
        ("2,5 Prozent", "2,5 percent", "2.5 percent"),
        ("Am 7.3.2025", "On 7.3.2025", "On 7 March 2025"),
        ("Am 7.3.2025", "On July 3, 2025", "On 7 March 2025"),
        ("Am 7. März 2025", "On 7. March 2025", "On 7 March 2025"),
        ("um 19:30 Uhr", "at 19:30 p.m.", "at 7:30 p.m."),
        ("um 19:30 Uhr", "at 7:30 a.m.", "at 7:30 p.m."),
        ("um 19.30 Uhr", "at 19.30 Uhr", "at 19:30"),
        ("3,4 Bio. Franc", "3.4 billion francs", "3.4 trillion francs"),
        ("3,4 Mrd. Franc", "3,4 Mrd. francs", "3.4 billion francs"),
        ("3,4 Milliarden", "3.4 million", "3.4 billion"),
    ],
)
def test_numbers_dates_and_times_are_put_right(german: str, english: str, right: str) -> None:
    assert put_right(german, english) == right


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("12.000 Mann", "12,000 men"),
        ("um 6 Uhr", "at 6 o'clock"),
        ("um 12 Uhr", "at 12 p.m."),
        ("um 7:30 Uhr", "at 7:30 a.m."),
        ("um 19:30 Uhr", "at 7:30 p.m."),
        ("3 Milliarden und 3 Millionen", "3 million and 3 billion"),
        ("Am 5. Juni und am 6.5.2024", "On 5 June and 6 May 2024"),
        ("Version 2.0.1", "version 2.0.1"),
        ("zwölf Mann", "12.500 men"),
    ],
)
def test_what_is_right_or_unclear_is_left_alone(german: str, english: str) -> None:
    assert put_right(german, english) == english
