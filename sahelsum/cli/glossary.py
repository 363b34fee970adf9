"""``sahelsum glossary``: which terms are used, and checking a file of one's own."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.options import glossary_options, load_settings

if TYPE_CHECKING:
    from sahelsum.glossary import Term


@click.group("glossary")
def glossary_group() -> None:
    """List and show terms, or check a glossary of your own.

    A glossary says what German terms are called in English. A translation that has such a term is chosen where the
    model offers one; a wording known to be wrong is replaced, visibly; what is missing then is told.

    \b
    Examples:
      sahelsum glossary list
      sahelsum glossary show Sprengfalle
      sahelsum glossary check terms.csv
      sahelsum run seeds/ --glossary terms.csv
    """


@glossary_group.command("list")
@glossary_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per term.")
def list_command(as_json: bool, **flags: Any) -> None:
    """List the terms in force: the shipped ones, and those of your own files on top.

    \b
    Example:
      sahelsum glossary list --glossary terms.toml
    """
    from sahelsum.app.resources import glossary_of

    for term in glossary_of(load_settings(flags).settings).terms:
        click.echo(json.dumps(dataclasses.asdict(term), ensure_ascii=False) if as_json else _line(term))


@glossary_group.command("show")
@click.argument("term")
@glossary_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per term.")
def show_command(term: str, as_json: bool, **flags: Any) -> None:
    """Show what the glossary has for TERM: a German word in any form, or a whole sentence.

    \b
    Examples:
      sahelsum glossary show Blauhelme
      sahelsum glossary show 'Die Putschisten verhängten eine Ausgangssperre.'
    """
    from sahelsum.app.resources import glossary_of
    from sahelsum.errors import ConfigError
    from sahelsum.suggest import did_you_mean

    names = glossary_of(load_settings(flags).settings)
    hits = names.hits(term)
    if not hits:
        known = [spelling for entry in names.terms for spelling in entry.german]
        raise ConfigError(
            f"The glossary has nothing for {term!r}. {did_you_mean(term, known)}".rstrip(),
            hint="All terms: sahelsum glossary list",
        )
    for hit in hits:
        click.echo(
            json.dumps(dataclasses.asdict(hit.term), ensure_ascii=False) if as_json else "\n".join(_told(hit.term))
        )


@glossary_group.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_command(file: Path) -> None:
    """Check a glossary FILE, TOML or CSV, and print what it means.

    \b
    Examples:
      sahelsum glossary check terms.toml
      sahelsum glossary check terms.csv
    """
    from sahelsum.glossary import read_terms, shipped_terms

    shipped = {spelling.casefold(): term for term in shipped_terms() for spelling in term.german}
    terms = read_terms(file)
    for term in terms:
        click.echo(_line(term))
        replaced = {shipped[name].name for spelling in term.german if (name := spelling.casefold()) in shipped}
        for name in sorted(replaced):
            click.echo(f"    takes the place of the shipped entry {name}")
    click.echo(f"{file}: {len(terms)} terms, all usable.", err=True)


def _line(term: Term) -> str:
    others = f"  (or: {', '.join(term.english[1:])})" if len(term.english) > 1 else ""
    return f"{', '.join(term.german)} → {term.wanted}{others}"


def _told(term: Term) -> Iterator[str]:
    yield f"{', '.join(term.german)} → {term.wanted}"
    rows = {
        "as right": ", ".join(term.english[1:]),
        "replaced": ", ".join(term.wrong),
        "more German forms": ", ".join(term.forms),
        "letter case": "as written" if term.case else "",
        "from": term.origin,
    }
    for name, value in rows.items():
        if value:
            yield f"    {name}: {value}"
