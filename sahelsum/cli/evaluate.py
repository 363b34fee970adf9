"""``sahelsum evaluate``: how good a translator or summarizer is, with the field's standard measures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import (
    contradiction,
    glossary_options,
    load_settings,
    model_options,
    summarizer_option,
    translator_option,
)
from sahelsum.cli.streams import read_text
from sahelsum.errors import InputError
from sahelsum.lines import split_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sahelsum.app.settings import Settings


@click.command("evaluate")
@click.option("--source", metavar="FILE", help="German text, one sentence a line.")
@click.option("--reference", metavar="FILE", help="Its English reference, line for line.")
@click.option("--hypothesis", metavar="FILE", help="Score this translation instead of making one.")
@click.option(
    "--summaries", metavar="FILE", help="JSON Lines, each with text (or sentences) and summary: scores ROUGE."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N lines.")
@translator_option
@summarizer_option
@click.option("--summary-sentences", type=int, metavar="N", default=None, help="Sentences a summary aims at.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per measure.")
@model_options
@glossary_options
def evaluate_command(
    source: str | None,
    reference: str | None,
    hypothesis: str | None,
    summaries: str | None,
    limit: int | None,
    as_json: bool,
    **flags: Any,
) -> None:
    """Measure translations (sacreBLEU BLEU and chrF2) or summaries (ROUGE).

    Needs the extra: pip install 'sahelsum[evaluate]'

    \b
    Examples:
      sahelsum evaluate --source news.de --reference news.en
      sahelsum evaluate --hypothesis other-system.en --reference news.en
      sahelsum evaluate --summaries articles.jsonl --summarizer extractive
    """
    _check_usage(source, reference, hypothesis, summaries)
    _refuse_idle_flags(hypothesis, summaries, flags)
    settings = load_settings(flags).settings
    if summaries is not None:
        scores = _summary_scores(_articles(summaries, limit), settings)
    else:
        scores = _translation_scores(source, hypothesis, reference or "", limit, settings)
    if as_json:
        for score in scores:
            click.echo(json.dumps(score, ensure_ascii=False))
        return
    for score in scores:
        click.echo(f"{score['metric']:10} {score['score']:6.2f}  {score['signature']}")


def _check_usage(source: str | None, reference: str | None, hypothesis: str | None, summaries: str | None) -> None:
    of_translation = [name for name in (source, reference, hypothesis) if name is not None]
    if summaries is not None and of_translation:
        raise click.UsageError("--summaries goes without --source, --reference and --hypothesis.")
    if summaries is None and (reference is None or (source is None) == (hypothesis is None)):
        raise click.UsageError("Give --reference with --source or --hypothesis, or give --summaries.")
    if of_translation.count("-") > 1:
        raise click.UsageError("Standard input (-) can be read only once.")


def _refuse_idle_flags(hypothesis: str | None, summaries: str | None, flags: Mapping[str, object]) -> None:
    """Refuse flags for a model that would not be asked."""
    for name, given in (("--summaries", summaries), ("--hypothesis", hypothesis)):
        if given is not None and flags["translator"] is not None:
            raise contradiction(name, "--translator")
    if summaries is None and (flags["summarizer"] is not None or flags["summary_sentences"] is not None):
        raise click.UsageError("--summarizer and --summary-sentences go with --summaries.")


def _translation_scores(
    source: str | None, hypothesis: str | None, reference: str, limit: int | None, settings: Settings
) -> list[dict[str, Any]]:
    from sahelsum.app.metrics import translation_metrics

    references = split_lines(read_text([reference]))[:limit]
    name = hypothesis if source is None else source
    given = split_lines(read_text([name or ""]))[:limit]
    if len(given) != len(references) or not references:
        raise InputError(
            f"{name} has {len(given)} lines and {reference} has {len(references)}.",
            hint="Both must have the same number of lines, at least one: line n is the translation of line n.",
        )
    return translation_metrics(given if source is None else _translated(given, settings), references)


def _translated(lines: Sequence[str], settings: Settings) -> list[str]:
    from sahelsum.app.models import opened_models
    from sahelsum.app.texts import translate_units
    from sahelsum.cli.progress import NORMAL, Reporter

    with opened_models(settings) as models, Reporter(NORMAL) as reporter:
        units = translate_units(lines, models.translator(), settings, reporter)
    failed = sum(translation.failure is not None for unit in units for translation in unit)
    if failed:
        click.echo(f"Warning: {failed} sentences could not be translated; their placeholders were scored.", err=True)
    return [" ".join(translation.text for translation in unit) for unit in units]


def _articles(file: str, limit: int | None) -> list[tuple[str, str]]:
    """Text and reference summary of each article."""
    pairs = []
    for number, line in enumerate(split_lines(read_text([file]))[:limit], start=1):
        pair = _article(line)
        if pair is None:
            raise InputError(
                f"{file}, line {number}: not an object with text (or sentences) and summary, neither of them empty.",
                hint='Expected: {"text": "…", "summary": "…"} or {"sentences": ["…", "…"], "summary": "…"}',
            )
        pairs.append(pair)
    if not pairs:
        raise InputError(f"{file}: no articles.", hint="Expected one JSON object a line.")
    return pairs


def _article(line: str) -> tuple[str, str] | None:
    """Text and reference summary of a line; None if it is not what was expected."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    sentences = [row["text"]] if "text" in row else row.get("sentences")
    summary = row.get("summary")
    if not isinstance(sentences, list) or not isinstance(summary, str):
        return None
    if not all(isinstance(sentence, str) for sentence in sentences):
        return None
    text = "\n".join(sentences)
    return (text, summary) if text.strip() and summary.strip() else None


def _summary_scores(articles: Sequence[tuple[str, str]], settings: Settings) -> list[dict[str, Any]]:
    from sahelsum.app.metrics import summary_metrics
    from sahelsum.app.models import opened_models
    from sahelsum.app.texts import summarize_text

    with opened_models(settings) as models:
        model = models.summarizer()
        made = [summarize_text(text, model, settings).text for text, _ in articles]
    return summary_metrics(made, [reference for _, reference in articles])
