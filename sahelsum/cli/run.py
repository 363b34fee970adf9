"""``sahelsum run``: a folder of German articles in, English digests out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import (
    contradiction,
    glossary_options,
    load_settings,
    model_options,
    source_option,
    summarizer_option,
    translator_option,
)
from sahelsum.errors import ExitCode

if TYPE_CHECKING:
    from sahelsum.app.settings import Settings
    from sahelsum.runs.report import RunReport


@click.command("run")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
@click.option("-o", "--output", metavar="FOLDER", default=None, help="Folder for the digests.  [default: outputs]")
@translator_option
@summarizer_option
@model_options
@glossary_options
@source_option
@click.option(
    "--no-language-check",
    "check_language",
    flag_value=False,
    default=None,
    help="Take articles whatever language they seem to be in.",
)
@click.option("--summary-sentences", type=int, metavar="N", default=None, help="Sentences a summary aims at.")
@click.option("--max-article-bytes", type=int, metavar="N", default=None, help="Refuse larger articles.")
@click.option("--since", metavar="DATE", default=None, help="digest.md of articles published since: 2026-03-01, 2026.")
@click.option("--country", "countries", multiple=True, metavar="NAME", help="digest.md of articles on this country.")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="digest.md of articles that name this actor.")
@click.option(
    "--wikilinks/--no-wikilinks", default=None, help="Names as [[links]] to notes on them, for an Obsidian vault."
)
@click.option(
    "--batch-tokens",
    type=int,
    metavar="N",
    default=None,
    help="Source tokens in one batch; 0: what suits the machine.  [default: 0]",
)
@click.option(
    "--shard",
    "shard_articles",
    type=click.IntRange(0),
    metavar="N",
    default=None,
    help="Part the output into folders of N articles; 0: never.  [default: of 1,000 if there are over 5,000]",
)
@click.option(
    "--ray",
    is_flag=False,
    flag_value="local",
    metavar="[ADDRESS]",
    default=None,
    help="Work on a Ray cluster: auto, HOST:PORT, ray://HOST:PORT, or nothing for one of this machine alone.",
)
@click.option("--ray-actors", type=click.IntRange(0), metavar="N", default=None, help="Workers of a run with --ray.")
@click.option("--html/--no-html", default=None, help="Make the reading room too: site/index.html, for a browser.")
@click.option("--force", is_flag=True, help="Overwrite digests of sahelsum that were edited by hand.")
@click.option("--strict", is_flag=True, help="Exit 3 if any digest should be reviewed.")
@click.option("--json", "as_json", is_flag=True, help="Print the run report as JSON on standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but failures.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.pass_context
def run_command(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    ray: str | None,
    force: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Make English digests of German articles.

    SOURCES are files (.txt .md .html .jsonl .parquet), folders, patterns such as 'news/*.txt', or - for standard input.
    Writes one Markdown page per article, digest.md across all of them, digest.json, data/*.json and run.json. Running
    it again does only what has changed, and digest.md says what is new. --since, --country and --actor choose what
    digest.md is about; of several countries or actors, one is enough. Large runs go into parts, part-0001 and so on,
    each with a digest.md of its own.

    \b
    Examples:
      sahelsum run seeds/
      sahelsum run seeds/ --html                        with pages for a browser, in outputs/site/
      sahelsum run seeds/ -o digests --quality best
      sahelsum run news.jsonl --translator opus-mt-de-en
      sahelsum run archive.jsonl --shard 500            in parts of 500 articles
      cat article.txt | sahelsum run - -o out
      sahelsum run news/ --since 2026-03 --country Mali --country Niger
      sahelsum run seeds/ -o vault --wikilinks          for Obsidian
      sahelsum run seeds/ --engine echo -o /tmp/dry     a dry run without any model
      sahelsum run news.parquet --ray auto              on the Ray cluster this machine belongs to
    """
    from sahelsum.app.jobs import run_sources
    from sahelsum.cli.progress import NORMAL, QUIET, VERBOSE, Reporter

    if quiet and verbose:
        raise contradiction("--quiet", "--verbose")
    if flags["ray_actors"] is not None and ray is None:
        raise click.UsageError("--ray-actors is for a run with --ray: add it, or leave --ray-actors out.")
    config = load_settings(flags)
    verbosity = QUIET if quiet else VERBOSE if verbose else NORMAL
    with Reporter(verbosity) as reporter:
        stdin = getattr(sys.stdin, "buffer", None)
        report = run_sources(sources, config, reporter, force=force, ray=ray, stdin=stdin)
    if as_json:
        for piece in report_json(report):
            click.echo(piece.replace("\n", ""), nl=False)  # within texts it is escaped: all of it stands on one line
        click.echo()
    elif not quiet:
        click.echo(closing_line(report, config.settings), err=True)
    ctx.exit(exit_code(report, strict=strict))


def exit_code(report: RunReport, *, strict: bool) -> ExitCode:
    """The exit code a report calls for."""
    from sahelsum.records import ArticleState

    if report.tally.states[ArticleState.FAILED] or report.tally.incomplete:
        return ExitCode.ARTICLES_FAILED
    if strict and report.tally.to_review:
        return ExitCode.FINDINGS
    return ExitCode.OK


def report_json(report: RunReport) -> Iterator[str]:
    """The report as one JSON object, piece by piece."""
    from sahelsum.records.jsonstream import Rows, json_pieces

    return json_pieces(
        {
            "entries": Rows(lambda: report.entries),
            "seconds": report.seconds,
            "sentences_translated": report.sentences_translated,
            "sentences_remembered": report.sentences_remembered,
            "retry_seconds": report.retry_seconds,
        }
    )


def closing_line(report: RunReport, settings: Settings) -> str:
    """What the run did, in one or two lines, with the file to open next."""
    from sahelsum.output.names import COMBINED_PAGE, SITE_START
    from sahelsum.records import ArticleState

    tally = report.tally
    parts = [f"{tally.states[state]} {state}" for state in ArticleState if tally.states[state]]
    told = ", ".join(parts) + (f"; {tally.to_review} to review" if tally.to_review else "")
    sentences = f"{report.sentences_translated} sentences translated, {report.sentences_remembered} remembered"
    then = f"Read {settings.output / COMBINED_PAGE}"
    room = f", or open {settings.output / SITE_START} in a browser" if settings.html else ""
    return f"{told}. {sentences}, {report.seconds:.1f} s.\n{corrections(report)}{then}{room}"


def corrections(report: RunReport) -> str:
    """What became of glossary terms and of sentences searched again, in one line; empty where there were none."""
    tally = report.tally
    found, replaced, lost = tally.terms_found, tally.terms_replaced, tally.terms_lost
    parts = []
    if found or replaced or lost:
        parts.append(f"Glossary: {found} terms as wanted, {replaced} replaced, {lost} missing.")
    if tally.retried:
        parts.append(f"{tally.retried} sentences searched again, {tally.retry_rescued} for the better.")
    return f"{' '.join(parts)}\n" if parts else ""
