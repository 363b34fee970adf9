"""Flags that contradict each other, output for programs, and what the shell offers."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from sahelsum.cli.main import cli

TEXT = "Die Armee hat in Bamako 24 Menschen festgenommen. Der Minister sprach am Montag im Radio von einem Erfolg.\n"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("run a.txt --quiet --verbose", ("--quiet", "--verbose")),
        ("run a.txt --ray-actors 2", ("--ray-actors", "--ray")),
        ("run a.txt --memory m.sqlite --no-memory", ("--memory", "--no-memory")),
        ("run a.txt --engine echo --translator opus-mt-de-en", ("--engine echo", "--translator")),
        ("run a.txt --engine echo --summarizer bart-large-cnn", ("--engine echo", "--summarizer")),
        ("translate a.txt --memory m.sqlite --no-memory", ("--memory", "--no-memory")),
        ("translate a.txt --engine echo --translator opus-mt-de-en", ("--engine echo", "--translator")),
        ("export out --columns -o t.csv", ("--columns",)),
        ("export out --columns --force", ("--columns",)),
        ("evaluate --summaries a.jsonl --translator opus-mt-de-en", ("--summaries", "--translator")),
        ("evaluate --hypothesis a.txt --reference a.txt --translator x", ("--hypothesis", "--translator")),
        ("evaluate --hypothesis a.txt --reference a.txt --summarizer x", ("--summarizer", "--summaries")),
    ],
)
def test_flags_that_contradict_each_other_are_refused(line: str, named: tuple[str, ...]) -> None:
    result = sahelsum(*line.split())
    assert result.exit_code == 2
    assert all(name in result.stderr for name in named)
    assert not Path("outputs").exists()


def test_echo_goes_with_a_summary_of_chosen_sentences() -> None:
    assert sahelsum("run", "a.txt", "--engine", "echo", "--summarizer", "extractive").exit_code == 0


@pytest.mark.parametrize(
    "line",
    [
        "run a.txt --engine echo --no-memory --json",
        "translate a.txt --engine echo --no-memory --json",
        "summarize a.txt --summarizer extractive --json",
        "inspect a.txt --json",
        "explain --json",
        "glossary list --json",
        "models list --json",
        "models show sahelsum-de-en --json",
        "config show --json",
        "memory show --json",
        "doctor --json",
    ],
)
def test_output_for_programs_is_one_object_a_line(line: str) -> None:
    rows = [json.loads(row) for row in sahelsum(*line.split()).stdout.splitlines()]
    assert rows
    assert all(isinstance(row, dict) for row in rows)
    if not line.startswith("config"):
        assert all(name == name.lower() and name.isidentifier() for row in rows for name in row)


def test_a_binary_file_is_one_message() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\n".join(bytes([0, number, 200]) for number in range(60)) + b"\n"
    for name in ("a.jsonl", "b.txt"):
        Path(name).write_bytes(picture)
        result = sahelsum("run", name, "--engine", "echo", "--no-memory")
        assert result.exit_code == 1
        assert result.stderr.count("FAILED") == 1
        assert "binary file" in result.stderr


def test_a_damaged_line_among_good_ones_is_named_and_the_others_read() -> None:
    good = json.dumps({"text": TEXT}).encode()
    Path("a.jsonl").write_bytes(b"\n".join([good, b'{"text": "Gr\xfc\xdfe"}', b"[1", good]) + b"\n")
    result = sahelsum("run", "a.jsonl", "--engine", "echo", "--no-memory")
    assert result.stderr.count("done  ") == 2
    assert result.stderr.count("FAILED") == 2


@pytest.mark.parametrize("title", ["5", "[1]", "{}", "true"])
@pytest.mark.parametrize("name", ["title", "Titel"])
def test_a_title_that_is_no_text_is_refused_as_a_text_would_be(title: str, name: str) -> None:
    Path("a.jsonl").write_text(f'{{"text": {json.dumps(TEXT)}, "{name}": {title}}}\n', encoding="utf-8")
    result = sahelsum("run", "a.jsonl", "--engine", "echo", "--no-memory")
    assert f'its field "{name}" is not a string' in result.stderr
    Path("b.jsonl").write_text(f'{{"text": {json.dumps(TEXT)}, "{name}": null}}\n', encoding="utf-8")
    assert sahelsum("run", "b.jsonl", "--engine", "echo", "--no-memory").exit_code == 0


def offered(arguments: list[str], begun: str) -> list[str]:
    completion = ShellComplete(cli, {}, "sahelsum", "_SAHELSUM_COMPLETE")
    return [item.value for item in completion.get_completions(arguments, begun)]


def test_the_shell_offers_aliases_and_languages() -> None:
    assert isinstance(cli, click.Group)
    assert offered(["run", "--translator"], "sahelsum-") == ["sahelsum-de-en", "sahelsum-en-de"]
    assert {"auto", "extractive", "sahelsum-shorten"} <= set(offered(["summarize", "--summarizer"], ""))
    assert "opus-mt-de-en" in offered(["models", "show"], "opus")
    assert "de" in offered(["translate", "--source-lang"], "d")
