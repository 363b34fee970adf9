# ruff: noqa: E501 - sentences in one piece
"""A run with a model that writes sentences for groups of sentences, and headlines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sahelsum.output.sidecar import digest_from_json
from sahelsum.records import Digest, Reason
from sahelsum.runs.job import Model
from sahelsum.summarization.setup import GroupMarks
from tests.fakes import FakeEngine, Writer
from tests.folders import Folder, model

ENGLISH = {
    "Bewaffnete griffen am Montag bei Bamako einen Tankkonvoi an.": "Armed men attacked a fuel convoy near Bamako on Monday.",
    "Laut Armee wurden mindestens 24 Soldaten getötet.": "According to the army, at least 24 soldiers were killed.",
    "Die Schulen in der Stadt Niamey sind seit April geschlossen.": "Schools in the city of Niamey have been closed since April.",
}  # fmt: skip
ATTACK = " ".join(list(ENGLISH)[:2])
SCHOOLS = list(ENGLISH)[2]
FUSED = "Armed men attacked a fuel convoy near Bamako on Monday, killing at least 24 soldiers, according to the army."
HEADLINE = "Gunmen attack fuel convoy near Bamako on Monday"
AGAIN = "Armed men attacked a fuel convoy near Bamako on Monday, and at least 24 soldiers were killed, according to the army."
WRONG = "Armed men attacked a fuel convoy near Timbuktu on Monday."


def wordings(text: str) -> list[str]:
    if text.startswith("# "):
        return [HEADLINE]
    if "killing" in text:
        return [AGAIN]  # the overview's own words
    return [WRONG, FUSED] if "convoy" in text else []


def written(answer: object = wordings) -> Model:
    made = model(Writer(answer), alias="our-fuser")  # type: ignore[arg-type]
    return replace(made, marks=GroupMarks("=", "#"))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add("a.txt", ATTACK)
    made.add("b.txt", SCHOOLS)
    made.run(FakeEngine(lambda text: ENGLISH.get(text, text)), summarizer=written(), summary_sentences=1)
    return made


def digest(folder: Folder, name: str) -> Digest:
    return digest_from_json((folder.output / f"data/{name}.json").read_text(encoding="utf-8"))


def test_the_page_says_who_wrote_and_what_was_checked(folder: Folder) -> None:
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    assert FUSED in page
    assert "Written by our-fuser from the sentences cited, and checked against them." in page
    assert WRONG not in page
    assert "Extractive" in (folder.output / "b.md").read_text(encoding="utf-8")


def test_what_was_refused_is_kept_with_its_reason(folder: Folder) -> None:
    summary = digest(folder, "a").summary
    assert [(item.text, item.reason, item.evidence) for item in summary.refused] == [(WRONG, Reason.NAME, (1, 2))]


def test_an_article_without_a_title_gets_a_headline(folder: Folder) -> None:
    with_headline, without = digest(folder, "a"), digest(folder, "b")
    assert (with_headline.title, with_headline.title_origin) == (HEADLINE, "headline")
    assert without.title_origin == "first sentence"
    assert without.summary.refused[-1].headline
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    assert f"# {HEADLINE}" in page
    assert "written by our-fuser from the beginning of the article, and checked against it" in page


def test_the_overview_is_written_too(folder: Folder) -> None:
    page = (folder.output / "digest.md").read_text(encoding="utf-8")
    assert AGAIN in page
    assert (
        "Written by our-fuser from the sentences cited, and checked against them; 1 of 2 taken word for word." in page
    )


def test_data_of_earlier_versions_are_read(folder: Folder) -> None:
    data = json.loads((folder.output / "data/a.json").read_text(encoding="utf-8"))
    del data["summary"]["refused"]
    for sentence in data["summary"]["sentences"]:
        del sentence["written"]
    old = digest_from_json(json.dumps(data))
    assert old.summary.refused == ()
    assert [sentence.text for sentence in old.summary.sentences] == [FUSED]
