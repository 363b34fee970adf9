"""The scripts that measure written sentences, and the sheet for their judges."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from sahelsum.records import Reason, Refusal, Summary, SummaryMethod, SummarySentence, Support

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def script(name: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCHMARKS / name), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_candidates_by_hand_are_many_of_both_labels_and_each_once() -> None:
    rows = [line.split("\t") for line in (BENCHMARKS / "data/fused.tsv").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 120
    assert min(Counter(label for _, _, label, _ in rows).values()) >= 40
    assert len({(group, text) for group, text, _, _ in rows}) == len(rows)


def test_what_is_let_pass_is_counted(tmp_path: Path) -> None:
    group = "Armed men attacked a convoy near Bamako on Monday. | It was empty."
    rows = (
        (group, "Armed men attacked a convoy near Bamako on Monday, and it was empty.", "supported", "joined"),
        (group, "Armed men attacked a convoy near Timbuktu on Monday.", "not", "name"),
        (group, "Armed men attacked a convoy near Bamako on Monday.", "not", "copied"),
    )
    file = tmp_path / "candidates.tsv"
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    told = script("fused.py", file)
    assert "| **supported** | 1 | 1 (100 %) |" in told
    assert "| **not** | 2 | 0 (0 %) |" in told


def test_verdicts_on_written_sentences_are_counted(tmp_path: Path) -> None:
    key, verdicts = tmp_path / "key.json", tmp_path / "judge.tsv"
    key.write_text(json.dumps({"1": ["ours"], "2": ["ours"]}), encoding="utf-8")
    verdicts.write_text("1\tsupported fluent\n2\tnot clumsy\troles\n", encoding="utf-8")
    told = script("judging.py", "count", key, verdicts, "--rubric", "written")
    assert "| ours | judge | 2 | 50 % | 0 % | 0 % | 0 % | 0 % | 50 % |" in told


def test_what_a_model_for_groups_wrote_is_measured_and_goes_on_a_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import summaries  # type: ignore[import-not-found]  # a script, found only now

    article = {"en": ["Armed men attacked a convoy near Bamako on Monday.", "It was empty."], "summary": "x"}
    text = "Armed men attacked a convoy near Bamako on Monday, and it was empty."
    refusal = Refusal("Armed men attacked a convoy near Timbuktu.", Reason.NAME, "Timbuktu", (1, 2))
    written = SummarySentence(text, (2, 1), Support.STRONG, written=True)
    made = [Summary((written,), SummaryMethod.ABSTRACTIVE, refused=(refusal,))]
    summaries.written_anew([article], made)
    told = capsys.readouterr().out
    assert "sentences written anew 1 of 1 (100.0 %)" in told
    assert "refused: name             1 of 2 (50.0 %)" in told
    assert "names or numbers that the article lacks 0" in told
    sheet, key = tmp_path / "sheet.tsv", tmp_path / "key.json"
    assert summaries.write_sheet([article], made, sheet, key, "ours") == 1
    assert sheet.read_text(encoding="utf-8") == f"1\t{' '.join(article['en'])}\t{text}\n"
    assert json.loads(key.read_text(encoding="utf-8")) == {"1": ["ours"]}
