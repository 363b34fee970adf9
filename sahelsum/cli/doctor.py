"""``sahelsum doctor``: is everything in place, and if not, what to type."""

from __future__ import annotations

import json
import os
import platform
import shutil
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from sahelsum import __version__
from sahelsum.cli.wiring import load_settings, memory_path
from sahelsum.errors import ExitCode, SahelsumError

REQUIRED = ("torch", "transformers", "ctranslate2", "sentencepiece", "sentencex", "lingua-language-detector")
OPTIONAL = {"trafilatura": "html", "sacrebleu": "evaluate", "rouge-score": "evaluate"}
"""Package → the extra that brings it."""
MIN_FREE_BYTES = 500_000_000
"""Room for a converted model and the translation memory."""


class Verdict(StrEnum):
    """How a check came out."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "PROBLEM"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    verdict: Verdict
    name: str
    detail: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per check.")
@click.pass_context
def doctor_command(ctx: click.Context, /, as_json: bool) -> None:
    """Say what is installed, what the hardware offers, and which models work offline, with a verdict.

    Exits 0 if `sahelsum run` can work, else 1.
    """
    checks = [_system(), *_packages(), *_hardware(), *_folders(), *_models()]
    bad = [check for check in checks if check.verdict is Verdict.BAD]
    if as_json:
        for check in checks:
            click.echo(json.dumps(asdict(check), ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{check.verdict:8} {check.name:28} {check.detail}")
        click.echo(f"\n{len(bad)} problems found." if bad else "\nEverything is in place: sahelsum run seeds/")
    ctx.exit(ExitCode.ARTICLES_FAILED if bad else ExitCode.OK)


def _system() -> Check:
    return Check(Verdict.GOOD, "sahelsum", f"{__version__}, Python {platform.python_version()}, {platform.platform()}")


def _packages() -> list[Check]:
    required = [_package(name, Verdict.BAD, "pip install sahelsum") for name in REQUIRED]
    optional = [
        _package(name, Verdict.NOTE, f"pip install 'sahelsum[{extra}]'") for name, extra in sorted(OPTIONAL.items())
    ]
    return required + optional


def _package(name: str, if_missing: Verdict, remedy: str) -> Check:
    try:
        return Check(Verdict.GOOD, name, version(name))
    except PackageNotFoundError:
        return Check(if_missing, name, f"not installed; type: {remedy}")


def _hardware() -> list[Check]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    checks = [Check(Verdict.GOOD, "processor", f"{platform.machine()}, {cores} usable cores")]
    try:
        import ctranslate2

        types = ", ".join(sorted(ctranslate2.get_supported_compute_types("cpu")))
        gpus = ctranslate2.get_cuda_device_count()
    except (ImportError, RuntimeError, ValueError) as error:
        return [*checks, Check(Verdict.BAD, "ctranslate2 on this processor", str(error))]
    return [
        *checks,
        Check(Verdict.GOOD, "precisions on the processor", types),
        Check(Verdict.GOOD, "CUDA GPUs", str(gpus) if gpus else "none (the processor does the work)"),
    ]


def _folders() -> list[Check]:
    from sahelsum import paths

    try:
        settings = load_settings({}).settings
    except SahelsumError as error:
        return [Check(Verdict.BAD, "settings", str(error))]
    return [
        Check(Verdict.GOOD, "settings", "readable"),
        _folder("cache", paths.cache_dir()),
        _folder("memory", memory_path(settings).parent),
        _folder("output", settings.output),
    ]


def _folder(name: str, path: Path) -> Check:
    """Writable, as far as can be told without writing, and with room."""
    existing = next(parent for parent in (path, *path.absolute().parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return Check(Verdict.BAD, f"{name} folder", f"{path} cannot be written")
    free = shutil.disk_usage(existing).free
    verdict = Verdict.GOOD if free >= MIN_FREE_BYTES else Verdict.NOTE
    return Check(verdict, f"{name} folder", f"{path}, {free / 1e9:.1f} GB free")


def _models() -> list[Check]:
    """Which models are here, and whether the chosen ones are."""
    from sahelsum import paths
    from sahelsum.catalog import Catalog

    try:
        settings = load_settings({}).settings
    except SahelsumError:
        return []
    catalog = Catalog.load()
    checks = [Check(Verdict.BAD, f"card {problem.alias}", problem.message) for problem in catalog.problems]
    chosen = {settings.translator, settings.summarizer}
    for card in catalog.cards():
        if card.location.server is not None:
            continue
        try:
            found = catalog.locate(card, offline=True, cache=paths.cache_dir())
            checks.append(Check(Verdict.GOOD, f"model {card.alias}", f"works offline ({found.revision[:12]})"))
        except SahelsumError:
            verdict = Verdict.BAD if card.alias in chosen else Verdict.NOTE
            remedy = f"sahelsum models fetch {card.alias}"
            checks.append(Check(verdict, f"model {card.alias}", f"not on this machine; type: {remedy}"))
    return checks
