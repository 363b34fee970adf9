"""Large runs: output in parts, the page of pages, memory that does not grow, reading and writing beside the models."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sahelsum import read
from sahelsum.errors import ModelUnavailableError
from sahelsum.output.sidecar import digest_from_json
from sahelsum.protocols import Observer
from sahelsum.read.count import count_articles
from sahelsum.read.sources import find_sources
from sahelsum.records import ArticleState, Digest, Failure, Output
from sahelsum.runs import pipeline
from sahelsum.runs import plan as parts
from sahelsum.runs import shard as output_part
from sahelsum.runs.job import Job
from sahelsum.runs.plan import plan_shards
from sahelsum.runs.work import BatchResult, Item, Translated, make_digests, through_models
from tests.fakes import DictMemory, FakeEngine, RecordingObserver
from tests.folders import OTHER, TEXT, Folder, model, states


def rows(*names: str) -> str:
    texts = {name: f"{TEXT} Das war {name}." for name in names}
    return "".join(json.dumps({"id": name, "text": text, "date": "2025-05-01"}) + "\n" for name, text in texts.items())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add("news.jsonl", rows("a", "b", "c", "d", "e"))
    return made


def test_parts_are_folders_like_any_other_in_the_order_of_the_input(folder: Folder) -> None:
    report = folder.run(shard_articles=2)
    assert states(report) == [ArticleState.DONE] * 5
    assert report.parts == 3
    assert [entry.id for entry in report.entries] == ["a", "b", "c", "d", "e"]
    files = set(folder.bytes())
    assert {name for name in files if "/" not in name} == {"digest.md"}
    assert {name for name in files if name.startswith("part-0001/")} == {
        "part-0001/a.md",
        "part-0001/b.md",
        "part-0001/digest.md",
        "part-0001/digest.json",
        "part-0001/data/a.json",
        "part-0001/data/b.json",
        "part-0001/data/articles.index",
        "part-0001/data/arrivals.index",
    }
    assert {name for name in files if name.startswith("part-0003/")} == {
        "part-0003/e.md",
        "part-0003/digest.md",
        "part-0003/digest.json",
        "part-0003/data/e.json",
        "part-0003/data/articles.index",
        "part-0003/data/arrivals.index",
    }


def test_a_part_has_the_bytes_of_a_run_of_its_articles_alone(folder: Folder, tmp_path: Path) -> None:
    folder.run(shard_articles=2)
    alone = Folder(tmp_path / "alone")
    alone.root.mkdir()
    alone.add("news.jsonl", rows("a", "b"))
    alone.run()
    assert {name: folder.bytes()[f"part-0001/{name}"] for name in alone.bytes()} == alone.bytes()


def test_the_page_of_pages_sums_up_and_links(folder: Folder) -> None:
    folder.add("news.jsonl", rows("a", "b", "c") + '{"text": ""}\n')
    observer = RecordingObserver()
    folder.run(shard_articles=2, observer=observer)
    page = (folder.output / "digest.md").read_text(encoding="utf-8")
    assert "3 articles in 2 parts" in page
    assert "[part-0002](part-0002/digest.md)" in page
    assert "1 May 2025" in page
    assert "1 not done" in page
    assert "| Mali | 3 |" in page
    assert 'review: "check"' in page
    assert any("part-0001" in note for note in observer.notes)


def test_a_second_run_of_parts_reads_no_digest_and_changes_no_byte(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.run(shard_articles=2)
    before = folder.bytes()

    def unwanted(*_: object) -> None:
        raise AssertionError("a digest was read, or a page made again")

    for module, name in ((output_part, "load_digest"), (output_part, "combine")):
        monkeypatch.setattr(module, name, unwanted)
    engine = FakeEngine()
    report = folder.run(engine, shard_articles=2)
    assert states(report) == [ArticleState.UNCHANGED] * 5
    assert engine.calls == []
    assert folder.bytes() == before


def test_one_changed_article_remakes_its_own_part_only(folder: Folder) -> None:
    folder.run(shard_articles=2)
    before = folder.bytes()
    folder.add("news.jsonl", rows("a", "b", "c", "d", "e").replace("Das war c.", "Das war c und Moskau."))
    assert states(folder.run(shard_articles=2)).count(ArticleState.DONE) == 1
    changed = {name for name, content in folder.bytes().items() if before[name] != content}
    assert {name.split("/")[0] for name in changed} == {"part-0002", "digest.md"}


def test_from_parts_to_one_folder_and_back_everything_is_right_and_told(folder: Folder, tmp_path: Path) -> None:
    fresh = {size: Folder(tmp_path / str(size)) for size in (0, 2)}
    for size, other in fresh.items():
        other.root.mkdir()
        other.add("news.jsonl", rows("a", "b", "c", "d", "e"))
        other.run(shard_articles=size)
    memory = DictMemory()
    for size, left in ((2, "nothing"), (0, "part-0001, a part"), (2, "5 pages")):
        observer = RecordingObserver()
        report = folder.run(translator=model(FakeEngine(), memory), observer=observer, shard_articles=size)
        assert ArticleState.FAILED not in states(report)
        told_of_older = {"digest.md", "data/articles.index"} if left != "nothing" else set()
        expected = {name: content for name, content in fresh[size].bytes().items() if name not in told_of_older}
        assert expected.items() <= folder.bytes().items()
        assert (b"## Older pages" in folder.bytes()["digest.md"]) is (left != "nothing")
        assert any(left in note for note in observer.notes if note.startswith("left")) is (left != "nothing")


def test_articles_that_move_to_another_part_are_told_where_they_were(folder: Folder) -> None:
    folder.run(shard_articles=2)
    folder.add("news.jsonl", rows("new", "a", "b", "c", "d", "e"))
    observer = RecordingObserver()
    report = folder.run(shard_articles=2, observer=observer)
    assert ArticleState.FAILED not in states(report)
    assert (folder.output / "part-0002" / "b.md").is_file()
    (note,) = [note for note in observer.notes if note.startswith("left")]
    assert "part-0001/b.md" in note
    assert "part-0002/d.md" in note
    assert "a.md" not in note.replace("part-0001/b.md", "")


def test_a_page_of_pages_edited_by_hand_is_kept(folder: Folder) -> None:
    folder.run(shard_articles=2)
    edited = (folder.output / "digest.md").read_text(encoding="utf-8") + "Mine\n"
    (folder.output / "digest.md").write_text(edited, encoding="utf-8")
    observer = RecordingObserver()
    folder.add("news.jsonl", rows("a", "b", "c"))
    folder.run(shard_articles=2, observer=observer)
    assert (folder.output / "digest.md").read_text(encoding="utf-8") == edited
    assert any("kept      digest.md" in note for note in observer.notes)


def test_a_combined_page_that_fails_costs_its_part_alone_and_is_made_next_time(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = output_part.combine

    def broken(digests: Sequence[object], *rest: object) -> object:
        if digests[0].article.id == "c":  # type: ignore[attr-defined]
            raise ZeroDivisionError("planted")
        return real(digests, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(output_part, "combine", broken)
    report = folder.run(shard_articles=2)
    assert [entry.source for entry in report.entries if entry.state is ArticleState.FAILED] == ["part-0002/digest.md"]
    assert "part-0002" in (folder.output / "digest.md").read_text(encoding="utf-8")
    monkeypatch.undo()
    assert states(folder.run(shard_articles=2)) == [ArticleState.UNCHANGED] * 5
    assert (folder.output / "part-0002" / "digest.md").is_file()


def test_a_link_in_place_of_a_part_is_refused(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.output.mkdir()
    (folder.output / "part-0001").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(output_part.SahelsumError):
        folder.run(shard_articles=2)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def plan(folder: Folder, **changes: object) -> int:
    values: dict[str, object] = {"sources": find_sources([str(folder.articles)]), "output": folder.output, **changes}
    return plan_shards(
        Job(**values, read=read.ReadOptions(), translator=model(FakeEngine()), summarizer=None)  # type: ignore[arg-type]
    ).size


def test_only_large_runs_are_parted_unless_somebody_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plan(folder) == 0
    assert plan(folder, shard_articles=3) == 3
    monkeypatch.setattr(parts, "SHARDED_FROM", 4)
    assert plan(folder) == parts.SHARD_ARTICLES
    assert plan(folder, shard_articles=0) == 0
    monkeypatch.setattr(parts, "SHARDED_FROM", 5)
    assert plan(folder) == 0


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("{}\n", 1), ("{}\n{}", 2), ("{}\r\n{}\r\n{}\r\n", 3)])
def test_lines_are_counted_without_being_read(tmp_path: Path, text: str, lines: int) -> None:
    (tmp_path / "a.jsonl").write_bytes(text.encode())
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert count_articles(find_sources([str(tmp_path)])) == lines + 1


def test_what_cannot_be_read_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert count_articles(find_sources([str(tmp_path / "a.txt"), str(tmp_path / "none.jsonl")])) == 2


@pytest.mark.slow
def test_what_a_part_held_is_dropped_when_its_page_is_written(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.add("news.jsonl", rows(*(f"n{number:02}" for number in range(12))))
    real = output_part.close_shard
    alive: list[int] = []

    def digests() -> int:
        gc.collect()
        return sum(type(thing) is Digest for thing in gc.get_objects())

    def watched(part: output_part.Shard, job: Job, older: Sequence[str]) -> output_part.Closed:
        alive.append(digests() - before)
        return real(part, job, older)

    monkeypatch.setattr(pipeline, "close_shard", watched)
    before = digests()
    folder.run(shard_articles=2)
    assert alive == [2] * 6


class Recorded:
    """A runner that remembers in which thread it was called, and fails when told to."""

    def __init__(self, fail_at: int = 99, error: type[BaseException] = ModelUnavailableError) -> None:
        self.calls: list[list[str]] = []
        self.threads: set[int] = set()
        self._fail_at = fail_at
        self._error = error

    def __call__(self, items: Sequence[Item], job: Job, observer: Observer) -> BatchResult | Translated:
        self.threads.add(threading.get_ident())
        if len(self.calls) == self._fail_at:
            raise self._error("planted")
        self.calls.append([item.article.id for item in items])
        return through_models(items, job, observer)


def job_of(folder: Folder, **changes: object) -> Job:
    values: dict[str, object] = {
        "sources": find_sources([str(folder.articles)]),
        "output": folder.output,
        "read": read.ReadOptions(check_language=False),
        "translator": model(FakeEngine()),
        "summarizer": None,
        **changes,
    }
    return Job(**values)  # type: ignore[arg-type]


def test_the_models_stay_in_the_thread_of_the_caller_and_get_the_shelves_in_order(folder: Folder) -> None:
    runner = Recorded()
    report = pipeline.run(job_of(folder), RecordingObserver(), runner, batch_sentences=1)
    assert runner.calls == [["a"], ["b"], ["c"], ["d"], ["e"]]
    assert runner.threads == {threading.get_ident()}
    assert [entry.id for entry in report.entries] == ["a", "b", "c", "d", "e"]


def test_the_next_shelf_is_read_while_the_models_work(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    second_read = threading.Event()
    real = pipeline.Reading.batches

    def batches(self: pipeline.Reading) -> Iterator[pipeline.ArticleBatch]:
        for number, batch in enumerate(real(self)):
            if number == 1:
                second_read.set()
            yield batch

    monkeypatch.setattr(pipeline.Reading, "batches", batches)
    waited: list[bool] = []

    def runner(items: Sequence[Item], job: Job, observer: Observer) -> Translated:
        if not waited:
            waited.append(second_read.wait(60))
        return through_models(items, job, observer)

    pipeline.run(job_of(folder), RecordingObserver(), runner, batch_sentences=1)
    assert waited == [True]


def test_a_shelf_is_written_while_the_models_work_on_the_next(folder: Folder) -> None:
    first_written = threading.Event()
    waited: list[bool] = []

    class Hearing(RecordingObserver):
        def finish(self, entry: object) -> None:
            first_written.set()

    def runner(items: Sequence[Item], job: Job, observer: Observer) -> Translated:
        waited.append(first_written.wait(60) if waited else True)
        return through_models(items, job, observer)

    pipeline.run(job_of(folder), Hearing(), runner, batch_sentences=1)
    assert all(waited)


@pytest.mark.parametrize("error", [ModelUnavailableError, KeyboardInterrupt, ZeroDivisionError])
def test_a_run_that_is_stopped_ends_its_threads_and_goes_on_later(folder: Folder, error: type[BaseException]) -> None:
    threads = threading.active_count()
    with pytest.raises(error):
        pipeline.run(job_of(folder), RecordingObserver(), Recorded(3, error), batch_sentences=1)
    assert threading.active_count() == threads
    if error is not KeyboardInterrupt:
        assert (folder.output / "c.md").is_file(), "what was translated is written"
    again = Recorded()
    report = pipeline.run(job_of(folder), RecordingObserver(), again, batch_sentences=1)
    assert set(states(report)) <= {ArticleState.DONE, ArticleState.UNCHANGED}
    assert ["d"] in again.calls
    undisturbed = Folder(folder.root / "other")
    undisturbed.root.mkdir()
    undisturbed.add("news.jsonl", rows("a", "b", "c", "d", "e"))
    undisturbed.run()
    assert folder.bytes() == undisturbed.bytes()


def test_a_memory_that_fails_stops_the_run_with_its_own_error(folder: Folder) -> None:
    class Full(DictMemory):
        def remember(self, outputs: dict[str, Output]) -> None:  # type: ignore[override]
            raise output_part.SahelsumError("disk full")

    with pytest.raises(output_part.SahelsumError, match="disk full"):
        folder.run(translator=model(FakeEngine(), Full()))


def test_a_maker_may_give_finished_digests_and_failures(folder: Folder) -> None:
    def runner(items: Sequence[Item], job: Job, observer: Observer) -> BatchResult:
        made = make_digests(items, job, observer)
        outcomes = (made.outcomes[0], Failure("b", "lost"), *made.outcomes[2:])
        return BatchResult(outcomes, made.translated, made.remembered)

    report = pipeline.run(job_of(folder), RecordingObserver(), runner)
    assert states(report)[1] is ArticleState.FAILED
    assert states(report).count(ArticleState.DONE) == 4
    assert report.sentences_translated > 0
    assert "lost" in (folder.output / "digest.md").read_text(encoding="utf-8")


def test_a_maker_that_loses_an_article_is_found_out(folder: Folder) -> None:
    def runner(items: Sequence[Item], job: Job, observer: Observer) -> BatchResult:
        return BatchResult(make_digests(items, job, observer).outcomes[1:])

    with pytest.raises(output_part.SahelsumError, match="4 results came back for 5 articles"):
        pipeline.run(job_of(folder), RecordingObserver(), runner)


def test_known_lines_are_not_segmented_or_checked_for_their_language(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.run()
    from sahelsum.read import reader

    monkeypatch.setattr(reader, "find_structure", lambda *_, **__: pytest.fail("read further than needed"))
    assert states(folder.run()) == [ArticleState.UNCHANGED] * 5


def test_digests_of_parts_can_be_read_by_programs(folder: Folder) -> None:
    folder.add("other.txt", OTHER)
    folder.run(shard_articles=2)
    found = [digest_from_json(path.read_text(encoding="utf-8")) for path in folder.output.glob("part-*/data/*.json")]
    assert {digest.article.id for digest in found} == {"a", "b", "c", "d", "e", "other"}
