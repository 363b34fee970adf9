"""What the documents tell people to type exists."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sahelsum.cli.main import COMMANDS, cli
from sahelsum.glossary import shipped_terms

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "models" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
HELP_EXAMPLE = re.compile(r"^\s{2,}(?:.*\| )?(sahelsum .*?)(?:\s{3,}.*)?$", re.MULTILINE)
DOCUMENT_COMMAND = re.compile(r"^ {4}(?:.*\| )?(sahelsum [^#…]*?)(?:\s{2,}.*|\s*[#…].*)?$", re.MULTILINE)


def command_lines() -> list[str]:
    found = [line for document in DOCUMENTS for line in DOCUMENT_COMMAND.findall(document.read_text(encoding="utf-8"))]
    return sorted(set(found))


def help_lines() -> list[str]:
    context = click.Context(cli)
    texts = [cli.help or "", *(command.help or "" for name in COMMANDS if (command := cli.get_command(context, name)))]
    return sorted({line for text in texts for line in HELP_EXAMPLE.findall(text)})


def check(line: str) -> None:
    words = shlex.split(re.split(r" <|>", line, maxsplit=1)[0], comments=True)[1:]
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"{line!r}: there is no {words[0]!r}"
        command, words = found, words[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    known |= {"--help", "-h"}
    unknown = [word for word in words if word.startswith("-") and word != "-" and word.split("=")[0] not in known]
    assert not unknown, f"{line!r}: {unknown}"


PYTHON_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_python_example_of_the_readme_runs(tmp_path: Path) -> None:
    (example,) = PYTHON_EXAMPLE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Bamako ist die Hauptstadt von Mali.\n", encoding="utf-8")
    folders = {name: str(tmp_path / name) for name in ("SAHELSUM_CACHE_DIR", "SAHELSUM_CONFIG_DIR")}
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path,
        env={**os.environ, **folders, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    summary, finding, entry = done.stdout.splitlines()
    assert summary == "Bamako is the capital of Mali. [(1,)]"
    assert finding.startswith("NUM-LOST ")
    assert entry.split() == ["done", "a.txt"]
    assert (tmp_path / "outputs" / "digest.md").is_file()


def test_there_are_commands_to_check() -> None:
    assert len(command_lines()) >= 10
    assert len(help_lines()) >= 10


@pytest.mark.parametrize("line", command_lines())
def test_commands_in_the_documents_exist(line: str) -> None:
    check(line)


@pytest.mark.parametrize("line", help_lines())
def test_commands_in_the_help_exist(line: str) -> None:
    check(line)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_make_targets_named_in_the_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in DOCUMENTS:
        for target in re.findall(r"^ {4}make (\w+)", document.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_readme_has_the_latest_sample_and_figures() -> None:
    spec = importlib.util.spec_from_file_location("embed", ROOT / "docs" / "embed.py")
    assert spec is not None
    assert spec.loader is not None
    embed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(embed)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert embed.embedded(readme) == readme, "type: python docs/embed.py"


def test_the_number_of_shipped_terms_is_right() -> None:
    for document in (ROOT / "README.md", ROOT / "docs" / "glossary.md"):
        told = re.search(r"\b(\d+) (?:terms|entries)\b", document.read_text(encoding="utf-8"))
        assert told is not None, document
        assert int(told[1]) == len(shipped_terms()), document
