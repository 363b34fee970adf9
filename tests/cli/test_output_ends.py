"""Where output cannot go: full disks, code pages, addresses in place of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GLOSSARY = [sys.executable, "-m", "sahelsum", "glossary", "list"]


def test_a_code_page_without_a_letter_costs_that_letter_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        GLOSSARY, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252:strict"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Afrikakorps" in done.stdout.decode("cp1252")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(GLOSSARY, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "mistake" not in done.stderr
