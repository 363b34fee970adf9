"""``sahelsum config``: make a settings file, or see which settings are in force and why."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.group("config")
def config_group() -> None:
    """Make a settings file, or show the settings in force.

    \b
    Later sources win: defaults, the user's config.toml, ./sahelsum.toml,
    environment variables (SAHELSUM_TRANSLATOR ...), flags.
    """


@config_group.command("init")
@click.option("--user", is_flag=True, help="Write the user's own file, which holds in every folder.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init_command(user: bool, force: bool) -> None:
    """Write a settings file with every key, its explanation and its default.

    \b
    Examples:
      sahelsum config init            ./sahelsum.toml, for work in this folder
      sahelsum config init --user     the file that holds everywhere
    """
    from sahelsum import paths
    from sahelsum.app.settings import PROJECT_FILE, USER_FILE, template
    from sahelsum.atomic import write_text
    from sahelsum.errors import OutputError

    file = paths.config_dir() / USER_FILE if user else Path(PROJECT_FILE)
    if file.exists() and not force:
        raise OutputError(f"{file} is there already and was left alone.", hint="To replace it: add --force")
    write_text(file, template())
    click.echo(file)


@config_group.command("show")
@click.option("--origin", is_flag=True, help="Say where each value comes from.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: value and origin of each setting.")
def show_command(origin: bool, as_json: bool) -> None:
    """Show the settings in force here.

    \b
    Examples:
      sahelsum config show --origin
      sahelsum config show --json | jq .translator.value
    """
    from sahelsum.app.jobs import described
    from sahelsum.app.settings import flat, toml_value
    from sahelsum.cli.options import load_settings

    config = load_settings({})
    if as_json:
        click.echo(json.dumps(described(config), ensure_ascii=False))
        return
    shown = ""
    for key, value in flat(config.settings.model_dump()).items():
        table, _, name = key.rpartition(".")
        if table != shown:
            click.echo(f"\n[{table}]")
            shown = table
        click.echo(f"{name} = {toml_value(value)}" + (f"  # {config.origins[key]}" if origin else ""))
