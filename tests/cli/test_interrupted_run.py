"""Ctrl-C while a slow model is at work: the run ends, says so, and what was finished is remembered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sahelsum.memory import MemoryFile
from tests.fakes import FakeEngine
from tests.folders import Folder, model

BATCHES = 50
RUN = """
import signal, sys, threading
from pathlib import Path
from sahelsum.cli.interrupt import heeded
from sahelsum.memory import MemoryFile
from tests.fakes import FakeEngine
from tests.folders import Folder, model

signal.signal(signal.SIGINT, lambda *_: None)  # as if a model computed: Python's own handler stops nothing

class Slow(FakeEngine):
    def generate(self, texts, search=None):
        if len(self.calls) == 3:
            print("busy", flush=True)
            threading.Event().wait()
        return super().generate(texts)

folder = Folder(Path(sys.argv[1]))
folder.add("a.txt", "\\n\\n".join(f"Die Armee hat in Bamako {number} Menschen festgenommen." for number in range(50)))
engine = Slow()
with heeded(), MemoryFile(folder.root / "memory.sqlite") as memory:
    folder.run(translator=model(engine, memory.bind(engine.signature, "translate")), batch_tokens=8)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_a_run_stops_within_a_call_of_the_model_and_remembers_what_it_finished(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "busy\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.index("Stopping") < told.index("run the same command again")
    with MemoryFile(tmp_path / "memory.sqlite") as memory:
        assert 3 <= memory.stats().rows < BATCHES


def test_each_batch_is_in_the_file_before_the_next_but_one_begins(tmp_path: Path) -> None:
    seen: list[int] = []

    class Watching(FakeEngine):
        def generate(self, texts: list[str]) -> list[object]:  # type: ignore[override]
            with MemoryFile(tmp_path / "memory.sqlite") as other:
                seen.append(other.stats().rows)
            return super().generate(texts)  # type: ignore[return-value]

    folder = Folder(tmp_path)
    folder.add("a.txt", "\n\n".join(f"Die Armee hat in Bamako {n} Menschen festgenommen." for n in range(9)))
    engine = Watching()
    with MemoryFile(tmp_path / "memory.sqlite") as memory:
        folder.run(translator=model(engine, memory.bind(engine.signature, "translate")), batch_tokens=8)
    assert len(seen) == 9
    assert all(rows >= number - 1 for number, rows in enumerate(seen))
