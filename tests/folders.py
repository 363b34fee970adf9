"""A folder of articles with its output, and a way to run it through the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sahelsum.engines.base import signature_key
from sahelsum.protocols import Memory
from sahelsum.read import ReadOptions
from sahelsum.read.sources import find_sources
from sahelsum.records import ArticleState, ModelInfo
from sahelsum.runs.job import Job, Model
from sahelsum.runs.pipeline import run
from sahelsum.runs.report import RunReport
from tests.fakes import DictMemory, FakeEngine, RecordingObserver

TEXT = (
    " date 2025-11-16 Die Armee hat in Bamako 24 Menschen festgenommen. Der Minister sprach am Montag im Radio.\n\n"
    "In Niger sind die Schulen geschlossen. Die Regierung schweigt dazu seit Wochen."
)
OTHER = "Russland liefert Waffen an Mali. Der Außenminister reiste im April nach Moskau und sprach mit Lawrow."


def model(engine: FakeEngine, memory: Memory | None = None, alias: str = "fake") -> Model:
    info = ModelInfo(alias, "Fake", "r1", "Apache-2.0", "fake", signature_key(engine.signature))
    return Model(engine, info, memory or DictMemory())


@dataclass
class Folder:
    """A folder of articles with its output, and a way to run it."""

    root: Path

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def output(self) -> Path:
        return self.root / "out"

    def add(self, name: str, text: str) -> None:
        self.articles.mkdir(exist_ok=True)
        (self.articles / name).write_text(text, encoding="utf-8")

    def run(
        self, engine: FakeEngine | None = None, observer: RecordingObserver | None = None, **changes: object
    ) -> RunReport:
        values: dict[str, object] = {
            "sources": find_sources([str(self.articles)]),
            "output": self.output,
            "read": ReadOptions(check_language=False),
            "translator": model(engine or FakeEngine()),
            "summarizer": None,
            **changes,
        }
        return run(Job(**values), observer or RecordingObserver())  # type: ignore[arg-type]

    def bytes(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.output)): path.read_bytes() for path in self.output.rglob("*") if path.is_file()
        }


def states(report: RunReport) -> list[ArticleState]:
    """What became of each article."""
    return [entry.state for entry in report.entries]
