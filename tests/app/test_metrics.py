"""The evaluate command: its measures against values worked out by hand, and what it refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.app.metrics import summary_metrics, translation_metrics
from sahelsum.app.models import Models
from sahelsum.cli.main import cli
from sahelsum.errors import ConfigError
from sahelsum.protocols import NoMemory
from sahelsum.records import ModelInfo
from sahelsum.runs.job import Model
from tests.fakes import FakeEngine


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def evaluate(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *arguments], input=stdin)


def scores(found: list[dict[str, object]]) -> dict[object, object]:
    return {score["metric"]: score["score"] for score in found}


def test_bleu_by_hand() -> None:
    # Matching n-grams: 5 of 6, 3 of 5, 2 of 4, 1 of 3; both have six words, so there is no brevity penalty.
    found = scores(translation_metrics(["the cat sat on the mat"], ["the cat sat on a mat"]))
    assert found["BLEU"] == pytest.approx(100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25, abs=0.01)


def test_bleu_is_of_the_corpus_not_a_mean_of_sentences() -> None:
    good, bad = "the army is in the town now", "nothing of it is right"
    both = scores(translation_metrics([good, bad], [good, "a wholly different line of text"]))["BLEU"]
    assert isinstance(both, float)
    assert both != pytest.approx(50, abs=5)
    assert 0 < both < 100


def test_chrf_bounds() -> None:
    assert scores(translation_metrics(["Bamako"], ["Bamako"]))["chrF2"] == pytest.approx(100)
    assert scores(translation_metrics(["xyz"], ["Bamako"]))["chrF2"] == 0


def test_rouge_by_hand() -> None:
    found = scores(summary_metrics(["the army arrested men"], ["the army freed men"]))
    assert found == {"rouge1": 75, "rouge2": pytest.approx(100 / 3, abs=0.01), "rougeL": 75}


def test_rouge_is_the_mean_over_articles_and_knows_word_stems() -> None:
    found = scores(summary_metrics(["soldiers arrested", "x"], ["soldier arrests", "y"]))
    assert found["rouge1"] == 50


def test_metrics_refuse_lists_of_different_length() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        summary_metrics(["a", "b"], ["a"])


@pytest.mark.parametrize("metrics", [translation_metrics, summary_metrics])
def test_without_the_extra_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch, metrics: object) -> None:
    for module in ("sacrebleu.metrics", "rouge_score.rouge_scorer"):
        monkeypatch.setitem(sys.modules, module, None)
    assert callable(metrics)
    with pytest.raises(ConfigError, match=r"pip install 'sahelsum\[evaluate\]'"):
        metrics(["a"], ["a"])


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        "[]",
        "{broken",
        '{"text": null, "summary": 5}',
        '{"text": "Some text.", "summary": null}',
        '{"text": "Some text."}',
        '{"text": " ", "summary": "S."}',
        '{"sentences": "not a list", "summary": "S."}',
        '{"sentences": ["A.", 5], "summary": "S."}',
        "",
    ],
)
def test_a_line_that_is_no_article_is_named(line: str) -> None:
    good = json.dumps({"text": "Some text.", "summary": "S."})
    Path("s.jsonl").write_text(f"{good}\n{line}\n", encoding="utf-8")
    result = evaluate("--summaries", "s.jsonl", "--summarizer", "extractive")
    assert result.exit_code == 1
    assert "s.jsonl, line 2: not an object" in result.stderr


def test_sentences_do_as_text() -> None:
    text = "The army arrested 24 people in Bamako on Monday."
    row = json.dumps({"sentences": [text], "summary": text})
    result = evaluate("--summaries", "-", "--summarizer", "extractive", "--json", stdin=row)
    assert [score["score"] for score in map(json.loads, result.stdout.splitlines())] == [100, 100, 100]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--reference", "r"),
        ("--source", "s"),
        ("--reference", "r", "--source", "s", "--hypothesis", "h"),
        ("--summaries", "s", "--reference", "r"),
        ("--summaries", "s", "--hypothesis", "h"),
        ("--summaries", "s", "--source", "x"),
        ("--summaries", "s", "--source", "x", "--reference", "r"),
        ("--reference", "-", "--hypothesis", "-"),
        ("--reference", "-", "--source", "-"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert evaluate(*arguments, stdin="One.\n").exit_code == 2


def test_limit_takes_the_first_lines_of_both_files() -> None:
    Path("h.en").write_text("Right.\nWrong.\n", encoding="utf-8")
    Path("r.en").write_text("Right.\nTrue.\nMore.\n", encoding="utf-8")
    result = evaluate("--hypothesis", "h.en", "--reference", "r.en", "--limit", "1", "--json")
    assert scores([json.loads(line) for line in result.stdout.splitlines()])["chrF2"] == pytest.approx(100)


def test_a_sentence_that_fails_is_not_scored_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    info = ModelInfo("fake", "Fake", "", "none", "fake", "")
    monkeypatch.setattr(Models, "translator", lambda _: Model(FakeEngine(poison="Tag"), info, NoMemory()))
    Path("s.de").write_text("Guten Tag.\nDanke.\n", encoding="utf-8")
    result = evaluate("--source", "s.de", "--reference", "s.de", "--json")
    assert result.exit_code == 0
    assert "Warning: 1 sentences could not be translated" in result.stderr
    assert len(result.stdout.splitlines()) == 2
