"""``sahelsum site``: the reading room of an output folder."""

from __future__ import annotations

from pathlib import Path

import click

from sahelsum.errors import ExitCode


@click.command("site")
@click.argument("output", metavar="[OUTPUT]", required=False)
@click.option("--force", is_flag=True, help="Overwrite pages that were edited by hand.")
@click.pass_context
def site_command(ctx: click.Context, /, output: str | None, force: bool) -> None:
    """Make the reading room: the digests as pages for a browser.

    OUTPUT is a folder that `sahelsum run` wrote to. Its data become site/index.html with a map, a timeline and a search
    over both languages, and a page for each article with German and English side by side. The pages need no server and
    no network. `sahelsum run --html` makes them at once.

    \b
    Examples:
      sahelsum site
      sahelsum site digests
    """
    from sahelsum.cli.options import load_settings
    from sahelsum.output.contents import digest_folders
    from sahelsum.output.lock import locked
    from sahelsum.site import make_site

    folder = Path(output) if output else load_settings({}).settings.output
    digest_folders(folder)  # before the lock, which would make a folder whose name was mistyped
    with locked(folder):
        made = make_site(folder, force=force)
    for problem in made.problems:
        click.echo(f"FAILED    {problem}", err=True)
    for page in made.kept:
        click.echo(f"kept      {page} (edited by hand; --force overwrites it)", err=True)
    click.echo(f"{made.articles:,} articles. Open {made.start} in a browser.", err=True)
    ctx.exit(ExitCode.ARTICLES_FAILED if made.problems else ExitCode.OK)
