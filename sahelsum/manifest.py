"""``run.json``: what made the digests — versions, settings with their origin, models — and what became of each article.

The manifest is the one file that tells of a run rather than of its articles, with times and counts. It is left alone
by a run that had nothing to do, so that such a run changes no byte.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sahelsum import __version__
from sahelsum.job import Job, Model
from sahelsum.records import ArticleState, RunReport
from sahelsum.write import OutputFolder

NAME = "run.json"
FORMAT = "sahelsum-run-1"
LIBRARIES = ("transformers", "torch", "ctranslate2", "sentencepiece", "sentencex", "lingua-language-detector")
_OF_THIS_RUN = ("last_run", "articles")
"""Parts that differ between a run that works and one that finds everything done."""


def write_manifest(job: Job, report: RunReport, settings: Mapping[str, Mapping[str, Any]]) -> None:
    """Write ``run.json`` into the output folder, unless nothing was done and nothing else has changed.

    Args:
        job: what was asked.
        report: what was done.
        settings: for each setting its value and its origin.

    Raises:
        OutputError: the file cannot be written.
    """
    folder = OutputFolder(job.output)
    manifest = _manifest(job, report, settings)
    idle = all(entry.state in {ArticleState.UNCHANGED, ArticleState.KEPT} for entry in report.entries)
    if idle and _lasting(_load(folder.path(NAME))) == _lasting(manifest):
        return
    folder.write_data(NAME, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", force=job.force)


def _manifest(job: Job, report: RunReport, settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    counts = Counter(str(entry.state) for entry in report.entries)
    return {
        "format": FORMAT,
        "sahelsum": __version__,
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "settings": settings,
        "recipe": job.recipe,
        "translator": _model(job.translator),
        "summarizer": _model(job.summarizer) if job.summarizer else {"model": asdict(job.summarizer_info)},
        "glossary": {"terms": len(job.glossary.terms), "sha256": job.glossary.key},
        "retries": [retry.name for retry in job.translator.retries],
        "sources": [[entry.id, entry.source] for entry in report.entries],
        "articles": [asdict(entry) for entry in report.entries],
        "last_run": {
            "articles": dict(sorted(counts.items())),
            "sentences_translated": report.sentences_translated,
            "sentences_remembered": report.sentences_remembered,
            "seconds": round(report.seconds, 2),
            "retry_seconds": round(report.retry_seconds, 2),
        },
    }


def _model(model: Model) -> dict[str, Any]:
    return {"model": asdict(model.info), "signature": dict(model.engine.signature)}


def _lasting(manifest: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key not in _OF_THIS_RUN}


def _load(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():
            return {}
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
