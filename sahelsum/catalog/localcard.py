"""A card for a model folder that has none, made from what its ``config.json`` says."""

from __future__ import annotations

import re
from pathlib import Path

from sahelsum.catalog.cardfile import parse_card, read_table
from sahelsum.catalog.cards import EngineName, Location, ModelCard, Quality, Task
from sahelsum.catalog.families import Kind
from sahelsum.catalog.folder import ModelFolder, read_model_folder
from sahelsum.catalog.generation import Generation
from sahelsum.catalog.inspection import check_directory, read_weights
from sahelsum.errors import ConfigError

CARD_NAME = "card.toml"
_LANGUAGE_CODES = {
    "NllbTokenizer": ("deu_Latn", "eng_Latn"),
    "M2M100Tokenizer": ("de", "en"),
    "MBartTokenizer": ("de_DE", "en_XX"),
    "MBart50Tokenizer": ("de_DE", "en_XX"),
}
"""Codes for German and English by the tokenizer class (without ``Fast``)."""
_SUMMARY_SETTINGS: dict[Quality, Generation] = {
    "fast": Generation(beam_size=1, no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
    "balanced": Generation(no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
    "best": Generation(beam_size=8, hypotheses=4, no_repeat_ngram=3, min_new_tokens=30, max_new_tokens=142),
}
"""The output bounds are those of BART on CNN/DailyMail (Lewis et al. 2020, arXiv 1910.13461)."""
_TRANSLATION_SETTINGS: dict[Quality, Generation] = {
    "fast": Generation(beam_size=1),
    "balanced": Generation(),
    "best": Generation(beam_size=8, hypotheses=4),
}
_CHAT_SETTINGS: dict[Quality, Generation] = {
    "fast": Generation(beam_size=1, max_new_tokens=512),
    "balanced": Generation(beam_size=1, max_new_tokens=512),
    "best": Generation(hypotheses=4, max_new_tokens=512),
}
"""Of models that follow instructions: how long a summary is, the prompt says."""


def card_for_directory(directory: Path, task: Task) -> ModelCard:
    """The card of a local model folder: its own ``card.toml`` if it has one, else made from its ``config.json``.

    Raises:
        ConfigError: its ``card.toml`` is wrong, or is for another task.
        ModelUnavailableError: the folder is not a model that can be loaded safely.
    """
    check_directory(directory)
    here = Location(path=directory.absolute())
    file = directory / CARD_NAME
    if file.is_file():
        card = parse_card(read_table(file), file)
        if card.task is not task:
            raise ConfigError(f"{file}: the model is for {card.task}, not for {task}.")
        return card.model_copy(update={"location": here})
    return _made_card(read_model_folder(directory), task)


def _made_card(folder: ModelFolder, task: Task) -> ModelCard:
    directory, codes = folder.directory, _LANGUAGE_CODES.get(folder.own_tokenizer_class, ("", ""))
    source_code, target_code = codes if task is Task.TRANSLATE else ("", "")
    weights = read_weights(directory)
    name = directory.absolute().name
    return ModelCard(
        alias=_alias(name),
        name="".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name),
        task=task,
        family=folder.model_type,
        engines=_engines(folder),
        location=Location(path=directory.absolute()),
        source_languages=("de",) if task is Task.TRANSLATE else ("en",),
        licence="unknown",
        licence_note="Licence unknown: the model was given as a folder without a card.",
        size_mb=round(sum(file.stat().st_size for file in weights.files) / 1e6),
        parameters_millions=round(weights.parameters / 1e6, 1),
        limit_tokens=folder.advised_source_tokens,
        prefix=folder.summary_prefix if task is Task.SUMMARIZE else "",
        source_code=source_code,
        target_code=target_code,
        generation=_settings(folder, task),
    )


def _settings(folder: ModelFolder, task: Task) -> dict[Quality, Generation]:
    if folder.family.kind is Kind.DECODER_ONLY:
        return _CHAT_SETTINGS
    return _SUMMARY_SETTINGS if task is Task.SUMMARIZE else _TRANSLATION_SETTINGS


def _engines(folder: ModelFolder) -> tuple[EngineName, ...]:
    if folder.convertible:
        return (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS)
    return (EngineName.TRANSFORMERS,)


def _alias(name: str) -> str:
    slug = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:64]
    return slug or "local-model"
