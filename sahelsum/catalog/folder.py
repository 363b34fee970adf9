"""What a model folder says about itself: the one reader of its configuration files.

The files come from elsewhere: they are looked at, never run. Whether the folder is safe and whole as such is the
question of :mod:`sahelsum.catalog.inspection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from sahelsum.catalog.families import Family, Kind, family_of
from sahelsum.catalog.inspection import CONFIG, GENERATION_CONFIG, TOKENIZER_CONFIG, read_json, weight_files

SPECIAL_RESERVE_TOKENS = 8
"""Positions kept free for start, language and end marks and a short prefix."""
_ADVISED_TOKENS = 512
"""Of a model that names no window; the first Transformers had as many."""
_ADVISED_CHAT_TOKENS = 2048
"""Of a decoder-only model, which reads far more but follows its instruction less surely behind long texts."""
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
    window_tokens: int | None
    """Positions that prompt, text and output share; None if each has its own, or there is no bound."""
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
    sliding_window: bool
    """It looks at no more than the last tokens, which CTranslate2 4.8 counts otherwise."""
    odd_heads: bool
    """Its attention heads together are not as wide as the model."""
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
        family = self.family
        heads = family.converts_odd_heads or not self.odd_heads
        tokenizer = self.tokenizer_class.startswith(family.converts_with)
        return family.converts and self.shared_vocabulary and not self.sliding_window and heads and tokenizer


class _Windows(TypedDict):
    """The fields of :class:`ModelFolder` that bound texts."""

    longest_source_tokens: int | None
    longest_target_tokens: int | None
    window_tokens: int | None
    advised_source_tokens: int


def read_model_folder(directory: Path) -> ModelFolder:
    """Read the configuration files of a model; look that there are weights as safetensors.

    Raises:
        ModelUnavailableError: a file is missing or damaged, the architecture is unknown, or the weights are in the
            pickle format only.
    """
    config = _flat(read_json(directory / CONFIG))
    tokenizer = _optional(directory / TOKENIZER_CONFIG)
    generation = _optional(directory / GENERATION_CONFIG)
    ids = {**config, **{key: value for key, value in generation.items() if value is not None}}
    weight_files(directory)
    model_type = str(config.get("model_type", ""))
    family = family_of(model_type, directory / CONFIG)
    return ModelFolder(
        directory=directory,
        family=family,
        model_type=model_type,
        **_windows(family.kind, config, tokenizer.get("model_max_length")),
        tokenizer_class=str(config.get("tokenizer_class") or ""),
        own_tokenizer_class=str(tokenizer.get("tokenizer_class") or "").removesuffix("Fast"),
        marian_pieces=any((directory / name).exists() for name in MARIAN_PIECES),
        shared_vocabulary=_shares_vocabulary(directory, config),
        decoder_start_id=_token_id(ids, "decoder_start_token_id"),
        sliding_window=_slides(config),
        odd_heads=_has_odd_heads(config),
        eos_ids=_token_ids(ids, "eos_token_id"),
        pad_id=_token_id(ids, "pad_token_id"),
        forced_first_id=_token_id(ids, "forced_bos_token_id"),
        summary_prefix=_summary_prefix(config),
    )


def _flat(config: Mapping[str, object]) -> Mapping[str, object]:
    """A configuration with that of its language model, which those that see pictures too keep apart."""
    text = config.get("text_config")
    return {**text, **config} if isinstance(text, dict) else config


def _optional(file: Path) -> Mapping[str, object]:
    return read_json(file) if file.exists() else {}


def _shares_vocabulary(directory: Path, config: Mapping[str, object]) -> bool:
    separate = config.get("share_encoder_decoder_embeddings", True) is False
    return not separate and not (directory / SECOND_VOCABULARY).exists()


def _windows(kind: Kind, config: Mapping[str, object], advice: object) -> _Windows:
    """How long texts may be; ``advice``: what the tokenizer says."""
    if kind is Kind.DECODER_ONLY:
        window = _count(config, "max_position_embeddings")
        half = None if window is None else window // 2
        advised = min(_ADVISED_CHAT_TOKENS, half or _ADVISED_CHAT_TOKENS)
        return _Windows(
            longest_source_tokens=None, longest_target_tokens=None, window_tokens=window, advised_source_tokens=advised
        )
    source = _longest(config, "max_encoder_position_embeddings")
    return _Windows(
        longest_source_tokens=source,
        longest_target_tokens=_longest(config, "max_decoder_position_embeddings"),
        window_tokens=None,
        advised_source_tokens=_advised(source, config.get("n_positions"), advice),
    )


def _slides(config: Mapping[str, object]) -> bool:
    return _count(config, "sliding_window") is not None and config.get("use_sliding_window", True) is not False


def _has_odd_heads(config: Mapping[str, object]) -> bool:
    width, heads, own = (_count(config, key) for key in ("hidden_size", "num_attention_heads", "head_dim"))
    return None not in {width, heads, own} and width != (heads or 0) * (own or 0)


def _count(config: Mapping[str, object], key: str) -> int | None:
    value = config.get(key)
    return value if type(value) is int and value > 0 else None


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
