"""``sahelsum run`` on a folder it has done already: the same words, and nothing loaded for them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum import settled
from sahelsum.cli.main import cli

HEAVY = {
    "torch", "transformers", "ctranslate2", "sentencepiece", "sentencex", "lingua", "numpy", "rich", "sqlite3",
    "jinja2", "yaml", "pydantic", "markdown_it", "tomllib", "charset_normalizer", "huggingface_hub", "trafilatura",
}  # fmt: skip
OPTIONS = ("run", "in", "--output", "out", "--engine", "echo", "--no-language-check", "--no-memory")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles, in a world where nothing is so new that it could still be changing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(settled, "RACY_SEC", -3600.0)
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"in/{name}.txt").write_text(f"Die Lage in Mali ist ruhig. Artikel {name} endet hier.")
    return tmp_path


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments or OPTIONS)


def notes(folder: Path) -> list[Path]:
    return list((folder / "cache" / settled.FOLDER).glob("*"))


def without_seconds(text: str) -> str:
    return re.sub(r"\d+\.\d s", "… s", text)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_it_says_what_the_ordinary_way_says(folder: Path) -> None:
    assert "2 done" in sahelsum().stderr
    (note,) = notes(folder)
    before = snapshot(folder / "out")
    short = sahelsum()
    note.unlink()
    ordinary = sahelsum()
    assert without_seconds(short.stderr) == without_seconds(ordinary.stderr)
    assert short.stderr.startswith("2 unchanged")
    assert (short.exit_code, short.stdout) == (ordinary.exit_code, ordinary.stdout) == (0, "")
    assert snapshot(folder / "out") == before


def test_it_loads_nothing_heavy(folder: Path) -> None:
    sahelsum()
    script = (
        "import sys\n"
        "from sahelsum.cli.main import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    # The child's way into the package is another than pytest's, so that it has notes of its own.
    done = [
        subprocess.run(
            [sys.executable, "-c", f"from sahelsum import settled\nsettled.RACY_SEC = -3600.0\n{script}", *OPTIONS],
            check=True,
            capture_output=True,
            text=True,
        )
        for _ in range(2)
    ]
    assert done[1].stderr.startswith("2 unchanged")
    assert set(done[1].stdout.split()) & HEAVY == set()


@pytest.mark.parametrize("option", ["--force", "--verbose", "--json"])
def test_who_asks_for_more_goes_the_ordinary_way(folder: Path, option: str) -> None:
    sahelsum()
    result = sahelsum(*OPTIONS, option)
    assert result.exit_code == 0
    assert len(notes(folder)) == 1
    assert "unchanged" in result.output


def test_a_changed_article_is_done_again(folder: Path) -> None:
    sahelsum()
    (folder / "in/a.txt").write_text("Die Lage in Niger ist ruhig.")
    assert "1 done, 1 unchanged" in sahelsum().stderr


def test_an_edited_page_is_told_each_time(folder: Path) -> None:
    sahelsum()
    page = folder / "out/a.md"
    page.write_text(page.read_text() + "my own words\n")
    for _ in range(2):
        said = sahelsum().stderr
        assert "kept      a.txt" in said
        assert "--force overwrites it" in said
    assert page.read_text().endswith("my own words\n")


def test_an_article_that_fails_is_tried_each_time(folder: Path) -> None:
    (folder / "in/empty.txt").touch()
    for _ in range(2):
        result = sahelsum()
        assert (result.exit_code, "FAILED" in result.stderr) == (1, True)
    assert notes(folder) == []


def test_strict_keeps_its_exit_code(folder: Path) -> None:
    (folder / "in/a.txt").write_text("Es gab 17 Verletzte und 3 Tote.")
    codes = [sahelsum(*OPTIONS, "--strict").exit_code for _ in range(3)]
    assert len(notes(folder)) == 1
    assert len(set(codes)) == 1


def test_what_was_ignored_is_named_each_time(folder: Path) -> None:
    (folder / "in/picture.jpg").touch()
    said = [sahelsum().stderr for _ in range(3)]
    assert len(notes(folder)) == 1
    assert without_seconds(said[1]) == without_seconds(said[2])
    assert said[2].startswith("ignored   picture.jpg")


def test_quiet_is_quiet(folder: Path) -> None:
    said = [sahelsum(*OPTIONS, "--quiet").output for _ in range(2)]
    assert said == ["", ""]
    assert len(notes(folder)) == 1


@pytest.mark.parametrize("file", ["sahelsum.toml", "config/config.toml"])
def test_settings_that_appear_are_heeded(folder: Path, file: str) -> None:
    sahelsum()
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("summary_sentences = 1\n")
    assert "2 done" in sahelsum().stderr


def test_an_own_glossary_is_watched(folder: Path) -> None:
    terms = folder / "terms.csv"
    terms.write_text("german,english\nLage,state of affairs\n")
    options = (*OPTIONS, "--glossary", "terms.csv")
    sahelsum(*options)
    assert "2 unchanged" in sahelsum(*options).stderr
    terms.write_text("german,english\nLage,situation\n")
    assert "2 done" in sahelsum(*options).stderr
