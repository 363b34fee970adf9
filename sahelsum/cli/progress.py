"""Progress on standard error: bars with time left and rate on a terminal, one line per article elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from sahelsum.records import ArticleEntry, ArticleState
from sahelsum.warnings_heard import warnings_to

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

QUIET, NORMAL, VERBOSE = -1, 0, 1
_MARKS = {
    ArticleState.DONE: "done",
    ArticleState.UNCHANGED: "unchanged",
    ArticleState.KEPT: "kept",
    ArticleState.FAILED: "FAILED",
}


def describe(entry: ArticleEntry) -> str:
    """One line about an article."""
    details = [f"{entry.sentences} sentences"] if entry.sentences else []
    if entry.failed:
        details.append(f"{entry.failed} not translated")
    if entry.review == "check":
        details.append("see its review note")
    if entry.message:
        details.append(entry.message)
    return f"{_MARKS[entry.state]:9} {entry.source}" + (f" ({'; '.join(details)})" if details else "")


class Reporter:
    """Draws what a run does; a :class:`sahelsum.protocols.Observer`. Use as a context manager.

    Shows also what sahelsum logs meanwhile.
    """

    def __init__(self, verbosity: int = NORMAL) -> None:
        self._verbosity = verbosity
        self._progress = _bars() if verbosity > QUIET and _on_terminal() else None
        self._task: TaskID | None = None
        self._hearing = warnings_to(lambda message: self._show(f"note      {message}"))

    def __enter__(self) -> Self:
        self._hearing.__enter__()
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hearing.__exit__(kind, error, trace)
        if self._progress:
            self._progress.stop()

    def begin(self, stage: str, total: int) -> None:
        """Show a new bar; a stage with nothing to do is not shown."""
        if self._progress and total:
            self._task = self._progress.add_task(stage, total=total)
        elif self._verbosity >= VERBOSE and total:
            self._say(f"{stage} {total}")

    def advance(self, steps: int) -> None:
        """Move the bar."""
        if self._progress and self._task is not None:
            self._progress.advance(self._task, steps)

    def finish(self, entry: ArticleEntry) -> None:
        """Say what became of an article. Failures are said even when quiet; unchanged ones only when asked."""
        wanted = {ArticleState.FAILED: QUIET, ArticleState.UNCHANGED: VERBOSE}.get(entry.state, NORMAL)
        if self._verbosity >= wanted:
            self._say(describe(entry))

    def note(self, message: str) -> None:
        """Say something the user should know."""
        self._show(message)

    def _show(self, message: str) -> None:
        if self._verbosity > QUIET:
            self._say(message)

    def _say(self, line: str) -> None:
        if self._progress:
            self._progress.console.print(line, markup=False, highlight=False)
        else:
            click.echo(line, err=True)


def _on_terminal() -> bool:
    """Whether standard error is one; it may also be closed."""
    return sys.stderr is not None and sys.stderr.isatty()


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Steps per second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "", style="progress.data.speed")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
