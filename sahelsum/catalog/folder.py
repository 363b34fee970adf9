"""What a model folder says about itself: the one reader of its configuration files.

The files come from elsewhere: they are looked at, never run. Whether the folder is safe and whole as such is the
question of :mod:`sahelsum.catalog.inspection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sahelsum.catalog.families import Family, family_of
from sahelsum.catalog.inspection import CONFIG, GENERATION_CONFIG, TOKENIZER_CONFIG, read_json, weight_files

SPECIAL_RESERVE_TOKENS = 8
"""Positions kept free for start, language and end marks and a short prefix."""
_ADVISED_TOKENS = 512
"""Of a model that names no window; the first Transformers had as many."""
_MAX_WINDOW_TOKENS = 1_000_000
"""transformers writes 10^30 for "no limit"; anything above this is taken as that."""
_MAX_PREFIX_CHARACTERS = 200
MARIAN_PIECES = ("source.spm", "target.spm")
"""SentencePiece models that only Marian's way of tokenizing has, whatever the model's architecture."""
SECOND_VOCABULARY = "target_vocab.json"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model's folder in the layout of a hub snapshot, with what its files say."""

    directory: Path
    family: Family
    model_type: str
    """``model_type`` of its ``config.json``: one of the family's."""
    longest_source_tokens: int | None
    """Most tokens of text it can read; None if it has no such bound."""
    longest_target_tokens: int | None
    """Most tokens it can write; None if it has no such bound."""
    advised_source_tokens: int
    """Most tokens of text to give it where no card says so: what it can read, or was trained with."""
    tokenizer_class: str
    """As ``config.json`` names it, often not at all."""
    own_tokenizer_class: str
    """As ``tokenizer_config.json`` names it, which newer models do, without ``Fast``."""
    marian_pieces: bool
    """Its text is split as Marian's is."""
    shared_vocabulary: bool
    """Source and target use one vocabulary."""
    decoder_start_id: int | None
    eos_ids: tuple[int, ...]
    """Every token that ends an output, the usual one first."""
    pad_id: int | None
    forced_first_id: int | None
    """Token that must begin every output, such as BART's ``<s>``."""
    summary_prefix: str
    """Text to put before what it should summarize."""

    @property
    def eos_id(self) -> int | None:
        """The usual end token."""
        return self.eos_ids[0] if self.eos_ids else None

    @property
    def convertible(self) -> bool:
        """Whether CTranslate2 can run it. The converter loses a second vocabulary."""
        fits = self.tokenizer_class.startswith(self.family.converts_with)
        return self.family.converts and self.shared_vocabulary and fits


def read_model_folder(directory: Path) -> ModelFolder:
    """Read the configuration files of a model; look that there are weights as safetensors.

    Raises:
        ModelUnavailableError: a file is missing or damaged, the architecture is unknown, or the weights are in the
            pickle format only.
    """
    config = read_json(directory / CONFIG)
    tokenizer = _optional(directory / TOKENIZER_CONFIG)
    generation = _optional(directory / GENERATION_CONFIG)
    ids = {**config, **{key: value for key, value in generation.items() if value is not None}}
    weight_files(directory)
    model_type = str(config.get("model_type", ""))
    source = _longest(config, "max_encoder_position_embeddings")
    eos = _token_ids(ids, "eos_token_id")
    return ModelFolder(
        directory=directory,
        family=family_of(model_type, directory / CONFIG),
        model_type=model_type,
        longest_source_tokens=source,
        longest_target_tokens=_longest(config, "max_decoder_position_embeddings"),
        advised_source_tokens=_advised(source, config.get("n_positions"), tokenizer.get("model_max_length")),
        tokenizer_class=str(config.get("tokenizer_class") or ""),
        own_tokenizer_class=str(tokenizer.get("tokenizer_class") or "").removesuffix("Fast"),
        marian_pieces=any((directory / name).exists() for name in MARIAN_PIECES),
        shared_vocabulary=_shares_vocabulary(directory, config),
        decoder_start_id=_token_id(ids, "decoder_start_token_id"),
        eos_ids=eos,
        pad_id=_token_id(ids, "pad_token_id"),
        forced_first_id=_token_id(ids, "forced_bos_token_id"),
        summary_prefix=_summary_prefix(config),
    )


def _optional(file: Path) -> Mapping[str, object]:
    return read_json(file) if file.exists() else {}


def _shares_vocabulary(directory: Path, config: Mapping[str, object]) -> bool:
    separate = config.get("share_encoder_decoder_embeddings", True) is False
    return not separate and not (directory / SECOND_VOCABULARY).exists()


def _longest(config: Mapping[str, object], own_key: str) -> int | None:
    """Positions the model was built for, less some; LED has more of them for reading than for writing."""
    positions = config.get(own_key, config.get("max_position_embeddings"))
    return max(1, positions - SPECIAL_RESERVE_TOKENS) if isinstance(positions, int) else None


def _advised(longest: int | None, *windows: object) -> int:
    usable = [int(size) for size in windows if isinstance(size, int | float) and 0 < size <= _MAX_WINDOW_TOKENS]
    known = [size - SPECIAL_RESERVE_TOKENS for size in usable] + ([] if longest is None else [longest])
    return max(8, min(known, default=_ADVISED_TOKENS - SPECIAL_RESERVE_TOKENS))


def _token_ids(config: Mapping[str, object], key: str) -> tuple[int, ...]:
    value = config.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(number for number in listed if type(number) is int and number >= 0)


def _token_id(config: Mapping[str, object], key: str) -> int | None:
    return next(iter(_token_ids(config, key)), None)


def _summary_prefix(config: Mapping[str, object]) -> str:
    specific = config.get("task_specific_params")
    summarization = specific.get("summarization") if isinstance(specific, dict) else None
    prefix = summarization.get("prefix") if isinstance(summarization, dict) else None
    usable = isinstance(prefix, str) and len(prefix) <= _MAX_PREFIX_CHARACTERS and prefix.isprintable()
    return str(prefix) if usable else ""
