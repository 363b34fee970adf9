"""The script for blind judgements."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "judging.py"


def judging(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_systems_are_mixed_and_verdicts_counted(tmp_path: Path) -> None:
    (tmp_path / "x.de").write_text("Eins.\nZwei.\n", encoding="utf-8")
    (tmp_path / "old.en").write_text("One.\nThree.\n", encoding="utf-8")
    (tmp_path / "new.en").write_text("One.\nTwo.\n", encoding="utf-8")
    sheet, key = tmp_path / "sheet.tsv", tmp_path / "key.json"
    systems = [f"{name}={tmp_path / name}.en" for name in ("old", "new")]
    assert judging("mix", sheet, key, tmp_path / "x.de", *systems).returncode == 0
    rows = [line.split("\t") for line in sheet.read_text(encoding="utf-8").splitlines()]
    assert sorted(row[2] for row in rows) == ["One.", "Three.", "Two."]
    assert sorted(map(len, json.loads(key.read_text(encoding="utf-8")).values())) == [1, 1, 2]

    lenient, strict = tmp_path / "lenient.tsv", tmp_path / "strict.tsv"
    lenient.write_text("".join(f"{row[0]}\tright\n" for row in rows), encoding="utf-8")
    wrong = {"Three.": "misleading"}
    strict.write_text("".join(f"{row[0]}\t{wrong.get(row[2], 'right')}\tnumber\n" for row in rows), encoding="utf-8")
    said = judging("count", key, lenient, strict).stdout
    assert "| old | strict | 2 | 50 % | 0 % | 50 % |" in said
    assert "| new | strict | 2 | 100 % | 0 % | 0 % |" in said
    assert "lenient and strict: kappa 0.00" in said


def test_a_judge_who_left_one_out_is_told_which(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text('{"1": ["a"], "2": ["a"]}', encoding="utf-8")
    (tmp_path / "judge.tsv").write_text("1\tright\n", encoding="utf-8")
    result = judging("count", tmp_path / "key.json", tmp_path / "judge.tsv")
    assert result.returncode == 2
    assert "no verdict on 2" in result.stderr
