"""``sahelsum explain``: what the code of a finding means."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sahelsum.checks.codes import Code


@click.command("explain")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per code.")
def explain_command(code: str | None, as_json: bool) -> None:
    """Say what the CODE of a finding means, with an example; without CODE, list all of them.

    \b
    Examples:
      sahelsum explain
      sahelsum explain NUM-LOST
    """
    from sahelsum.checks.codes import codes
    from sahelsum.errors import ConfigError
    from sahelsum.suggest import did_you_mean

    known = codes()
    if code is not None and code.upper() not in known:
        raise ConfigError(
            f"No check has the code {code!r}. {did_you_mean(code, known)}".rstrip(),
            hint="All of them: sahelsum explain",
        )
    chosen = list(known.values()) if code is None else [known[code.upper()]]
    for entry in chosen:
        if as_json:
            click.echo(json.dumps(dataclasses.asdict(entry), ensure_ascii=False))
        elif code is None:
            click.echo(f"{entry.code:15} {entry.title}")
        else:
            click.echo("\n".join(_explained(entry)))


def _explained(entry: Code) -> Iterator[str]:
    yield f"{entry.code}: {entry.title}"
    yield ""
    yield entry.meaning
    yield f"What to do: {entry.advice}"
    if entry.german:
        yield ""
        yield f"For example, in German:  {entry.german}"
        yield f"and in English:          {entry.english}"
    if entry.summary:
        yield f"and in the summary:      {entry.summary}"
