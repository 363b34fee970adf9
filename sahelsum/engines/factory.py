"""From a located model to an engine: which runtime, where it computes, and what its signature says.

Nothing here loads a runtime: versions come from package metadata, the rest from the card and the machine.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path

from sahelsum.catalog.cards import EngineName, LocatedModel, ModelCard, Task
from sahelsum.catalog.families import Kind
from sahelsum.catalog.folder import ModelFolder, read_model_folder
from sahelsum.catalog.generation import Generation
from sahelsum.engines.answers import AnswerEngine
from sahelsum.engines.backward import Scorer
from sahelsum.engines.base import Engine, Signature
from sahelsum.engines.budget import (
    CALLS_AT_ONCE,
    SCORED_TOKENS,
    TRANSFORMERS_TOKENS,
    TokenBudget,
    call_tokens,
    search_tokens,
)
from sahelsum.engines.causal_prompt import estimated_tokens, question
from sahelsum.engines.ctranslate2_conversion import conversion_key, converted
from sahelsum.engines.echo import EchoEngine
from sahelsum.engines.hardware import Placement, place_ctranslate2, place_transformers, usable_cores
from sahelsum.engines.local import LocalEngine, LocalSetup, Runtime
from sahelsum.engines.selftest import run_self_test
from sahelsum.engines.server import CHARACTERS_PER_TOKEN, DEFAULT_WORKERS, ServerEngine, ServerSetup
from sahelsum.engines.tokenizers import open_tokenizer, tokenizer_library
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import ConfigError, ModelUnavailableError

__all__ = ["ENGINE_CODE_VERSION", "choose_engine", "open_engine", "open_scorer", "run_self_test"]

ENGINE_CODE_VERSION = 1
"""Raised when a change here alters outputs, so that remembered translations are made again."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A local model, ready to be opened."""

    model: LocatedModel
    folder: ModelFolder
    generation: Generation
    limit_tokens: int
    placement: Placement
    workers: int

    @property
    def causal(self) -> bool:
        """Whether the model goes on with a prompt."""
        return self.folder.family.kind is Kind.DECODER_ONLY


def open_engine(  # noqa: PLR0913 - what a user can choose, by keyword
    model: LocatedModel,
    *,
    engine: EngineName = EngineName.AUTO,
    generation: Generation,
    device: str = "auto",
    workers: int | None = None,
    cache_dir: Path,
) -> Engine:
    """An engine for ``model`` that loads itself when first needed.

    Args:
        model: card and weights.
        engine: the runtime; ``auto`` takes the first of the card's that can run it, CTranslate2 if the card has no say.
        generation: search settings, usually the card's for a quality level.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        workers: threads, or requests at a time for a server; None: all cores this process may use.
        cache_dir: the user's cache folder; converted models go into ``ctranslate2/`` there.

    Raises:
        ConfigError: the engine or the device does not suit the model.
        ModelUnavailableError: the model's files are damaged, or the runtime is not installed.
    """
    if workers is not None and workers < 1:
        raise ConfigError(f"workers is {workers}, but must be at least 1.")
    name = choose_engine(model, engine)
    if name is EngineName.ECHO:
        return _open_echo(model.card, generation)
    if name is EngineName.SERVER:
        return _open_server(model, generation, workers)
    if name is EngineName.CTRANSLATE2:
        return _open_ctranslate2(_plan(model, generation, place_ctranslate2(device), workers), cache_dir)
    return _open_transformers(_plan(model, generation, place_transformers(device, _version("torch")), workers))


def choose_engine(model: LocatedModel, engine: EngineName = EngineName.AUTO) -> EngineName:
    """The runtime :func:`open_engine` takes.

    Raises:
        ConfigError: the wanted one cannot run this model.
        ModelUnavailableError: the model's files are damaged.
    """
    if engine is EngineName.ECHO:
        return engine
    possible = _possible_engines(model)
    if engine is EngineName.AUTO:
        return next((name for name in model.card.engines if name in possible), possible[0])
    if engine not in possible:
        raise ConfigError(
            f"The model {model.card.alias!r} cannot run on {engine}.", hint=f"Use --engine {possible[0]}."
        )
    return engine


def _possible_engines(model: LocatedModel) -> list[EngineName]:
    """Preferred first, never empty."""
    if model.card.location.server is not None:
        return [EngineName.SERVER]
    if model.directory is None:
        return [EngineName.ECHO]
    if read_model_folder(model.directory).convertible:
        return [EngineName.CTRANSLATE2, EngineName.TRANSFORMERS]
    return [EngineName.TRANSFORMERS]


def _plan(model: LocatedModel, generation: Generation, placement: Placement, workers: int | None) -> _Plan:
    """Bounds are the card's, or what the model has positions for where that is less."""
    folder = read_model_folder(_directory(model))
    most = _at_most(generation.max_new_tokens, folder.longest_target_tokens)
    return _Plan(
        model=model,
        folder=folder,
        generation=replace(generation, max_new_tokens=most, min_new_tokens=min(generation.min_new_tokens, most)),
        limit_tokens=_longest_source(folder, model.card, generation),
        placement=placement,
        workers=workers or usable_cores(),
    )


def _longest_source(folder: ModelFolder, card: ModelCard, generation: Generation) -> int:
    """The card's limit, or less where the model reads less, or must have room in its window for the answer."""
    limit = _at_most(card.limit_tokens, folder.longest_source_tokens)
    if folder.window_tokens is None:
        return limit
    room = folder.window_tokens - estimated_tokens(card)
    fitting = bisect_right(range(max(1, room)), room, key=lambda tokens: tokens + generation.bound(tokens)) - 1
    return max(1, min(limit, fitting))


def _at_most(wanted: int, longest: int | None) -> int:
    return wanted if longest is None else min(wanted, longest)


def _directory(model: LocatedModel) -> Path:
    if model.directory is None:
        raise ModelUnavailableError(f"The model {model.card.alias!r} has no folder on this machine.")
    return model.directory


def _open_ctranslate2(plan: _Plan, cache_dir: Path) -> Engine:
    budget = TokenBudget(search_tokens(plan.placement.device, plan.generation.beam_size))

    def open_runtime(tokenizer: Tokenizer) -> Runtime:
        from sahelsum.engines.ctranslate2_causal import CTranslate2CausalRuntime
        from sahelsum.engines.ctranslate2_engine import CTranslate2Runtime

        directory = _converted(plan, tokenizer, cache_dir)
        runtime = CTranslate2CausalRuntime if plan.causal else CTranslate2Runtime
        return runtime(directory, plan.placement, plan.generation, tokenizer, plan.workers, budget=budget)

    return _local(
        plan,
        LocalSetup(
            signature=_ctranslate2_signature(plan),
            limit_tokens=plan.limit_tokens,
            generation=plan.generation,
            open_tokenizer=lambda: open_tokenizer(plan.folder, plan.model.card),
            open_runtime=open_runtime,
            batch_tokens=call_tokens(budget.tokens, plan.workers),
            calls_at_once=CALLS_AT_ONCE,
            window_tokens=plan.folder.window_tokens,
        ),
    )


def _local(plan: _Plan, setup: LocalSetup) -> Engine:
    """The engine; what decoder-only models say around their answers is taken off."""
    engine = LocalEngine(setup)
    return AnswerEngine(engine) if plan.causal else engine


def _converted(plan: _Plan, tokenizer: Tokenizer, cache_dir: Path) -> Path:
    """The model in CTranslate2's form, made when it is first needed."""
    model, precision = plan.model, plan.placement.precision
    key = conversion_key(model.card.alias, model.weights_sha256, _version("ctranslate2"), precision)
    return converted(plan.folder, tokenizer, cache_dir / "ctranslate2" / key, precision)


def _ctranslate2_signature(plan: _Plan) -> Signature:
    return _local_signature(plan, {"engine": "ctranslate2", "engine_version": _version("ctranslate2")})


def open_scorer(model: LocatedModel, *, device: str = "auto", workers: int | None = None, cache_dir: Path) -> Scorer:
    """A model that only says how probable a text is given another; on CTranslate2, loaded when first needed.

    Raises:
        ConfigError: the model's tokenizer is not Marian's, or CTranslate2 cannot run it.
        ModelUnavailableError: its files are damaged.
    """
    from sahelsum.engines.ctranslate2_scorer import CTranslate2Scorer
    from sahelsum.engines.marian_tokenizer import MarianPieces

    place = place_ctranslate2("cpu" if device == "mps" else device)
    plan = _plan(model, Generation(), place, workers)
    if not (plan.folder.marian_pieces and plan.folder.convertible and plan.folder.forced_first_id is None):
        raise ConfigError(
            f"The model {model.card.alias!r} cannot judge translations.",
            hint="As a backward model, name one with Marian's tokenizer (source.spm, target.spm) and one vocabulary, "
            "or take [backward] out of the card.",
        )
    return CTranslate2Scorer(
        signature={**_ctranslate2_signature(plan), "job": "score"},
        open_tokenizer=lambda: MarianPieces(plan.folder, model.card),
        find_model=lambda pieces: _converted(plan, pieces, cache_dir),
        placement=place,
        workers=plan.workers,
        budget=TokenBudget(SCORED_TOKENS[place.device]),
    )


def _open_transformers(plan: _Plan) -> Engine:
    versions = {"engine_version": _version("transformers"), "torch_version": _version("torch")}
    budget = TokenBudget(TRANSFORMERS_TOKENS[plan.placement.device])

    def open_runtime(tokenizer: Tokenizer) -> Runtime:
        from sahelsum.engines.transformers_causal import CausalTransformersRuntime
        from sahelsum.engines.transformers_engine import TransformersRuntime

        runtime = CausalTransformersRuntime if plan.causal else TransformersRuntime
        return runtime(plan.folder, plan.placement, plan.generation, tokenizer, plan.workers, budget=budget)

    return _local(
        plan,
        LocalSetup(
            signature=_local_signature(plan, {"engine": "transformers", **versions}),
            limit_tokens=plan.limit_tokens,
            generation=plan.generation,
            open_tokenizer=lambda: open_tokenizer(plan.folder, plan.model.card),
            open_runtime=open_runtime,
            batch_tokens=call_tokens(budget.tokens, workers=1),
            window_tokens=plan.folder.window_tokens,
        ),
    )


def _local_signature(plan: _Plan, runtime: dict[str, str]) -> Signature:
    library = tokenizer_library(plan.folder)
    card = plan.model.card
    asked = {"prompt": question(card), "system_prompt": card.system_prompt} if plan.causal else {}
    return {
        **_common_signature(plan.model, plan.generation, plan.limit_tokens),
        **runtime,
        "device": plan.placement.device,
        "precision": plan.placement.precision,
        "tokenizer": f"{library} {_version(library)}",
        **asked,
    }


def _common_signature(model: LocatedModel, generation: Generation, limit_tokens: int) -> dict[str, str | int | float]:
    """``limit_tokens`` is part of it because longer texts are translated in parts of that size."""
    card = model.card
    return {
        "code": ENGINE_CODE_VERSION,
        "alias": card.alias,
        "task": card.task.value,
        "revision": model.revision,
        "weights_sha256": model.weights_sha256,
        "prefix": card.prefix,
        "source_code": card.source_code,
        "target_code": card.target_code,
        "limit_tokens": limit_tokens,
        **({} if card.unit == "article" else {"unit": card.unit}),
        **{f"mark of a {kind}": mark for kind, mark in card.marks.items()},
        **asdict(generation),
    }


def _open_server(model: LocatedModel, generation: Generation, workers: int | None) -> Engine:
    card = model.card
    url = card.location.server or ""
    signature = {
        **_common_signature(model, generation, card.limit_tokens),
        "engine": "server",
        "server": url,
        "server_model": card.location.model,
        "system_prompt": card.system_prompt,
        "tokenizer": f"{CHARACTERS_PER_TOKEN} characters a token",
    }
    return ServerEngine(
        ServerSetup(
            url=url,
            model=card.location.model,
            system_prompt=card.system_prompt,
            limit_tokens=card.limit_tokens,
            generation=generation,
            signature=signature,
            workers=workers or DEFAULT_WORKERS,
        )
    )


def _open_echo(card: ModelCard, generation: Generation) -> Engine:
    most = generation.max_new_tokens if card.task is Task.SUMMARIZE else None
    return EchoEngine(limit_tokens=card.limit_tokens, most_tokens=most, alias=card.alias)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise ModelUnavailableError(
            f"The package {package} is not installed.", hint=f"Install it: pip install {package}"
        ) from error
