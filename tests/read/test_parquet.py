"""Parquet as input: the same articles as from JSON Lines, in constant memory, whatever the file holds."""

from __future__ import annotations

import builtins
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.errors import InputError
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.read.parquet import ROWS_PER_BATCH, count_rows, read_rows
from sahelsum.records import Article, Failure

GERMAN = "Die Regierung in Bamako hat am Montag den Ausnahmezustand verlängert, weil die Kämpfe andauern. Größe: 3."


def save(path: Path, table: pa.Table | dict[str, Any], **options: Any) -> Path:
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), path, **options)
    return path


def read(path: Path, **options: Any) -> list[Article | Failure]:
    (source,) = find_sources([str(path)])
    return list(read_articles(source, ReadOptions(**{"check_language": False, **options})))


def articles(path: Path, **options: Any) -> list[Article]:
    results = read(path, **options)
    assert all(isinstance(result, Article) for result in results), results
    return [result for result in results if isinstance(result, Article)]


def failure(path: Path, **options: Any) -> str:
    (result,) = read(path, **options)
    assert isinstance(result, Failure), result
    return result.message


def test_rows_are_the_articles_of_the_same_json_lines(tmp_path: Path) -> None:
    rows = [
        {
            "id": "Größe/1",
            "text": GERMAN,
            "title": "Titel",
            "date": "2025-04",
            "source": "taz",
            "url": "https://a.de/b",
        },
        {"id": "zwei", "text": "Ein Satz.\n\nNoch einer.", "author": "A. Person"},
    ]
    (tmp_path / "n.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    from_lines = [result for result in read(tmp_path / "n.jsonl") if isinstance(result, Article)]
    from_rows = articles(save(tmp_path / "m.parquet", pa.Table.from_pylist(rows, pa.schema(
        [(name, pa.string()) for name in ("id", "text", "title", "date", "source", "url", "author")]
    ))))  # fmt: skip
    assert [found.source for found in from_rows] == ["m.parquet, row 1", "m.parquet, row 2"]
    for one, other in zip(from_lines, from_rows, strict=True):
        assert (one.id, one.blocks, one.title, one.date, one.credit, one.url, one.metadata) == (
            other.id, other.blocks, other.title, other.date, other.credit, other.url, other.metadata
        )  # fmt: skip


def test_other_types_become_text(tmp_path: Path) -> None:
    table = {
        "text": pa.array([GERMAN], pa.large_string()),
        "id": [17],
        "date": [datetime.date(2025, 11, 16)],
        "views": [3.5],
        "checked": [True],
        "tags": [["Mali", "Niger"]],
        "place": [{"name": "Bamako"}],
        "key": [b"\xff\x00"],
        "nothing": [None],
    }
    (found,) = articles(save(tmp_path / "m.parquet", table))
    assert found.id == "17"
    assert found.date is not None
    assert found.date.value == "2025-11-16"
    assert dict(found.metadata) == {
        "views": "3.5",
        "checked": "true",
        "tags": '["Mali", "Niger"]',
        "place": '{"name": "Bamako"}',
        "key": "ff00",
    }


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_a_moment_is_a_date(tmp_path: Path, zone: str | None) -> None:
    moments = pa.array([datetime.datetime(2025, 11, 16, 8, 30)], pa.timestamp("us", zone))
    (found,) = articles(save(tmp_path / "m.parquet", {"text": [GERMAN], "date": moments}))
    assert found.date is not None
    assert found.date.value == "2025-11-16"


def test_dictionaries_and_bytes_are_text(tmp_path: Path) -> None:
    table = {"text": pa.array([GERMAN, GERMAN]).dictionary_encode(), "title": pa.array([b"Eins", b"Zwei"])}
    assert [found.title for found in articles(save(tmp_path / "m.parquet", table))] == ["Eins", "Zwei"]
    (found,) = articles(save(tmp_path / "b.parquet", {"text": [GERMAN.encode()]}))
    assert "Bamako" in found.blocks[0].text


def test_a_bad_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    texts = pa.array([b"Gut.", None, b" ", b"\xff\xfe", b"x" * 5000, b"Auch gut."], pa.binary())
    results = read(save(tmp_path / "m.parquet", {"text": texts}), max_bytes=4000)
    assert [type(result) for result in results] == [Article, Failure, Failure, Failure, Failure, Article]
    assert [result.source for result in results] == [f"m.parquet, row {row}" for row in range(1, 7)]
    told = [result.message for result in results if isinstance(result, Failure)]
    for message, said in zip(told, ("is missing", "is empty", "not UTF-8", "--max-article-bytes"), strict=True):
        assert said in message


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"body": [GERMAN], "x\x1b[31m": ["a"]}, 'no column "text"'),
        ({"text": [5]}, 'its column "text" holds int64, not text'),
        ({"text": [[GERMAN]]}, "not text"),
        ({"text": [{"a": GERMAN}]}, "not text"),
        (pa.table([[GERMAN], ["a"], ["b"]], names=["text", "note", " note"]), "more than once"),
        ({"text": pa.array([], pa.string())}, "is empty"),
    ],
)
def test_an_unfit_table_is_one_failure(tmp_path: Path, table: Any, said: str) -> None:
    told = failure(save(tmp_path / "m.parquet", table))
    assert said in told
    assert told.isprintable()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PAR1",
        b"PAR1PAR1",
        b"<html></html>",
        b"PAR1\xff\xff\xff\xffPAR1",
        b"PAR1" + bytes(100) + b"\x64\0\0\0PAR1",
    ],
)
def test_what_is_no_parquet_file_is_one_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.parquet").write_bytes(content)
    told = failure(tmp_path / "m.parquet")
    assert "Parquet" in told
    assert told.isprintable()


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    kind: pa.DataType = pa.string()
    for _ in range(100):
        kind = pa.list_(kind)
    table = pa.table({"text": [GERMAN], "deep": pa.array([None], kind)})
    assert "nested" in failure(save(tmp_path / "m.parquet", table))


@given(data=st.data())
def test_a_damaged_file_does_no_more_than_fail(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = save(tmp_path_factory.mktemp("damaged") / "m.parquet", {"text": [GERMAN] * 3, "id": ["a", "b", "c"]})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(len(content) - 20, len(content)))])
    for result in read(path):
        assert isinstance(result, Article | Failure)


def test_damage_further_on_tells_from_which_row(tmp_path: Path) -> None:
    texts = [f"{GERMAN} Satz {number}." for number in range(4 * ROWS_PER_BATCH)]
    path = save(
        tmp_path / "m.parquet",
        {"text": texts},
        row_group_size=2 * ROWS_PER_BATCH,
        use_dictionary=False,
        compression="none",
        write_page_checksum=True,
    )
    content = path.read_bytes()
    place = content.index(f"Satz {3 * ROWS_PER_BATCH}".encode())
    path.write_bytes(content[:place] + b"X" + content[place + 1 :])
    *good, last = read(path)
    assert len(good) == 2 * ROWS_PER_BATCH
    assert isinstance(last, Failure)
    assert f"row {2 * ROWS_PER_BATCH + 1} and all after it" in last.message


def test_extension_types_of_the_file_are_never_brought_to_life(tmp_path: Path) -> None:
    brought: list[bytes] = []

    class Planted(pa.ExtensionType):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(pa.string(), "sahelsum.planted")

        def __arrow_ext_serialize__(self) -> bytes:
            return b"payload"

        @classmethod
        def __arrow_ext_deserialize__(cls, storage: pa.DataType, serialized: bytes) -> Planted:
            brought.append(serialized)
            return cls()

    pa.register_extension_type(Planted())
    try:
        values = pa.ExtensionArray.from_storage(Planted(), pa.array([GERMAN]))
        path = save(tmp_path / "m.parquet", {"text": values})
        brought.clear()
        assert len(articles(path)) == 1
        with path.open("rb") as stream:
            assert count_rows(stream) == 1
    finally:
        pa.unregister_extension_type("sahelsum.planted")
    assert brought == []


def test_rows_are_counted_without_reading_them(tmp_path: Path) -> None:
    path = save(tmp_path / "m.parquet", {"text": ["a"] * 1000}, row_group_size=300)
    with path.open("rb") as stream:
        assert count_rows(stream) == 1000


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    texts = pa.array([f"{number} " + "Wort " * 2000 for number in range(20 * ROWS_PER_BATCH)])
    path = save(tmp_path / "m.parquet", {"text": texts}, write_batch_size=16, data_page_size=100_000)
    size = texts.nbytes
    del texts
    before, most = pa.total_allocated_bytes(), 0
    with path.open("rb") as stream:
        for _ in read_rows(stream, 1_000_000):
            most = max(most, pa.total_allocated_bytes() - before)
    assert most < size / 3


def test_a_row_far_over_the_limit_stays_out_of_python(tmp_path: Path) -> None:
    path = save(tmp_path / "m.parquet", {"text": ["x" * 5_000_000, "Gut."]})
    with path.open("rb") as stream:
        large, small = read_rows(stream, 1000)
    assert (large.data, large.size) == (None, 5_000_000)
    assert small.data == b'{"text": "Gut."}'


def hide(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Let every import of a library fail, as where it is not installed."""
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == library:
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)


def test_without_pyarrow_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "m.parquet", {"text": [GERMAN]})
    hide(monkeypatch, "pyarrow")
    assert "pip install 'sahelsum[parquet]'" in failure(path)
    with path.open("rb") as stream, pytest.raises(InputError, match="sahelsum\\[parquet\\]"):
        count_rows(stream)
