"""The built package, installed on its own, carries all it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


def test_it_has_models_templates_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    bundled = {
        f"sahelsum/models/{path.relative_to(ROOT / 'models').as_posix()}" for path in (ROOT / "models").rglob("*.*")
    }
    assert bundled <= names
    assert "sahelsum/py.typed" in names
    assert any(name.startswith("sahelsum/render/markdown/templates/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]


def test_it_works_away_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(target),
            str(wheel),
        ],
        check=True,
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(target),
        "SAHELSUM_CACHE_DIR": str(tmp_path / "cache"),
        "SAHELSUM_CONFIG_DIR": str(tmp_path / "config"),
    }
    script = "import sahelsum, sys; print(sahelsum.__file__); from sahelsum.cli.main import main; main()"
    command = [sys.executable, "-c", script, "translate"]
    text = "Bamako ist die Hauptstadt von Mali.\n"
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, input=text, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    where, said = result.stdout.splitlines()
    assert where.startswith(str(target))
    assert "Bamako" in said
