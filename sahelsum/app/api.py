"""What ``import sahelsum`` offers: the command line's work as plain functions.

Any setting can be given by its name, as ``sahelsum config show`` has it: ``quality="best"``, ``summary_sentences=2``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sahelsum.app.jobs import run_sources
from sahelsum.app.models import opened_models
from sahelsum.app.resources import glossary_of
from sahelsum.app.settings import Settings, load_config
from sahelsum.app.texts import find_faults, summarize_text, translate_units
from sahelsum.errors import InputError
from sahelsum.lines import one_line, split_lines
from sahelsum.protocols import Observer, Silence
from sahelsum.records import Finding, Summary
from sahelsum.runs.report import RunReport


def run(
    sources: Sequence[str | os.PathLike[str]],
    *,
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    observer: Observer | None = None,
    **settings: object,
) -> RunReport:
    """Make English digests of ``sources``: files, folders or patterns. An article that fails is an entry of the report.

    ``output`` is the folder for them (None: as the settings say), ``force`` overwrites pages edited by hand.

    Raises:
        SahelsumError: nothing can be read, a setting is wrong, a model is missing, or the output cannot be written.
    """
    names = [os.fspath(source) for source in ([sources] if isinstance(sources, (str, os.PathLike)) else sources)]
    config = load_config({**settings, "output": None if output is None else str(Path(output))})
    return run_sources(names, config, observer or Silence(), force=force)


def translate(text: str, **settings: object) -> str:
    """The English of a text, German if the settings say nothing else, line for line; empty lines stay empty.

    A sentence that could not be translated stands in the text as a visible placeholder with the original.

    Raises:
        SahelsumError: a setting is wrong or the model is not available.
    """
    chosen = _settings(settings)
    with opened_models(chosen) as models:
        units = translate_units(split_lines(text), models.translator(), chosen, Silence())
    return "\n".join(one_line(" ".join(translation.text for translation in unit)) for unit in units)


def summarize(text: str, **settings: object) -> Summary:
    """A summary of an English text whose lines are paragraphs: its ``text``, and ``sentences`` with their evidence.

    Raises:
        SahelsumError: a setting is wrong or the model is not available.
    """
    chosen = _settings(settings)
    with opened_models(chosen) as models:
        return summarize_text(text, models.summarizer(), chosen)


def check(source: str, target: str, **settings: object) -> tuple[Finding, ...]:
    """What the checks find wrong with ``target``, the English of ``source`` line for line. Loads no model.

    Raises:
        InputError: the texts have different numbers of lines.
        ConfigError: a setting is wrong.
    """
    original, english = split_lines(source), split_lines(target)
    if len(original) != len(english):
        raise InputError(
            f"The source has {len(original)} lines and the target has {len(english)}.",
            hint="Line n of one must be the translation of line n of the other.",
        )
    chosen = _settings(settings)
    return tuple(find_faults(original, english, None, chosen.source_language, chosen.checks, glossary_of(chosen)))


def _settings(given: dict[str, object]) -> Settings:
    return load_config(given).settings
