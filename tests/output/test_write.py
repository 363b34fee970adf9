"""Writing: whole or not at all, only inside the folder, never over edits."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.atomic import write_text
from sahelsum.errors import OutputError
from sahelsum.output.write import OutputFolder, WriteResult, is_sealed, seal

root_ignores_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)


def test_writes_utf8_with_plain_newlines(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a.md"
    assert write_text(path, "Ménaka\nß\n")
    assert path.read_bytes() == "Ménaka\nß\n".encode()


def test_same_bytes_leave_the_file_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_text(path, "x\n")
    os.utime(path, ns=(1, 1))
    assert not write_text(path, "x\n")
    assert path.stat().st_mtime_ns == 1


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_an_interrupted_write_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "a.md"
    write_text(path, "old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_disk_full_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match=r"a\.md: No space left on device\. The disk is full"):
        write_text(tmp_path / "a.md", "x")


@root_ignores_permissions
def test_no_permission_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may not write there"):
        write_text(tmp_path / "a.md", "x")
    tmp_path.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="--output"):
        OutputFolder(tmp_path / "out")


def test_a_folder_in_place_of_the_file_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OutputError, match="folder"):
        OutputFolder(tmp_path).guarded_write("a.md", "x")


@pytest.mark.parametrize("relative", ["../a.md", "data/../../a.md", "/etc/a.md", "", "a\0.md"])
def test_paths_out_of_the_folder_are_refused(tmp_path: Path, relative: str) -> None:
    with pytest.raises(OutputError, match="Refused"):
        OutputFolder(tmp_path / "out").path(relative)


def test_links_are_refused(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "out")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("keep")
    (folder.root / "a.md").symlink_to(outside / "secret")
    (folder.root / "data").symlink_to(outside)
    for relative in ("a.md", "data/a.json"):
        with pytest.raises(OutputError, match="link"):
            folder.guarded_write(relative, "x", force=True)
    assert (outside / "secret").read_text() == "keep"
    assert sorted(entry.name for entry in outside.iterdir()) == ["secret"]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder = OutputFolder(tmp_path / "link")
    assert folder.guarded_write("data/a.json", "{}\n") is WriteResult.WRITTEN
    assert (tmp_path / "real" / "data" / "a.json").read_text() == "{}\n"


def test_guarded_write_overwrites_its_own_pages_and_keeps_edited_ones(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    assert folder.guarded_write("a.md", seal("one")) is WriteResult.WRITTEN
    assert folder.guarded_write("a.md", seal("one")) is WriteResult.UNCHANGED
    assert folder.guarded_write("a.md", seal("two")) is WriteResult.WRITTEN
    edited = seal("two").replace("two", "mine")
    (tmp_path / "a.md").write_text(edited)
    assert folder.guarded_write("a.md", seal("three")) is WriteResult.KEPT
    assert (tmp_path / "a.md").read_text() == edited
    assert folder.guarded_write("a.md", seal("three"), force=True) is WriteResult.WRITTEN
    assert (tmp_path / "a.md").read_text() == seal("three")


# A carriage return may come and go: see is_sealed.
@given(
    st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1)
)
def test_any_change_breaks_the_seal(page: str, addition: str) -> None:
    sealed = seal(page).encode("utf-8")
    assert is_sealed(sealed)
    assert not is_sealed(sealed + addition.encode("utf-8"))
    assert not is_sealed(addition.encode("utf-8") + sealed)
    assert not is_sealed(page.encode("utf-8"))
