"""The lock of an output folder, and what killed runs leave in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sahelsum.errors import OutputError
from sahelsum.output.lock import locked

HOLDER = """
import sys
from pathlib import Path
from sahelsum.output.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_in_the_folder_is_refused_and_a_killed_one_is_not_in_the_way(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(OutputError, match=r"Another run.*--output"), locked(tmp_path):
            pass
        process.kill()
    with locked(tmp_path):
        pass


def test_nothing_is_left_of_the_lock(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "new"):
            assert list((tmp_path / "new").iterdir())
        assert list((tmp_path / "new").iterdir()) == []


def test_temporary_files_of_killed_runs_go_and_others_stay(tmp_path: Path) -> None:
    ours = [folder / f".sahelsum-{number:016x}.tmp" for number, folder in enumerate(
        (tmp_path, tmp_path / "data", tmp_path / "part-0001", tmp_path / "part-0001" / "data")
    )]  # fmt: skip
    others = [tmp_path / name for name in (".mine.tmp", ".sahelsum-notes.tmp", "a.tmp", ".0123456789abcdef.tmp")]
    for path in (*ours, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    with locked(tmp_path):
        pass
    assert [path for path in ours if path.exists()] == []
    assert [path for path in others if not path.exists()] == []


def test_a_link_in_the_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("keep")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".sahelsum.lock").symlink_to(victim)
    with pytest.raises(OutputError, match="link"), locked(tmp_path / "out"):
        pass
    assert victim.read_text() == "keep"
