"""The benchmarks: their tables on made-up figures, and that none is forgotten. Nothing here measures anything."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "models").glob("**/*.md")]


def scripts() -> list[Path]:
    """Benchmarks that people type, as against modules that they share."""
    return sorted(file for file in BENCHMARKS.glob("*.py") if "__main__" in file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def _importable() -> object:
    before = list(sys.path)
    sys.path[:0] = [str(BENCHMARKS), str(BENCHMARKS / "runners")]
    yield
    sys.path[:] = before


def load(name: str) -> ModuleType:
    """A benchmark, or a module they share."""
    return importlib.import_module(name)


def test_rounds_take_turns_and_begin_with_another_contender_each() -> None:
    measure = load("measure")
    order: list[str] = []
    runs = {name: lambda name=name: order.append(name) for name in "abc"}
    timings = measure.interleaved(runs, 3)
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]
    assert {name: len(taken.seconds) for name, taken in timings.items()} == {"a": 3, "b": 3, "c": 3}


def test_a_run_that_tells_its_seconds_is_believed() -> None:
    assert load("measure").interleaved({"a": lambda: 2.5}, 2)["a"].seconds == (2.5, 2.5)


def test_the_slowest_run_once_and_the_rounds_end_with_the_time() -> None:
    measure = load("measure")
    runs = {"a": lambda: 1.0, "slow": lambda: 30.0}
    timings = measure.interleaved(runs, 5, once={"slow"}, budget_sec=0)
    assert {name: len(taken.seconds) for name, taken in timings.items()} == {"a": measure.ROUNDS_AT_LEAST, "slow": 1}
    assert timings["slow"].over(timings["a"]).seconds == (30.0,)
    assert measure.spread(timings["slow"]) == "30.0 (one run)"


def test_ratios_are_taken_within_each_round() -> None:
    measure = load("measure")
    base, other = measure.Timings((1.0, 10.0, 2.0)), measure.Timings((3.0, 20.0, 4.0))
    assert other.over(base).seconds == (3.0, 2.0, 2.0)
    table = measure.ratio_table({"other": other, "base": base}, "base", {"peak MB": {"base": "7"}})
    assert table.splitlines() == [
        "|  | seconds (range) | ratio to base | peak MB |",
        "| --- | ---: | ---: | ---: |",
        "| base | 2.00 (1.00–10.0) | 1.00 | 7 |",
        "| other | 4.00 (3.00–20.0) | 2.00 |  |",
    ]


def test_a_child_shows_its_own_memory_and_not_its_parents() -> None:
    measure = load("measure")
    ballast = bytearray(b"x" * 150_000_000)
    child = measure.run_child([sys.executable, "-S", "-c", "print('done')"])
    assert child.stdout == "done\n"
    assert 0 < child.peak_mb < len(ballast) / 1_000_000
    assert child.seconds > 0


def test_a_child_that_fails_is_shown_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match="out of tea"):
        load("measure").run_child([sys.executable, "-c", "raise SystemExit('out of tea')"])


def test_the_machine_is_described_but_not_named() -> None:
    import platform

    line = load("measure").machine_line()
    assert "processor core" in line
    assert "Python 3." in line
    assert len(platform.node()) < 4 or platform.node() not in line


def fake_result(seconds: float, articles: int = 5) -> object:
    child = load("measure").ChildResult(seconds=seconds, cpu_seconds=seconds, peak_mb=100 * seconds, stdout="")
    return load("compare").Result(child=child, seconds=seconds, sentences=1234, articles=articles)


def comparison(**medians: float) -> str:
    compare, measure = load("compare"), load("measure")
    names = {"ours": compare.OURS, "fast": f"{compare.OURS} --quality fast", "peer": "Peer"}
    everybody = [compare.Contender(names[key], f"beam of {key}", lambda *_: []) for key in medians]
    timings = {names[key]: measure.Timings((value,) * 3) for key, value in medians.items()}
    results = {names[key]: [fake_result(value, 2 if key == "peer" else 5)] for key, value in medians.items()}
    return compare.corpus_table(compare.Corpus("Five", Path(), (10,) * 5), everybody, timings, results)


def test_the_comparison_says_who_was_first_and_who_was_scaled() -> None:
    text = comparison(ours=2.0, fast=1.0, peer=7.0)
    assert "| sahelsum run | 2.00 (2.00–2.00) | 1.00 | beam of ours | 1,234 | 200 |" in text
    assert "| Peer | 7.00 (7.00–7.00) | 3.50 | beam of peer | 1,234 (scaled from 2 articles) | 700 |" in text
    assert text.endswith("`sahelsum run` is first; the next, Peer, takes 3.5 times as long.")


def test_the_comparison_says_so_when_a_peer_was_faster() -> None:
    assert comparison(ours=2.0, fast=1.0, peer=1.5).endswith("Faster than `sahelsum run` here: Peer (0.75).")


def test_a_sample_is_scaled_without_its_start_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compare, measure = load("compare"), load("measure")
    asked: list[int | None] = []

    def command(source: Path, output: Path, articles: int | None) -> list[str]:
        asked.append(articles)
        return ["peer"]

    told = json.dumps({"articles": 2, "sentences": 7, "characters": 0, "working": 4.0})
    child = measure.ChildResult(seconds=5.0, cpu_seconds=5.0, peak_mb=1.0, stdout=f"a warning\n{told}\n")
    monkeypatch.setattr(compare, "run_child", lambda argv, env: child)
    peer = compare.Contender("Peer", "beam", command, sample=2)
    large = compare.Corpus("large", tmp_path, (30, 10, 60, 60))
    assert compare.run(peer, large, tmp_path).seconds == pytest.approx(1.0 + 4.0 * 160 / 40)
    small = compare.Corpus("small", tmp_path, (30, 10))
    assert compare.run(peer, small, tmp_path).seconds == 5.0
    assert asked == [2, None]
    assert list(tmp_path.iterdir()) == []


def test_our_own_account_is_read_from_the_manifest(tmp_path: Path) -> None:
    last = {"articles": {"done": 4, "failed": 1}, "sentences_translated": 30, "sentences_remembered": 2}
    (tmp_path / "run.json").write_text(json.dumps({"last_run": last}), encoding="utf-8")
    assert load("compare").own_account(tmp_path) == {"articles": 5, "sentences": 32}


def test_peers_read_what_we_give_them(tmp_path: Path) -> None:
    articles = load("articles")
    rows = [{"text": f"Artikel {n}. Er ist kurz.\n\nEnde."} for n in range(3)]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert articles.read_texts(file, 2) == [row["text"] for row in rows[:2]]
    assert articles.read_texts(file, None) == [row["text"] for row in rows]
    assert articles.split(rows[1]["text"]) == [["Artikel 1.", "Er ist kurz."], ["Ende."]]
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    assert articles.read_texts(ROOT / "seeds", 2) == [seed.read_text(encoding="utf-8") for seed in seeds[:2]]


def test_peers_put_translations_back_where_they_belong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = load("articles")
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("Eins ist hier. Zwei ist da.\nDrei ist dort.", encoding="utf-8")
    (source / "b.txt").write_text("Vier ist fort.", encoding="utf-8")
    given = articles.parser("").parse_args([str(source), str(tmp_path / "out")])
    articles.translate_articles(given, lambda sentences: [sentence.upper() for sentence in sentences])
    written = [file.read_text(encoding="utf-8") for file in sorted((tmp_path / "out").iterdir())]
    assert written == ["EINS IST HIER. ZWEI IST DA.\n\nDREI IST DORT.\n", "VIER IST FORT.\n"]
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], told["sentences"]) == (2, 4)


def test_a_package_for_argos_translate_is_made_of_our_files(tmp_path: Path) -> None:
    model, converted = tmp_path / "model", tmp_path / "converted"
    for folder in (model, converted):
        folder.mkdir()
    (model / "source.spm").write_bytes(b"pieces")
    (converted / "model.bin").write_bytes(b"weights")
    (converted / "config.json").write_text('{"unk_token": "<unk>"}', encoding="utf-8")
    load("argos_setup").make_package(model, converted, tmp_path / "packages")
    (package,) = (tmp_path / "packages").iterdir()
    assert (package / "model" / "model.bin").read_bytes() == b"weights"
    assert (package / "sentencepiece.model").read_bytes() == b"pieces"
    assert json.loads((package / "metadata.json").read_bytes())["from_code"] == "de"
    config = json.loads((package / "model" / "config.json").read_bytes())
    assert config == {"unk_token": "<unk>", "add_source_eos": True}


def test_memory_table() -> None:
    assert load("memory").peak_table({"python": 8.04, "run": 211.6}).endswith("| python | 8 |\n| run | 212 |")


def test_everything_types_the_right_commands() -> None:
    everything = load("everything")
    assert everything.command("startup", quick=False, device="cpu")[2:] == []
    assert everything.command("levels", quick=True, device="cuda")[2:] == ["--quick", "--device", "cuda"]
    assert everything.command("startup", quick=True, device="cuda")[2:] == ["--quick"]


def test_what_a_benchmark_prints_comes_as_it_is_and_nothing_from_one_that_failed() -> None:
    everything = load("everything")
    assert (
        everything.output_of([sys.executable, "-c", "print('    command\\n\\n| table |')"])
        == "    command\n\n| table |"
    )
    assert everything.output_of([sys.executable, "-c", "print('half a table'); raise SystemExit(1)"]) is None


def test_the_time_it_took_is_told_with_what_others_had_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = load("everything")
    monkeypatch.setattr(everything.os, "cpu_count", lambda: 2)
    assert everything.duration(600, 0) == "These tables took 10.0 minutes."
    assert everything.duration(600, 60).endswith("had 5.0% of its processor time meanwhile.")


def test_stolen_time_only_grows() -> None:
    measure = load("measure")
    before = measure.stolen_seconds()
    assert 0 <= before <= measure.stolen_seconds()


def test_every_benchmark_that_runs_has_a_place_in_the_document() -> None:
    everything = load("everything")
    document = everything.DOCUMENT.read_text(encoding="utf-8")
    for name in ("machine", "took", "levels-quality", *everything.BENCHMARKS):
        assert re.findall(rf"<!-- {name}:(begin|end) -->", document) == ["begin", "end"], name
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^bench:.*\n\t.*benchmarks/everything\.py --write$", makefile, re.MULTILINE)


def test_every_benchmark_is_named_in_a_document_or_run_by_another() -> None:
    everything = load("everything")
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    forgotten = [script.name for script in scripts() if f"benchmarks/{script.name}" not in text]
    assert [name for name in forgotten if name.removesuffix(".py") not in everything.BENCHMARKS] == []


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.stem)
def test_every_benchmark_says_what_it_does(script: Path) -> None:
    command = load(script.stem).main
    assert isinstance(command, click.Command)
    asked = CliRunner().invoke(command, ["--help"])
    assert asked.exit_code == 0
    described = load(script.stem).__doc__ or ""
    assert f"python benchmarks/{script.name}" in described
