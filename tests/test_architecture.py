"""The rules of docs/architecture.md that a program can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sahelsum"

ARROWS: dict[str, str] = {
    # at the bottom: no work of ours, used everywhere
    "errors": "",
    "lines": "",
    "records": "",
    "suggest": "",
    "warnings_heard": "",
    "atomic": "errors",
    "paths": "errors",
    "protocols": "records",
    # what texts are made of
    "language": "records",
    # stages: records in, records out; none knows another, but for the splitter that the translator is handed; links
    # need the names of files
    "read": "errors language records",
    "segment": "errors language records",
    "glossary": "errors language records suggest",
    "checks": "language records",
    "combine": "language records",
    "render": "language output records",
    "corrections": "errors records",
    "site": "combine errors output records render summarization",
    "translation": "catalog engines errors language protocols records segment",
    "verification": "language records",
    "summarization": "engines errors language protocols records verification",
    # edges
    "catalog": "atomic errors paths suggest",
    "engines": "catalog errors paths records",
    "memory": "engines errors records",
    "output": "atomic errors records",
    "export": "errors output records",
    # where it comes together
    "runs": "__version__ checks combine engines errors glossary language output protocols read records render segment "
    "summarization translation",
    "cluster": "__version__ engines errors protocols records runs warnings_heard",
    "app": "catalog checks cluster corrections engines errors glossary language lines memory output paths protocols "
    "read records runs segment site suggest summarization translation",
    "__init__": "app",
    "cli": "__version__ app atomic catalog checks corrections engines errors export glossary language lines memory "
    "output paths read records runs segment site suggest warnings_heard",
    "__main__": "cli",
}
"""Package or module at the top → what it may import of sahelsum. What is not here is forbidden."""

OWNERS = {
    "torch": ("engines/transformers_",),
    "transformers": ("engines/",),
    "ctranslate2": ("engines/", "cli/doctor.py"),
    "sqlite3": ("memory.py",),
    "click": ("cli/",),
    "rich": ("cli/",),
    "huggingface_hub": ("catalog/hub.py",),
    "jinja2": ("render/markdown/", "render/html/"),
    "pyarrow": ("read/parquet.py", "export/", "cluster/"),
    "ray": ("cluster/",),
    "sacrebleu": ("app/metrics.py",),
}
"""Library → the places that may import it."""


@dataclass(frozen=True)
class Module:
    """A file of the package, parsed."""

    name: str
    """Path inside the package."""
    lines: int
    tree: ast.Module

    @property
    def part(self) -> str:
        return self.name.partition("/")[0].removesuffix(".py")

    @property
    def dotted(self) -> str:
        return f"sahelsum.{self.name.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__")

    def imports(self) -> Iterator[str]:
        """Dotted names of modules; of ``from sahelsum import x`` the name with x, whatever it is."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.module, f"{self.name} has a relative import"
                whole = (f"{node.module}.{alias.name}" for alias in node.names)
                yield from (name if name in names() or node.module == "sahelsum" else node.module for name in whole)

    def internal(self) -> set[str]:
        """Parts of sahelsum that it imports, its own left out."""
        return {name.split(".")[1] for name in self.imports() if name.startswith("sahelsum.")} - {self.part}


@cache
def modules() -> tuple[Module, ...]:
    files = [(file, file.read_text(encoding="utf-8")) for file in sorted(PACKAGE.rglob("*.py"))]
    return tuple(
        Module(file.relative_to(PACKAGE).as_posix(), len(text.splitlines()), ast.parse(text)) for file, text in files
    )


@cache
def names() -> frozenset[str]:
    return frozenset(module.dotted for module in modules())


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_imports_only_what_the_table_allows(module: Module) -> None:
    assert module.part in ARROWS, "it is in no package of the table"
    assert module.internal() - set(ARROWS[module.part].split()) == set()


def test_a_source_language_is_reached_through_its_pack_alone() -> None:
    languages = "sahelsum.language.de"
    users = {module.name for module in modules() if any(name.startswith(languages) for name in module.imports())}
    assert {name for name in users if not name.startswith("language/de/")} == {"language/packs.py"}


def test_the_table_allows_nothing_that_is_not_used_and_no_circle() -> None:
    used: dict[str, set[str]] = {part: set() for part in ARROWS}
    for module in modules():
        used[module.part] |= module.internal()
    assert used == {part: set(allowed.split()) for part, allowed in ARROWS.items()}
    assert list(TopologicalSorter(used).static_order())


def test_no_module_imports_another_that_imports_it() -> None:
    arrows = {module.dotted: set(module.imports()) & names() - {module.dotted} for module in modules()}
    assert list(TopologicalSorter(arrows).static_order())


@pytest.mark.parametrize("library", OWNERS)
def test_each_heavy_library_has_its_place(library: str) -> None:
    users = [module.name for module in modules() if library in {name.split(".")[0] for name in module.imports()}]
    assert users, f"nothing imports {library}: is its name right?"
    assert [user for user in users if not user.startswith(OWNERS[library])] == []


def test_the_views_know_no_printer_and_no_markup() -> None:
    views = [module for module in modules() if module.name.startswith("render/view")]
    imported = {name for module in views for name in module.imports()}
    own = ("sahelsum.render.view", "sahelsum.records", "sahelsum.language")
    assert len(views) > 4
    assert not [name for name in imported if name.startswith("sahelsum.") and not name.startswith(own)]
    assert not imported & {"html", "jinja2", "yaml", "markdown_it", "urllib.parse"}


def test_no_package_is_called_as_the_weights_are_in_a_wheel() -> None:
    assert "models" not in ARROWS


def loaded_by(script: str) -> set[str]:
    """Top names of all that Python has loaded after a script."""
    script += "\nimport sys\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    return set(
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    )


def test_help_loads_no_heavy_library() -> None:
    script = (
        "from click.testing import CliRunner\n"
        "from sahelsum.cli.main import cli\n"
        "result = CliRunner().invoke(cli, ['--help'])\n"
        "assert result.exit_code == 0, result.output"
    )
    heavy = {"torch", "transformers", "ctranslate2", "sentencepiece", "numpy", "huggingface_hub", "rich", "lingua"}
    assert heavy & loaded_by(script) == set()


def test_the_interface_of_python_loads_no_click() -> None:
    loaded = loaded_by("import sahelsum\nassert sahelsum.check('Er kam nicht.', 'He did not come.') == ()")
    assert {"sahelsum", "pydantic"} <= loaded
    assert loaded & {"click", "rich", "torch"} == set()


def test_functions_and_files_are_short() -> None:
    functions = sorted(
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{module.name}:{node.name}")
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
    )
    assert functions[len(functions) // 2][0] <= 6
    assert functions[len(functions) * 95 // 100][0] <= 20
    assert [function for function in functions if function[0] > 62] == []
    assert [module.name for module in modules() if module.lines > 400] == []
