"""The way of ``sahelsum run`` past all loading, for a call that has nothing left to do; see :mod:`sahelsum.settled`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sahelsum import paths, settled

if TYPE_CHECKING:
    from sahelsum.cli.wiring import Models
    from sahelsum.config import Settings
    from sahelsum.report import RunReport

_MUST_RUN = ("force", "as_json", "verbose", "ray")
"""Options that ask for more than the closing lines, or for another way of working."""


def note_file(options: Mapping[str, object]) -> Path | None:
    """Where a call of ``run`` with these parameters is noted; None if it always has to run."""
    if any(options.get(name) for name in _MUST_RUN):
        return None
    return settled.note_file(options, paths.cache_dir())


def settle(
    file: Path, report: RunReport, said: settled.Settled, models: Models, sources: Iterable[str], started: float
) -> None:
    """Note a run after which the same call has nothing to do; otherwise do nothing."""
    from sahelsum.records import ArticleState

    if not set(report.tally.states) <= {ArticleState.DONE, ArticleState.UNCHANGED} or report.tally.incomplete:
        return
    read = [*map(Path, sources), *_shaping(models.settings), *models.folders]
    settled.note(file, said, read=read, written=models.settings.output, started=started)


def next_time(report: RunReport, notes: Sequence[str]) -> RunReport | None:
    """What the same call would report; None if that is not known: after work, notes can be about the work."""
    from collections import Counter
    from dataclasses import replace

    from sahelsum.records import ArticleState

    articles = report.tally.states.total()
    idle = report.tally.states[ArticleState.UNCHANGED] == articles
    if notes and not idle:
        return None
    tally = replace(report.tally, states=Counter({ArticleState.UNCHANGED: articles}))
    return replace(report, tally=tally, seconds=0.0, sentences_translated=0, sentences_remembered=0)


def _shaping(settings: Settings) -> list[Path]:
    """Files and folders, other than articles and models, that shape any run; some may not exist."""
    from sahelsum.config import PROJECT_FILE

    own = [Path(__file__).parent.parent, paths.bundled_models_dir()]
    users = [paths.config_dir(), Path.cwd() / PROJECT_FILE]
    return [*own, *users, *(paths.expanded(name) for name in settings.glossary)]
