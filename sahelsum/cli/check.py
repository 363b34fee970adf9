"""``sahelsum check``: the checks of the digests, for anybody's translation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import glossary_options, load_settings, source_option
from sahelsum.cli.streams import read_text
from sahelsum.errors import ExitCode, InputError
from sahelsum.lines import split_lines

if TYPE_CHECKING:
    from sahelsum.records import Finding


@click.command("check")
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@click.option(
    "--summary", metavar="FILE", help="Also check this English summary against both, one sentence or more a line."
)
@source_option
@glossary_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding, with the keys named above.")
@click.pass_context
def check_command(
    ctx: click.Context, /, source: str, target: str, summary: str | None, as_json: bool, **flags: Any
) -> None:
    """Check a translation from any system: numbers, dates, names, terms, negation, quotations, leftover German.

    Line n of TARGET (English) must translate line n of SOURCE (German, or what --source-lang says). Prints one finding
    a line, and exits 3 if there is any. `sahelsum explain CODE` says what a code means. No model is loaded. Thresholds,
    and checks not wanted, are set in the [checks] table of sahelsum.toml. Of a language other than German only length,
    repetition, garbled words and numbers in digits are checked.

    \b
    With --json one object a line:
      line        number from 1; null for a finding of the summary
      code        such as NUM-LOST
      severity    error, warning or info
      message     one sentence
      german      the value in the source, or empty
      english     the value in the English, or empty
      summary_sentence   number from 1; only for a finding of the summary

    \b
    Examples:
      sahelsum check news.de deepl.en
      sahelsum check news.de mine.en --summary summary.en --json
      sahelsum check news.de mine.en --glossary terms.csv
    """
    from sahelsum.app.resources import glossary_of
    from sahelsum.app.texts import find_faults
    from sahelsum.language.packs import language_name

    original, english = split_lines(read_text([source])), split_lines(read_text([target]))
    if len(original) != len(english):
        raise InputError(
            f"{source} has {len(original)} lines and {target} has {len(english)}.",
            hint="Line n of one must be the translation of line n of the other; leave no line out.",
        )
    settings = load_settings(flags).settings
    told = None if summary is None else read_text([summary])
    language = settings.source_language
    findings = list(find_faults(original, english, told, language, settings.checks, glossary_of(settings)))
    for finding in findings:
        click.echo(_json(finding) if as_json else _told(finding, language_name(language)))
    ctx.exit(ExitCode.FINDINGS if findings else ExitCode.OK)


def _place(finding: Finding) -> str:
    if finding.sentence is not None:
        return f"line {finding.sentence}"
    return f"summary sentence {finding.summary_sentence}" if finding.summary_sentence else "summary"


def _told(finding: Finding, language: str) -> str:
    pairs = ((language, finding.source_value), ("English", finding.target_value))
    values = [f"{name}: {value}" for name, value in pairs if value]
    return " | ".join([f"{_place(finding)}: {finding.code} ({finding.severity}) {finding.message}", *values])


def _json(finding: Finding) -> str:
    row: dict[str, str | int | None] = {
        "line": finding.sentence,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "german": finding.source_value,
        "english": finding.target_value,
    }
    if finding.sentence is None:
        row["summary_sentence"] = finding.summary_sentence
    return json.dumps(row, ensure_ascii=False)
