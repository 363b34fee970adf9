"""Models of real architectures with a few thousand random weights, made in seconds; their words mean nothing.

They load through the same code as real ones, and they love to loop, which is what the bounds are for.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sahelsum.catalog.cards import LocatedModel, Location, ModelCard, Task
from sahelsum.catalog.generation import Generation

SEEDS = Path(__file__).parent.parent / "seeds"
PIECES = 300
"""Vocabulary of the tiny models; the seeds have too few words for many more."""
LIMIT_TOKENS = 100
WIDTH = 16
_TINY = {
    "d_model": WIDTH,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 2 * WIDTH,
    "decoder_ffn_dim": 2 * WIDTH,
    "max_position_embeddings": 128,
    "dropout": 0.0,
    "init_std": 0.5,  # larger than usual, so that the random outputs differ between inputs
}


def seed_texts() -> list[str]:
    """The texts of the seeds, in order."""
    return [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def build_tiny_marian(directory: Path) -> Path:
    """A Marian model with SentencePiece trained on the seeds, laid out like a hub snapshot. Returns ``directory``."""
    from transformers import MarianConfig, MarianMTModel

    save_random(MarianMTModel, MarianConfig(**save_marian_tokenizer(directory), **_TINY), directory)
    return directory


def build_tiny_bart_with_marian_pieces(directory: Path) -> Path:
    """A BART model that reads and writes with Marian's tokenizer, without any token that begins a text."""
    from transformers import BartConfig, BartForConditionalGeneration

    config = BartConfig(**save_marian_tokenizer(directory), **_TINY)
    save_random(BartForConditionalGeneration, config, directory)
    return directory


def save_marian_tokenizer(directory: Path) -> dict[str, int | None]:
    """Marian's tokenizer, trained on the seeds; what a configuration says of its tokens."""
    directory.mkdir(parents=True, exist_ok=True)
    pieces = train_sentencepiece(directory / "source.spm")
    (directory / "target.spm").write_bytes((directory / "source.spm").read_bytes())
    vocabulary = {token: number for number, token in enumerate(["</s>", "<unk>", *pieces, "<pad>"])}
    (directory / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    tokenizer = {"tokenizer_class": "MarianTokenizer", "source_lang": "de", "target_lang": "en"}
    (directory / "tokenizer_config.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    pad = vocabulary["<pad>"]
    return {
        "vocab_size": len(vocabulary),
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
        "eos_token_id": 0,
        "bos_token_id": None,
        "forced_eos_token_id": None,
    }


def build_tiny_summarizer(directory: Path) -> Path:
    """A BART model with a byte-level tokenizer trained on the seeds. Returns ``directory``."""
    from transformers import BartConfig, BartForConditionalGeneration

    directory.mkdir(parents=True, exist_ok=True)
    size = save_byte_level_tokenizer(directory)
    config = BartConfig(
        vocab_size=size,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
        **_TINY,
    )
    save_random(BartForConditionalGeneration, config, directory, forced_bos_token_id=0)
    return directory


def tiny_card(directory: Path, task: Task, family: str, **changes: Any) -> ModelCard:
    """A card for a tiny model, with bounds small enough for random weights to run into."""
    fields: dict[str, Any] = {
        "alias": directory.name,
        "name": f"Tiny {family}",
        "task": task,
        "family": family,
        "engines": ("auto",),
        "location": Location(path=directory),
        "licence": "Apache-2.0",
        "size_mb": 1,
        "parameters_millions": 0.1,
        "limit_tokens": LIMIT_TOKENS,
        "generation": {"balanced": Generation(max_new_tokens=32, length_margin=4, length_ratio=1.5)},
    }
    return ModelCard(**{**fields, **changes})


def located(directory: Path, card: ModelCard) -> LocatedModel:
    """A card together with its model, hashed as simply as will do."""
    digest = hashlib.sha256()
    for file in sorted(directory.iterdir()):
        digest.update(file.name.encode() + file.read_bytes())
    return LocatedModel(card=card, directory=directory, weights_sha256=digest.hexdigest(), revision="local")


def train_sentencepiece(file: Path) -> list[str]:
    """Train a SentencePiece model on the seeds; its pieces without the three special ones."""
    import sentencepiece

    with file.open("wb") as writer:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter("\n".join(seed_texts()).splitlines()),
            model_writer=writer,
            vocab_size=PIECES,
            hard_vocab_limit=False,
            minloglevel=2,
        )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(file))
    return [processor.id_to_piece(number) for number in range(3, processor.get_piece_size())]


def save_byte_level_tokenizer(directory: Path, **options: Any) -> int:
    """A BPE tokenizer over bytes, in BART's arrangement: ``<s>`` text ``</s>``. Returns its size."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2 * PIECES,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(seed_texts(), trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    names = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names, **options)
    wrapped.save_pretrained(directory)
    return len(wrapped)


def save_random(model_class: Any, config: Any, directory: Path, **generation: int) -> None:
    """Save a model with the same random weights every time; ``generation`` goes into its generation_config.json."""
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(7)
    model = model_class(config).eval()
    model.generation_config.update(**generation)
    model.save_pretrained(directory)
