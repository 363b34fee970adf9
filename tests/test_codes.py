"""Codes of findings: all explained, all examples true; and the two commands around them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.cli.check import find
from sahelsum.cli.main import cli
from sahelsum.codes import Code, codes
from sahelsum.glossary import load_glossary
from sahelsum.records import Sentence, Translation

PACKAGE = Path(__file__).parent.parent / "sahelsum"
GIVERS = [*(PACKAGE / "check").glob("*.py"), *(PACKAGE / "glossary").glob("*.py")]
"""Modules that make findings."""
WITH_EXAMPLE = [entry for entry in codes().values() if entry.german]


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_every_code_the_checks_can_give_is_explained_and_no_other() -> None:
    given = {
        code
        for file in GIVERS
        for code in re.findall(r'"([A-Z]{2,5}-[A-Z]+)"', file.read_text(encoding="utf-8"))
    }
    assert given == set(codes())


@pytest.mark.parametrize("entry", WITH_EXAMPLE, ids=lambda entry: entry.code)
def test_the_example_of_a_code_gives_this_code(entry: Code) -> None:
    found = {finding.code for finding in find([entry.german], [entry.english], entry.summary)}
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
    assert (rows[0]["german"], rows[0]["english"]) == ("24", "42")
    plain = sahelsum("check", "a.de", "bad.en").stdout.splitlines()
    assert plain[0].startswith("line 3: NUM-LOST")
    assert "German: 24" in plain[0]


def test_a_summary_is_checked_against_both(folder: Path) -> None:
    (folder / "s.en").write_text("The attack killed 24 soldiers.\nIt happened near Timbuktu.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "good.en", "--summary", "s.en", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert ("SUM-NAME", 2) in {(row["code"], row["summary_sentence"]) for row in rows}
    assert not [row for row in rows if row["summary_sentence"] == 1]


def test_a_missing_translation_is_found(folder: Path) -> None:
    (folder / "empty.en").write_text("Bamako is the capital.\n\n\nThe army has not captured him.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "empty.en", "--json")
    assert [json.loads(line)["code"] for line in result.stdout.splitlines()] == ["MT-EMPTY"]


def test_files_of_different_length_are_refused(folder: Path) -> None:
    (folder / "short.en").write_text("One.\n", encoding="utf-8")
    result = sahelsum("check", "a.de", "short.en")
    assert result.exit_code == 1
    assert "has 4 lines" in result.stderr
