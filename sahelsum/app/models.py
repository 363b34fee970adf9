"""Opening models and their memory as the settings say."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sahelsum import paths
from sahelsum.app.resources import memory_path
from sahelsum.app.settings import Settings
from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import Backward, EngineName, LocatedModel, Location, ModelCard, Task
from sahelsum.checks.estimate import Calibration
from sahelsum.engines.backward import BackwardRankedEngine
from sahelsum.engines.base import Engine, Signature, signature_key
from sahelsum.engines.factory import open_engine, open_scorer
from sahelsum.engines.selftest import SelfTestedEngine
from sahelsum.errors import ConfigError, OutputError
from sahelsum.language.packs import language_name, pack_of
from sahelsum.memory import MemoryFile
from sahelsum.protocols import Corrected, Memory, NoMemory, nothing_corrected
from sahelsum.records import ModelInfo
from sahelsum.runs.job import Model
from sahelsum.summarization.setup import GroupMarks
from sahelsum.translation.retries import retries_for

_LOG = logging.getLogger(__name__)


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
        if self.settings.engine is EngineName.ECHO:
            return self._model(_echo_model(language_name(self.settings.source_language)), "translate")
        card = self.catalog.resolve(self.settings.translator, Task.TRANSLATE)
        refuse_other_language(card, self.settings.source_language)
        return self._open(card, "translate")

    def summarizer(self) -> Model | None:
        """The summary model; None for the extractive method.

        Raises:
            ModelUnavailableError: it is unknown or not on this machine.
        """
        if self.settings.engine is EngineName.ECHO:
            return None
        card = self.catalog.resolve_summarizer(self.settings.summarizer)
        return None if card is None else self._open(card, "summarize")

    def _ranked(self, engine: Engine, backward: Backward, judged: int, task: Task) -> Engine:
        """The engine with a model of the opposite direction beside it."""
        settings, cache = self.settings, paths.cache_dir()
        card = self.catalog.resolve(backward.model, task)
        scorer = open_scorer(
            self._located(card), device=settings.device, workers=settings.workers or None, cache_dir=cache
        )
        return BackwardRankedEngine(engine, scorer, backward.weight, judged)

    def _open(self, card: ModelCard, kind: str) -> Model:
        return self._model(self._located(card), kind)

    def _located(self, card: ModelCard) -> LocatedModel:
        return self.catalog.locate(card, offline=self.settings.offline, cache=paths.cache_dir())

    def _model(self, located: LocatedModel, kind: str) -> Model:
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
            engine = self._ranked(engine, backward, backward.hypotheses[settings.quality], located.card.task)
        if settings.self_test:
            german = kind == "translate" and settings.source_language == "de"
            knows_texts = (german or kind == "summarize") and settings.engine is not EngineName.ECHO
            engine = SelfTestedEngine(engine, located.card, knows_texts=knows_texts)
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

        retries = (
            retries_for(engine, settings.quality, pack_of(settings.source_language), bind)
            if kind == "translate"
            else ()
        )
        card = located.card
        memory = bind(engine.signature)
        calibration = Calibration(**card.estimate.model_dump()) if card.estimate else None
        return Model(
            engine,
            info,
            memory,
            card.low_logprob,
            calibration,
            retries,
            by_sentence=card.unit == "sentence",
            corrected=self._corrected() if kind == "translate" else nothing_corrected,
            marks=GroupMarks(**card.marks) if card.unit == "group" else None,
        )

    def _corrected(self) -> Corrected:
        """What people corrected, in the language of the articles."""
        return partial(self.memory.corrected, self.settings.source_language) if self.memory else nothing_corrected


def refuse_other_language(card: ModelCard, language: str) -> None:
    """Raise a ConfigError if the model's card does not list the language. A folder without a card lists none."""
    if card.location.path is None and language not in card.source_languages:
        raise ConfigError(
            f"The model {card.alias!r} does not translate from {language!r}.",
            hint=f"It knows: {', '.join(card.source_languages)}. Choose another model or --source-lang.",
        )


def _echo_model(language: str) -> LocatedModel:
    """The fake model of a dry run."""
    card = ModelCard(
        alias="echo",
        name=f"Echo: the {language} itself, for dry runs",
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
    """The models of the settings, with the translation memory open if it is wanted and can be used."""
    if settings.offline:
        # Libraries below ours read this variable; set before they are imported.
        os.environ["HF_HUB_OFFLINE"] = "1"
    catalog = Catalog.load()
    memory = _opened_memory(settings) if settings.use_memory else None
    try:
        yield Models(settings, catalog, memory)
    finally:
        if memory:
            memory.close()


def _opened_memory(settings: Settings) -> MemoryFile | None:
    """The translation memory; None, with a warning, if it cannot be used: it only saves work."""
    try:
        return MemoryFile(memory_path(settings))
    except OutputError as error:
        _LOG.warning("%s Going on without it.", error)
        return None
