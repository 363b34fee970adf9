"""The shapes of model that are trained: Marian's, from nothing, and whatever a folder of weights holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSeq2SeqLM, MarianConfig, MarianMTModel

MAX_POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of a model that starts from nothing."""

    width: int
    feed_forward: int
    heads: int
    encoder_layers: int
    decoder_layers: int


@dataclass(frozen=True, slots=True)
class RateFactors:
    """Parts of the learning rate for parts of a model that know something already; the rest learns at the whole."""

    encoder: float = 1.0
    embeddings: float = 1.0


def build(shape: Shape, vocabulary: int, eos: int, dropout: float, device: str) -> MarianMTModel:
    """A Marian model with one table of embeddings for both sides and the output; the padding id is ``vocabulary``."""
    config = MarianConfig(
        vocab_size=vocabulary + 1,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        activation_function="relu",
        dropout=dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        max_position_embeddings=MAX_POSITIONS,
        scale_embedding=True,
        static_position_embeddings=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        pad_token_id=vocabulary,
        eos_token_id=eos,
        decoder_start_token_id=vocabulary,
        forced_eos_token_id=None,
        init_std=0.02,
    )
    config._attn_implementation = attention(device)
    return MarianMTModel(config)


def opened(folder: Path, dropout: float, device: str) -> Any:
    """The model of a folder, Marian's or BART's shape, in float32, with another dropout."""
    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32, attn_implementation=attention(device))
    model.config.dropout = dropout
    for module in model.modules():
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = dropout
    return model


def attention(device: str) -> str:
    """Which way of attention: the CPU's fused one is slow backwards for short sentences."""
    return "eager" if device == "cpu" else "sdpa"


def rate_groups(model: Any, factors: RateFactors) -> list[dict[str, Any]]:
    """The parameters as an optimizer takes them, each group with the ``factor`` of its learning rate."""
    return [{"params": list(parameters), "factor": factor} for factor, parameters in _by_factor(model, factors)]


def _by_factor(model: Any, factors: RateFactors) -> Iterator[tuple[float, list[torch.nn.Parameter]]]:
    found: dict[str, list[torch.nn.Parameter]] = {"embeddings": [], "encoder": [], "rest": []}
    for name, parameter in model.named_parameters():
        embeds = "shared" in name or "embed" in name
        found["embeddings" if embeds else "encoder" if ".encoder.layers" in name else "rest"].append(parameter)
    yield 1.0, found["rest"]
    yield factors.encoder, found["encoder"]
    yield factors.embeddings, found["embeddings"]
