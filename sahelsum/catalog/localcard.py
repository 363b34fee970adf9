"""A card for a model folder that has none, made from what its ``config.json`` says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from sahelsum.catalog.cardfile import parse_card, read_table
from sahelsum.catalog.cards import (
    CONVERTIBLE_FAMILIES,
    EngineName,
    GenerationSettings,
    Location,
    ModelCard,
    Quality,
    Task,
)
from sahelsum.catalog.inspection import check_directory, read_weights
from sahelsum.errors import ConfigError, ModelUnavailableError

CARD_NAME = "card.toml"
KNOWN_FAMILIES = CONVERTIBLE_FAMILIES | {"fsmt", "led", "umt5", "longt5", "bigbird_pegasus", "pegasus_x", "prophetnet"}
"""Encoder-decoder architectures of transformers 5 with text in and text out."""
_POSITION_KEYS = ("max_encoder_position_embeddings", "max_position_embeddings", "n_positions")
_SPECIAL_TOKENS = 8
"""Room left in the window for start, language and end marks and a short prefix."""
_DEFAULT_WINDOW_TOKENS = 512
_MAX_WINDOW_TOKENS = 1_000_000
"""transformers writes 10^30 for "no limit"; anything above this is taken as that."""
_MAX_PREFIX_CHARACTERS = 200
_LANGUAGE_CODES = {
    "NllbTokenizer": ("deu_Latn", "eng_Latn"),
    "M2M100Tokenizer": ("de", "en"),
    "MBartTokenizer": ("de_DE", "en_XX"),
    "MBart50Tokenizer": ("de_DE", "en_XX"),
}
"""Codes for German and English by the tokenizer class (without ``Fast``)."""
_SUMMARY_SETTINGS: dict[Quality, GenerationSettings] = {
    "fast": GenerationSettings(beam_size=1, no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
    "balanced": GenerationSettings(no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
    "best": GenerationSettings(beam_size=8, hypotheses=4, no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
}
"""The output bounds are those of BART on CNN/DailyMail (Lewis et al. 2020, arXiv 1910.13461)."""
_TRANSLATION_SETTINGS: dict[Quality, GenerationSettings] = {
    "fast": GenerationSettings(beam_size=1),
    "balanced": GenerationSettings(),
    "best": GenerationSettings(beam_size=8, hypotheses=4),
}


def card_for_directory(directory: Path, task: Task) -> ModelCard:
    """The card of a local model folder: its own ``card.toml`` if it has one, else made from its ``config.json``.

    Raises:
        ConfigError: its ``card.toml`` is wrong, or is for another task.
        ModelUnavailableError: the folder is not a model that can be loaded safely.
    """
    config = check_directory(directory)
    here = Location(path=directory.absolute())
    file = directory / CARD_NAME
    if file.is_file():
        card = parse_card(read_table(file), file)
        if card.task is not task:
            raise ConfigError(f"{file}: the model is for {card.task}, not for {task}.")
        return card.model_copy(update={"location": here})
    return _made_card(directory, config, task)


def _made_card(directory: Path, config: Mapping[str, object], task: Task) -> ModelCard:
    family = _family(directory, config)
    tokenizer = _tokenizer_config(directory)
    source_code, target_code = _codes(tokenizer) if task is Task.TRANSLATE else ("", "")
    weights = read_weights(directory)
    name = directory.absolute().name
    return ModelCard(
        alias=_alias(name),
        name="".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name),
        task=task,
        family=family,
        engines=_engines(family),
        location=Location(path=directory.absolute()),
        source_languages=("de",) if task is Task.TRANSLATE else ("en",),
        licence="unknown",
        licence_note="Licence unknown: the model was given as a folder without a card.",
        size_mb=round(sum(file.stat().st_size for file in weights.files) / 1e6),
        parameters_millions=round(weights.parameters / 1e6, 1),
        limit_tokens=_limit(config, tokenizer),
        prefix=_prefix(config) if task is Task.SUMMARIZE else "",
        source_code=source_code,
        target_code=target_code,
        generation=_SUMMARY_SETTINGS if task is Task.SUMMARIZE else _TRANSLATION_SETTINGS,
    )


def _family(directory: Path, config: Mapping[str, object]) -> str:
    family = str(config.get("model_type", ""))
    if family not in KNOWN_FAMILIES:
        raise ModelUnavailableError(
            f"{directory / 'config.json'}: model_type {family!r} is not an encoder-decoder that sahelsum can run.",
            hint=f"Expected one of: {', '.join(sorted(KNOWN_FAMILIES))}.",
        )
    return family


def _engines(family: str) -> tuple[EngineName, ...]:
    if family in CONVERTIBLE_FAMILIES:
        return (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS)
    return (EngineName.TRANSFORMERS,)


def _alias(name: str) -> str:
    slug = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:64]
    return slug or "local-model"


def _tokenizer_config(directory: Path) -> Mapping[str, object]:
    """``tokenizer_config.json``, which :func:`check_directory` has already found readable, or nothing."""
    file = directory / "tokenizer_config.json"
    loaded: dict[str, object] = json.loads(file.read_bytes()) if file.exists() else {}
    return loaded


def _codes(tokenizer: Mapping[str, object]) -> tuple[str, str]:
    return _LANGUAGE_CODES.get(str(tokenizer.get("tokenizer_class", "")).removesuffix("Fast"), ("", ""))


def _limit(config: Mapping[str, object], tokenizer: Mapping[str, object]) -> int:
    windows = [config.get(key) for key in _POSITION_KEYS] + [tokenizer.get("model_max_length")]
    usable = [int(size) for size in windows if isinstance(size, int | float) and 0 < size <= _MAX_WINDOW_TOKENS]
    return max(8, min(usable, default=_DEFAULT_WINDOW_TOKENS) - _SPECIAL_TOKENS)


def _prefix(config: Mapping[str, object]) -> str:
    specific = config.get("task_specific_params")
    summarization = specific.get("summarization") if isinstance(specific, dict) else None
    prefix = summarization.get("prefix") if isinstance(summarization, dict) else None
    usable = isinstance(prefix, str) and len(prefix) <= _MAX_PREFIX_CHARACTERS and prefix.isprintable()
    return str(prefix) if usable else ""
