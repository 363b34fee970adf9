"""A text as a document: dates and credits stay, empty lines too, and no letter is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.app.documents import document_lines
from sahelsum.app.settings import load_config
from sahelsum.app.texts import summarize_text
from sahelsum.cli.main import cli
from sahelsum.language.packs import pack_of

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARTICLE = """Krise in Mali
03.03.2025, 18:04 Uhr
Von Anna Muster


Bamako, 3. März 2025 (dpa) – Die Armee hat am Montag 24 Menschen festgenommen, und die Lage bleibt angespannt.

Die Lage im Norden bleibt angespannt. Viele Menschen sind auf der Flucht.
© 2025 taz
"""


def visible(text: str) -> str:
    return "".join(text.split())


def kept(text: str) -> list[str]:
    return [piece.text for line in document_lines(text, pack_of("de")) for piece in line.pieces if piece.kind]


def test_who_and_when_stay_as_they_are() -> None:
    assert kept(ARTICLE) == ["03.03.2025, 18:04 Uhr", "Von Anna Muster", "Bamako, 3. März 2025 (dpa) –", "© 2025 taz"]


def test_empty_lines_stay() -> None:
    assert [line.empty_above for line in document_lines(ARTICLE, pack_of("de"))] == [0, 0, 0, 2, 1, 0]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_nothing_of_an_article_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = document_lines(text, pack_of("de"))
    said = "".join(piece.text for line in lines for piece in line.pieces)
    assert sorted(visible(said).replace("-", "")) == sorted(visible(text.lstrip("\ufeff")).replace("-", ""))


LINES = st.sampled_from(
    [
        "",
        "Von Anna Muster",
        "dpa",
        "3. März 2025",
        "Die dpa meldet: Es gab Tote.",
        "Foto: dpa",
        "© dpa",
        "Bamako (dpa) –",
    ]
)


@given(st.lists(LINES))
def test_nothing_of_any_lines_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    said = [piece.text for line in document_lines(text, pack_of("de")) for piece in line.pieces]
    assert visible("".join(said)) == visible(text)


def test_translate_keeps_them_and_summarize_takes_the_prose(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    english = CliRunner().invoke(cli, ["translate", str(file), "--engine", "echo", "--no-memory"]).stdout
    lines = english.split("\n")
    assert lines[1:5] == ["03.03.2025, 18:04 Uhr", "Von Anna Muster", "", ""]
    assert lines[5].startswith("Bamako, 3. März 2025 (dpa) – [echo] Die Armee")
    assert lines[-2] == "© 2025 taz"
    settings = load_config({"summary_sentences": 9}).settings
    said = summarize_text(english, None, settings).text
    assert said.startswith("[echo]")
    assert "dpa" not in said
    assert "Muster" not in said
    assert "taz" not in said


def test_a_text_of_headings_alone_is_summed_up_all_the_same() -> None:
    settings = load_config({}).settings
    assert summarize_text("Crisis in Mali", None, settings).text == "Crisis in Mali"


def test_as_json_what_stays_has_a_row_too(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    said = CliRunner().invoke(cli, ["translate", str(file), "--engine", "echo", "--no-memory", "--json"]).stdout
    assert '{"line": 3, "source": "Von Anna Muster", "translation": "Von Anna Muster", "kept": "credit"}' in said
