"""What larger models cost: models of their shapes with random weights, and outputs of a fixed length.

    python benchmarks/shapes.py [--quick] [--rounds 2] [--device cuda]

A model with random weights takes as long as the real one for as many tokens, and needs no download. Translators read
and write 30 tokens a sentence, as news do; the summarizer reads 700 and writes 60. Beam 4. Each measurement is a
process of its own, interleaved, transformers in the first round only; the loading is not in its time, but in its peak
memory.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from measure import ROOT, Run, Timings, digits, interleaved, progress, report, run_child, table

from sahelsum.catalog.generation import Generation
from sahelsum.engines.hardware import place_ctranslate2, place_transformers, usable_cores
from sahelsum.engines.local import Row, Runtime
from sahelsum.engines.marian_tokenizer import MarianVocabulary
from sahelsum.engines.tokenizing import SpecialIds

if TYPE_CHECKING:
    from sahelsum.catalog.folder import ModelFolder

BUNDLED = ROOT / "models" / "sahelsum-de-en" / "config.json"
ENGINES = ("ctranslate2", "transformers")
BEAM = 4
QUICK_TOKENS = 6
END, UNKNOWN = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """An architecture with its sizes, and the work that is measured: rows of tokens in, tokens out."""

    family: str
    sizes: Mapping[str, int]
    rows: int
    tokens_in: int
    tokens_out: int


def marian(**sizes: int) -> Shape:
    return Shape("marian", sizes, rows=32, tokens_in=30, tokens_out=30)


def sizes_of(config: Path) -> dict[str, int]:
    told = json.loads(config.read_bytes())
    return {name: told[name] for name in (*OPUS, "vocab_size")}


OPUS = {
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
}
DISTILBART = {
    "d_model": 1024,
    "encoder_layers": 12,
    "decoder_layers": 6,
    "encoder_ffn_dim": 4096,
    "decoder_ffn_dim": 4096,
    "encoder_attention_heads": 16,
    "decoder_attention_heads": 16,
    "vocab_size": 50_264,
}
"""Sizes from the published configurations of Helsinki-NLP/opus-mt-de-en and sshleifer/distilbart-cnn-12-6."""
BASE = "the bundled translator"
SHAPES = {
    BASE: marian(**sizes_of(BUNDLED)),
    "opus-mt-de-en": marian(**OPUS, vocab_size=58_101),
    "distilbart-cnn-12-6": Shape("bart", DISTILBART, rows=2, tokens_in=700, tokens_out=60),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Rounds and peak memory (MB) of one shape on one engine."""

    shape: str
    engine: str
    timings: Timings
    peak_mb: float


@click.group(invoke_without_command=True, help=__doc__)
@click.option("--quick", is_flag=True, help="A few tokens, once, without the summarizer: does it work?")
@click.option("--rounds", default=2, show_default=True)
@click.option("--device", default="cpu", type=click.Choice(["cpu", "cuda"]))
@click.pass_context
def main(ctx: click.Context, quick: bool, rounds: int, device: str) -> None:
    if ctx.invoked_subcommand is None:
        names = list(SHAPES)[:2] if quick else list(SHAPES)
        with tempfile.TemporaryDirectory() as scratch:
            measured = measure(names, 1 if quick else rounds, device, Path(scratch), quick=quick)
        click.echo(report("python benchmarks/shapes.py", shapes_table(measured)))


@main.command("build", hidden=True)
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("device")
def build_command(name: str, folder: Path, device: str) -> None:
    """Save a random model of a shape, and its conversion."""
    build(SHAPES[name], folder)
    convert(folder, device)


@main.command("search", hidden=True)
@click.argument("name")
@click.argument("engine", type=click.Choice(ENGINES))
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("device")
@click.option("--quick", is_flag=True)
def search_command(name: str, engine: str, folder: Path, device: str, quick: bool) -> None:
    """Print the seconds that the search of all rows takes, the model being loaded."""
    shape = SHAPES[name]
    tokens_out = QUICK_TOKENS if quick else shape.tokens_out
    generation = Generation(beam_size=BEAM, hypotheses=BEAM, min_new_tokens=tokens_out, max_new_tokens=tokens_out)
    runtime = opened(engine, folder, device, generation)
    rows = random_rows(shape, shape.tokens_in, tokens_out)
    runtime.search(rows[:1])
    started = time.perf_counter()
    runtime.search(rows)
    click.echo(time.perf_counter() - started)


def measure(names: Sequence[str], rounds: int, device: str, scratch: Path, *, quick: bool) -> list[Measured]:
    peaks: dict[tuple[str, str], float] = {}
    runs: dict[str, Run] = {}
    for name in names:
        progress(f"building: {name}")
        script, folder = [sys.executable, __file__], str(scratch / name.replace(" ", "-"))
        run_child([*script, "build", name, folder, device])
        for engine in ENGINES:
            command = [*script, "search", name, engine, folder, device, *(["--quick"] if quick else [])]
            runs[f"{name} on {engine}"] = searching(command, (name, engine), peaks)
    # Its ratios are so large that a second round would tell nothing new.
    timings = interleaved(runs, rounds, once={name for name in runs if name.endswith(ENGINES[1])})
    return [Measured(*key, timings[" on ".join(key)], peak_mb) for key, peak_mb in peaks.items()]


def searching(command: Sequence[str], key: tuple[str, str], peaks: dict[tuple[str, str], float]) -> Run:
    def run() -> float:
        child = run_child(command)
        peaks[key] = max(child.peak_mb, peaks.get(key, 0.0))
        return float(child.stdout)

    return run


def shapes_table(measured: Sequence[Measured]) -> str:
    """Target tokens a second, and how many times the bundled model's time per token on CTranslate2 that is."""
    base = next(each for each in measured if (each.shape, each.engine) == (BASE, ENGINES[0]))
    header = ["shape", "engine", "target tokens/s (range)", "time per token, to the bundled one", "peak MB"]
    return table(
        header, [row(each, base) for each in sorted(measured, key=lambda each: list(SHAPES).index(each.shape))]
    )


def row(each: Measured, base: Measured) -> list[str]:
    rates = [tokens(each) / seconds for seconds in (each.timings.median, each.timings.high, each.timings.low)]
    ratio = each.timings.over(base.timings).median * tokens(base) / tokens(each)
    spread = "one run" if len(each.timings.seconds) == 1 else f"{digits(rates[1])}–{digits(rates[2])}"
    speed = f"{digits(rates[0])} ({spread})"
    return [each.shape, each.engine, speed, f"{ratio:.2f}", f"{each.peak_mb:.0f}"]


def tokens(each: Measured) -> int:
    return SHAPES[each.shape].rows * SHAPES[each.shape].tokens_out


def random_rows(shape: Shape, tokens_in: int, tokens_out: int) -> list[Row]:
    """Sentences of any words, each of another so that nothing is found twice; always the same ones."""
    draw = random.Random(7)
    words = range(UNKNOWN + 1, shape.sizes["vocab_size"] - 1)
    return [Row((*draw.choices(words, k=tokens_in - 1), END), tokens_out) for _ in range(shape.rows)]


class _Numbers:
    """A tokenizer whose tokens are called by their numbers: there is no text here."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.special = SpecialIds(eos=END, unknown=UNKNOWN, pad=size - 1, first_target=None)
        self.overhead = 1

    def pieces(self, text: str) -> list[int]:
        return [int(word) for word in text.split()]

    def frame(self, pieces: Sequence[int]) -> list[int]:
        return [*pieces, END]

    def text(self, ids: Sequence[int]) -> str:
        return " ".join(map(str, ids))

    def tokens(self, ids: Sequence[int]) -> list[str]:
        return [self.name(number) for number in ids]

    def ids(self, tokens: Sequence[str]) -> list[int]:
        names = {self.name(number): number for number in (END, UNKNOWN, self.size - 1)}
        return [names[token] if token in names else int(token) for token in tokens]

    def vocabulary(self) -> dict[str, int]:
        return {self.name(number): number for number in range(self.size)}

    def for_converter(self) -> MarianVocabulary:
        return MarianVocabulary(self.vocabulary(), self.name(self.size - 1))

    def name(self, number: int) -> str:
        return {END: "</s>", UNKNOWN: "<unk>", self.size - 1: "<pad>"}.get(number, str(number))


def build(shape: Shape, folder: Path) -> None:
    """Save a model with random weights."""
    import transformers as library  # noqa: PLC0415 - the parent process stays small
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()
    names = {"marian": ("MarianMTModel", "MarianConfig"), "bart": ("BartForConditionalGeneration", "BartConfig")}
    model_class, config_class = (getattr(library, name) for name in names[shape.family])
    pad = shape.sizes["vocab_size"] - 1
    ids = {"eos_token_id": END, "bos_token_id": None, "pad_token_id": pad, "decoder_start_token_id": pad}
    config = config_class(**shape.sizes, **ids, forced_eos_token_id=None, max_position_embeddings=1024)
    model_class(config).save_pretrained(folder)


def convert(folder: Path, device: str) -> None:
    from sahelsum.engines.ctranslate2_conversion import converted  # noqa: PLC0415

    files = model_folder(folder)
    converted(files, numbers_of(folder), folder / "converted", place_ctranslate2(device).precision)


def opened(engine: str, folder: Path, device: str, generation: Generation) -> Runtime:
    """The runtime alone, as the engines use it."""
    numbers, files = numbers_of(folder), model_folder(folder)
    if engine == "ctranslate2":
        from sahelsum.engines.ctranslate2_engine import CTranslate2Runtime  # noqa: PLC0415

        place = place_ctranslate2(device)
        return CTranslate2Runtime(folder / "converted", place, generation, numbers, usable_cores())
    import torch  # noqa: PLC0415

    from sahelsum.engines.transformers_engine import TransformersRuntime  # noqa: PLC0415

    place = place_transformers(device, torch.__version__)
    return TransformersRuntime(files, place, generation, numbers, usable_cores())


def model_folder(folder: Path) -> ModelFolder:
    from sahelsum.catalog.folder import read_model_folder  # noqa: PLC0415

    return read_model_folder(folder)


def numbers_of(folder: Path) -> Any:
    return _Numbers(json.loads((folder / "config.json").read_bytes())["vocab_size"])


if __name__ == "__main__":
    main()
