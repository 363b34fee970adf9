"""One tiny random model of each further architecture, with a tokenizer that fits it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tiny_models import WIDTH, save_byte_level_tokenizer, save_random, train_sentencepiece

_COMMON: dict[str, Any] = {
    "d_model": WIDTH,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": WIDTH,
    "decoder_ffn_dim": WIDTH,
    "max_position_embeddings": 128,
    "init_std": 0.5,
}
_IDS = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "forced_eos_token_id": None}


def build_family(family: str, directory: Path) -> Path:
    """A model of ``family``, random weights, in ``directory``."""
    directory.mkdir(parents=True)
    if family == "m2m_100":
        return _build_m2m(directory)
    size = save_byte_level_tokenizer(directory, additional_special_tokens=["de_DE", "en_XX"])
    model_class, config = _model(family, size)
    save_random(model_class, config, directory)
    return directory


def _model(family: str, size: int) -> tuple[Any, Any]:
    import transformers as library

    start = {"decoder_start_token_id": 2}
    if family == "pegasus":
        return library.PegasusForConditionalGeneration, library.PegasusConfig(
            vocab_size=size, **_COMMON, **{**_IDS, "decoder_start_token_id": 1, "forced_eos_token_id": None}
        )
    if family == "mbart":
        return library.MBartForConditionalGeneration, library.MBartConfig(
            vocab_size=size, tokenizer_class="MBart50Tokenizer", **_COMMON, **_IDS, **start
        )
    if family == "t5":
        config = library.T5Config(
            vocab_size=size,
            d_model=WIDTH,
            d_kv=WIDTH // 2,
            d_ff=WIDTH,
            num_layers=2,
            num_heads=2,
            initializer_factor=4.0,
            pad_token_id=1,
            eos_token_id=2,
            decoder_start_token_id=1,
        )
        return library.T5ForConditionalGeneration, config
    if family == "led":
        common = {key: value for key, value in _COMMON.items() if key != "max_position_embeddings"}
        config = library.LEDConfig(
            vocab_size=size,
            **common,
            **_IDS,
            **start,
            max_encoder_position_embeddings=256,
            max_decoder_position_embeddings=64,
            attention_window=16,
        )
        return library.LEDForConditionalGeneration, config
    raise AssertionError(family)


def _build_m2m(directory: Path) -> Path:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    pieces = train_sentencepiece(directory / "sentencepiece.bpe.model")
    vocabulary = {token: number for number, token in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])}
    (directory / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    tokenizer = M2M100Tokenizer(directory / "vocab.json", directory / "sentencepiece.bpe.model", src_lang="de")
    tokenizer.save_pretrained(directory)
    config = M2M100Config(
        vocab_size=len(tokenizer) + len(tokenizer.lang_token_to_id) + 8,  # real ones have 8 unused rows too
        **_COMMON,
        **_IDS,
        decoder_start_token_id=2,
    )
    save_random(M2M100ForConditionalGeneration, config, directory)
    return directory
