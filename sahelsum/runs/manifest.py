"""``run.json``: what made the digests — versions, settings with their origin, models — and what became of each article.

The manifest is the one file that tells of a run rather than of its articles, with times and counts. It is left alone
by a run that had nothing to do, so that such a run changes no byte.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, pairwise, takewhile
from typing import Any

from sahelsum import __version__
from sahelsum.engines.hardware import processor_kind
from sahelsum.output.names import MANIFEST
from sahelsum.output.write import OutputFolder
from sahelsum.records import ArticleState
from sahelsum.records.jsonstream import Rows, json_pieces
from sahelsum.runs.job import Job, Model
from sahelsum.runs.report import RunReport

FORMAT = "sahelsum-run-1"
LIBRARIES = ("transformers", "torch", "ctranslate2", "sentencepiece", "sentencex", "lingua-language-detector")
_FIRST_OF_THIS_RUN = "articles"
"""From here on, a run that works and one that finds everything done differ."""


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
    idle = set(report.tally.states) <= {ArticleState.UNCHANGED, ArticleState.KEPT}
    if idle and _holds(folder, manifest):
        return
    folder.write_data_pieces(MANIFEST, chain(json_pieces(manifest), ["\n"]))


def _manifest(job: Job, report: RunReport, settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    counts = {str(state): number for state, number in report.tally.states.items()}
    parts = {"parts": report.parts} if report.parts else {}
    return {
        "format": FORMAT,
        "sahelsum": __version__,
        "python": platform.python_version(),
        "processor": processor_kind(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "settings": settings,
        "recipe": job.recipe,
        "translator": _model(job.translator),
        "summarizer": _model(job.summarizer) if job.summarizer else {"model": asdict(job.summarizer_info)},
        "glossary": {"terms": len(job.glossary.terms), "sha256": job.glossary.key},
        "retries": [retry.name for retry in job.translator.retries],
        **parts,
        "sources": Rows(report.entries.brief),
        "articles": Rows(lambda: report.entries),
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


def _holds(folder: OutputFolder, manifest: Mapping[str, Any]) -> bool:
    """Whether the file that is there begins as this one would, up to what differs from run to run."""
    lasting = dict(takewhile(lambda item: item[0] != _FIRST_OF_THIS_RUN, manifest.items()))
    path = folder.path(MANIFEST)
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            # The last piece closes the object, which goes on here.
            pieces = (piece.encode("utf-8") for piece, _ in pairwise(json_pieces(lasting)))
            return all(file.read(len(piece)) == piece for piece in pieces)
    except OSError:
        return False


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
