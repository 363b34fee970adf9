"""What an output folder says of its older pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sahelsum.errors import OutputError
from sahelsum.output.older import OLDER, older_pages, write_older
from sahelsum.output.write import OutputFolder


def test_what_was_written_is_read_and_goes_again(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    write_older(folder, ["a.md", "part-0002"])
    assert older_pages(tmp_path) == {"a.md", "part-0002"}
    write_older(folder, [])
    assert not (tmp_path / OLDER).exists()
    assert older_pages(tmp_path) == frozenset()


@pytest.mark.parametrize("content", ["", "[]", '{"format": "sahelsum-older-1", "pages": [[]]}', '{"pages": ["a.md"]}'])
def test_what_is_damaged_names_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / OLDER).write_text(content, encoding="utf-8")
    assert older_pages(tmp_path) == frozenset()


def test_somebody_elses_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / OLDER).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="none of sahelsum"):
        write_older(OutputFolder(tmp_path), ["a.md"])
