"""``sahelsum translate``: text in, English out, for the command line and for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from sahelsum.checks.told import check_kept
from sahelsum.cli.options import glossary_options, load_settings, model_options, source_option, translator_option
from sahelsum.cli.streams import read_text
from sahelsum.errors import ExitCode
from sahelsum.lines import one_line, split_lines

if TYPE_CHECKING:
    from sahelsum.app.documents import DocumentLine, Piece
    from sahelsum.records import Translation


@click.command("translate")
@click.argument("files", nargs=-1, metavar="[FILES...]")
@translator_option
@click.option("--lines", is_flag=True, help="One line in, exactly one line out; empty lines stay empty.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per sentence, with score and counts.")
@source_option
@model_options
@glossary_options
@click.pass_context
def translate_command(ctx: click.Context, /, files: Sequence[str], lines: bool, as_json: bool, **flags: Any) -> None:
    """Translate German text to English, or that of another language with --source-lang.

    Reads FILES (UTF-8), or standard input without any. As `run` does, it joins wrapped lines, cuts paragraphs into
    sentences and leaves dates, credits and datelines as they are; empty lines stay, and each paragraph is one line.
    With --lines the output has exactly as many lines as the input, which is what scripts and evaluation need.

    \b
    Examples:
      echo 'Bamako ist die Hauptstadt von Mali.' | sahelsum translate
      sahelsum translate --lines < news.de > news.en
      sahelsum translate article.txt --json
      sahelsum translate article.txt | sahelsum summarize -
    """
    from sahelsum.app.documents import DocumentLine, Piece, document_lines
    from sahelsum.app.models import opened_models
    from sahelsum.app.texts import translate_units
    from sahelsum.cli.progress import NORMAL, Reporter
    from sahelsum.language.packs import pack_of

    config = load_settings(flags)
    source = pack_of(config.settings.source_language)
    if lines:
        document = [DocumentLine((Piece(line),), 0) for line in split_lines(read_text(files))]
    else:
        document = [line for file in files or ("-",) for line in document_lines(read_text([file]), source)]
    texts = [piece.text for line in document for piece in line.pieces if piece.kind is None]
    with opened_models(config.settings) as models, Reporter(NORMAL) as reporter:
        units = translate_units(texts, models.translator(), config.settings, reporter)
    for shown in _told(document, units, as_json=as_json):
        click.echo(shown)
    for note in replacements(units):
        click.echo(note, err=True)
    failures = [translation for unit in units for translation in unit if translation.failure]
    for failed in failures:
        click.echo(f"Not translated: {failed.sentence.text[:60]!r}: {failed.failure}", err=True)
    ctx.exit(ExitCode.ARTICLES_FAILED if failures else ExitCode.OK)


def replacements(units: Sequence[Sequence[Translation]]) -> Iterator[str]:
    """What was replaced or kept, each once with how often: nothing is changed in silence."""
    done = [translation for unit in units for translation in unit]
    replaced = (("Glossary", record) for translation in done for record in translation.replaced)
    repaired = (("Number", record) for translation in done for record in translation.repaired)
    for (what, (german, before, after)), times in Counter((*replaced, *repaired)).items():
        yield f"{what}: {before!r} → {after!r} ({german})" + (f", {times} sentences" if times > 1 else "")
    for translation in done:
        for finding in check_kept(translation):
            yield f"{finding.message[:-1]}: {translation.sentence.text[:60]!r}"


def _told(document: Sequence[DocumentLine], units: Sequence[Sequence[Translation]], *, as_json: bool) -> Iterator[str]:
    """The document line by line, or as JSON with a row for each sentence and each piece that stays."""
    waiting = iter(units)
    for number, line in enumerate(document, start=1):
        done = [(piece, next(waiting) if piece.kind is None else ()) for piece in line.pieces]
        if as_json:
            for piece, unit in done:
                yield from _json_lines(unit, number) if piece.kind is None else [_json_kept(piece, number)]
        else:
            yield from [""] * line.empty_above
            yield one_line(" ".join(_text(unit) if piece.kind is None else piece.text for piece, unit in done))


def _json_kept(piece: Piece, number: int) -> str:
    row = {"line": number, "source": piece.text, "translation": piece.text, "kept": piece.kind}
    return json.dumps(row, ensure_ascii=False)


def _text(unit: Sequence[Translation]) -> str:
    return one_line(" ".join(translation.text for translation in unit))


def _json_lines(unit: Sequence[Translation], number: int) -> Iterator[str]:
    for translation in unit:
        row = {
            "line": number,
            "source": translation.sentence.text,
            "translation": translation.text,
            "mean_logprob": translation.mean_logprob,
            "misleading": translation.misleading,
            "source_tokens": translation.source_tokens,
            "target_tokens": translation.target_tokens,
            "finish": translation.finish,
            "parts": translation.parts,
            "rank": translation.rank,
            "attempt": translation.attempt,
            "replaced": translation.replaced,
            "repaired": translation.repaired,
            "kept": translation.kept,
            "failure": translation.failure,
        }
        yield json.dumps(row, ensure_ascii=False)
