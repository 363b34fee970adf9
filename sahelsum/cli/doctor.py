"""``sahelsum doctor``: is everything in place, and if not, what to type."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sahelsum import __version__
from sahelsum.cli.options import load_settings
from sahelsum.errors import ExitCode, SahelsumError
from sahelsum.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sahelsum.app.settings import Settings
    from sahelsum.catalog import Catalog
    from sahelsum.catalog.cards import ModelCard
    from sahelsum.engines.base import Signature
    from sahelsum.runs.job import Model

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
    checks = [_system(), *_packages(), *_hardware(), *_of_settings()]
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
    from importlib.metadata import PackageNotFoundError, version

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


def _of_settings() -> list[Check]:
    """What depends on the settings: folders and models."""
    from sahelsum.catalog import Catalog

    try:
        settings = load_settings({}).settings
    except SahelsumError as error:
        return [_failed("settings", error)]
    catalog = Catalog.load()
    good = Check(Verdict.GOOD, "settings", "readable")
    return [good, *_folders(settings), *_chosen_models(settings, catalog), *_cards(catalog)]


def _folders(settings: Settings) -> list[Check]:
    from sahelsum import paths
    from sahelsum.app.resources import memory_path

    checks = [_folder("cache", paths.cache_dir()), _folder("output", settings.output)]
    return checks + (_memory(memory_path(settings)) if settings.use_memory else [])


def _folder(name: str, path: Path) -> Check:
    """Writable, as far as can be told without writing, and with room."""
    # lexists because a link to nowhere is in the way too, and because it does not raise where a folder is closed.
    existing = next(parent for parent in (path.absolute(), *path.absolute().parents) if os.path.lexists(parent))
    if not existing.is_dir():
        return Check(Verdict.BAD, f"{name} folder", f"{existing} is not a folder: move it away or choose another")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Check(Verdict.BAD, f"{name} folder", f"{path} cannot be written")
    free = shutil.disk_usage(existing).free
    verdict = Verdict.GOOD if free >= MIN_FREE_BYTES else Verdict.NOTE
    return Check(verdict, f"{name} folder", f"{path}, {free / 1e9:.1f} GB free")


def _memory(path: Path) -> list[Check]:
    """The folder of the translation memory, and the file itself if it is there."""
    from sahelsum.memory import MemoryFile

    folder = _folder("memory", path.parent)
    if folder.verdict is Verdict.BAD or not os.path.lexists(path):
        return [folder]
    try:
        with MemoryFile(path) as memory:
            return [folder, Check(Verdict.GOOD, "memory", f"{memory.stats().rows:,} texts in {path}")]
    except SahelsumError as error:
        return [folder, _failed("memory", error)]


def _chosen_models(settings: Settings, catalog: Catalog) -> list[Check]:
    """The models of the settings, opened as all commands open them; nothing is loaded, as they load when first used."""
    from sahelsum.app.models import Models
    from sahelsum.catalog.cards import EngineName, Task

    models = Models(settings, catalog, None)
    if settings.engine is EngineName.ECHO:
        return [_chosen("translator", models.translator, lambda: None, catalog)]
    return [
        _chosen("translator", models.translator, lambda: catalog.resolve(settings.translator, Task.TRANSLATE), catalog),
        _chosen("summarizer", models.summarizer, lambda: catalog.resolve_summarizer(settings.summarizer), catalog),
    ]


def _chosen(
    role: str, open_model: Callable[[], Model | None], resolve: Callable[[], ModelCard | None], catalog: Catalog
) -> Check:
    try:
        model = open_model()
        card = resolve()
        if card is not None:
            _check_weights(catalog, card)
    except SahelsumError as error:
        return _failed(role, error)
    if model is None:
        return Check(Verdict.GOOD, role, "extractive, without a model")
    signature = model.engine.signature
    if problem := _device_problem(signature):
        return Check(Verdict.BAD, role, problem)
    if "server" in signature:
        return Check(Verdict.NOTE, role, f"{model.info.alias} at {signature['server']}, which was not asked")
    place = f" on {signature['device']}" if "device" in signature else ""
    return Check(Verdict.GOOD, role, f"{model.info.alias}, by {model.info.engine}{place}")


def _check_weights(catalog: Catalog, card: ModelCard) -> None:
    from sahelsum.catalog.inspection import read_weights

    if place := catalog.find(card):
        read_weights(place.directory)


def _device_problem(signature: Signature) -> str:
    """Why the device that a model is set to cannot be used; empty if it can."""
    from sahelsum.engines.hardware import cuda_capability, has_cublas, torch_has_cuda

    device = signature.get("device")
    reason = ""
    if device == "cuda" and cuda_capability() is None:
        reason = "there is no NVIDIA GPU with a driver"
    elif device == "cuda" and signature["engine"] == "ctranslate2" and not has_cublas():
        reason = "the CUDA 12 library cuBLAS, which CTranslate2 needs, cannot be loaded"
    elif (
        device == "cuda"
        and signature["engine"] == "transformers"
        and not torch_has_cuda(f"{signature['torch_version']}")
    ):
        reason = "the installed PyTorch comes without CUDA"
    elif device == "mps" and (sys.platform, platform.machine()) != ("darwin", "arm64"):
        reason = "this is no Mac with an Apple processor"
    return f"set to compute on {device}, but {reason}; type: --device cpu" if reason else ""


def _cards(catalog: Catalog) -> list[Check]:
    """Which models are here. None but the chosen ones is needed, so nothing here is more than a note."""
    broken = [Check(Verdict.NOTE, f"card {problem.alias}", one_line(problem.message)) for problem in catalog.problems]
    return broken + [_card(catalog, card) for card in catalog.cards() if card.location.server is None]


def _card(catalog: Catalog, card: ModelCard) -> Check:
    from sahelsum import paths

    name = f"model {card.alias}"
    try:
        if card.location.hub is not None and catalog.find(card) is None:
            return Check(Verdict.NOTE, name, f"not on this machine; type: sahelsum models fetch {card.alias}")
        found = catalog.locate(card, offline=True, cache=paths.cache_dir())
        _check_weights(catalog, card)
    except SahelsumError as error:
        return Check(Verdict.NOTE, name, one_line(str(error)))
    return Check(Verdict.GOOD, name, f"works offline ({found.revision[:12]})")


def _failed(name: str, error: SahelsumError) -> Check:
    return Check(Verdict.BAD, name, one_line(str(error)))
