"""``sahelsum memory``: look at the translation memory, or empty it."""

from __future__ import annotations

import json
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

    path = _path()
    with MemoryFile(path) as memory:
        stats = memory.stats()
    if as_json:
        click.echo(json.dumps({"path": str(path), "rows": stats.rows, "size_bytes": stats.size_bytes}))
    else:
        click.echo(f"{path}: {stats.rows:,} texts, {stats.size_bytes / 1e6:.1f} MB")


@memory_group.command("clear")
@click.confirmation_option(prompt="Forget all remembered translations?")
def clear_command() -> None:
    """Forget everything; the next run translates anew."""
    from sahelsum.memory import MemoryFile

    with MemoryFile(_path()) as memory:
        rows = memory.clear()
    click.echo(f"Forgot {rows:,} texts.")


def _path() -> Path:
    from sahelsum.cli.wiring import load_settings, memory_path

    return memory_path(load_settings({}).settings)
