"""How much of what the machine can do the engine reaches: arithmetic and memory traffic against measured rates.

    python benchmarks/limit.py [--quick] [--rounds 5] [--device cuda]

The machine: the fastest multiplication of two square matrices on all cores, in float32 and in the engine's own format
(int8 on CPUs, float16 on GPUs), and the fastest copy of an array too large for any cache. The engine: the bundled model
on CTranslate2 over the sentences of the seeds, greedy and with beam 4, in batches as always; the search alone, without
the choice among hypotheses and further attempts. All interleaved. What the model needs is counted, not measured: see
`operations` and `traffic`. Only tokens of the best hypothesis count as written, so that what beams, padding and batches
that wait for their longest row cost is part of the distance to the limit.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import torch
from levels import QUICK_SENTENCES, seed_sentences
from measure import ROOT, Run, Timings, digits, interleaved, report, table

from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import EngineName
from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Engine
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.budget import search_tokens
from sahelsum.engines.factory import open_engine
from sahelsum.engines.hardware import usable_cores

ALIAS = "sahelsum-de-en"
CONFIG = ROOT / "models" / ALIAS / "config.json"
BEAMS = (1, 4)
MATRIX = {"cpu": 2048, "cuda": 8192}
"""Side of the square matrices: larger ones are not multiplied faster."""
COPIED_BYTES = {"cpu": 1 << 29, "cuda": 1 << 30}
"""Over the largest caches of processors (and of GPUs by far)."""
OWN_FORMAT = {"cpu": ("int8", 1), "cuda": ("float16", 2)}
"""What CTranslate2 computes in, with the bytes of a weight."""
QUICK_DIVISOR = 8
GIGA, MEGA = 1e9, 1e6


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the arithmetic of an encoder-decoder."""

    width: int
    inner: int
    encoder_layers: int
    decoder_layers: int
    vocabulary: int

    @property
    def encoder_weights(self) -> int:
        """Weights of the encoder's layers: four attention matrices and two of the feed-forward part."""
        return self.encoder_layers * (4 * self.width**2 + 2 * self.width * self.inner)

    @property
    def decoder_weights(self) -> int:
        """Weights that every decoding step reads: two attentions less the keys and values of the source; the output."""
        layer = 6 * self.width**2 + 2 * self.width * self.inner
        return self.decoder_layers * layer + self.vocabulary * self.width


@dataclass(frozen=True, slots=True)
class Work:
    """What the engine read and wrote: tokens of each sentence."""

    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """Rates: operations (a multiplication and an addition are two) and bytes in a second."""

    float32: float
    own: float
    copied: float


@dataclass(frozen=True, slots=True)
class Counted:
    """What a search over all sentences needs: tokens written, operations, bytes of weights."""

    name: str
    tokens: int
    operations: float
    weight_bytes: float


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Four sentences and small matrices, once: does it work?")
@click.option("--rounds", default=5, show_default=True)
@click.option("--device", default="cpu", type=click.Choice(["cpu", "cuda"]))
def main(quick: bool, rounds: int, device: str) -> None:
    torch.set_num_threads(usable_cores())
    sentences = seed_sentences()[: QUICK_SENTENCES if quick else None]
    side, copied = (size // (QUICK_DIVISOR if quick else 1) for size in (MATRIX[device], COPIED_BYTES[device]))
    with tempfile.TemporaryDirectory() as cache:
        engines = {beam: opened(beam, device, Path(cache)) for beam in BEAMS}
        work = {beam: work_of(engine, sentences) for beam, engine in engines.items()}
        runs = {f"beam {beam}": searching(engine, sentences) for beam, engine in engines.items()}
        timings = interleaved({**runs, **rates(side, copied, device)}, 1 if quick else rounds)
    machine = Machine(
        2 * side**3 / timings["float32"].low, 2 * side**3 / timings["own"].low, 2 * copied / timings["copy"].low
    )
    shape = shape_of(CONFIG)
    searches = {counted(shape, work[beam], beam, device): timings[f"beam {beam}"] for beam in BEAMS}
    click.echo(tables(machine, searches, device))


def opened(beam: int, device: str, cache: Path) -> Engine:
    catalog = Catalog.load()
    located = catalog.locate(catalog.get(ALIAS).card, offline=True, cache=cache)
    generation = Generation(beam_size=beam, max_new_tokens=240)
    return open_engine(located, engine=EngineName.CTRANSLATE2, generation=generation, device=device, cache_dir=cache)


def work_of(engine: Engine, sentences: Sequence[str]) -> Work:
    """What there is to do; loads and warms the engine, too."""
    outputs = engine.generate(sentences)
    return Work(tuple(each.source_tokens + 1 for each in outputs), tuple(each.best.tokens + 1 for each in outputs))


def searching(engine: Engine, sentences: Sequence[str]) -> Run:
    def run() -> None:
        engine.generate(sentences)

    return run


def rates(side: int, copied: int, device: str) -> dict[str, Run]:
    """One matrix product in each format, and one copy, on all cores."""
    floats = torch.rand(2, side, side, device=device)
    ints = torch.randint(-127, 127, (2, side, side), dtype=torch.int8, device=device)
    halves = floats.half() if device == "cuda" else floats
    source = torch.zeros(copied, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    works: dict[str, Callable[[], object]] = {
        "float32": lambda: floats[0] @ floats[1],
        "own": lambda: torch._int_mm(ints[0], ints[1]) if device == "cpu" else halves[0] @ halves[1],
        "copy": lambda: target.copy_(source),
    }
    return {name: finished(work, device) for name, work in works.items()}


def finished(work: Callable[[], object], device: str) -> Run:
    """The work, waited for; done once before, since the first time also chooses and prepares the code for it."""

    def run() -> None:
        work()
        if device == "cuda":
            torch.cuda.synchronize()

    run()
    return run


def shape_of(config: Path) -> Shape:
    told = json.loads(config.read_bytes())
    return Shape(
        told["d_model"], told["decoder_ffn_dim"], told["encoder_layers"], told["decoder_layers"], told["vocab_size"]
    )


def operations(shape: Shape, source: int, target: int, beam: int) -> float:
    """Operations for one sentence of ``source`` tokens in and ``target`` out.

    Each weight of the encoder takes a multiplication and an addition for every source token, as do the decoder's keys
    and values of the source (2 × width² a layer); attention takes width products for every pair of tokens, twice. The
    decoder does the same for every target token and beam, with the tokens before it (half of them on average) and with
    those of the source. Norms, softmax and the search itself are left out: they are small and no matrix products.
    """
    width, twice = shape.width, 2  # scores, and the sums they weigh
    encoder = source * (shape.encoder_weights + shape.encoder_layers * twice * source * width)
    crossing = source * shape.decoder_layers * 2 * width**2
    attention = shape.decoder_layers * twice * width * (target / 2 + source)
    return 2 * (encoder + crossing + beam * target * (shape.decoder_weights + attention))


def traffic(shape: Shape, work: Work, weight_bytes: int, budget_tokens: int, workers: int) -> float:
    """Bytes of weights that have to be read at least: the encoder's once a batch, the decoder's once a step of a batch.

    A batch takes as many steps as its longest target. Keys, values and activations come on top. Weights that stay in a
    cache from step to step are read from there: then the rate of memory is no limit, and the share can exceed 100 %.
    """
    batches = plan_batches(work.source, budget_tokens, workers)
    steps = sum(max(work.target[i] for i in batch) for batch in batches)
    return weight_bytes * (len(batches) * shape.encoder_weights + steps * shape.decoder_weights)


def counted(shape: Shape, work: Work, beam: int, device: str) -> Counted:
    pairs = zip(work.source, work.target, strict=True)
    _, weight_bytes = OWN_FORMAT[device]
    return Counted(
        name="greedy" if beam == 1 else f"beam {beam}",
        tokens=sum(work.target),
        operations=sum(operations(shape, source, target, beam) for source, target in pairs),
        weight_bytes=traffic(shape, work, weight_bytes, search_tokens(device, beam), usable_cores()),
    )


def tables(machine: Machine, searches: Mapping[Counted, Timings], device: str) -> str:
    name, _ = OWN_FORMAT[device]
    rate = table(
        ["", "rate"],
        [
            ["float32 matrices", f"{digits(machine.float32 / GIGA)} GFLOP/s"],
            [f"{name} matrices", f"{digits(machine.own / GIGA)} G operations/s"],
            ["memory, read and written", f"{digits(machine.copied / GIGA)} GB/s"],
        ],
    )
    header = [
        "", "M operations/token", "target tokens/s (range)", "G operations/s",
        f"share of the {name} rate", "of the float32 rate", "MB of weights/token", "share of the memory rate",
    ]  # fmt: skip
    rows = [row(machine, search, taken) for search, taken in searches.items()]
    return report("python benchmarks/limit.py", rate, table(header, rows))


def row(machine: Machine, search: Counted, taken: Timings) -> list[str]:
    tokens, reached = search.tokens, search.operations / taken.median
    return [
        search.name,
        digits(search.operations / tokens / MEGA),
        f"{digits(tokens / taken.median)} ({digits(tokens / taken.high)}–{digits(tokens / taken.low)})",
        digits(reached / GIGA),
        f"{reached / machine.own:.0%}",
        f"{reached / machine.float32:.0%}",
        digits(search.weight_bytes / tokens / MEGA),
        f"{search.weight_bytes / taken.median / machine.copied:.0%}",
    ]


if __name__ == "__main__":
    main()
