"""What a model directory says about itself. Its files come from elsewhere: they are checked, never run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sahelsum.catalog.formats import convert_hint
from sahelsum.errors import ModelUnavailableError

AGAIN = "Fetch it again with sahelsum models fetch ALIAS, or copy the whole folder again."
MAX_JSON_BYTES = 64_000_000
"""The largest vocabularies in JSON are half of this."""
SPECIAL_RESERVE_TOKENS = 8
"""Positions kept free for start, language and end marks and a short prefix."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model directory in the layout of a hub snapshot, with what its configuration says."""

    directory: Path
    family: str
    """``model_type`` of its ``config.json``."""
    longest_source_tokens: int | None
    """Most tokens of text it can read; None if it has no such bound."""
    longest_target_tokens: int | None
    """Most tokens it can write; None if it has no such bound."""
    tokenizer_class: str
    """As ``config.json`` names it, often not at all."""
    shared_vocabulary: bool
    """Source and target use one vocabulary."""
    decoder_start_id: int | None
    eos_id: int | None
    pad_id: int | None
    forced_first_id: int | None
    """Token that must begin every output, such as BART's ``<s>``."""


def read_model_files(directory: Path) -> ModelFiles:
    """Read ``config.json`` and, where present, ``generation_config.json``; look that the weights are safetensors.

    Raises:
        ModelUnavailableError: a file is missing or damaged, or the weights are in the pickle format only.
    """
    config = read_json(directory / "config.json")
    generation = directory / "generation_config.json"
    ids = (
        {**config, **{k: v for k, v in read_json(generation).items() if v is not None}}
        if generation.exists()
        else config
    )
    refuse_pickle(directory)
    return ModelFiles(
        directory=directory,
        family=str(config.get("model_type", "")),
        longest_source_tokens=_longest(config, "max_encoder_position_embeddings"),
        longest_target_tokens=_longest(config, "max_decoder_position_embeddings"),
        tokenizer_class=str(config.get("tokenizer_class") or ""),
        shared_vocabulary=config.get("share_encoder_decoder_embeddings", True) is not False,
        decoder_start_id=_token_id(ids, "decoder_start_token_id"),
        eos_id=_token_id(ids, "eos_token_id"),
        pad_id=_token_id(ids, "pad_token_id"),
        forced_first_id=_token_id(ids, "forced_bos_token_id"),
    )


def refuse_pickle(directory: Path) -> None:
    """Look that a directory holds weights as safetensors.

    Raises:
        ModelUnavailableError: it holds none, or only pickled ones; the message says how to convert those.
    """
    if any(directory.glob("*.safetensors")):
        return
    if not any(directory.glob("*.bin")):
        raise ModelUnavailableError(f"{directory} holds no weights (expected model.safetensors).", hint=AGAIN)
    raise ModelUnavailableError(
        f"{directory} holds its weights only in the pickle format (*.bin), which can run code when opened.",
        hint=convert_hint(directory.name),
    )


def check_loaded(report: Mapping[str, Iterable[object]], directory: Path) -> None:
    """Refuse a model of which some weights were not in its files: transformers would fill them in at random.

    Raises:
        ModelUnavailableError: some were missing.
    """
    missing = sorted(str(name) for name in report.get("missing_keys") or ())
    if missing:
        raise ModelUnavailableError(
            f"{directory} is incomplete: {len(missing)} weights are missing, the first is {missing[0]}.",
            hint="Fetch it again: sahelsum models fetch ALIAS.",
        )


def read_json(file: Path) -> Mapping[str, object]:
    """The JSON object in a model's file.

    Raises:
        ModelUnavailableError: the file is missing, too large, or holds no JSON object.
    """
    try:
        if file.stat().st_size > MAX_JSON_BYTES:
            raise ModelUnavailableError(
                f"{file} is larger than {MAX_JSON_BYTES} bytes: not a model's file.", hint=AGAIN
            )
        content = json.loads(file.read_bytes())
    except OSError as error:
        raise ModelUnavailableError(f"{file} cannot be read: {error.strerror}.", hint=AGAIN) from error
    except (ValueError, RecursionError) as error:
        raise ModelUnavailableError(f"{file} is damaged: expected JSON.", hint=AGAIN) from error
    if not isinstance(content, dict):
        raise ModelUnavailableError(f"{file} is damaged: expected a JSON object.", hint=AGAIN)
    return content


def _longest(config: Mapping[str, object], own_key: str) -> int | None:
    """Positions the model was built for, less some; LED has more of them for reading than for writing."""
    positions = config.get(own_key, config.get("max_position_embeddings"))
    return max(1, positions - SPECIAL_RESERVE_TOKENS) if isinstance(positions, int) else None


def _token_id(config: Mapping[str, object], key: str) -> int | None:
    value = config.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
