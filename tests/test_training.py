"""The training scripts, from text to a folder that both engines load, with a model of a few thousand parameters."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from sahelsum.cards import EngineName, Task
from sahelsum.catalog import Catalog
from sahelsum.engines.factory import open_engine
from sahelsum.segment import split_sentences
from tests.tiny_models import seed_texts

TRAINING = Path(__file__).parent.parent / "training"


def script(name: str, *arguments: object) -> str:
    command = [sys.executable, str(TRAINING / name), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two groups, with some rows that must go, and what prepare.py made of it."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "corpus").mkdir()
    (folder / "eval").mkdir()
    sentences = [sentence for text in seed_texts() for line in text.split("\n") for sentence in split_sentences(line)]
    rows = [f"seeds\t{text.strip()}\t{text.strip().upper()}" for text, _ in sentences if text.strip()]
    faulty = [
        "progit2\tEin Satz über Git.\tA sentence about Git.",
        "x\tohne Englisch\t",
        "x\tkurz\t" + "long " * 30,
        rows[0],
    ]
    faulty.append("x\tDieser Satz gehört zur Prüfung.\tThis sentence belongs to the test.")
    (folder / "eval" / "dev.de").write_text("»Dieser Satz gehört zur Prüfung«\n", encoding="utf-8")
    for name, lines in (("auth", rows), ("gen", faulty)):
        with lzma.open(folder / "corpus" / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    script("prepare.py", folder / "corpus", folder / "data", "--keep-out", folder / "eval", "--vocabulary", 400)
    return folder


def test_prepare_says_what_it_left_out_and_why(prepared: Path) -> None:
    report = json.loads((prepared / "data" / "report.json").read_text(encoding="utf-8"))
    assert report["left out"] == {
        "non-commercial licence": 1,
        "not a pair": 1,
        "lengths do not fit": 1,
        "repeated": 1,
        "in a development set": 1,
    }
    assert report["kept"]["auth"] == report["tokens"]["pairs"]


def test_training_goes_on_where_it_stopped_and_both_engines_load_the_result(prepared: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shape = "--width 32 --feed-forward 64 --heads 2 --encoder-layers 1 --decoder-layers 1 --batch-tokens 512".split()
    train = (prepared / "data", run, "--threads", 1, "--warmup-steps", 10, "--weight", "auth=2", *shape)
    script("train.py", *train, "--minutes", 0.03)
    first = (run / "state.pt").stat().st_mtime_ns
    said = script("train.py", *train, "--minutes", 0.2)
    assert (run / "state.pt").stat().st_mtime_ns > first
    losses = [float(line.split()[3]) for line in said.splitlines() if line.startswith("step")]
    assert losses[-1] < losses[0]
    model = tmp_path / "model"
    script("export.py", run, prepared / "data" / "spm.model", model)
    catalog = Catalog.load()
    card = catalog.resolve(str(model), Task.TRANSLATE)
    located = catalog.locate(card, offline=True, cache=tmp_path / "cache")
    for name in (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS):
        engine = open_engine(
            located, engine=name, generation=card.generation_for("fast"), workers=1, cache_dir=tmp_path / "cache"
        )
        (output,) = engine.generate(["Bamako ist die Hauptstadt."])
        assert output.best.tokens > 0
        engine.close()


def test_an_unknown_group_is_named(prepared: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(TRAINING / "train.py"), str(prepared / "data"), str(tmp_path), "--minutes", "1"]
    result = subprocess.run([*command, "--weight", "auht=2"], capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "auht" in result.stderr
    assert "auth, gen" in result.stderr
