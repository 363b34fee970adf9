"""Export: a trainer's averaged weights → a folder that transformers and the CTranslate2 converter load.

    python training/export.py RUN VOCABULARY OUT

RUN is the trainer's folder, VOCABULARY its spm.model. OUT gets fp16 safetensors, configuration and tokenizer files.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import sentencepiece
import torch
from transformers import AutoModelForSeq2SeqLM, MarianTokenizer

MODEL_MAX_TOKENS = 256
CHECK = "Das ist ein Test: 10.000 Menschen in Ménaka."


@click.command()
@click.argument("run", type=click.Path(exists=True, path_type=Path))
@click.argument("vocabulary", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--source-language", default="de", show_default=True)
@click.option("--target-language", default="en", show_default=True)
def main(run: Path, vocabulary: Path, out: Path, source_language: str, target_language: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    write_tokenizer(processor, vocabulary, out, (source_language, target_language))
    write_model(run, out, pad=processor.get_piece_size())
    ids = MarianTokenizer.from_pretrained(out)(CHECK)["input_ids"]
    if ids[:-1] != processor.encode(CHECK):
        raise SystemExit(f"The exported tokenizer gives {ids}, the vocabulary {processor.encode(CHECK)}.")
    click.echo(f"{out}: {sum(file.stat().st_size for file in out.iterdir()) / 1e6:.1f} MB")


def write_tokenizer(
    processor: sentencepiece.SentencePieceProcessor, vocabulary: Path, out: Path, languages: tuple[str, str]
) -> None:
    """The files of a MarianTokenizer; the padding token comes last."""
    pieces = processor.get_piece_size()
    ids = {processor.id_to_piece(number): number for number in range(pieces)} | {"<pad>": pieces}
    (out / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(vocabulary, out / name)
    settings = {
        "source_lang": languages[0],
        "target_lang": languages[1],
        "model_max_length": MODEL_MAX_TOKENS,
        "tokenizer_class": "MarianTokenizer",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "separate_vocabs": False,
    }
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def write_model(run: Path, out: Path, pad: int) -> None:
    """Half-precision weights, and generation settings that never write the padding token."""
    model = AutoModelForSeq2SeqLM.from_pretrained(run, dtype=torch.float32)
    settings = model.generation_config
    settings.num_beams, settings.max_length, settings.max_new_tokens = 4, None, MODEL_MAX_TOKENS
    settings.bad_words_ids, settings.forced_eos_token_id = [[pad]], None
    model.config.forced_eos_token_id = None
    model.to(torch.float16).save_pretrained(out)


if __name__ == "__main__":
    main()
