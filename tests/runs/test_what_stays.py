"""A whole run over texts that hold what is not to be translated, or what a model is known to lose."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.packs import pack_of
from sahelsum.output.sidecar import digest_from_json
from sahelsum.records import Digest
from sahelsum.segment import split_at_sentences
from sahelsum.translation import Retry
from tests.fakes import DictMemory, FakeEngine
from tests.folders import Folder, model


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def digest(folder: Folder, text: str, engine: FakeEngine, **settings: object) -> Digest:
    folder.add("a.txt", text)
    folder.run(translator=model(engine), **settings)
    return digest_from_json((folder.output / "data/a.json").read_text(encoding="utf-8"))


def codes(made: Digest) -> list[str]:
    return [finding.code for finding in made.findings]


def test_marks_and_other_languages_stay_in_their_places_and_reach_no_model(folder: Folder) -> None:
    french = "Les rebelles ont attaqué un camp de l'armée dans le nord du pays."
    german = "Die Rebellen griffen am Montag ein Lager der Armee im Norden des Landes an."
    engine = FakeEngine()
    made = digest(folder, f"{german}\n\n* * * * *\n\n{french}\n\n{german[:-3]} von Gao an.\n", engine)
    texts = [item.text for item in made.translations]
    assert texts[1:3] == ["* * * * *", french]
    assert not any(french in text or "*" in text for call in engine.calls for text in call)
    assert "MT-FOREIGN" in codes(made)
    assert french not in made.summary.text
    assert french in (folder.output / "a.md").read_text(encoding="utf-8").replace("\\", "")


def test_german_around_a_quotation_in_another_language_is_translated(folder: Folder) -> None:
    french = "Nous ne voulons pas de cette guerre avec nos voisins du nord"
    engine = FakeEngine()
    german = "Die Rebellen griffen am Montag ein Lager der Armee im Norden des Landes an."
    made = digest(folder, f"{german}\n\nDie Regierung Malis: „{french}“, sagte Diop.\n", engine)
    assert made.translations[1].text == f"DIE REGIERUNG MALIS: „{french}“, SAGTE DIOP."


def test_repaired_numbers_are_told_also_in_a_title_and_whatever_is_silenced(folder: Folder) -> None:
    text = "12.500 Menschen fliehen\n\nAm Montag flohen 12.500 Menschen vor den Kämpfen aus dem Norden von Mali.\n"
    made = digest(folder, text, FakeEngine(str), checks=Thresholds(disabled=("NUM-REPAIRED", "NUM-FORMAT")))
    told = [finding for finding in made.findings if finding.code == "NUM-REPAIRED"]
    assert "12,500" in made.title
    assert [finding.sentence for finding in told] == [1, None]
    assert {finding.target_value for finding in told} == {"12.500 → 12,500"}


def test_a_sentence_that_a_quotation_loses_is_translated_apart(folder: Folder) -> None:
    english = {
        "Der": "The witness said: “It was dark.",
        "Niemand": "Nobody helped us.",
        "Danach": "Then help came.”",
    }

    def forgetful(text: str) -> str:
        """It says the first sentence of what it is given."""
        return english[text.split(maxsplit=1)[0]]

    source = pack_of("de")
    apart = Retry("by sentences", DictMemory(), clauses=partial(split_at_sentences, source=source), only="SENT-LOST")
    folder.add("a.txt", "Der Zeuge sagte: „Es war dunkel. Niemand half uns. Danach kam Hilfe.“\n")
    folder.run(translator=replace(model(FakeEngine(forgetful)), retries=(apart,)))
    made = digest_from_json((folder.output / "data/a.json").read_text(encoding="utf-8"))
    assert made.translations[0].text == "The witness said: “It was dark. Nobody helped us. Then help came.”"
    assert "SENT-LOST" not in codes(made)


def test_a_lost_sentence_that_stays_lost_is_flagged(folder: Folder) -> None:
    text = "Der Zeuge sagte: „Es war dunkel. Niemand half uns. Danach kam Hilfe.“\n"
    made = digest(folder, text, FakeEngine(lambda _: "The witness said: “It was dark.”"))
    assert "SENT-LOST" in codes(made)
