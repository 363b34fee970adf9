"""What a summary is made from: nothing that was taken back, no question."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import Folder


def summary(tmp_path: Path, text: str) -> str:
    folder = Folder(tmp_path)
    folder.add("a.txt", text)
    folder.run()
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    return page.partition("## Summary")[2].partition("\n## ")[0].casefold()


@pytest.mark.parametrize(
    "note",
    [
        "Hinweis der Redaktion: In einer ersten Fassung dieses Artikels stand, es seien 120 Soldaten getötet worden.",
        "Korrektur: Der Angriff mit 120 toten Soldaten war in Mali, nicht in Niger, wie wir geschrieben haben.",
        "In einer früheren Version hieß es, bei dem Angriff bei Gao seien 120 Soldaten getötet worden.",
    ],
)
def test_what_was_taken_back_is_not_in_the_summary(tmp_path: Path, note: str) -> None:
    text = (
        f"Bei dem Angriff bei Gao wurden zwölf Soldaten getötet, wie die Armee mitteilte.\n\n{note} Das war falsch.\n"
    )
    told = summary(tmp_path, text)
    assert "zwölf soldaten" in told
    assert "120" not in told


def test_no_question_stands_for_its_answer(tmp_path: Path) -> None:
    text = (
        "Stimmt es, dass bei dem Angriff auf den Konvoi bei Gao dreißig Soldaten der Armee starben?\n\n"
        "Nein, diese Zahl ist falsch. Es waren zwölf Soldaten der Armee, die bei Gao starben.\n"
    )
    told = summary(tmp_path, text)
    assert "zwölf soldaten" in told
    assert "stimmt" not in told


def test_an_article_of_questions_alone_has_a_summary(tmp_path: Path) -> None:
    assert "stimmt es" in summary(
        tmp_path, "Stimmt es, dass bei dem Angriff auf den Konvoi dreißig Soldaten starben?\n"
    )
