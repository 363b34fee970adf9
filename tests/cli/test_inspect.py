"""The inspect command: readable text, JSON Lines, failures on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sahelsum.cli.inspect import inspect_command
from sahelsum.errors import InputError

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def inspect(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(inspect_command, [str(argument) for argument in arguments], input=stdin)


def test_text() -> None:
    result = inspect(SEEDS / "004_378a34bc2fd6e492.txt")
    assert result.exit_code == 0
    for part in ("2025-04 (to the month, from text)", "AFP/jW", "Moskau", "p1 caption", "p2 paragraph", "15 sentences"):
        assert part in result.stdout


def test_json_has_one_object_per_article() -> None:
    result = inspect(SEEDS, "--json")
    articles = [json.loads(line) for line in result.stdout.splitlines()]
    assert [article["id"] for article in articles] == sorted(path.stem for path in SEEDS.glob("*.txt"))
    heading = articles[0]["blocks"][1]
    assert (heading["kind"], heading["run_in"], heading["text"]) == ("heading", True, "Gezielte Anschläge")
    assert articles[0]["sentences"][0]["number"] == 1


def test_failures_go_to_standard_error_and_the_rest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = inspect(tmp_path / "empty.txt", SEEDS / "004_378a34bc2fd6e492.txt", "--json")
    assert result.exit_code == 1
    assert result.stderr == "Error: empty.txt: it is empty.\n"
    assert json.loads(result.stdout)["id"] == "004_378a34bc2fd6e492"


def test_another_language(tmp_path: Path) -> None:
    english = tmp_path / "e.txt"
    english.write_text("The government of Mali said on Monday that it had received new equipment from Russia. " * 3)
    assert "English, not German" in inspect(english).stderr
    assert inspect(english, "--source-lang", "en").exit_code == 0
    assert inspect(english, "--no-language-check").exit_code == 0


def test_standard_input() -> None:
    result = inspect("-", "--json", stdin="Moskau. Die Lage ist ernst. Alle warten auf Nachrichten.")
    assert json.loads(result.stdout)["dateline"] == "Moskau"


def test_nothing_to_read() -> None:
    result = inspect("nix.txt")
    assert isinstance(result.exception, InputError)


def test_a_closed_standard_input_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    options: dict[str, Any] = {"standalone_mode": False}
    assert inspect_command.main([str(SEEDS / "004_378a34bc2fd6e492.txt")], **options) == 0
    with pytest.raises(InputError, match="there is none"):
        inspect_command.main(["-"], **options)


def test_it_leaves_out_what_a_run_leaves_out(tmp_path: Path) -> None:
    for name in ("a.txt", "outputs/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Die Lage ist ernst.")
    result = inspect(".")
    assert result.stdout.startswith("a.txt\n")
    assert "b.txt" not in result.stdout
    assert result.stderr == "Ignored: outputs (in the output folder)\n"
