"""From settings to the parts a command works with: models, memory, reading options. Shared by the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sahelsum.app.settings import Config, Settings
    from sahelsum.catalog import Catalog
    from sahelsum.catalog.cards import Backward, LocatedModel, ModelCard
    from sahelsum.engines.base import Engine, Signature
    from sahelsum.glossary import Glossary
    from sahelsum.memory import MemoryFile
    from sahelsum.protocols import Memory
    from sahelsum.runs.job import Model

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


def glossary(settings: Settings) -> Glossary:
    """The glossary of the settings.

    Raises:
        ConfigError: a file cannot be read or has an entry that cannot be used.
    """
    from sahelsum import paths
    from sahelsum.glossary import load_glossary

    return load_glossary([paths.expanded(name) for name in settings.glossary], shipped=settings.shipped_glossary)


def load_settings(flags: Mapping[str, object]) -> Config:
    """Settings from all sources; ``flags`` by setting name, None meaning not given."""
    from sahelsum.app.settings import load_config

    return load_config(flags)


def described(config: Config) -> dict[str, dict[str, object]]:
    """Each setting with its value, as JSON has it, and its origin; those of a table as ``table.key``."""
    from sahelsum.app.settings import flat

    values = flat(config.settings.model_dump(mode="json"))
    return {key: {"value": value, "origin": config.origins[key]} for key, value in values.items()}


def memory_path(settings: Settings) -> Path:
    """Where the translation memory is."""
    from sahelsum import paths

    return paths.expanded(settings.memory_path) if settings.memory_path else paths.cache_dir() / "memory.sqlite"


@dataclass(frozen=True, slots=True)
class Models:
    """Opens models as the settings say. The models load themselves when first used."""

    settings: Settings
    catalog: Catalog
    memory: MemoryFile | None

    def translator(self) -> Model:
        """The translation model.

        Raises:
            ModelUnavailableError: it is unknown or not on this machine.
        """
        from sahelsum.catalog.cards import EngineName, Task

        if self.settings.engine is EngineName.ECHO:
            return self._model(_echo_model(), "translate")
        card = self.catalog.resolve(self.settings.translator, Task.TRANSLATE)
        refuse_other_language(card, self.settings.source_language)
        return self._open(card, "translate")

    def summarizer(self) -> Model | None:
        """The summary model; None for the extractive method.

        Raises:
            ModelUnavailableError: it is unknown or not on this machine.
        """
        from sahelsum.catalog.cards import EngineName

        if self.settings.engine is EngineName.ECHO:
            return None
        card = self.catalog.resolve_summarizer(self.settings.summarizer)
        return None if card is None else self._open(card, "summarize")

    def _ranked(self, engine: Engine, backward: Backward, judged: int) -> Engine:
        """The engine with a model of the opposite direction beside it."""
        from sahelsum import paths
        from sahelsum.catalog.cards import Task
        from sahelsum.engines.backward import BackwardRankedEngine
        from sahelsum.engines.factory import open_scorer

        settings, cache = self.settings, paths.cache_dir()
        card = self.catalog.resolve(backward.model, Task.TRANSLATE)
        scorer = open_scorer(
            self._located(card), device=settings.device, workers=settings.workers or None, cache_dir=cache
        )
        return BackwardRankedEngine(engine, scorer, backward.weight, judged)

    def _open(self, card: ModelCard, kind: str) -> Model:
        return self._model(self._located(card), kind)

    def _located(self, card: ModelCard) -> LocatedModel:
        from sahelsum import paths

        return self.catalog.locate(card, offline=self.settings.offline, cache=paths.cache_dir())

    def _model(self, located: LocatedModel, kind: str) -> Model:
        from sahelsum import paths
        from sahelsum.engines.base import signature_key
        from sahelsum.engines.factory import open_engine
        from sahelsum.engines.selftest import SelfTestedEngine
        from sahelsum.protocols import NoMemory
        from sahelsum.records import ModelInfo
        from sahelsum.runs.job import Model
        from sahelsum.translation.retries import retries_for

        settings = self.settings
        engine = open_engine(
            located,
            engine=settings.engine,
            generation=located.card.generation_for(settings.quality),
            device=settings.device,
            workers=settings.workers or None,
            cache_dir=paths.cache_dir(),
        )
        backward = located.card.backward
        if backward and settings.quality in backward.hypotheses:
            engine = self._ranked(engine, backward, backward.hypotheses[settings.quality])
        if settings.self_test:
            engine = SelfTestedEngine(engine, located.card)
        info = ModelInfo(
            alias=located.card.alias,
            name=located.card.name,
            revision=located.revision,
            licence=located.card.licence,
            engine=f"{engine.signature['engine']}",
            signature=signature_key(engine.signature),
            licence_note=located.card.licence_note,
        )

        def bind(signature: Signature) -> Memory:
            return self.memory.bind(signature, kind) if self.memory else NoMemory()

        retries = retries_for(engine, settings.quality, bind) if kind == "translate" else ()
        card = located.card
        memory = bind(engine.signature)
        return Model(engine, info, memory, card.low_logprob, retries, by_sentence=card.unit == "sentence")


def refuse_other_language(card: ModelCard, language: str) -> None:
    """Raise a ConfigError if the model's card does not list the language. A folder without a card lists none."""
    from sahelsum.errors import ConfigError

    if card.location.path is None and language not in card.source_languages:
        raise ConfigError(
            f"The model {card.alias!r} does not translate from {language!r}.",
            hint=f"It knows: {', '.join(card.source_languages)}. Choose another model or --source-lang.",
        )


def _echo_model() -> LocatedModel:
    """The fake model of a dry run."""
    from sahelsum.catalog.cards import EngineName, LocatedModel, Location, ModelCard, Task

    card = ModelCard(
        alias="echo",
        name="Echo: the German itself, for dry runs",
        task=Task.TRANSLATE,
        family="echo",
        engines=(EngineName.ECHO,),
        location=Location(server="http://localhost"),
        licence="none",
        size_mb=0,
        parameters_millions=0,
        limit_tokens=512,
    )
    return LocatedModel(card, directory=None, weights_sha256="", revision="")


@contextmanager
def opened_models(settings: Settings) -> Iterator[Models]:
    """The models of the settings, with the translation memory open if it is wanted."""
    import os

    from sahelsum.catalog import Catalog
    from sahelsum.memory import MemoryFile

    if settings.offline:
        # Libraries below ours read this variable; set before they are imported.
        os.environ["HF_HUB_OFFLINE"] = "1"
    catalog = Catalog.load()
    if not settings.use_memory:
        yield Models(settings, catalog, None)
        return
    with MemoryFile(memory_path(settings)) as memory:
        yield Models(settings, catalog, memory)
