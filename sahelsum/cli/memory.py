"""``sahelsum memory``: look at the translation memory, or empty it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group("memory")
def memory_group() -> None:
    """Show or clear the translation memory."""


@memory_group.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show_command(as_json: bool) -> None:
    """Say where the memory is and how much it holds."""
    from sahelsum.memory import MemoryFile

    path, _ = _path()
    with MemoryFile(path) as memory:
        stats = memory.stats()
    if as_json:
        click.echo(json.dumps({"path": str(path), "rows": stats.rows, "size_bytes": stats.size_bytes}))
    else:
        click.echo(f"{path}: {stats.rows:,} texts, {stats.size_bytes / 1e6:.1f} MB")


@memory_group.command("clear")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear_command(yes: bool) -> None:
    """Forget everything; the next run translates anew. A damaged memory in its usual place is deleted."""
    from sahelsum.errors import OutputError
    from sahelsum.memory import MemoryFile, memory_files

    if not yes and not _confirmed():
        click.echo("Nothing was cleared.")
        return
    path, usual = _path()
    try:
        with MemoryFile(path) as memory:
            rows = memory.clear()
        click.echo(f"Forgot {rows:,} texts.")
    except OutputError:
        # Elsewhere it might be somebody else's file.
        if not usual:
            raise
        for file in memory_files(path):
            file.unlink(missing_ok=True)
        click.echo(f"Deleted {path}, which could not be read.")


def _confirmed() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to be asked: add --yes to clear the memory.")
    return click.confirm("Forget all remembered translations?")


def _path() -> tuple[Path, bool]:
    """The memory's file, and whether it is the usual one."""
    from sahelsum.app.resources import memory_path
    from sahelsum.cli.options import load_settings

    settings = load_settings({}).settings
    return memory_path(settings), not settings.memory_path
