"""Offers and notes of the publisher are told from the article; nothing of a report is taken for one."""

from __future__ import annotations

import pytest

from sahelsum.language.packs import pack_of
from sahelsum.read.draft import Draft
from sahelsum.read.paragraphs import split_paragraphs
from sahelsum.read.structure import Structure, find_structure
from sahelsum.records import ExtractKind

DE = pack_of("de")
PROSE = "Bei dem Angriff bei Gao wurden zwölf Soldaten getötet, wie die Armee am Montag in Bamako mitteilte."
OFFERS = """Sie möchten weiterlesen?
Jetzt mit PLUS alle Artikel lesen. 1. Monat gratis, danach 9,99 € pro Monat, jederzeit kündbar.
Bereits Abonnent? Hier anmelden.
Weiterlesen mit Digitalabo
Dieser Artikel ist exklusiv für Abonnenten.
Nur für Abonnenten
Testen Sie 4 Wochen für 1 Euro alle Artikel.
Registrieren Sie sich kostenlos und lesen Sie weiter.
Um weiterzulesen, melden Sie sich bitte an.""".split("\n")
NOTES = """Dieser Artikel wurde mit Unterstützung der Beispielstiftung für Journalismus im Sahel erstellt.
Unsere Journalisten folgen dem Redaktionskodex und berichten unabhängig über Mali, Niger und Burkina Faso.
Der Autor ist freier Journalist und berichtet seit zehn Jahren aus der Sahelregion in Mali und Niger.
Unsere Korrespondentin Anna Muster berichtet seit 2019 aus Westafrika.
Anna Muster ist freie Journalistin in Dakar.
© 2025 Beispiel-Zeitung
© Beispiel-Verlag GmbH
Alle Rechte vorbehalten.
Abonnieren Sie unseren Newsletter
Jeden Morgen das Wichtigste: Melden Sie sich für unseren Newsletter an.
Transparenzhinweis: Die Autorin reiste auf Einladung der Bundeswehr.
Lesen Sie auch: Putsch in Niger
Mehr zum Thema""".split("\n")
REPORTS = """Jetzt will die Junta Wahlen abhalten.
Jetzt kommt der Minister plus Gefolge.
Bereits am Montag waren 300 Mitglieder der Gruppe im Ort.
Schon am Freitag hatte ein Mitglied der Junta gewarnt.
Das Projekt wird von der EU mit 20 Millionen Euro finanziert.
Der Bericht wurde von der Bundesregierung unterstützt.
Gefördert von der EU baute der Staat Schulen. Dann kam der Krieg.
Die Lizenz kostet 5 Millionen Euro und ist kündbar.
Nur mit Hilfe der Mitglieder der AES sei das möglich.
Der Journalist ist seit Montag verschwunden.
Der Reporter arbeitet für RFI und wurde verhaftet.
Hier zeigt sich: Der Newsletter der Junta lügt.
Lesen Sie mehr Bücher, sagte der Minister.
Anmerkung der Redaktion: In einer früheren Fassung hieß es, 120 Soldaten seien getötet worden.""".split("\n")


def structure(*paragraphs: str) -> Structure:
    lines = split_paragraphs("\n\n".join(paragraphs), DE)
    return find_structure([Draft(line) for line in lines], DE, plain=True, title="Titel")


def codes(found: Structure) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize("note", NOTES)
def test_notes_of_the_publisher_are_left_out_with_a_count(note: str) -> None:
    found = structure(PROSE, PROSE, note)
    assert [block.text for block in found.blocks] == [PROSE, PROSE]
    assert [(extract.kind, extract.text) for extract in found.extracts] == [(ExtractKind.BOILERPLATE, note)]
    assert codes(found) == ["READ-OMITTED"]


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_at_the_end_makes_a_teaser(offer: str) -> None:
    found = structure(PROSE, offer)
    assert [block.text for block in found.blocks] == [PROSE]
    assert codes(found) == ["READ-OMITTED", "READ-TEASER"]


def test_an_offer_in_the_middle_is_left_out_and_the_article_is_whole() -> None:
    found = structure(PROSE, "Bereits Abonnent? Hier anmelden.", *[PROSE] * 4)
    assert codes(found) == ["READ-OMITTED"]
    assert len(found.blocks) == 5


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_not_taken_for_a_note(report: str) -> None:
    found = structure(PROSE, report, PROSE)
    assert report in [block.text for block in found.blocks]
    assert codes(found) == []


def test_a_text_of_nothing_but_notes_is_kept() -> None:
    assert [block.text for block in structure("Abonnieren Sie unseren Newsletter.").blocks]


@pytest.mark.parametrize(
    ("text", "without", "marks"),
    [
        ("Im Jahr 2023⁴ starben 8.494⁵ Menschen.", "Im Jahr 2023 starben 8.494 Menschen.", ["⁴", "⁵"]),
        ("Es misst 10⁶ auf 5 km² und 3 m³.", "Es misst 10⁶ auf 5 km² und 3 m³.", []),
        ("„Nein.“³ Er ging.", "„Nein.“ Er ging.", ["³"]),
    ],
)
def test_footnote_marks_of_plain_text(text: str, without: str, marks: list[str]) -> None:
    found = structure(text, PROSE)
    assert found.blocks[0].text == without
    assert [extract.text for extract in found.extracts] == marks


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Wenn eine Regierung die Wahl\nimmer wieder verschiebt, muss sie\nsich Fragen stellen.", 1),
        ("Sie verschiebt\ndie Wahl.", 1),
        ("Erste Zeile.\nZweite Zeile.\nund dritte.", 3),
        ("Abzug der Truppen\nFrieden\nWahlen", 3),
    ],
)
def test_lines_that_go_on_in_a_small_letter_are_one_sentence(text: str, paragraphs: int) -> None:
    assert len(split_paragraphs(text, DE)) == paragraphs
