"""``sahelsum memory``: look at the translation memory, exchange it with other programs, or empty it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group("memory")
def memory_group() -> None:
    """Show, export, import or clear the translation memory."""


@memory_group.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show_command(as_json: bool) -> None:
    """Say where the memory is and how much it holds."""
    from sahelsum.memory import MemoryFile

    path, _ = _path()
    with MemoryFile(path) as memory:
        stats = memory.stats()
    if as_json:
        counts = {"rows": stats.rows, "corrections": stats.corrections, "size_bytes": stats.size_bytes}
        click.echo(json.dumps({"path": str(path), **counts}))
    else:
        told = f"{stats.rows:,} texts, {stats.corrections:,} corrections, {stats.size_bytes / 1e6:.1f} MB"
        click.echo(f"{path}: {told}")


@memory_group.command("export")
@click.option("--tmx", "target", metavar="FILE", required=True, help="File to write: TMX 1.4, for other programs.")
@click.argument("outputs", nargs=-1, metavar="[OUTPUTS]...")
def export_command(target: str, outputs: tuple[str, ...]) -> None:
    """Write the corrections of people into a file that other translation programs read.

    With OUTPUTS, folders that `sahelsum run` wrote to, also what models made of their sentences, marked as such.

    \b
    Examples:
      sahelsum memory export --tmx corrections.tmx
      sahelsum memory export --tmx everything.tmx outputs
    """
    from sahelsum import __version__
    from sahelsum.app.corrections import units
    from sahelsum.atomic import write_pieces
    from sahelsum.cli.options import load_settings
    from sahelsum.corrections import tmx_pieces

    known = list(units(load_settings({}).settings, tuple(map(Path, outputs))))
    write_pieces(Path(target), tmx_pieces(known, __version__))
    click.echo(f"{len(known):,} sentences in {target}", err=True)


@memory_group.command("import")
@click.argument("source", metavar="FILE")
def import_command(source: str) -> None:
    """Take the sentences of a TMX file as the work of people: they come before any wording of a model.

    Pages made before are made again by the next `sahelsum correct`, or by `sahelsum run --force` after deleting them.

    \b
    Examples:
      sahelsum memory import corrections.tmx
    """
    from sahelsum.app.corrections import import_corrections
    from sahelsum.cli.options import load_settings

    done = import_corrections(Path(source), load_settings({}).settings)
    if done.machine:
        click.echo(f"left      {done.machine:,} sentences that a model of sahelsum translated", err=True)
    if done.other:
        click.echo(f"left      {done.other:,} units without one sentence of another language and its English", err=True)
    click.echo(f"{len(done.corrections):,} corrections kept.", err=True)


@memory_group.command("clear")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--corrections", is_flag=True, help="Forget what people corrected too; no model can make it again.")
def clear_command(yes: bool, corrections: bool) -> None:
    """Forget what models said; the next run translates anew. A damaged memory in its usual place is deleted."""
    from sahelsum.errors import OutputError
    from sahelsum.memory import MemoryFile, memory_files

    if not yes and not _confirmed():
        click.echo("Nothing was cleared.")
        return
    path, usual = _path()
    try:
        with MemoryFile(path) as memory:
            rows = memory.clear(corrections=corrections)
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
