"""Digests as a table: every row and value of the folder, in three formats, none of which runs a formula."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.cli.main import cli
from sahelsum.errors import ConfigError, InputError, OutputError
from sahelsum.export import COLUMNS, Rows, export_table
from sahelsum.export import writers as writers_module
from sahelsum.export.columns import ROWS_OF, Row
from sahelsum.export.writers import _cell
from sahelsum.output.sidecar import digest_json
from sahelsum.records import Digest
from tests.read.test_parquet import hide
from tests.samples import convoy, hostile, make_digest


def save(folder: Path, *digests: Digest) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for digest in digests:
        (folder / "data" / f"{digest.article.id}.json").write_text(digest_json(digest), encoding="utf-8")
    return folder


def exported(folder: Path, rows: Rows = Rows.ARTICLES) -> list[dict[str, object]]:
    export_table(folder, folder / "table.jsonl", rows)
    return [json.loads(line) for line in (folder / "table.jsonl").read_text(encoding="utf-8").splitlines()]


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_an_article_is_a_row(tmp_path: Path) -> None:
    (row,) = exported(save(tmp_path, convoy()))
    assert list(row) == [column.name for column in COLUMNS[Rows.ARTICLES]]
    assert (row["article_id"], row["title"], row["date"]) == ("000_convoy", "Convoy reaches Bamako", "2025-11-16")
    assert (row["errors"], row["warnings"], row["review"]) == (1, 2, "check")
    assert row["findings"] == ["MT-FAILED", "NUM-LOST", "SUM-SUPPORT"]
    assert (row["sentences"], row["failed"], row["translator"]) == (7, 1, "nllb-200-600m")


def test_a_sentence_is_a_row(tmp_path: Path) -> None:
    digest = convoy()
    rows = exported(save(tmp_path, digest), Rows.SENTENCES)
    assert list(rows[0]) == [column.name for column in COLUMNS[Rows.SENTENCES]]
    assert [row["english"] for row in rows] == [item.text for item in digest.translations]
    assert [row["german"] for row in rows] == [item.sentence.text for item in digest.translations]
    assert [row["findings"] for row in rows] == [[], ["NUM-LOST"], [], [], ["MT-FAILED"], [], []]
    assert [row["block"] for row in rows][1:3] == ["paragraph", "heading"]
    assert rows[4]["failure"] == "the model gave an empty translation"


@pytest.mark.parametrize("rows", list(Rows))
def test_all_formats_say_the_same(tmp_path: Path, rows: Rows) -> None:
    folder = save(tmp_path / "out", convoy(), make_digest([[("Ein Satz.", "A sentence.")]]))
    lines = exported(folder, rows)
    export_table(folder, tmp_path / "t.parquet", rows)
    export_table(folder, tmp_path / "t.csv", rows)
    table = pq.read_table(tmp_path / "t.parquet")
    assert table.to_pylist() == lines
    assert table.schema.field("findings").type == pa.list_(pa.string())
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        cells = list(csv.DictReader(stream))
    assert [row["source"] for row in cells] == [row["source"] for row in lines]
    assert [row["findings"].split() for row in cells] == [row["findings"] for row in lines]


def test_the_folders_of_parts_come_in_their_order(tmp_path: Path) -> None:
    for number in (2, 1, 10):
        save(tmp_path / f"part-{number:04d}", make_digest([[("Ja.", "Yes.")]], article_id=f"a{number}"))
    assert [row["article_id"] for row in exported(tmp_path)] == ["a1", "a2", "a10"]


def test_damaged_digests_are_named_and_the_others_written(tmp_path: Path) -> None:
    folder = save(tmp_path, convoy())
    (folder / "data" / "broken.json").write_text("{", encoding="utf-8")
    (folder / "data" / "bytes.json").write_bytes(b"\xff")
    (folder / "data" / "folder.json").mkdir()
    os.mkfifo(folder / "data" / "pipe.json")
    result = sahelsum("export", str(folder), "-o", str(tmp_path / "t.csv"))
    assert result.exit_code == 1
    for name in ("broken", "bytes", "folder", "pipe"):
        assert f"{name}.json" in result.stderr
    assert "1 articles in" in result.stderr
    assert result.stdout == ""


def test_a_folder_without_digests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no digests"):
        export_table(tmp_path, tmp_path / "t.csv", Rows.ARTICLES)


@pytest.mark.parametrize("name", ["t.xlsx", "t", "t.json"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"\.parquet, \.jsonl, \.csv"):
        export_table(save(tmp_path, convoy()), tmp_path / name, Rows.ARTICLES)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_that_is_given_up_leaves_the_old_one(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Digest) -> Iterator[Row]:
        yield dict.fromkeys((column.name for column in COLUMNS[Rows.ARTICLES]), None)
        raise KeyboardInterrupt

    monkeypatch.setitem(ROWS_OF, Rows.ARTICLES, stop)
    folder = save(tmp_path / "in", convoy())
    target = tmp_path / f"t.{ending}"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        export_table(folder, target, Rows.ARTICLES, force=True)
    assert target.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {target.name, "in"}


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    folder = save(tmp_path, convoy())
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(OutputError, match="folder has that name"):
        export_table(folder, tmp_path / "t.csv", Rows.ARTICLES)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        export_table(folder, tmp_path / "file" / "t.csv", Rows.ARTICLES)


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers_module, "ROWS_PER_GROUP", 3)
    export_table(save(tmp_path, convoy()), tmp_path / "t.parquet", Rows.SENTENCES)
    metadata = pq.ParquetFile(tmp_path / "t.parquet").metadata
    assert (metadata.num_rows, metadata.num_row_groups) == (7, 3)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _cell(text) == f"'{text}"


@given(st.text())
def test_other_texts_stay_as_they_are(text: str) -> None:
    cell = _cell(text)
    assert isinstance(cell, str)
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_are_no_formulas() -> None:
    assert _cell(-0.25) == -0.25


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_hostile_text_is_written_whole(tmp_path: Path, ending: str) -> None:
    digest = hostile('=cmd|" /C calc"!A0\n\x00\u202e "quoted", \ud800')
    digest = replace(digest, article=replace(digest.article, id="a"))
    assert sahelsum("export", str(save(tmp_path, digest)), "-o", str(tmp_path / f"t.{ending}")).exit_code == 0
    content = (tmp_path / f"t.{ending}").read_bytes()
    assert b"\xed\xa0\x80" not in content
    if ending == "csv":
        with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
            (row,) = csv.DictReader(stream)
        assert row["title_original"].startswith("'=cmd")


def test_the_columns_can_be_asked_for() -> None:
    result = sahelsum("export", "nowhere", "--columns", "--rows", "sentences")
    assert result.exit_code == 0
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == [
        column.name for column in COLUMNS[Rows.SENTENCES]
    ]


def test_the_file_has_to_be_named(tmp_path: Path) -> None:
    result = sahelsum("export", str(tmp_path))
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_without_pyarrow_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = save(tmp_path, convoy())
    hide(monkeypatch, "pyarrow")
    with pytest.raises(ConfigError, match=r"pip install 'sahelsum\[parquet\]'"):
        export_table(folder, tmp_path / "t.parquet", Rows.ARTICLES)
    assert not (tmp_path / "t.parquet").exists()
    export_table(folder, tmp_path / "t.csv", Rows.ARTICLES)
