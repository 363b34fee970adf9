"""Several wordings of training sentences, each with its quality: what risk.py learns from.

    python training/candidates.py MODEL DATA OUT.npz --rows news=40000 --rows auth=12000 [--wordings 8] [--keep 5]

DATA is the folder of prepare.py, MODEL the translator that is to be trained further, exported. Each German sentence is
translated by beam search; the quality of a wording is its BLEU against the reference, sentence by sentence (0 to 1).
Of each sentence the model's first, the best and the worst wording are kept and others at random; sentences whose
wordings are all about as good teach nothing and are left out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import sentencepiece
from batches import Pairs
from engines import opened
from groups import group_values
from sacrebleu.metrics import BLEU

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Engine

TOKENS = range(6, 71)
"""Of each side, end mark included. Shorter sentences have few wordings, and longer ones take too much memory."""
PORTION = 2000
"""Sentences translated at a time."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """Wordings of one row of the training data, with their qualities; the model's first one is the first."""

    row: int
    texts: tuple[str, ...]
    qualities: tuple[float, ...]


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False))
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--rows", "rows", multiple=True, required=True, metavar="GROUP=N", help="Sentences of a group, at most.")
@click.option("--wordings", default=8, show_default=True, help="Width of the search, and what it gives.")
@click.option("--keep", default=5, show_default=True, help="Wordings of a sentence that are kept.")
@click.option("--spread", default=0.02, show_default=True, help="Between the best and the worst quality, at least.")
@click.option("--workers", type=int, help="Threads; all cores by default.")
@click.option("--seed", default=1, show_default=True)
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    model: str, data: Path, out: Path, rows: tuple[str, ...], wordings: int, keep: int, spread: float,
    workers: int | None, seed: int,
) -> None:  # fmt: skip
    pairs = Pairs.load(data / "data.npz")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    random = np.random.default_rng(seed)
    chosen = drawn(pairs, group_values(rows), random)
    with tempfile.TemporaryDirectory() as cache:
        engine = opened(model, Generation(beam_size=wordings, hypotheses=wordings), workers, Path(cache))
        judged = list(translated(chosen, pairs, processor, engine))
    telling = [kept(found, keep, random) for found in judged if max(found.qualities) - min(found.qualities) >= spread]
    if not telling:
        raise SystemExit("No sentence has better and worse wordings: train the model longer, or lower --spread.")
    save(telling, processor, out)
    click.echo(json.dumps({"sentences": len(judged), "kept": len(telling), **means(judged)}))


def drawn(pairs: Pairs, by_group: Mapping[str, float], random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Numbers of rows, so many of each group, in random order."""
    sides = (np.diff(pairs.source_offsets), np.diff(pairs.target_offsets))
    usable = np.logical_and.reduce([(side >= TOKENS.start) & (side < TOKENS.stop) for side in sides])
    rows = [
        random.permutation(np.flatnonzero(usable & (pairs.group == number)))[: int(count)]
        for number, count in pairs.numbered(by_group).items()
    ]
    return random.permutation(np.concatenate(rows))


def translated(
    rows: Sequence[int] | npt.NDArray[np.int64],
    pairs: Pairs,
    processor: sentencepiece.SentencePieceProcessor,
    engine: Engine,
) -> Iterator[Wordings]:
    """The different wordings of each row."""
    bleu = BLEU(effective_order=True)
    for start in range(0, len(rows), PORTION):
        portion = [int(row) for row in rows[start : start + PORTION]]
        german = [processor.decode(pairs.row_source(row)[:-1].tolist()) for row in portion]
        for row, output in zip(portion, engine.generate(german), strict=True):
            reference = processor.decode(pairs.row_target(row)[:-1].tolist())
            texts = tuple(dict.fromkeys(hypothesis.text for hypothesis in output.hypotheses))
            yield Wordings(row, texts, tuple(bleu.sentence_score(text, [reference]).score / 100 for text in texts))
        click.echo(f"{start + len(portion):,} of {len(rows):,} sentences", err=True)


def kept(found: Wordings, count: int, random: np.random.Generator) -> Wordings:
    """The first, the best and the worst wording, then others at random."""
    best, worst = int(np.argmax(found.qualities)), int(np.argmin(found.qualities))
    others = random.permutation(len(found.texts)).tolist()
    places = list(dict.fromkeys([0, best, worst, *others]))[:count]
    return Wordings(
        found.row, tuple(found.texts[place] for place in places), tuple(found.qualities[place] for place in places)
    )


def means(judged: Sequence[Wordings]) -> dict[str, float]:
    """Mean quality of the first wording, of all, and of the best one."""
    return {
        "first": round(float(np.mean([found.qualities[0] for found in judged])), 4),
        "mean": round(float(np.mean([np.mean(found.qualities) for found in judged])), 4),
        "best": round(float(np.mean([max(found.qualities) for found in judged])), 4),
    }


def save(wordings: Sequence[Wordings], processor: sentencepiece.SentencePieceProcessor, out: Path) -> None:
    """Token ids of all wordings one after the other, end marks included, with offsets, qualities and rows."""
    texts = [text for found in wordings for text in found.texts]
    ids = [np.array([*pieces, processor.eos_id()], np.uint16) for pieces in processor.encode(texts)]
    np.savez(
        out,
        ids=np.concatenate(ids),
        offsets=np.cumsum([0, *map(len, ids)]),
        quality=np.array([quality for found in wordings for quality in found.qualities], np.float32),
        row=np.array([found.row for found in wordings], np.int64),
        first=np.cumsum([0, *(len(found.texts) for found in wordings)]),
    )


if __name__ == "__main__":
    main()
