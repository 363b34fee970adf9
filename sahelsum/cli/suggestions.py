"""What the shell offers after Tab where only sahelsum knows: aliases of models, codes of languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from sahelsum.catalog.cards import Task


def translators(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Aliases of translation models."""
    from sahelsum.catalog.cards import Task

    return _offered(_aliases(Task.TRANSLATE), begun)


def summarizers(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Aliases of summary models, and the two words that stand for none or any."""
    from sahelsum.catalog import AUTO, EXTRACTIVE
    from sahelsum.catalog.cards import Task

    return _offered((*_aliases(Task.SUMMARIZE), (AUTO, ""), (EXTRACTIVE, "")), begun)


def models(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Aliases of all models."""
    return _offered(_aliases(None), begun)


def languages(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes of the languages that any translation model knows, with their English names."""
    from sahelsum.catalog import Catalog
    from sahelsum.catalog.cards import Task
    from sahelsum.language.packs import language_name

    codes = {code for card in Catalog.load().cards(Task.TRANSLATE) for code in card.source_languages}
    return _offered(((code, language_name(code)) for code in sorted(codes)), begun)


def _aliases(task: Task | None) -> Iterator[tuple[str, str]]:
    from sahelsum.catalog import Catalog

    return ((card.alias, card.name) for card in Catalog.load().cards(task))


def _offered(values: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    """Those that go on as the word has begun; an empty list lets the shell offer files."""
    return [CompletionItem(value, help=told) for value, told in values if value.startswith(begun)]
