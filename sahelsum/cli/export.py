"""``sahelsum export``: digests as one table, for notebooks, databases and spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from sahelsum.errors import ExitCode


@click.command("export")
@click.argument("digests", metavar="DIGESTS")
@click.option("-o", "--output", metavar="FILE", default=None, help="File to write: .parquet, .jsonl or .csv.")
@click.option(
    "--rows",
    type=click.Choice(["articles", "sentences"]),
    default="articles",
    show_default=True,
    help="What a row stands for.",
)
@click.option("--columns", is_flag=True, help="Print the columns with their types and meanings, and do nothing else.")
@click.option("--older", is_flag=True, help="With digests of earlier runs whose articles the last run was not given.")
@click.option("--force", is_flag=True, help="Replace a file that is there even if it is no table of sahelsum's.")
@click.pass_context
def export_command(
    ctx: click.Context,
    /,
    digests: str,
    output: str | None,
    rows: str,
    *,
    columns: bool,
    older: bool,
    force: bool,
) -> None:
    """Write the digests of an output folder into one table.

    DIGESTS is a folder that `sahelsum run` wrote to, in parts or not. A table that sahelsum wrote is replaced when the
    new one is whole; another file is left alone without --force, and a digest always. Lists are lists in Parquet and
    JSON Lines, and words with spaces between in CSV. In CSV a text that begins with = + - or @ gets a ' before it, so
    that no spreadsheet takes it for a formula. Parquet needs pyarrow: pip install 'sahelsum[parquet]'.

    \b
    Examples:
      sahelsum export outputs -o digests.parquet
      sahelsum export outputs -o sentences.csv --rows sentences
      sahelsum export outputs --columns
    """
    from sahelsum.export import Rows, export_table
    from sahelsum.export.table import column_lines

    wanted = Rows(rows)
    if columns and (output is not None or older or force):
        raise click.UsageError("--columns only prints the columns: leave it out to write a table.")
    if columns:
        click.echo("\n".join(column_lines(wanted)))
        return
    if output is None:
        raise click.UsageError("Name the file to write: --output FILE.parquet, FILE.jsonl or FILE.csv.")
    done = export_table(Path(digests), Path(output), wanted, force=force, older=older)
    for problem in done.problems:
        click.echo(f"FAILED    {problem}", err=True)
    told = (
        f"{done.digests:,} articles, {done.rows:,} rows" if wanted is Rows.SENTENCES else f"{done.digests:,} articles"
    )
    left = f"; {done.older:,} of earlier runs left out, which --older takes too" if done.older else ""
    click.echo(f"{told} in {output}{left}", err=True)
    ctx.exit(ExitCode.ARTICLES_FAILED if done.problems else ExitCode.OK)
