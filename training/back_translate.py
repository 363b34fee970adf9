"""Back-translate: English texts near the domain → pairs with machine-made German, as a group for prepare.py.

    python training/back_translate.py MODEL TEXTS.jsonl.xz OUT.tsv.xz --near CORPUS/auth.tsv.xz [--near …]
        [--sentences 140000] [--keep 0.65]

MODEL translates English into German (models/sahelsum-en-de). Of the sentences in TEXTS (objects with a "text") those
are taken whose words speak for the English side of the --near files rather than for TEXTS as a whole (R. Moore and W.
Lewis, "Intelligent Selection of Language Model Training Data", 2010, here with single words). Of what the model makes
of them the surest share is kept. `prepare.py --tag GROUP` then marks the German, so that the trained model learns that
it is not to write as this reads (I. Caswell et al., "Tagged Back-Translation", 2019).
"""

from __future__ import annotations

import json
import lzma
import math
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from engines import opened
from prepare import mismatch, rows_of

from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Engine

SOURCE_NAME = "back-translated"
SENTENCE_WORDS = range(6, 43)
COUNTED_WORDS = 5
"""A sentence with fewer words that can be weighed is left out."""
LENGTH_RATIO = (0.55, 1.5)
"""German words for each English one: a backward model that stops early or repeats itself is outside."""
PORTION = 4000
"""Sentences translated at a time."""
_SENTENCE_END = re.compile(r"(?<=[a-z\d][.!?])[\"”’]?\s+(?=[\"“‘]?[A-Z])")
_WORD = re.compile(r"[A-Za-z][a-z'’-]+|[A-Z]{2,}|\d+")
_REPEATED = re.compile(r"\b(\w+ \w+)(?: \1)+\b")


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False))
@click.argument("texts", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--near", multiple=True, required=True, type=click.Path(exists=True, path_type=Path), help="The domain.")
@click.option("--sentences", default=140_000, show_default=True)
@click.option("--keep", default=0.65, show_default=True, help="Share of the translations, the surest first.")
@click.option("--workers", type=int, help="Threads; all cores by default.")
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    model: str, texts: Path, out: Path, near: tuple[Path, ...], sentences: int, keep: float, workers: int | None
) -> None:
    chosen = nearest(sentences_of(texts), word_counts(english_sides(near)), sentences)
    with tempfile.TemporaryDirectory() as cache:
        engine = opened(model, Generation(beam_size=2), workers, Path(cache))
        lengths = engine.count_tokens(chosen)
        short = [text for text, length in zip(chosen, lengths, strict=True) if length <= engine.limit_tokens]
        pairs = list(translated(short, engine))
    pairs.sort(key=lambda pair: -pair[0])
    usable = [(german, english) for _, german, english in pairs[: round(keep * len(pairs))] if fits(german, english)]
    with lzma.open(out, "wt", encoding="utf-8") as file:
        file.writelines(f"{SOURCE_NAME}\t{german}\t{english}\n" for german, english in usable)
    click.echo(json.dumps({"chosen": len(chosen), "translated": len(pairs), "kept": len(usable)}))


def english_sides(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        yield from (columns[2] for columns in rows_of(file) if len(columns) == 3)


def sentences_of(texts: Path) -> list[str]:
    """Whole sentences of a usable length, each once."""
    found: dict[str, None] = {}
    with lzma.open(texts, "rt", encoding="utf-8") as rows:
        for row in rows:
            for paragraph in json.loads(row)["text"].split("\n"):
                for piece in _SENTENCE_END.split(paragraph):
                    sentence = " ".join(piece.split()).lstrip("-– ")
                    if sentence and is_whole(sentence):
                        found[sentence] = None
    return list(found)


def is_whole(sentence: str) -> bool:
    begins = sentence[0].isupper() or sentence[0] in '“"'
    return begins and sentence[-1] in '.!?"”' and len(sentence.split()) in SENTENCE_WORDS


def word_counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in words(text))


def words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def nearest(sentences: Sequence[str], domain: Counter[str], count: int) -> list[str]:
    """The sentences whose words are, on average, much more frequent in the domain than here; in random order."""
    here = word_counts(sentences)
    all_here, all_there = here.total(), domain.total()

    def weight(word: str) -> float:
        return math.log((domain[word] + 0.5) / all_there) - math.log((here[word] + 0.5) / all_here)

    def score(sentence: str) -> float:
        found = words(sentence)
        return sum(map(weight, found)) / len(found) if len(found) >= COUNTED_WORDS else -math.inf

    chosen = sorted(sentences, key=lambda sentence: (-score(sentence), sentence))[:count]
    random.Random(1).shuffle(chosen)  # noqa: S311 - repeatable, not secret
    return chosen


def translated(sentences: Sequence[str], engine: Engine) -> Iterator[tuple[float, str, str]]:
    """Mean log-probability, German, English."""
    for start in range(0, len(sentences), PORTION):
        portion = sentences[start : start + PORTION]
        for english, output in zip(portion, engine.generate(portion), strict=True):
            yield output.best.mean_logprob or -math.inf, " ".join(output.best.text.split()), english
        click.echo(f"{start + len(portion):,} of {len(sentences):,} sentences", err=True)


def fits(german: str, english: str) -> bool:
    """Whether the two can be translations of each other, and the German does not go in circles."""
    low, high = LENGTH_RATIO
    ratio = len(german.split()) / len(english.split())
    return low <= ratio <= high and not mismatch(german, english) and not _REPEATED.search(german)


if __name__ == "__main__":
    main()
