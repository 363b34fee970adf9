"""Corrections from the file of the reading room to the pages, with the echo engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.cli.main import cli

SHARED = "Die Armee hat in Bamako 24 Menschen festgenommen."
BETTER = "The army has arrested 24 people in Bamako."


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    add("a", f"{SHARED} Der Minister sprach am Montag im Radio.")
    add("b", "In Niger sind die Schulen seit Wochen geschlossen. Die Regierung schweigt dazu.")


def add(name: str, text: str) -> None:
    Path("news", f"{name}.txt").write_text(text, encoding="utf-8")


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def run(*more: str) -> Result:
    return sahelsum("run", "news", "--engine", "echo", "-o", "out", *more)


def corrections(text: str = BETTER) -> str:
    entry = {"article": "a", "sentence": 1, "language": "de", "source": SHARED, "before": "", "text": text}
    content = {"format": "sahelsum-corrections-1", "corrections": [entry]}
    Path("c.json").write_text(json.dumps(content), encoding="utf-8")
    return "c.json"


def english(name: str) -> list[tuple[str, bool]]:
    digest = json.loads(Path("out", "data", f"{name}.json").read_text(encoding="utf-8"))
    return [(item["text"], item["human"]) for item in digest["translations"]]


def test_a_correction_reaches_page_data_and_reading_room_and_stays(tmp_path: Path) -> None:
    assert run("--html").exit_code == 0
    other = Path("out", "b.md").stat().st_mtime_ns
    done = sahelsum("correct", corrections(), "out", "--engine", "echo")
    assert done.exit_code == 0, done.output
    assert "1 correction kept, 1 article made again." in done.output
    assert english("a")[0] == (BETTER, True)
    assert BETTER in Path("out", "a.md").read_text(encoding="utf-8")
    assert "Corrected by a person" in Path("out", "site", "article", "a.html").read_text(encoding="utf-8")
    assert Path("out", "b.md").stat().st_mtime_ns == other
    again = run()
    assert "2 unchanged" in again.output
    assert english("a")[0] == (BETTER, True)


def test_an_equal_sentence_of_a_later_article_has_it_too() -> None:
    run()
    sahelsum("correct", corrections(), "out", "--engine", "echo")
    add("c", f"Der Bericht ist neu. {SHARED}")
    run()
    assert english("c")[1] == (BETTER, True)


def test_a_second_correction_replaces_the_first() -> None:
    run()
    sahelsum("correct", corrections("First."), "out", "--engine", "echo")
    sahelsum("correct", corrections("Second."), "out", "--engine", "echo")
    assert english("a")[0] == ("Second.", True)


def test_every_part_of_a_parted_run_is_corrected() -> None:
    run("--shard", "1")
    done = sahelsum("correct", corrections(), "out", "--engine", "echo")
    assert done.exit_code == 0, done.output
    assert BETTER in Path("out", "part-0001", "a.md").read_text(encoding="utf-8")
    assert "1 article made again" in done.output


def test_a_page_edited_by_hand_is_kept_without_force() -> None:
    run()
    page = Path("out", "a.md")
    page.write_text(page.read_text(encoding="utf-8").replace("# ", "# My "), encoding="utf-8")
    done = sahelsum("correct", corrections(), "out", "--engine", "echo")
    assert "edited by hand" in done.output
    assert BETTER not in page.read_text(encoding="utf-8")
    sahelsum("correct", corrections(), "out", "--engine", "echo", "--force")
    assert BETTER in page.read_text(encoding="utf-8")


def test_a_folder_of_other_settings_is_left_alone_and_the_way_told() -> None:
    run("--summary-sentences", "1")
    before = Path("out", "a.md").read_bytes()
    done = sahelsum("correct", corrections(), "out", "--engine", "echo")
    assert done.exit_code == 2
    assert "made with other settings" in done.output
    assert "sahelsum run SOURCES" in done.output
    assert Path("out", "a.md").read_bytes() == before
    run()
    assert english("a")[0] == (BETTER, True)


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("missing.json", "out"), "is not a file", 1),
        (("news/a.txt", "out"), "is not JSON", 1),
        (("c.json", "nowhere"), "no digests are in it", 1),
        (("c.json", "out", "--no-memory"), "Leave out --no-memory", 2),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[str, ...], told: str, code: int) -> None:
    run()
    corrections()
    done = sahelsum("correct", *arguments, "--engine", "echo")
    assert done.exit_code == code
    assert told in done.output
    assert not Path("nowhere").exists()


def test_corrections_go_to_another_machine_as_tmx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run()
    sahelsum("correct", corrections(), "out", "--engine", "echo")
    done = sahelsum("memory", "export", "--tmx", "all.tmx", "out")
    assert done.exit_code == 0, done.output
    assert "4 sentences in all.tmx" in done.output
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "elsewhere"))
    done = sahelsum("memory", "import", "all.tmx")
    assert "3 sentences that a model of sahelsum translated" in done.output
    assert "1 corrections kept" in done.output
    assert json.loads(sahelsum("memory", "show", "--json").output)["corrections"] == 1
    sahelsum("run", "news", "--engine", "echo", "-o", "out2")
    assert BETTER in Path("out2", "a.md").read_text(encoding="utf-8")
