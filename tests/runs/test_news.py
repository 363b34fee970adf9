"""What a run tells of what came since the last one, of a part of its articles, and in notes on names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.output.arrivals import load_arrivals
from sahelsum.output.names import note_name, note_stem
from sahelsum.output.write import OutputFolder
from sahelsum.records.folder import Selection
from sahelsum.runs.artefacts import Style
from tests.folders import OTHER, TEXT, Folder

NIGER = "Am 3. Mai 2025 starben in Niamey 24 Soldaten. Niger trauert um die Soldaten."


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add("a.txt", TEXT)
    made.add("b.txt", OTHER)
    return made


def page(folder: Folder) -> str:
    return (folder.output / "digest.md").read_text(encoding="utf-8")


def new_section(folder: Folder) -> str:
    return page(folder).partition("## New\n")[2].partition("## Overview")[0]


def test_of_a_first_run_nothing_is_new_and_then_what_came(folder: Folder) -> None:
    folder.run()
    assert "## New" not in page(folder)
    folder.add("c.txt", NIGER)
    folder.run()
    assert "(c.md)" in new_section(folder)
    assert "(a.md)" not in new_section(folder)
    assert "They alone tell of 1 event." in new_section(folder)
    assert "| 3 May 2025 **new** |" in page(folder)


def test_a_run_that_brings_nothing_leaves_what_is_new(folder: Folder) -> None:
    folder.run()
    folder.add("c.txt", NIGER)
    folder.run()
    before = folder.bytes()
    folder.run()
    assert folder.bytes() == before
    folder.add("a.txt", TEXT + " Das ist neu.")
    folder.run()
    assert "(a.md)" in new_section(folder)
    assert "(c.md)" not in new_section(folder)


def test_without_what_was_kept_of_it_all_that_is_there_is_old(folder: Folder) -> None:
    folder.run()
    (folder.output / "data/arrivals.index").unlink()
    folder.add("c.txt", NIGER)
    folder.run()
    assert "(c.md)" in new_section(folder)
    assert "(a.md)" not in new_section(folder)
    (folder.output / "data/arrivals.index").write_text('{"format": "sahelsum-arrivals-1", "run": "x"}')
    assert load_arrivals(OutputFolder(folder.output)) is None
    folder.run()
    assert "## New" not in page(folder)


def test_a_selection_is_about_the_combined_page_alone(folder: Folder) -> None:
    folder.add("c.txt", NIGER)
    folder.run(selection=Selection(countries=("Niger",)))
    assert (folder.output / "b.md").exists()
    assert "**Chosen:** articles about Niger. 1 left out." in page(folder)
    assert "(c.md)" in page(folder)
    assert "(b.md)" not in page(folder)
    folder.run(selection=Selection(since="2030"))
    assert "No article fits what was chosen." in page(folder)
    folder.run()
    assert "**Chosen:**" not in page(folder)


def test_the_data_of_the_folder_have_what_the_page_is_made_from(folder: Folder) -> None:
    folder.add("c.txt", NIGER)
    folder.run()
    data = json.loads((folder.output / "digest.json").read_text(encoding="utf-8"))
    assert [article["id"] for article in data["articles"]] == ["a", "b", "c"]
    (event,) = [event for event in data["events"] if event["date"] == "2025-05-03"]
    assert (event["place"], event["reports"][0]["counts"][0]["value"]) == ("Niamey", "24")
    (folder.output / "digest.json").unlink()
    folder.run()
    assert (folder.output / "digest.json").exists()


def test_in_a_vault_each_name_has_a_note_and_edited_ones_are_kept(folder: Folder) -> None:
    folder.add("c.txt", NIGER)
    folder.run(style=Style(wikilinks=True))
    note = folder.output / note_name("Niamey")
    assert "# Niamey" in note.read_text(encoding="utf-8")
    assert "[[Niamey]]" in (folder.output / "c.md").read_text(encoding="utf-8")
    mine = note.read_text(encoding="utf-8") + "\nMine.\n"
    note.write_text(mine, encoding="utf-8")
    own = folder.output / note_name("Niger")
    own.write_text("My own note.", encoding="utf-8")
    folder.add("d.txt", NIGER + " Das ist ein weiterer Text.")
    folder.run(style=Style(wikilinks=True))
    assert note.read_text(encoding="utf-8") == mine
    assert own.read_text(encoding="utf-8") == "My own note."


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "Mali", "Center for Strategic and International Studies"])
def test_a_plain_name_is_the_stem_of_its_note(name: str) -> None:
    assert note_stem(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "a/b", "a\\b", "a|b", "[[x]]", "#x", "x^y", "con", "NUL.txt", "x" * 300, "é" * 200),
        *("a:b", "\u202ex", "a\nb", "_x_", " x ", "x.", "%41"),
    ],
)
def test_any_other_name_becomes_a_safe_one_of_its_own(name: str) -> None:
    stem = note_stem(name)
    assert stem != name
    assert len(stem.encode()) <= 120
    assert not set(stem) & set('/\\|[]#^:*?"<>%_\n\u202e')
    assert stem.strip(" .") == stem
    assert note_stem(name + "y") != stem
