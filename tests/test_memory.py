from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sahelsum.app.models import opened_models
from sahelsum.app.settings import load_config
from sahelsum.errors import OutputError
from sahelsum.memory import MemoryFile
from sahelsum.records import Finish, Hypothesis, Output
from sahelsum.records.corrections import Correction

OUTPUT = Output(7, (Hypothesis("Bamako „ok“", 4, -0.25), Hypothesis("Bamako", 2, None, Finish.LENGTH)), parts=2)


def test_an_output_comes_back_exactly(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.bind({"engine": "x"}, "translate").remember({"Guten Tag": OUTPUT})
    with MemoryFile(tmp_path / "m.sqlite") as file:
        assert file.bind({"engine": "x"}, "translate").recall(["Guten Tag", "unbekannt"]) == {"Guten Tag": OUTPUT}


@pytest.mark.parametrize(
    ("signature", "kind"),
    [({"engine": "y"}, "translate"), ({"engine": "x", "beam": 5}, "translate"), ({"engine": "x"}, "s")],
)
def test_another_signature_or_kind_knows_nothing(tmp_path: Path, signature: dict[str, str | int], kind: str) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.bind({"engine": "x"}, "translate").remember({"Guten Tag": OUTPUT})
        assert file.bind(signature, kind).recall(["Guten Tag"]) == {}


def test_the_order_of_the_signature_does_not_matter(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.bind({"a": 1, "b": 2}, "t").remember({"x": OUTPUT})
        assert file.bind({"b": 2, "a": 1}, "t").recall(["x"]) == {"x": OUTPUT}


def test_more_texts_than_one_query_holds(tmp_path: Path) -> None:
    texts = [f"Satz {number}" for number in range(1234)]
    with MemoryFile(tmp_path / "m.sqlite") as file:
        memory = file.bind({}, "t")
        memory.remember(dict.fromkeys(texts, OUTPUT))
        assert set(memory.recall([*texts, "nie gesehen"])) == set(texts)


def test_a_damaged_row_counts_as_unknown(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        memory = file.bind({}, "t")
        memory.remember({"x": OUTPUT})
        connection = sqlite3.connect(tmp_path / "m.sqlite")
        with connection:
            connection.execute("UPDATE outputs SET output = '{broken'")
        connection.close()
        assert memory.recall(["x"]) == {}


def test_a_file_that_is_no_database_is_named_in_the_message(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"this is no database, not at all" * 100)
    with pytest.raises(OutputError, match=r"m\.sqlite.*--no-memory"):
        MemoryFile(path)
    assert path.read_bytes().startswith(b"this is no database")


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_memory_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    MemoryFile(path).close()
    change(path, "PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="another version"):
        MemoryFile(path)


def test_another_programs_database_is_refused_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "cookies.sqlite"
    change(path, "CREATE TABLE cookies (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="another program's database"):
        MemoryFile(path)
    assert path.read_bytes() == before


def test_a_damaged_file_says_how_to_start_afresh(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    with MemoryFile(path) as file:
        file.bind({}, "t").remember({f"Satz {number}": OUTPUT for number in range(500)})
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"Z" * (len(content) - 4096))
    with MemoryFile(path) as file:
        for use in (file.stats, file.clear):
            with pytest.raises(OutputError, match="sahelsum memory clear"):
                use()


def test_a_damaged_file_knows_nothing_and_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "m.sqlite"
    with MemoryFile(path) as file:
        file.bind({}, "t").remember({f"Satz {number}": OUTPUT for number in range(500)})
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"Z" * (len(content) - 4096))
    with MemoryFile(path) as file:
        memory = file.bind({}, "t")
        assert memory.recall(["Satz 1", "Satz 2"]) == {}
        memory.remember({"Satz 3": OUTPUT})
        assert memory.recall(["Satz 3"]) == {}
    assert [record.getMessage().endswith("Going on without it.") for record in caplog.records] == [True]


def test_a_locked_file_says_to_wait_and_not_to_delete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sahelsum.memory.BUSY_TIMEOUT_SEC", 0.05)
    path = tmp_path / "m.sqlite"
    with MemoryFile(path) as file:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match="wait for it") as caught:
            file.write([(b"key", "row")])
        assert "delete" not in str(caught.value).lower()
        other.close()


def test_a_locked_file_is_gone_on_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sahelsum.memory.BUSY_TIMEOUT_SEC", 0.05)
    with MemoryFile(tmp_path / "m.sqlite") as file:
        other = sqlite3.connect(tmp_path / "m.sqlite")
        other.execute("BEGIN IMMEDIATE")
        for text in ("x", "y"):
            file.bind({}, "t").remember({text: OUTPUT})
        other.close()
    assert len(caplog.records) == 1
    assert "wait for it" in caplog.text


ROWS = (
    "[1,1,[]]",
    '[1,1,[[5,1,null,"stop"]]]',
    "[" * 100_000,
    '[1,1,[["x","y",null,"stop"]]]',
    '[1,1,[["x",1,null,"no"]]]',
)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_that_makes_no_sense_counts_as_unknown(tmp_path: Path, row: str) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        memory = file.bind({}, "t")
        memory.remember({"x": OUTPUT})
        connection = sqlite3.connect(tmp_path / "m.sqlite")
        with connection:
            connection.execute("UPDATE outputs SET output = ?", (row,))
        connection.close()
        assert memory.recall(["x"]) == {}


def test_stats_and_clear(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.bind({}, "t").remember({"x": OUTPUT, "y": OUTPUT})
        assert file.stats().rows == 2
        assert file.clear() == 2
        assert file.bind({}, "t").recall(["x", "y"]) == {}


WRITER = """
import sys
from pathlib import Path
from sahelsum.memory import MemoryFile
from sahelsum.records import Hypothesis, Output
name = sys.argv[2]
with MemoryFile(Path(sys.argv[1])) as file:
    memory = file.bind({}, "t")
    for number in range(60):
        memory.remember({f"{name} {number}": Output(1, (Hypothesis(name, 1),))})
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    with MemoryFile(path) as file:
        assert file.stats().rows == 120


def test_what_was_remembered_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    script = WRITER + "\n    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    killed = subprocess.run([sys.executable, "-c", script, str(path), "a"], check=False)
    assert killed.returncode < 0
    with MemoryFile(path) as file:
        assert file.stats().rows == 60


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_a_folder_in_the_way_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "m.sqlite").mkdir()
    with pytest.raises(OutputError, match="cannot be used"):
        MemoryFile(tmp_path / "m.sqlite")


@pytest.mark.parametrize("content", [b"no database, not at all" * 100, b"SQLite format 3\0" + b"Z" * 5000])
def test_models_open_without_a_memory_that_cannot_be_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    path = tmp_path / "m.sqlite"
    path.write_bytes(content)
    with opened_models(load_config({"memory_path": str(path), "engine": "echo"}).settings) as models:
        assert models.memory is None
        assert models.translator().memory.recall(["x"]) == {}
    assert "Going on without it" in caplog.text
    assert path.read_bytes() == content


GAO = Correction("de", "Gao  schläft.", "Gao is asleep.")


def test_corrections_are_known_by_language_and_sentence_whatever_its_spaces(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.correct([GAO])
    with MemoryFile(tmp_path / "m.sqlite") as file:
        assert file.corrected("de", ["Gao\nschläft.", "Gao schlaeft."]) == {"Gao\nschläft.": "Gao is asleep."}
        assert file.corrected("fr", ["Gao schläft."]) == {}
        assert list(file.corrections()) == [GAO]


def test_a_later_correction_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.correct([GAO])
        file.correct([Correction("de", "Gao schläft.", "Gao sleeps.")])
        assert file.corrected("de", ["Gao schläft."]) == {"Gao schläft.": "Gao sleeps."}
        assert file.stats().corrections == 1


def test_clearing_keeps_what_no_model_can_make_again(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.bind({}, "t").remember({"x": OUTPUT})
        file.correct([GAO])
        assert file.clear() == 1
        assert (file.stats().rows, file.stats().corrections) == (0, 1)
        file.clear(corrections=True)
        assert file.stats().corrections == 0
        file.correct([GAO])
        assert file.stats().corrections == 1


def test_more_corrections_than_one_query_holds(tmp_path: Path) -> None:
    texts = [f"Satz {number}" for number in range(1234)]
    with MemoryFile(tmp_path / "m.sqlite") as file:
        file.correct(Correction("de", text, text.upper()) for text in texts)
        assert file.corrected("de", texts) == {text: text.upper() for text in texts}


def test_a_memory_without_corrections_knows_none(tmp_path: Path) -> None:
    with MemoryFile(tmp_path / "m.sqlite") as file:
        assert file.corrected("de", ["Gao schläft."]) == {}
        assert list(file.corrections()) == []
