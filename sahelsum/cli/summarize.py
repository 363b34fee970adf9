"""``sahelsum summarize``: English text in, a summary out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

import click

from sahelsum.cli.options import load_settings, model_options, summarizer_option
from sahelsum.cli.streams import read_text
from sahelsum.errors import ExitCode


@click.command("summarize")
@click.argument("files", nargs=-1, metavar="[FILES...]")
@summarizer_option
@click.option("--summary-sentences", type=int, metavar="N", default=None, help="Sentences the summary aims at.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with method, evidence and support.")
@model_options
@click.pass_context
def summarize_command(ctx: click.Context, /, files: Sequence[str], as_json: bool, **flags: Any) -> None:
    """Summarize an English text; every line is a paragraph. Prints the summary alone.

    \b
    Examples:
      sahelsum summarize article.en
      sahelsum translate article.txt | sahelsum summarize -
      sahelsum summarize article.en --summarizer extractive --summary-sentences 2 --json
    """
    from sahelsum.app.models import opened_models
    from sahelsum.app.texts import summarize_text

    settings = load_settings(flags).settings
    text = read_text(files)
    with opened_models(settings) as models:
        summary = summarize_text(text, models.summarizer(), settings)
    if as_json:
        click.echo(json.dumps({**dataclasses.asdict(summary), "text": summary.text}, ensure_ascii=False))
    else:
        click.echo(summary.text)
        if summary.note:
            click.echo(f"Note: {summary.method} summary: {summary.note}.", err=True)
    ctx.exit(ExitCode.OK if summary.sentences else ExitCode.ARTICLES_FAILED)
