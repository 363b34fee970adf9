"""Corrections of people: into the translation memory, and onto the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sahelsum.app.jobs import build_job
from sahelsum.app.models import opened_models
from sahelsum.app.resources import memory_path
from sahelsum.app.settings import Settings
from sahelsum.corrections import HUMAN, MACHINE, Imported, Unit, read_corrections, read_tmx
from sahelsum.errors import ConfigError
from sahelsum.memory import MemoryFile
from sahelsum.output.contents import digest_folders
from sahelsum.output.lock import locked
from sahelsum.output.names import SITE_START, data_name
from sahelsum.output.older import older_pages
from sahelsum.output.sidecar import digest_from_json
from sahelsum.output.write import OutputFolder
from sahelsum.protocols import Observer
from sahelsum.records.corrections import Correction, one_line
from sahelsum.runs.parts import write_parts_page
from sahelsum.runs.remake import Remade, remake
from sahelsum.site import make_site


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many corrections were kept, and what became of the articles of each folder."""

    corrections: int
    remade: tuple[Remade, ...]
    site: Path | None
    """The start page of the reading room, if there is one."""


def correct(file: Path, settings: Settings, observer: Observer, *, force: bool = False) -> Corrected:
    """Keep the corrections of a file, and make the articles again that have one of these sentences.

    The corrections are kept whatever becomes of the pages.

    Raises:
        SahelsumError: the file is none of corrections, the memory or the output cannot be used, the output folder holds
            no digests or was made with other settings, or a model is not available.
    """
    if not settings.use_memory:
        raise ConfigError(
            "Corrections are kept in the translation memory, and the settings say to use none.",
            hint="Leave out --no-memory, or set use_memory to true.",
        )
    corrections = read_corrections(file)
    with MemoryFile(memory_path(settings)) as memory:
        memory.correct(corrections)
    folders = digest_folders(settings.output)
    sentences = frozenset(each.key for each in corrections if each.language == settings.source_language)
    with locked(settings.output), opened_models(settings) as models:
        job = build_job(settings, (), models, force=force)
        remade = tuple(remake(job, name, sentences, observer) for name in folders)
        if folders != [""]:
            older = [page for page in sorted(older_pages(settings.output)) if "/" not in page]
            parts = [each.part for each in remade if each.part.name]
            write_parts_page(OutputFolder(settings.output), parts, older, job)
        there = (settings.output / SITE_START).is_file()
        site = make_site(settings.output, force=force).start if there else None
    return Corrected(len(corrections), remade, site)


def import_corrections(file: Path, settings: Settings) -> Imported:
    """Keep the units of a TMX file as corrections.

    Raises:
        InputError: it is no TMX file that can be used.
        OutputError: the memory cannot be used.
    """
    imported = read_tmx(file)
    with MemoryFile(memory_path(settings)) as memory:
        memory.correct(imported.corrections)
    return imported


def units(settings: Settings, outputs: tuple[Path, ...]) -> Iterator[Unit]:
    """All corrections of the memory, then each sentence of the output folders that a model translated, once.

    Raises:
        InputError: a folder holds no digests, or one of them is damaged.
        OutputError: the memory cannot be used.
    """
    with MemoryFile(memory_path(settings)) as memory:
        corrections = list(memory.corrections())
    yield from (Unit(each, HUMAN) for each in corrections)
    told = {(each.language, each.key) for each in corrections}
    for each in chain.from_iterable(map(_of_models, outputs)):
        if (each.language, each.key) not in told:
            told.add((each.language, each.key))
            yield Unit(each, MACHINE)


def _of_models(output: Path) -> Iterator[Correction]:
    for name in digest_folders(output):
        folder = OutputFolder(output / name)
        for path in sorted(folder.root.glob(data_name("*"))):
            digest = digest_from_json(path.read_text(encoding="utf-8", errors="replace"))
            for item in digest.translations:
                if not (item.failure or item.kept or item.human):
                    yield Correction(digest.article.language, one_line(item.sentence.text), one_line(item.text))
