"""A table takes the place of a table of sahelsum's alone, and never of a digest."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sahelsum.errors import OutputError
from sahelsum.export import Rows, export_table
from sahelsum.export.writers import TABLE_FORMATS
from tests.export.test_export import sahelsum, save
from tests.samples import convoy

FOREIGN = {
    ".parquet": b"PAR1 of somebody else's",
    ".jsonl": b'{"text": "Die Armee hat in Bamako 24 Menschen festgenommen.", "article_id": "a"}\n',
    ".csv": b"article_id,source,notes\n1,taz,mine\n",
}


@pytest.mark.parametrize("suffix", TABLE_FORMATS)
def test_somebody_elses_file_is_left_alone_without_force(tmp_path: Path, suffix: str) -> None:
    folder, target = save(tmp_path / "out", convoy()), tmp_path / f"table{suffix}"
    target.write_bytes(FOREIGN[suffix])
    told = sahelsum("export", str(folder), "-o", str(target))
    assert told.exit_code == 1
    assert "no table that sahelsum wrote" in told.stderr
    assert "--force" in told.stderr
    assert target.read_bytes() == FOREIGN[suffix]
    assert sahelsum("export", str(folder), "-o", str(target), "--force").exit_code == 0
    assert target.read_bytes() != FOREIGN[suffix]


@pytest.mark.parametrize("suffix", TABLE_FORMATS)
@pytest.mark.parametrize("rows", list(Rows))
def test_a_table_of_ours_is_replaced(tmp_path: Path, suffix: str, rows: Rows) -> None:
    folder, target = save(tmp_path / "out", convoy()), tmp_path / f"table{suffix}"
    target.touch()  # an empty file is nobody's loss
    for _ in range(2):
        assert export_table(folder, target, rows).digests == 1


def test_parquet_of_others_is_told_by_its_description(tmp_path: Path) -> None:
    folder, target = save(tmp_path / "out", convoy()), tmp_path / "table.parquet"
    pq.write_table(pa.table({"article_id": ["a"], "text": ["sahelsum-table"]}), target)
    with pytest.raises(OutputError, match="no table that sahelsum wrote"):
        export_table(folder, target, Rows.ARTICLES)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1\xff\xff\xff\xffPAR1", b"PAR1\x00\x00\x00\x00PAR1"])
def test_damaged_parquet_is_none_of_ours(tmp_path: Path, content: bytes) -> None:
    folder, target = save(tmp_path / "out", convoy()), tmp_path / "table.parquet"
    target.write_bytes(content)
    with pytest.raises(OutputError, match="no table that sahelsum wrote"):
        export_table(folder, target, Rows.ARTICLES)


@pytest.mark.parametrize("link", ["link", "symlink"])
def test_no_flag_writes_over_a_digest(tmp_path: Path, link: str) -> None:
    folder = save(tmp_path / "out", convoy())
    (digest,) = (folder / "data").glob("*.json")
    content = digest.read_bytes()
    target = tmp_path / "table.jsonl"
    getattr(os, link)(digest, target)
    with pytest.raises(OutputError, match="one of the digests"):
        export_table(folder, target, Rows.ARTICLES, force=True)
    assert digest.read_bytes() == content
