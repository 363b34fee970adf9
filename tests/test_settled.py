"""Runs recognized as having nothing to do, and everything that must keep one from being taken for such."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sahelsum import settled
from sahelsum.settled import Settled, note, note_file, recall

SAID = Settled("2 unchanged.\nRead out/digest.md", 0)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Articles, settings and an output folder; the clock has moved on since they were made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settled.sys, "path", [str(tmp_path / "packages")])
    for name in ("in/a.txt", "in/sub/b.txt", "out/a.md", "out/data/a.json", "packages/lib-1.0.dist-info/METADATA"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"text of {name}")
    return tmp_path


def options(**changes: object) -> dict[str, object]:
    return {"sources": ("in",), "output": "out", "strict": False, **changes}


def noted(folder: Path, **changes: object) -> Path:
    file = note_file(options(**changes), folder / "cache")
    assert file is not None
    read = [Path("in"), Path("sahelsum.toml")]
    assert note(file, SAID, read=read, written=Path("out"), started=time.time() + 10)
    return file


def test_untouched_it_is_said_again(folder: Path) -> None:
    assert recall(noted(folder)) == SAID


def swap_keeping_size_and_time(file: Path) -> None:
    """As ``cp -p`` and ``mv`` do it."""
    status = file.stat()
    other = file.with_name("other")
    other.write_text(file.read_text()[::-1])
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(file)


CHANGES: dict[str, Callable[[], object]] = {
    "article edited": lambda: Path("in/a.txt").write_text("something longer than before"),
    "article swapped": lambda: swap_keeping_size_and_time(Path("in/sub/b.txt")),
    "article added": lambda: Path("in/sub/c.txt").write_text("new"),
    "article removed": lambda: Path("in/a.txt").unlink(),
    "article made unreadable": lambda: (Path("in/a.txt").unlink(), Path("in/a.txt").mkdir()),
    "articles' folder gone": lambda: shutil.rmtree("in"),
    "settings appeared": lambda: Path("sahelsum.toml").write_text('quality = "fast"'),
    "page edited": lambda: Path("out/a.md").write_text("TEXT of out/a.md"),
    "page removed": lambda: Path("out/a.md").unlink(),
    "data edited": lambda: Path("out/data/a.json").write_text("text of out/data/b.json"),
    "data added": lambda: Path("out/data/b.json").write_text("{}"),
    "output gone": lambda: shutil.rmtree("out"),
    "package updated": lambda: Path("packages/lib-1.0.dist-info").rename("packages/lib-1.1.dist-info"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_leads_to_the_ordinary_way(folder: Path, change: str) -> None:
    file = noted(folder)
    CHANGES[change]()
    assert recall(file) is None


def test_a_page_rewritten_at_the_same_moment_is_told_by_its_content(folder: Path) -> None:
    """As much written within one tick of the clock leaves size and times as they were."""
    file = noted(folder)
    page = Path("out/a.md")
    old = page.stat()
    page.write_text(page.read_text().upper())
    changed = settled._stamp(page)
    assert changed is not None
    same_times = [old.st_size, old.st_mtime_ns, old.st_ctime_ns, old.st_ino]
    with pytest.MonkeyPatch.context() as patch:
        real = settled._stamp
        patch.setattr(settled, "_stamp", lambda path: same_times if path.name == "a.md" else real(path))
        assert recall(file) is None


def test_what_changed_during_the_run_is_not_noted(folder: Path) -> None:
    file = note_file(options(), folder / "cache")
    assert file is not None
    assert not note(file, SAID, read=[Path("in")], written=Path("out"), started=time.time())
    assert recall(file) is None


def test_articles_beside_their_digests(folder: Path) -> None:
    """The output folder inside the folder of articles is written, not read."""
    Path("out").rename("in/out")
    file = note_file(options(output="in/out"), folder / "cache")
    assert file is not None
    assert note(file, SAID, read=[Path("in")], written=Path("in/out"), started=time.time() + 10)
    assert recall(file) == SAID


def test_too_many_files_are_left_to_the_ordinary_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "MOST_PATHS", 3)
    file = note_file(options(), folder / "cache")
    assert file is not None
    assert not note(file, SAID, read=[Path("in")], written=Path("out"), started=time.time() + 10)


def test_a_link_in_a_circle_is_not_followed(folder: Path) -> None:
    Path("in/sub/up").symlink_to(folder / "in", target_is_directory=True)
    assert recall(noted(folder)) == SAID


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"format": "other"}', '{"format": "sahelsum-settled-1"}'])
def test_a_damaged_note_is_no_note(folder: Path, content: str) -> None:
    file = noted(folder)
    file.write_text(content)
    assert recall(file) is None


def test_a_cache_that_cannot_be_written_costs_only_time(folder: Path) -> None:
    (folder / "cache").write_text("in the way")
    file = note_file(options(), folder / "cache")
    assert file is not None
    assert not note(file, SAID, read=[Path("in")], written=Path("out"), started=time.time() + 10)
    assert recall(file) is None


def test_old_notes_are_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "KEPT_NOTES", 2)
    files = [noted(folder, quality=quality) for quality in ("fast", "balanced", "best")]
    for age, file in enumerate(files):
        if file.exists():
            os.utime(file, (1000 + age, 1000 + age))
    last = noted(folder, quality="other")
    assert last.exists()
    assert len(list(last.parent.iterdir())) == 2


class TestNoteFile:
    def test_every_call_has_its_own(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cache = folder / "cache"
        files = {note_file(options(), cache), note_file(options(strict=True), cache)}
        files.add(note_file(options(sources=("in", "in/a.txt")), cache))
        monkeypatch.setenv("SAHELSUM_QUALITY", "fast")
        files.add(note_file(options(), cache))
        monkeypatch.chdir(folder / "in")
        files.add(note_file(options(sources=("a.txt",)), cache))
        assert len(files) == 5
        assert None not in files

    @pytest.mark.parametrize("source", ["-", "missing", "in/*.txt"])
    def test_what_is_not_a_plain_file_or_folder_has_none(self, folder: Path, source: str) -> None:
        assert note_file(options(sources=("in", source)), folder / "cache") is None

    def test_where_a_gpu_may_be_chosen_there_is_none(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settled, "_GPU", folder)
        assert note_file(options(), folder / "cache") is None
        assert note_file(options(device="cpu"), folder / "cache") is not None

    def test_another_machine_is_another_call(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        here = note_file(options(), folder / "cache")
        monkeypatch.setattr(settled, "_machine", lambda: ["elsewhere"])
        assert note_file(options(), folder / "cache") != here
