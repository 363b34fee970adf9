"""``sahelsum correct``: corrections of the reading room into the translation memory and onto the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import glossary_options, load_settings, model_options, source_option
from sahelsum.errors import ExitCode

if TYPE_CHECKING:
    from sahelsum.app.corrections import Corrected


@click.command("correct")
@click.argument("file", metavar="FILE")
@click.argument("output", metavar="[OUTPUT]", required=False)
@model_options
@glossary_options
@source_option
@click.option("--force", is_flag=True, help="Overwrite pages that were edited by hand.")
@click.pass_context
def correct_command(ctx: click.Context, /, file: str, output: str | None, force: bool, **flags: Any) -> None:
    """Keep corrected sentences, and make their pages again.

    FILE is what the reading room saves (Save corrections as a file). Its sentences go into the translation memory as
    the work of a person: whenever a later article has one of them, it is taken as it is, whatever the model. The
    articles in OUTPUT that have one are made again, with their summaries and checks, and so are digest.md and the
    reading room. Give the options of the run that made them, such as --quality best.

    \b
    Examples:
      sahelsum correct corrections.json
      sahelsum correct ~/Downloads/corrections.json digests --quality best
    """
    from sahelsum.app.corrections import correct
    from sahelsum.cli.progress import NORMAL, Reporter

    settings = load_settings({**flags, "output": output}).settings
    with Reporter(NORMAL) as reporter:
        done = correct(Path(file), settings, reporter, force=force)
    for line in _told(done):
        click.echo(line, err=True)
    ctx.exit(ExitCode.ARTICLES_FAILED if any(each.problems for each in done.remade) else ExitCode.OK)


def _told(done: Corrected) -> list[str]:
    made = sum(len(each.made) for each in done.remade)
    lines = [f"FAILED    {each.source} ({each.message})" for folder in done.remade for each in folder.problems]
    lines += [f"kept      {name} (edited by hand; --force overwrites it)" for each in done.remade for name in each.kept]
    kept = f"{done.corrections:,} {'correction' if done.corrections == 1 else 'corrections'} kept"
    lines.append(f"{kept}, {made:,} {'article' if made == 1 else 'articles'} made again.")
    return lines + ([f"Open {done.site} in a browser."] if done.site else [])
