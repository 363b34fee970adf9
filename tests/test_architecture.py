"""The rules of docs/architecture.md that a program can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sahelsum"
STAGES = ("read", "segment", "translate", "summarize", "check", "facts", "combine", "overview", "render", "write")
EDGES = (
    "engines",
    "catalog",
    "hub",
    "config",
    "memory",
    "manifest",
    "pipeline",
    "shelf",
    "shelves",
    "output_part",
    "report",
    "cluster",
    "export",
    "cli",
)
OWNERS = {
    "torch": ("engines/transformers_engine.py",),
    "transformers": ("engines/",),
    "ctranslate2": ("engines/", "cli/doctor.py"),
    "sqlite3": ("memory.py",),
    "click": ("cli/",),
    "huggingface_hub": ("hub.py", "hub/"),
    "jinja2": ("render/",),
    "pyarrow": ("read/parquet.py", "export/", "cluster/"),
    "ray": ("cluster/",),
}
"""Library → the places that may import it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def own_part(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def internal(file: Path) -> set[str]:
    """Parts of sahelsum a file imports."""
    return {name.split(".")[1] for name in imports(file) if name.startswith("sahelsum.")}


def stages() -> list[Path]:
    return [file for file in modules() if own_part(file) in STAGES]


@pytest.mark.parametrize("file", stages(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_stages_import_neither_one_another_nor_the_edges(file: Path) -> None:
    part = own_part(file)
    protocol = {"engines"} if "sahelsum.engines.base" in set(imports(file)) else set()
    forbidden = (internal(file) & {*STAGES, *EDGES}) - {part} - protocol
    assert not forbidden, f"{part} imports {forbidden}"


@pytest.mark.parametrize("library", OWNERS)
def test_each_heavy_library_has_its_place(library: str) -> None:
    users = {
        file.relative_to(PACKAGE).as_posix()
        for file in modules()
        if library in {name.split(".")[0] for name in imports(file)}
    }
    assert users, f"nothing imports {library}: is its name right?"
    assert [user for user in sorted(users) if not user.startswith(OWNERS[library])] == []


def test_nothing_but_the_command_line_imports_it() -> None:
    users = [
        str(file.relative_to(PACKAGE))
        for file in modules()
        if own_part(file) not in {"cli", "__main__"} and "cli" in internal(file)
    ]
    assert users == []


def test_records_and_errors_stand_at_the_bottom() -> None:
    assert internal(PACKAGE / "records.py") | internal(PACKAGE / "errors.py") == set()


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from sahelsum.cli.main import cli\n"
        "result = CliRunner().invoke(cli, ['--help'])\n"
        "assert result.exit_code == 0, result.output\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    heavy = {"torch", "transformers", "ctranslate2", "sentencepiece", "numpy", "huggingface_hub", "rich", "lingua"}
    assert heavy & set(loaded) == set()


def test_no_function_is_long() -> None:
    long = []
    for file in modules():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 80:
                    long.append(f"{file.name}:{node.name} {lines}")
    assert long == []
    assert [file.name for file in modules() if len(file.read_text(encoding="utf-8").splitlines()) > 400] == []
