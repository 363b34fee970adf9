"""The bundled model on the real seeds, end to end, as a new user runs it. Slow by the standards of this folder."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.near_ties import all_but_near_ties

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@dataclass
class Workplace:
    """An empty folder with its own cache and configuration."""

    folder: Path

    def sahelsum(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sahelsum", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(), input=stdin, capture_output=True, text=True, check=False
        )

    def environment(self) -> dict[str, str]:
        own = {
            name: str(self.folder / name.split("_")[1].lower())
            for name in ("SAHELSUM_CACHE_DIR", "SAHELSUM_CONFIG_DIR")
        }
        return {**os.environ, **own, "HF_HUB_OFFLINE": "1"}

    def files(self) -> dict[str, bytes]:
        output = self.folder / "outputs"
        return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace in which `sahelsum run seeds/` has run once."""
    place = Workplace(tmp_path_factory.mktemp("bundled"))
    result = place.sahelsum("run", str(ROOT / "seeds"))
    assert result.returncode == 0, result.stderr
    return place


def test_all_pages_are_there(workplace: Workplace) -> None:
    pages = {name for name in workplace.files() if name.endswith(".md")}
    assert pages == {"digest.md", *(f"{seed.stem}.md" for seed in SEEDS)}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_every_sentence_has_one_english_translation(workplace: Workplace, seed: Path) -> None:
    digest = json.loads(workplace.files()[f"data/{seed.stem}.json"])
    numbers = [translation["sentence"]["number"] for translation in digest["translations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert digest["receipt"]["sentences_in"] == digest["receipt"]["sentences_out"] == len(numbers)
    english = " ".join(translation["text"] for translation in digest["translations"]).lower().split()
    assert sum(word in {"the", "of", "and", "to", "in"} for word in english) > len(english) / 8
    assert sum(word in {"der", "die", "und", "das", "nicht"} for word in english) < len(english) / 100
    assert digest["summary"]["sentences"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_every_word_of_the_source_is_in_the_data(workplace: Workplace, seed: Path) -> None:
    article = json.loads(workplace.files()[f"data/{seed.stem}.json"])["article"]
    kept = " ".join([*(block["text"] for block in article["blocks"]), *(e["text"] for e in article["extracts"])])
    kept += f" {article['title'] or ''}"
    letters = sorted(character for character in seed.read_text(encoding="utf-8") if character.isalnum())
    assert sorted(character for character in kept if character.isalnum()) == letters


def test_known_facts_come_through(workplace: Workplace) -> None:
    page = workplace.files()["004_378a34bc2fd6e492.md"].decode()
    for word in ("Lawrow", "Diop", "Moscow", "Burkina Faso", "April 2025", "ECOWAS"):
        assert word in page or (word == "Lawrow" and "Lavrov" in page)


def test_a_second_run_changes_nothing_and_loads_no_model(workplace: Workplace) -> None:
    before = workplace.files()
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from sahelsum.cli.main import cli\n"
        f"result = CliRunner().invoke(cli, ['run', {str(ROOT / 'seeds')!r}])\n"
        "assert result.exit_code == 0, result.output\n"
        "assert '5 unchanged' in result.output, result.output\n"
        "print(*[name for name in ('torch', 'transformers', 'ctranslate2', 'sentencepiece') if name in sys.modules])\n"
    )
    environment = {
        **os.environ,
        "SAHELSUM_CACHE_DIR": str(workplace.folder / "cache"),
        "SAHELSUM_CONFIG_DIR": str(workplace.folder / "config"),
    }
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=workplace.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == []
    assert workplace.files() == before


def test_a_run_killed_at_any_moment_is_finished_by_the_next(workplace: Workplace, tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    command = [sys.executable, "-m", "sahelsum", "run", str(ROOT / "seeds"), "--batch-tokens", "64"]
    running = subprocess.Popen(command, cwd=tmp_path, env=place.environment(), stderr=subprocess.DEVNULL)
    memory = tmp_path / "cache" / "memory.sqlite"
    deadline = time.monotonic() + 120
    while remembered(memory) < 10 and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    running.kill()
    assert running.wait() < 0, "it was done before it could be killed"
    saved = remembered(memory)
    assert saved >= 10
    result = place.sahelsum("run", str(ROOT / "seeds"), "--batch-tokens", "64", "--json")
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["sentences_remembered"] >= saved
    assert report["sentences_translated"] > 0
    finished, expected = place.files(), workplace.files()
    assert set(finished) == set(expected)
    resumed, whole = sentences(finished), sentences(expected)
    assert [german for german, _ in resumed] == [german for german, _ in whole]
    assert all_but_near_ties(resumed, whole)
    assert not list(tmp_path.rglob("*.tmp"))


def sentences(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """German and English of every sentence of a run, in order."""
    digests = [json.loads(files[name]) for name in sorted(files) if name.startswith("data/") and name.endswith(".json")]
    return [(each["sentence"]["text"], each["text"]) for digest in digests for each in digest["translations"]]


def remembered(memory: Path) -> int:
    """Rows in a translation memory; 0 while it is not there yet."""
    try:
        connection = sqlite3.connect(f"file:{memory}?mode=ro", uri=True)
        with contextlib.closing(connection):
            return int(connection.execute("SELECT count(*) FROM outputs").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_three_lines_in_three_lines_out(workplace: Workplace) -> None:
    text = "Bamako ist die Hauptstadt.\n\nEs gibt 10.000 Flüchtlinge.\n"
    result = workplace.sahelsum("translate", "--lines", stdin=text)
    lines = result.stdout.split("\n")
    assert len(lines) == 4, result.stdout
    assert "Bamako" in lines[0]
    assert lines[1] == ""
    assert "10,000" in lines[2] or "10.000" in lines[2]


def test_both_engines_run_the_bundled_model(workplace: Workplace) -> None:
    said = [
        workplace.sahelsum(
            "translate", "--engine", engine, "--no-memory", stdin="Bamako ist die Hauptstadt von Mali.\n"
        )
        for engine in ("ctranslate2", "transformers")
    ]
    for result in said:
        assert result.returncode == 0, result.stderr
        assert "Bamako" in result.stdout
        assert "capital" in result.stdout


ASIDE = ", which had been closed for three weeks after the fighting between the army and the rebels in the region,"
LONG_SENTENCE = f"The market in the town of Gao{ASIDE} was opened again on Monday by the new mayor."


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_the_bundled_shortener_leaves_out_a_clause_and_adds_nothing(workplace: Workplace, engine: str) -> None:
    options = ("--summarizer", "sahelsum-shorten", "--summary-sentences", "1", "--engine", engine, "--json")
    result = workplace.sahelsum("summarize", "-", *options, stdin=LONG_SENTENCE)
    assert result.returncode == 0, result.stderr
    summary = json.loads(result.stdout)
    assert summary["method"] == "abstractive"
    assert summary["text"] == LONG_SENTENCE.replace(ASIDE, "")
    assert summary["sentences"][0]["evidence"] == [1]


def test_what_must_not_be_translated_comes_through_the_model_byte_for_byte(workplace: Workplace) -> None:
    held = [
        "https://www.zeitung.example/lage_1.html?id=3",
        "redaktion@zeitung.example",
        "12° 39' N",
        "Yıldız",
        "Газета",
    ]
    text = (
        "Mehr zur Lage steht unter https://www.zeitung.example/lage_1.html?id=3, Fragen an redaktion@zeitung.example. "
        "Das Dorf liegt bei 12° 39' N, sagte Minister Yıldız der Zeitung Газета."
    )
    result = workplace.sahelsum("translate", "--no-memory", stdin=text)
    assert result.returncode == 0, result.stderr
    assert [item for item in held if item not in result.stdout] == []


def test_a_heading_in_capitals_is_translated(workplace: Workplace) -> None:
    result = workplace.sahelsum("translate", "--no-memory", stdin="NIGER: ARMEE BEFREIT GEISELN BEI TILLABÉRI\n")
    assert "army" in result.stdout.lower()
    assert "ARMEE" not in result.stdout
