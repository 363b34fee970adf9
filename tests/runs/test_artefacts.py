"""The files of an article: all of them written, in an order that a run can be killed in at any moment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from sahelsum.errors import OutputError
from sahelsum.output.index import FolderIndex
from sahelsum.output.write import OutputFolder, seal
from sahelsum.records import Digest
from sahelsum.runs import artefacts, shard
from sahelsum.runs.artefacts import ARTEFACTS, DATA, PAGE, Artefact, Style
from tests.samples import convoy

OTHER = Artefact(lambda article_id: f"{article_id}.txt", lambda digest, _style: seal(digest.title))
"""A page in a further format."""


@pytest.fixture
def part(tmp_path: Path) -> shard.Shard:
    return shard.Shard("", OutputFolder(tmp_path), FolderIndex())


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard, "ARTEFACTS", (PAGE, OTHER, DATA))


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_data_that_declare_the_rest_done_come_last() -> None:
    assert [artefact.declares for artefact in artefacts.ARTEFACTS] == [False] * (len(ARTEFACTS) - 1) + [True]


def test_an_article_leaves_a_page_and_data(part: shard.Shard, tmp_path: Path) -> None:
    assert shard.write_article(convoy(), part, force=False)
    assert written(tmp_path) == {"000_convoy.md", "data/000_convoy.json"}
    (known,) = part.members
    assert known.row.page_bytes == (tmp_path / "000_convoy.md").stat().st_size
    assert known.row.data_bytes == (tmp_path / "data" / "000_convoy.json").stat().st_size
    assert not known.edited


def test_a_further_format_is_written_too(part: shard.Shard, tmp_path: Path, three: None) -> None:
    assert shard.write_article(convoy(), part, force=False)
    assert written(tmp_path) == {"000_convoy.md", "000_convoy.txt", "data/000_convoy.json"}


def test_an_edit_of_any_page_is_told_and_kept(part: shard.Shard, tmp_path: Path, three: None) -> None:
    shard.write_article(convoy(), part, force=False)
    edited = (tmp_path / "000_convoy.txt").read_text() + "mine"
    (tmp_path / "000_convoy.txt").write_text(edited)
    changed = replace(convoy(), title="Another")
    assert not shard.write_article(changed, part, force=False)
    assert part.members[-1].edited
    assert (tmp_path / "000_convoy.txt").read_text() == edited
    assert "# Another" in (tmp_path / "000_convoy.md").read_text()
    assert shard.write_article(changed, part, force=True)


@pytest.mark.parametrize("page", ["000_convoy.md", "000_convoy.txt"])
def test_stale_data_are_gone_before_any_page_is_written(
    part: shard.Shard, tmp_path: Path, three: None, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shard.write_article(convoy(), part, force=False)
    real = OutputFolder.guarded_write

    def full(self: OutputFolder, relative: str | PurePath, content: str, *, force: bool = False) -> object:
        if relative == page:
            assert not (tmp_path / "data" / "000_convoy.json").exists()
            raise OutputError("disk full")
        return real(self, relative, content, force=force)

    monkeypatch.setattr(OutputFolder, "guarded_write", full)
    with pytest.raises(OutputError):
        shard.write_article(replace(convoy(), title="Another"), part, force=False)
    assert not (tmp_path / "data" / "000_convoy.json").exists()


def test_nothing_is_touched_if_a_page_cannot_be_made(
    part: shard.Shard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(digest: Digest, style: Style) -> str:
        raise ValueError(digest.title)

    monkeypatch.setattr(shard, "ARTEFACTS", (PAGE, replace(OTHER, content=broken), DATA))
    with pytest.raises(ValueError, match="Convoy"):
        shard.write_article(convoy(), part, force=False)
    assert written(tmp_path) == set()
