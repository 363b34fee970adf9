"""The index of an output folder: quick where nothing was touched, and never trusted further than the files bear out."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sahelsum.output import previous as earlier
from sahelsum.output import write
from sahelsum.output.index import INDEX, load_index
from sahelsum.output.write import OutputFolder
from sahelsum.records import ArticleState
from sahelsum.runs import job
from sahelsum.runs import shard as output_part
from tests.fakes import DictMemory, FakeEngine, RecordingObserver
from tests.folders import OTHER, TEXT, Folder, model, states

DONE, UNCHANGED, KEPT = ArticleState.DONE, ArticleState.UNCHANGED, ArticleState.KEPT
LONG_AGO = 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add("a.txt", TEXT)
    made.add("b.txt", OTHER)
    made.run()
    return made


def age(folder: Folder) -> None:
    """As if the files had been written long before the index."""
    for path in folder.output.rglob("*"):
        if path.is_file() and path.name != Path(INDEX).name:
            os.utime(path, (LONG_AGO, LONG_AGO))


def same_size_edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(old.encode()) == len(new.encode())
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_nobody_touched_is_not_even_opened(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    age(folder)
    for module, name in ((earlier, "_data"), (earlier, "_sealed"), (earlier, "digest_from_json")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("opened"))
    assert states(folder.run()) == [UNCHANGED, UNCHANGED]


def test_what_is_newer_is_known_by_its_bytes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "data/a.json"):
        os.utime(folder.output / name)
    monkeypatch.setattr(earlier, "digest_from_json", lambda *_: pytest.fail("read whole"))
    assert states(folder.run()) == [UNCHANGED, UNCHANGED]


def test_a_file_looked_at_once_need_not_be_opened_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    os.utime(folder.output / INDEX, (now - 20, now - 20))
    for name in ("a.md", "data/a.json"):
        os.utime(folder.output / name, (now - 10, now - 10))
    before = folder.bytes()
    folder.run()
    assert folder.bytes() == before
    index = load_index(OutputFolder(folder.output))
    assert index.written > (folder.output / "a.md").stat().st_mtime_ns


@pytest.mark.parametrize("age_first", [True, False])
def test_an_edit_of_the_same_size_is_seen(folder: Folder, age_first: bool) -> None:
    if age_first:
        age(folder)
    same_size_edit(folder.output / "a.md", "BAMAKO", "Bamako")
    same_size_edit(folder.output / "data/b.json", "MOSKAU", "MOSCOW")
    assert states(folder.run()) == [KEPT, DONE]
    assert "Bamako" in (folder.output / "a.md").read_text(encoding="utf-8")
    assert "MOSKAU" in (folder.output / "data/b.json").read_text(encoding="utf-8")


def test_without_the_index_the_digests_themselves_are_read(folder: Folder) -> None:
    before = folder.bytes()
    (folder.output / INDEX).unlink()
    assert states(folder.run()) == [UNCHANGED, UNCHANGED]
    assert folder.bytes() == before


DAMAGES: list[Callable[[str], str]] = [
    lambda text: text[: len(text) // 2],
    lambda text: text.splitlines()[0],
    lambda text: text + "\0" * 100,
    lambda text: text + "[" * 100_000,
    lambda text: text.replace("sahelsum-index-1", "sahelsum-index-9"),
    lambda text: text.replace('"page_bytes": ', '"page_bytes": "x", "y": '),
    lambda text: text.replace('"sentences_in": 4', '"sentences_in": "4a"'),
    lambda text: text.replace('"summary": {', '"summary": {"z": 1, "countries": 3, "old": {') + "}",
    lambda text: "\n".join([text.splitlines()[0], "{}", "7"]),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_costs_nothing_and_is_made_again(folder: Folder, damage: Callable[[str], str]) -> None:
    before = folder.bytes()
    index = folder.output / INDEX
    index.write_text(damage(index.read_text(encoding="utf-8")), encoding="utf-8")
    assert states(folder.run()) == [UNCHANGED, UNCHANGED]
    assert folder.bytes() == before


def test_an_index_of_other_settings_is_no_reason_to_keep_anything(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(folder)
    monkeypatch.setattr(job, "code_sha256", lambda: "another")
    assert states(folder.run()) == [DONE, DONE]


def test_a_sentence_that_failed_is_tried_again_though_nothing_was_touched(tmp_path: Path) -> None:
    made = Folder(tmp_path)
    made.add("a.txt", TEXT)
    made.run(FakeEngine(poison="Minister sprach"))
    age(made)
    assert states(made.run()) == [DONE]


def test_a_combined_page_is_made_again_only_when_an_article_changes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    real = output_part.combine
    monkeypatch.setattr(output_part, "combine", lambda *given: made.append(1) or real(*given))  # type: ignore[func-returns-value]
    folder.run()
    assert made == []
    (folder.output / "digest.md").unlink()
    folder.run()
    assert made == [1]
    folder.add("c.txt", OTHER + " Das war gestern.")
    folder.run()
    assert made == [1, 1]
    (folder.articles / "c.txt").unlink()
    folder.run()
    assert made == [1, 1, 1]


def test_a_combined_page_edited_by_hand_is_told_every_time_and_forced(folder: Folder) -> None:
    page = folder.output / "digest.md"
    folder.run()
    edited = page.read_text(encoding="utf-8").replace("Sahel digest", "Mine")
    page.write_text(edited, encoding="utf-8")
    for _ in range(2):
        observer = RecordingObserver()
        folder.run(observer=observer)
        assert any("digest.md" in note for note in observer.notes)
    assert page.read_text(encoding="utf-8") == edited
    folder.run(force=True)
    assert "Sahel digest" in page.read_text(encoding="utf-8")


class Killed(BaseException):
    """Stands for the end of the process."""


WRITES = range(9)
"""Of the run below: two pages, two data, the combined page and its data, what came when, the index, one after them."""
CAME = 7
"""From this write on, the run has told that the articles came anew; to turn them back is news again."""
ACROSS = frozenset({"digest.md", "digest.json", "data/arrivals.index", "data/articles.index"})


@pytest.mark.parametrize("at", WRITES)
def test_killed_at_any_write_and_turned_back_nothing_stale_is_left(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """A run for changed articles dies at one of its writes; then the articles are changed back."""
    before = folder.bytes()
    age(folder)
    memory = DictMemory()
    count = iter(range(99))
    real = os.replace

    def dying(source: str, target: str) -> None:
        if next(count) == at:
            raise Killed
        real(source, target)

    folder.add("a.txt", TEXT + " Das war gestern.")
    folder.add("b.txt", OTHER + " Das war heute.")
    monkeypatch.setattr(write.os, "replace", dying)
    try:
        folder.run(translator=model(FakeEngine(), memory))
    except Killed:
        assert at < WRITES[-1]
    monkeypatch.undo()
    folder.add("a.txt", TEXT)
    folder.add("b.txt", OTHER)
    folder.run(translator=model(FakeEngine(), memory))
    after = folder.bytes()
    told = ACROSS if at >= CAME else frozenset()
    assert {name for name in before | after if before.get(name) != after.get(name)} == told
    assert (b"## New" in after["digest.md"]) == (at >= CAME)


def test_the_index_is_json_that_says_what_it_is(folder: Folder) -> None:
    head, *lines = (folder.output / INDEX).read_text(encoding="utf-8").splitlines()
    assert json.loads(head)["format"] == "sahelsum-index-1"
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]


def test_somebody_elses_file_in_its_place_is_left_and_told(folder: Folder) -> None:
    (folder.output / INDEX).write_text("mine", encoding="utf-8")
    report = folder.run()
    assert states(report) == [UNCHANGED, UNCHANGED, ArticleState.FAILED]
    assert "articles.index" in list(report.entries)[2].message
    assert (folder.output / INDEX).read_text(encoding="utf-8") == "mine"
