"""``sahelsum models``: which models there are, and getting and checking them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sahelsum.cli.suggestions import models

if TYPE_CHECKING:
    from sahelsum.catalog import Catalog
    from sahelsum.catalog.cards import LocatedModel, ModelCard

_TASKS = click.Choice(["translate", "summarize"])
_TASK_OF_FOLDER = click.option(
    "--task", type=_TASKS, default="translate", show_default=True, help="For a folder without a card: what it does."
)


@click.group("models")
def models_group() -> None:
    """List, show, fetch and verify models.

    \b
    Examples:
      sahelsum models list
      sahelsum models fetch opus-mt-de-en
      sahelsum run seeds/ --translator opus-mt-de-en
    """


@models_group.command("list")
@click.option("--task", type=_TASKS, default=None, help="Only models for this task.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per model.")
def list_command(task: str | None, as_json: bool) -> None:
    """List the models that can be chosen, and which of them are on this machine."""
    from sahelsum.catalog.cards import Task

    catalog = _catalog()
    cards = catalog.cards(Task(task) if task else None)
    if as_json:
        for card in cards:
            click.echo(json.dumps(_row(catalog, card), ensure_ascii=False))
    else:
        for line in _table(catalog, cards):
            click.echo(line)
        click.echo(f"\nYour own cards go into {catalog.user_models_dir}", err=True)
    for problem in catalog.problems:
        click.echo(f"Not usable: {problem.message}", err=True)


@models_group.command("show")
@click.argument("alias", shell_complete=models)
@_TASK_OF_FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show_command(alias: str, task: str, as_json: bool) -> None:
    """Show all about one model: ALIAS, or the path of a model folder.

    \b
    Example:
      sahelsum models show opus-mt-de-en
    """
    catalog = _catalog()
    card = _card(catalog, alias, task)
    details = _details(catalog, card)
    if as_json:
        whole = {**card.model_dump(mode="json"), "here": details}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    for key, value in {**_facts(card), **details}.items():
        if value not in ("", None):
            click.echo(_wrapped(key.replace("_", " "), str(value)))


@models_group.command("fetch")
@click.argument("alias", shell_complete=models)
@click.option("--offline", is_flag=True, help="Only check what is on this machine.")
def fetch_command(alias: str, offline: bool) -> None:
    """Download a model, once. After that it works offline.

    The files come from the Hugging Face hub: safetensors, tokenizer and configuration, nothing that can run.
    An interrupted download goes on where it stopped.

    \b
    Example:
      sahelsum models fetch opus-mt-de-en
    """
    from sahelsum import paths

    catalog = _catalog()
    card = _card(catalog, alias, "translate")
    if card.location.hub and not offline:
        click.echo(f"{card.alias}: {card.location.hub}, about {card.size_mb:,} MB, {card.licence}", err=True)
    located = catalog.fetch(card, offline=offline or _offline(), cache=paths.cache_dir())
    if card.licence_note:
        click.echo(f"Note: {card.licence_note}", err=True)
    click.echo(f"{card.alias} is ready: {located.directory or card.location.server} ({located.revision})")


@models_group.command("verify")
@click.argument("alias", shell_complete=models)
@_TASK_OF_FOLDER
def verify_command(alias: str, task: str) -> None:
    """Check a model: its files, their hash, the card's test sentence, and texts that any working model gets right.

    ALIAS may be the path of a model folder. Exit code 4 if the model does not work: damaged or random weights load, and
    then say the same again and again, or give scores that are no numbers.

    \b
    Example:
      sahelsum models verify sahelsum-de-en
    """
    from sahelsum import paths

    catalog = _catalog()
    card = _card(catalog, alias, task)
    located = catalog.locate(card, offline=_offline(), cache=paths.cache_dir())
    if located.directory is not None:
        _verify_files(located)
    _verify_by_running(located)
    click.echo(f"{card.alias} is good.")


def _verify_files(located: LocatedModel) -> None:
    from sahelsum.catalog.inspection import read_weights

    assert located.directory is not None  # noqa: S101 - the caller has looked
    weights = read_weights(located.directory)
    click.echo(f"files      safe and complete in {located.directory}")
    click.echo(f"weights    {weights.tensors:,} tensors, {weights.parameters / 1e6:.1f} million parameters")
    click.echo(f"sha256     {located.weights_sha256}")
    click.echo(f"revision   {located.revision}")


def _verify_by_running(located: LocatedModel) -> None:
    from sahelsum import paths
    from sahelsum.catalog.cards import EngineName
    from sahelsum.engines.factory import open_engine
    from sahelsum.engines.knowntexts import is_asked
    from sahelsum.engines.selftest import run_known_texts, run_self_test

    card = located.card
    engine = open_engine(
        located, engine=EngineName.AUTO, generation=card.generation_for("fast"), cache_dir=paths.cache_dir()
    )
    try:
        run_self_test(engine, card)
        told = f"passed ({card.self_test.input!r})" if card.self_test else "none in the card"
        click.echo(f"self-test  {told}")
        run_known_texts(engine, card)
    finally:
        engine.close()
    asked = (
        "finite scores, no loops, and about what was asked"
        if is_asked(card)
        else "not looked at: not German to English"
    )
    click.echo(f"output     {asked}")


def _catalog() -> Catalog:
    from sahelsum.catalog import Catalog

    return Catalog.load()


def _offline() -> bool:
    from sahelsum.cli.options import load_settings

    return load_settings({}).settings.offline


def _card(catalog: Catalog, name: str, task: str) -> ModelCard:
    """The card of an alias whatever its task; ``task`` counts for folders only."""
    from sahelsum.catalog.cards import Task

    return catalog.resolve(name, Task(task)) if catalog.is_folder(name) else catalog.get(name).card


def _status(catalog: Catalog, card: ModelCard) -> str:
    if card.location.server is not None:
        return "server"
    if catalog.find(card) is None:
        return "to fetch" if card.location.hub else "missing"
    return "ready"


def _row(catalog: Catalog, card: ModelCard) -> dict[str, object]:
    entry = catalog.entries[card.alias]
    return {
        "alias": card.alias,
        "task": card.task.value,
        "status": _status(catalog, card),
        "size_mb": card.size_mb,
        "licence": card.licence,
        "licence_note": card.licence_note,
        "origin": entry.origin.value,
        "replaces_bundled": entry.replaces_bundled,
    }


def _table(catalog: Catalog, cards: list[ModelCard]) -> Iterator[str]:
    head = ("ALIAS", "TASK", "STATUS", "MB", "LICENCE")
    rows = [
        (c.alias, c.task.value, _status(catalog, c), f"{c.size_mb:,}" if c.size_mb else "-", c.licence) for c in cards
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(4)]
    for row in (head, *rows):
        alias, task, status, size, licence = row
        line = f"{alias:<{widths[0]}}  {task:<{widths[1]}}  {status:<{widths[2]}}  {size:>{widths[3]}}  {licence}"
        entry = catalog.entries.get(alias)
        yield line + (" (your card, instead of sahelsum's)" if entry and entry.replaces_bundled else "")


def _facts(card: ModelCard) -> dict[str, object]:
    size = f"{card.size_mb:,} MB, {card.parameters_millions:g} million parameters" if card.size_mb else ""
    measured = "; ".join(f"{item.dataset} {item.metric} {item.score:g} ({item.command})" for item in card.measured)
    return {
        "alias": card.alias,
        "name": card.name,
        "task": f"{card.task} ({', '.join(card.source_languages)} to {card.target_language})",
        "description": card.description,
        "licence": card.licence,
        "licence_note": card.licence_note,
        "size": size,
        "limit": f"{card.limit_tokens:,} tokens; longer input is split",
        "architecture": card.family,
        "engines": ", ".join(card.engines),
        "hub": card.location.hub,
        "server": card.location.server and f"{card.location.server} (model {card.location.model})",
        "measured": measured or "nothing yet with this version",
    }


def _details(catalog: Catalog, card: ModelCard) -> dict[str, object]:
    """What is true of a model on this machine, now."""
    entry = catalog.entries.get(card.alias)
    listed = entry is not None and entry.card == card
    place = catalog.find(card)
    return {
        "status": _status(catalog, card),
        "revision": _revision(catalog, card),
        "directory": str(place.directory) if place else None,
        "card": str(entry.file) if entry and listed else None,
        "replaces": "the card that sahelsum has for this alias" if entry and listed and entry.replaces_bundled else "",
    }


def _revision(catalog: Catalog, card: ModelCard) -> str:
    """The commit of a hub model, and who chose it."""
    if card.location.hub is None:
        return ""
    if card.location.revision:
        return f"{card.location.revision} (pinned by the card)"
    recorded = catalog.commit_of(card)
    if recorded:
        return f"{recorded} (recorded at the first fetch)"
    place = catalog.find(card)
    return f"{place.revision} (as in the hub's cache; not pinned)" if place else "pinned at the first fetch"


def _wrapped(key: str, value: str) -> str:
    import textwrap

    return textwrap.fill(
        value, width=80, initial_indent=f"{key:<13}", subsequent_indent=" " * 13, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
