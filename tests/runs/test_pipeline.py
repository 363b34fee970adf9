from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sahelsum.checks.thresholds import Thresholds
from sahelsum.glossary import Glossary, Term
from sahelsum.output.sidecar import digest_from_json
from sahelsum.records import ArticleState, Output
from sahelsum.render import markdown
from sahelsum.render.view_article import ArticleView
from sahelsum.runs import job, pipeline
from sahelsum.runs import shard as output_part
from sahelsum.runs.report import RunReport
from sahelsum.translation import Retry
from tests.fakes import DictMemory, FakeEngine, RecordingObserver
from tests.folders import OTHER, TEXT, Folder, model, states


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.add("a.txt", TEXT)
    made.add("b.txt", OTHER)
    return made


def test_every_sentence_of_every_article_is_in_its_page(folder: Folder) -> None:
    report = folder.run()
    assert states(report) == [ArticleState.DONE, ArticleState.DONE]
    pages = {"a.md", "b.md", "digest.md"}
    data = {"digest.json", "data/a.json", "data/b.json", "data/articles.index", "data/arrivals.index"}
    assert set(folder.bytes()) == pages | data
    digest = digest_from_json((folder.output / "data/a.json").read_text(encoding="utf-8"))
    assert [t.text for t in digest.translations] == [t.sentence.text.upper() for t in digest.translations]
    assert digest.receipt.sentences_in == digest.receipt.sentences_out == 4
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    for translation in digest.translations:
        assert translation.text in page
        assert translation.sentence.text in page


def test_a_second_run_asks_the_model_nothing_and_changes_no_byte(folder: Folder) -> None:
    folder.run()
    before = folder.bytes()
    engine = FakeEngine()
    report = folder.run(engine)
    assert states(report) == [ArticleState.UNCHANGED, ArticleState.UNCHANGED]
    assert engine.calls == []
    assert folder.bytes() == before


def test_only_the_edited_article_is_redone(folder: Folder) -> None:
    folder.run()
    folder.add("b.txt", OTHER + " Das war gestern.")
    engine = FakeEngine()
    assert states(folder.run(engine)) == [ArticleState.UNCHANGED, ArticleState.DONE]
    assert all("Bamako" not in text for call in engine.calls for text in call)


def test_another_model_redoes_everything(folder: Folder) -> None:
    folder.run()
    assert states(folder.run(FakeEngine(limit_tokens=99))) == [ArticleState.DONE, ArticleState.DONE]


def test_other_code_redoes_everything_from_memory(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = DictMemory()
    folder.run(translator=model(FakeEngine(), memory))
    monkeypatch.setattr(job, "code_sha256", lambda: "another")
    engine = FakeEngine()
    assert states(folder.run(translator=model(engine, memory))) == [ArticleState.DONE, ArticleState.DONE]
    assert engine.calls == []


def test_a_missing_page_is_made_again_from_memory(folder: Folder) -> None:
    memory = DictMemory()
    folder.run(translator=model(FakeEngine(), memory))
    before = folder.bytes()
    (folder.output / "a.md").unlink()
    engine = FakeEngine()
    assert states(folder.run(translator=model(engine, memory))) == [ArticleState.DONE, ArticleState.UNCHANGED]
    assert engine.calls == []
    assert folder.bytes() == before


def test_a_page_edited_by_hand_is_kept_until_forced(folder: Folder) -> None:
    folder.run()
    page = folder.output / "a.md"
    page.write_text(page.read_text(encoding="utf-8").replace("BAMAKO", "Bamako (checked)"), encoding="utf-8")
    edited = page.read_bytes()
    folder.add("a.txt", TEXT + " Das war gestern.")
    assert states(folder.run()) == [ArticleState.KEPT, ArticleState.UNCHANGED]
    assert page.read_bytes() == edited
    folder.add("a.txt", TEXT + " Das war heute.")
    assert states(folder.run(force=True)) == [ArticleState.DONE, ArticleState.UNCHANGED]
    assert "HEUTE" in page.read_text(encoding="utf-8")


def test_an_edited_page_stays_kept_and_force_always_helps(folder: Folder) -> None:
    folder.run()
    page = folder.output / "a.md"
    page.write_text(page.read_text(encoding="utf-8").replace("BAMAKO", "Bamako (checked)"), encoding="utf-8")
    assert states(folder.run()) == [ArticleState.KEPT, ArticleState.UNCHANGED]
    folder.add("a.txt", TEXT + " Das war gestern.")
    assert states(folder.run()) == [ArticleState.KEPT, ArticleState.UNCHANGED]
    assert states(folder.run()) == [ArticleState.KEPT, ArticleState.UNCHANGED]
    assert states(folder.run(force=True)) == [ArticleState.DONE, ArticleState.UNCHANGED]
    assert "GESTERN" in page.read_text(encoding="utf-8")


def test_line_ends_of_windows_are_no_edit(folder: Folder) -> None:
    folder.run()
    page = folder.output / "a.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    folder.add("a.txt", TEXT + " Das war gestern.")
    assert states(folder.run()) == [ArticleState.DONE, ArticleState.UNCHANGED]


def test_somebody_elses_json_is_never_overwritten(folder: Folder) -> None:
    data = folder.output / "data" / "a.json"
    data.parent.mkdir(parents=True)
    data.write_text('{"mine": 1}', encoding="utf-8")
    report = folder.run()
    assert states(report) == [ArticleState.FAILED, ArticleState.DONE]
    assert "none of sahelsum's files" in next(iter(report.entries)).message
    assert data.read_text(encoding="utf-8") == '{"mine": 1}'
    assert states(folder.run(force=True))[0] is ArticleState.FAILED
    assert data.read_text(encoding="utf-8") == '{"mine": 1}'


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: '{"format": "sahelsum-digest-1", "a": ' + "9" * 5000 + "}",
        lambda text: text.replace('"id": "a"', '"id": "zzz"'),
        lambda text: text.replace('"sentences_in": 4', '"sentences_in": 3'),
    ],
)
def test_damaged_data_are_made_again(folder: Folder, damage: Callable[[str], str]) -> None:
    folder.run()
    data = folder.output / "data" / "a.json"
    before = data.read_bytes()
    data.write_text(damage(before.decode()), encoding="utf-8")
    assert states(folder.run()) == [ArticleState.DONE, ArticleState.UNCHANGED]
    assert data.read_bytes() == before


def test_pages_of_vanished_sources_are_named(folder: Folder) -> None:
    folder.run()
    (folder.articles / "b.txt").unlink()
    observer = RecordingObserver()
    folder.run(observer=observer)
    assert any("b.md" in note for note in observer.notes)
    assert (folder.output / "b.md").is_file()


def test_a_combined_page_that_fails_does_not_cost_the_articles(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(output_part, "combine", broken)
    report = folder.run()
    assert states(report) == [ArticleState.DONE, ArticleState.DONE, ArticleState.FAILED]
    assert list(report.entries)[2].source == "digest.md"


def test_a_moved_line_of_json_lines_is_told_anew(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    first, second = (json.dumps({"id": name, "text": text}) for name, text in (("one", TEXT), ("two", OTHER)))
    folder.add("news.jsonl", f"{second}\n")
    folder.run()
    folder.add("news.jsonl", f"{first}\n{second}\n")
    folder.run()
    assert "line 2" in (folder.output / "two.md").read_text(encoding="utf-8")


def test_a_combined_page_of_somebody_else_is_left_alone_and_told(folder: Folder) -> None:
    folder.run()
    (folder.output / "digest.md").write_text("My own notes\n", encoding="utf-8")
    folder.add("c.txt", OTHER + " Das war gestern.")
    report = folder.run(force=True)
    assert (folder.output / "digest.md").read_text(encoding="utf-8") == "My own notes\n"
    assert "seal" in list(report.entries)[3].message


def test_an_article_of_nonsense_has_failed(folder: Folder) -> None:
    report = folder.run(FakeEngine(answer=lambda text: "e" * len(text)), refuse_nonsense=True)
    assert states(report)[0] is ArticleState.FAILED
    assert "of 4 sentences" in next(iter(report.entries)).message
    assert not (folder.output / "a.md").exists()


def test_one_bad_article_fails_alone(folder: Folder) -> None:
    folder.add("empty.txt", "")
    report = folder.run()
    assert states(report) == [ArticleState.DONE, ArticleState.DONE, ArticleState.FAILED]
    assert "empty.txt" in list(report.entries)[2].source
    assert "empty.txt" in (folder.output / "digest.md").read_text(encoding="utf-8")


def test_a_sentence_that_fails_is_visible_and_tried_again(folder: Folder) -> None:
    report = folder.run(FakeEngine(poison="Minister sprach"))
    assert [entry.failed for entry in report.entries] == [1, 0]
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    assert "not translated" in page
    assert 'review: "check"' in page
    again = folder.run()
    assert states(again) == [ArticleState.DONE, ArticleState.UNCHANGED]
    assert next(iter(again.entries)).failed == 0


def test_a_mistake_of_ours_in_one_article_does_not_cost_the_others(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = markdown.article_page

    def break_on_a(view: ArticleView, *, wikilinks: bool) -> str:
        if view.id == "a":
            raise ZeroDivisionError("planted")
        return real(view, wikilinks=wikilinks)

    monkeypatch.setattr(markdown, "article_page", break_on_a)
    report = folder.run()
    assert states(report) == [ArticleState.FAILED, ArticleState.DONE]
    assert "planted" in next(iter(report.entries)).message


def test_a_run_killed_in_the_middle_goes_on_and_ends_with_the_same_bytes(folder: Folder, tmp_path: Path) -> None:
    class Killed(FakeEngine):
        def generate(self, texts: Sequence[str]) -> list[Output]:
            if len(self.calls) == 2:
                raise KeyboardInterrupt
            return super().generate(texts)

    memory = DictMemory()
    with pytest.raises(KeyboardInterrupt):
        folder.run(translator=model(Killed(), memory), batch_tokens=8)
    done = set(memory.known)
    assert done
    engine = FakeEngine()
    folder.run(translator=model(engine, memory), batch_tokens=8)
    assert done.isdisjoint(text for call in engine.calls for text in call)
    undisturbed = Folder(tmp_path / "other")
    undisturbed.root.mkdir()
    undisturbed.add("a.txt", TEXT)
    undisturbed.add("b.txt", OTHER)
    undisturbed.run()
    assert folder.bytes() == undisturbed.bytes()


def test_the_same_bytes_whatever_the_batches_and_shelves(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.run()
    expected = folder.bytes()
    monkeypatch.setattr(pipeline, "BATCH_SENTENCES", 1)
    folder.run(output=folder.root / "out2", batch_tokens=8)
    other = Folder(folder.root)
    assert {name: (folder.root / "out2" / name).read_bytes() for name in expected} == expected
    assert other.bytes() == expected


def test_models_are_freed_one_after_the_other(folder: Folder) -> None:
    translator, summarizer = FakeEngine(), FakeEngine(lambda text: text)
    folder.run(translator=model(translator), summarizer=model(summarizer, alias="sum"))
    assert translator.closed >= 1
    assert summarizer.closed >= 1


def test_json_lines_give_one_page_an_article(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    rows = [{"id": "first", "text": TEXT, "title": "Ein Titel"}, {"id": "second", "text": OTHER}]
    folder.add("news.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    assert states(folder.run()) == [ArticleState.DONE, ArticleState.DONE]
    assert "EIN TITEL" in (folder.output / "first.md").read_text(encoding="utf-8")
    engine = FakeEngine()
    assert states(folder.run(engine)) == [ArticleState.UNCHANGED, ArticleState.UNCHANGED]
    assert engine.calls == []


def test_sources_are_never_touched(folder: Folder) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.articles.iterdir()}
    folder.run()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.articles.iterdir()} == before


GLOSSARY = [
    Term(("Radio",), ("wireless set", "transistor"), wrong=("RADIO",)),
    Term(("Schule",), ("seat of learning",)),
]


def test_glossary_replacements_and_losses_are_told_and_counted(folder: Folder) -> None:
    report = folder.run(glossary=Glossary(GLOSSARY))
    digest = digest_from_json((folder.output / "data/a.json").read_text(encoding="utf-8"))
    told = {finding.code: finding for finding in digest.findings if finding.code.startswith("TERM")}
    assert told["TERM-REPLACED"].target_value == "RADIO → wireless set"
    assert told["TERM-LOST"].source_value == "Schulen"
    assert "wireless set" in digest.translations[1].text
    receipt = next(iter(report.entries)).receipt
    assert receipt is not None
    assert (receipt.terms_found, receipt.terms_replaced, receipt.terms_lost) == (0, 1, 1)
    page = (folder.output / "a.md").read_text(encoding="utf-8")
    assert "TERM-REPLACED" in page
    assert "1 replaced, 1 missing" in page


def test_a_changed_glossary_remakes_the_pages_from_memory(folder: Folder) -> None:
    memory = DictMemory()
    folder.run(translator=model(FakeEngine(), memory))
    engine = FakeEngine()
    report = folder.run(translator=model(engine, memory), glossary=Glossary(GLOSSARY))
    assert states(report) == [ArticleState.DONE, ArticleState.DONE]
    assert engine.calls == []
    assert "wireless set" in (folder.output / "a.md").read_text(encoding="utf-8")
    same = folder.run(translator=model(engine, memory), glossary=Glossary(GLOSSARY))
    assert states(same) == [ArticleState.UNCHANGED, ArticleState.UNCHANGED]


def test_a_silenced_loss_is_silent_but_a_replacement_never(folder: Folder) -> None:
    silent = Thresholds(disabled=("TERM-LOST", "TERM-REPLACED"))
    folder.run(glossary=Glossary(GLOSSARY), checks=silent)
    digest = digest_from_json((folder.output / "data/a.json").read_text(encoding="utf-8"))
    codes = {finding.code for finding in digest.findings}
    assert "TERM-REPLACED" in codes
    assert "TERM-LOST" not in codes


def test_a_replacement_in_the_title_is_told(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.add("news.jsonl", json.dumps({"id": "one", "text": TEXT, "title": "Ein Radio"}) + "\n")
    folder.run(glossary=Glossary(GLOSSARY))
    digest = digest_from_json((folder.output / "data/one.json").read_text(encoding="utf-8"))
    assert "Wireless set" in digest.title or "wireless set" in digest.title
    assert any(finding.message.startswith("Title: ") and finding.sentence is None for finding in digest.findings)


def test_retries_are_counted_and_give_the_same_bytes_from_memory(folder: Folder) -> None:
    first, second = DictMemory(), DictMemory()

    def run_once(output: str) -> tuple[FakeEngine, RunReport]:
        engine = FakeEngine(lambda text: text if "," in text else text.replace("24", "42"))
        retried = replace(
            model(engine, first), retries=(Retry("clauses", second, clauses=lambda text: text.partition(" in ")[::2]),)
        )
        return engine, folder.run(translator=retried, output=folder.root / output)

    _, report = run_once("one")
    receipt = next(iter(report.entries)).receipt
    assert receipt is not None
    assert receipt.retried >= 1
    assert report.retry_seconds >= 0
    engine, _ = run_once("two")
    assert engine.calls == []
    for name in ("a.md", "data/a.json"):
        assert (folder.root / "one" / name).read_bytes() == (folder.root / "two" / name).read_bytes()
