"""Codes of findings: all explained, all examples true; and the two commands around them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.app.texts import find_faults
from sahelsum.checks.codes import Code, codes
from sahelsum.cli.main import cli
from sahelsum.glossary import load_glossary
from sahelsum.records import Sentence, Translation

PACKAGE = Path(__file__).parents[2] / "sahelsum"
GIVERS = [file for part in ("checks", "glossary", "read") for file in (PACKAGE / part).glob("*.py")]
"""Modules that make findings."""
WITH_EXAMPLE = [entry for entry in codes().values() if entry.german]


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_every_code_the_checks_can_give_is_explained_and_no_other() -> None:
    given = {code for file in GIVERS for code in re.findall(r'"([A-Z]{2,5}-[A-Z]+)"', file.read_text(encoding="utf-8"))}
    assert given == set(codes())


@pytest.mark.parametrize("entry", WITH_EXAMPLE, ids=lambda entry: entry.code)
def test_the_example_of_a_code_gives_this_code(entry: Code) -> None:
    found = {finding.code for finding in find_faults([entry.german], [entry.english], entry.summary or None, "de")}
    glossary = load_glossary()
    item = glossary.amended(Translation(Sentence(1, 1, entry.german), entry.english))
    assert entry.code in found | {finding.code for finding in glossary.findings(item)}


def test_explain_lists_all_and_tells_one() -> None:
    assert sahelsum("explain").stdout.count("\n") == len(codes())
    said = sahelsum("explain", "num-lost").stdout
    assert "42 soldiers" in said
    assert "What to do" in said
    assert [json.loads(line)["code"] for line in sahelsum("explain", "--json").stdout.splitlines()] == list(codes())


def test_an_unknown_code_names_the_nearest() -> None:
    result = sahelsum("explain", "NUM-LOSS")
    assert result.exit_code == 2
    assert "NUM-LOST" in result.stderr


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    german = "Bamako ist die Hauptstadt.\n\nBei dem Anschlag starben 24 Soldaten.\nDie Armee hat ihn nicht gefasst.\n"
    (tmp_path / "a.de").write_text(german, encoding="utf-8")
    good = "Bamako is the capital.\n\nThe attack killed 24 soldiers.\nThe army has not captured him.\n"
    (tmp_path / "good.en").write_text(good, encoding="utf-8")
    (tmp_path / "bad.en").write_text(good.replace("24", "42").replace(" not", ""), encoding="utf-8")
    return tmp_path


def test_a_good_translation_passes(folder: Path) -> None:
    result = sahelsum("check", "a.de", "good.en")
    assert (result.exit_code, result.stdout) == (0, "")


def test_each_error_is_told_at_its_line(folder: Path) -> None:
    result = sahelsum("check", "a.de", "bad.en", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert [(row["line"], row["code"]) for row in rows] == [(3, "NUM-LOST"), (4, "NEG-LOST")]
    assert rows[0] == {
        "line": 3,
        "code": "NUM-LOST",
        "severity": "warning",
        "message": "The English lacks a number of the German, and has another.",
        "german": "24",
        "english": "42",
    }
    assert set(rows[1]) == set(rows[0])
    plain = sahelsum("check", "a.de", "bad.en").stdout.splitlines()
    assert plain[0].startswith("line 3: NUM-LOST")
    assert "German: 24" in plain[0]


def test_a_summary_is_checked_against_both(folder: Path) -> None:
    (folder / "s.en").write_text("The attack killed 24 soldiers.\nIt happened near Timbuktu.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "good.en", "--summary", "s.en", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert {(row["line"], row["summary_sentence"]) for row in rows} == {(None, 2)}
    assert "SUM-NAME" in {row["code"] for row in rows}
    assert sahelsum("check", "a.de", "good.en", "--summary", "s.en").stdout.startswith("summary sentence 2: SUM-")


def test_an_empty_summary_is_found(folder: Path) -> None:
    (folder / "s.en").write_text("\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "good.en", "--summary", "s.en", "--json")
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, row["line"], row["summary_sentence"], row["code"]) == (3, None, None, "SUM-EMPTY")
    assert sahelsum("check", "a.de", "good.en", "--summary", "s.en").stdout.startswith("summary: SUM-EMPTY")


def test_the_settings_say_when_a_check_speaks_up(folder: Path) -> None:
    (folder / "sahelsum.toml").write_text('[checks]\ndisabled = ["NUM-LOST", "NEG-LOST"]\n', encoding="utf-8")
    assert sahelsum("check", "a.de", "bad.en").exit_code == 0
    (folder / "sahelsum.toml").write_text("[checks]\nmin_chars_for_ratio = 5\nshortest_ratio = 1.0\n", encoding="utf-8")
    codes = [json.loads(line)["code"] for line in sahelsum("check", "a.de", "good.en", "--json").stdout.splitlines()]
    assert "LEN-RATIO" in codes


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [("latin.en", b"M\xe9naka\n", "latin.en: not UTF-8 at byte 1"), ("none.en", None, "none.en: cannot be read")],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, file: str, data: bytes | None, said: str) -> None:
    if data is not None:
        (folder / file).write_bytes(data)
    result = sahelsum("check", "a.de", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_checking_loads_no_model(folder: Path) -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from sahelsum.cli.main import cli\n"
        "assert CliRunner().invoke(cli, ['check', 'a.de', 'bad.en', '--json']).exit_code == 3\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=folder)
    heavy = {"torch", "transformers", "ctranslate2", "sentencepiece", "numpy", "huggingface_hub", "lingua"}
    assert heavy & set(done.stdout.split()) == set()


def test_a_missing_translation_is_found(folder: Path) -> None:
    (folder / "empty.en").write_text("Bamako is the capital.\n\n\nThe army has not captured him.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "empty.en", "--json")
    assert [json.loads(line)["code"] for line in result.stdout.splitlines()] == ["MT-EMPTY"]


def test_files_of_different_length_are_refused(folder: Path) -> None:
    (folder / "short.en").write_text("One.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "short.en")
    assert result.exit_code == 1
    assert "has 4 lines" in result.stderr


def test_the_findings_of_each_article_are_in_the_manifest(folder: Path) -> None:
    (folder / "news.txt").write_text("Bei dem Anschlag in der Stadt starben 24 Soldaten.\n", encoding="utf-8")
    result = sahelsum("run", "news.txt", "-o", "out", "--engine", "echo", "--no-memory", "--no-language-check", "-q")
    assert result.exit_code == 0, result.stderr
    (article,) = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))["articles"]
    (copied, *_) = article["findings"]
    assert (copied["code"], copied["severity"], copied["sentence"]) == ("MT-COPY", "error", 1)
    assert copied["target_value"].endswith("Bei dem Anschlag in der Stadt starben 24 Soldaten.")
