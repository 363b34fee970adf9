"""``sahelsum summarize``: English text in, a summary out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.streams import one_line, read_text, split_lines
from sahelsum.cli.wiring import load_settings, model_options, opened_models
from sahelsum.errors import ExitCode

if TYPE_CHECKING:
    from sahelsum.app.settings import Settings
    from sahelsum.records import Summary
    from sahelsum.runs.job import Model


@click.command("summarize")
@click.argument("files", nargs=-1, metavar="[FILES...]")
@click.option("--summarizer", metavar="MODEL", default=None, help="Summary model: alias, folder, auto or extractive.")
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


def summarize_text(text: str, model: Model | None, settings: Settings) -> Summary:
    """One summary of an English text whose lines are paragraphs."""
    from sahelsum.language.english import english_sentences
    from sahelsum.protocols import Silence
    from sahelsum.runs.job import summary_setup
    from sahelsum.summarization.abstractive import summarize
    from sahelsum.summarization.setup import Prose

    sentences = [sentence for line in split_lines(text) for sentence in english_sentences(one_line(line))]
    setup = summary_setup(model, settings.summary_sentences)
    (summary,) = summarize([Prose(dict(enumerate(sentences, start=1)))], setup, Silence())
    return summary
