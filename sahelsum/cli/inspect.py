"""``sahelsum inspect``: what is read from an article, and how it is segmented."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import load_settings, source_option
from sahelsum.errors import ExitCode

if TYPE_CHECKING:
    from sahelsum.records import Article, ArticleDate, Block, Sentence


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article, each on one line.")
@source_option
@click.option(
    "--no-language-check",
    "check_language",
    flag_value=False,
    default=None,
    help="Read articles whatever language they seem to be in.",
)
@click.option("--max-article-bytes", type=int, metavar="N", default=None, help="Refuse larger articles.")
@click.pass_context
def inspect_command(ctx: click.Context, /, files: tuple[str, ...], as_json: bool, **flags: Any) -> None:
    """Show what is read from an article, block by block and sentence by sentence. No model is loaded.

    FILE is a file (.txt .md .html .jsonl), a folder, a pattern such as 'news/*.txt', or - for standard input.
    Exit code 1 if an article cannot be read.

    \b
    Examples:
      sahelsum inspect seeds/004_378a34bc2fd6e492.txt
      sahelsum inspect seeds/ --json
      sahelsum inspect report.txt --source-lang en
    """
    from sahelsum.read import ReadOptions, read_articles, scan_sources
    from sahelsum.records import Failure

    settings = load_settings(flags).settings
    options = ReadOptions(settings.source_language, settings.check_language, settings.max_article_bytes)
    stdin = sys.stdin.buffer if sys.stdin else None
    scan = scan_sources(files, stdin=stdin, skip=settings.output)
    for ignored in scan.ignored:
        click.echo(f"Ignored: {ignored.name} ({ignored.reason})", err=True)
    failed = False
    for source in scan.sources:
        for result in read_articles(source, options):
            if isinstance(result, Failure):
                failed = True
                click.echo(f"Error: {result.source}: {result.message}", err=True)
            else:
                click.echo(_as_json(result) if as_json else "\n".join(_as_text(result)) + "\n")
    ctx.exit(ExitCode.ARTICLES_FAILED if failed else ExitCode.OK)


def _as_json(article: Article) -> str:
    from sahelsum.language.packs import pack_of
    from sahelsum.segment import segment

    sentences = [dataclasses.asdict(sentence) for sentence in segment(article.blocks, pack_of(article.language))]
    return json.dumps({**dataclasses.asdict(article), "sentences": sentences}, ensure_ascii=False)


def _as_text(article: Article) -> Iterator[str]:
    from sahelsum.language.packs import pack_of
    from sahelsum.segment import segment

    sentences = segment(article.blocks, pack_of(article.language))
    yield click.style(article.source, bold=True)
    for name, value in _facts(article):
        yield f"  {name:<11} {value}"
    for extract in article.extracts:
        yield f"  {'taken out':<11} {extract.kind.value}: {extract.text}"
    for finding in article.findings:
        yield f"  {'note':<11} {finding.code} {finding.severity.value}: {finding.message}"
    yield f"  {'size':<11} {len(article.blocks)} blocks, {len(sentences)} sentences"
    for block in article.blocks:
        yield ""
        yield from _block_lines(block, [sentence for sentence in sentences if sentence.block == block.number])


def _facts(article: Article) -> Iterator[tuple[str, str]]:
    yield "id", article.id
    yield "title", article.title or "(none)"
    yield "date", _date_text(article.date)
    yield "language", article.language
    yield "encoding", article.encoding
    yield "credit", article.credit or "(none)"
    yield "dateline", article.dateline or "(none)"
    if article.url:
        yield "url", article.url
    yield "sha256", article.sha256
    yield from article.metadata


def _date_text(date: ArticleDate | None) -> str:
    return f"{date.value} (to the {date.precision.value}, from {date.origin})" if date else "(none)"


def _block_lines(block: Block, sentences: Sequence[Sentence]) -> Iterator[str]:
    yield click.style(f"p{block.number} {block.kind.value}{', run-in' if block.run_in else ''}", underline=True)
    for sentence in sentences:
        yield f"  {sentence.number:>3}  {sentence.text}"
