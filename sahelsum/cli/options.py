"""Options that several commands share, and the settings they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from sahelsum.cli.suggestions import languages, summarizers, translators

if TYPE_CHECKING:
    from sahelsum.app.settings import Config

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

MODEL_OPTIONS: tuple[Decorator, ...] = (
    click.option("--engine", type=click.Choice(["auto", "ctranslate2", "transformers", "server", "echo"]), default=None,
                 help="Runtime of the models; echo is a dry run without any model."),
    click.option("--quality", type=click.Choice(["fast", "balanced", "best"]), default=None,
                 help="How hard to search: fast is greedy, and once only; best is twice as wide as balanced."),
    click.option("--device", metavar="DEVICE", default=None, help="auto, cpu, cuda or mps."),
    click.option("--workers", type=click.IntRange(0), default=None, metavar="N",
                 help="Parallel workers with one thread each; 0: one per usable core."),
    click.option("--offline/--online", default=None, help="Never touch the network."),
    click.option("--memory", "memory_path", metavar="FILE", default=None, help="File of the translation memory."),
    click.option("--no-memory", "use_memory", flag_value=False, default=None,
                 help="Neither use nor keep remembered translations."),
)  # fmt: skip


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all commands with a model share."""
    for option in reversed(MODEL_OPTIONS):
        command = option(command)
    return command


GLOSSARY_OPTIONS: tuple[Decorator, ...] = (
    click.option("--glossary", multiple=True, metavar="FILE",
                 help="Your own terms, TOML or CSV, on top of the shipped ones; may be given several times."),
    click.option("--no-shipped-glossary", "shipped_glossary", flag_value=False, default=None,
                 help="Leave the shipped terms out."),
)  # fmt: skip


def glossary_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of all commands that translate."""
    for option in reversed(GLOSSARY_OPTIONS):
        command = option(command)
    return command


def source_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the language that texts are in."""
    option = click.option(
        "--source-lang",
        "source_language",
        metavar="XX",
        default=None,
        help="Language of the articles.",
        shell_complete=languages,
    )
    return option(command)


def translator_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the choice of the translation model."""
    option = click.option(
        "--translator",
        metavar="MODEL",
        default=None,
        help="Translation model: alias or folder.",
        shell_complete=translators,
    )
    return option(command)


def summarizer_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the choice of the summary model."""
    option = click.option(
        "--summarizer",
        metavar="MODEL",
        default=None,
        help="Summary model: alias, folder, auto or extractive.",
        shell_complete=summarizers,
    )
    return option(command)


def load_settings(flags: Mapping[str, object]) -> Config:
    """Settings from all sources; ``flags`` by setting name, None meaning not given.

    Raises:
        UsageError: two flags ask for opposite things.
    """
    _refuse_contradictions(flags)
    from sahelsum.app.settings import load_config

    return load_config(flags)


def contradiction(one: str, other: str) -> click.UsageError:
    """Two flags that ask for opposite things: none may win in silence."""
    return click.UsageError(f"{one} and {other} contradict each other: leave one of them out.")


def _refuse_contradictions(flags: Mapping[str, object]) -> None:
    if flags.get("memory_path") is not None and flags.get("use_memory") is False:
        raise contradiction("--memory", "--no-memory")
    if flags.get("engine") == "echo":
        if flags.get("translator") is not None:
            raise contradiction("--engine echo", "--translator")
        if flags.get("summarizer") not in {None, "auto", "extractive"}:
            raise contradiction("--engine echo", "--summarizer")
