"""Prepare: parallel text → filtered pairs, a joint SentencePiece vocabulary, and packed arrays for the trainer.

    python training/prepare.py CORPUS OUT [--keep-out EVAL] [--vocabulary 12000 | --sentencepiece FILE] [--tag GROUP]

CORPUS holds GROUP.tsv.xz files with three columns: source name, German, English. A group is a file, or, with --group
news=wmt-newstest,ntrex-128, the rows of some sources in any file; the trainer weighs groups. EVAL holds the development
sets (NAME.de, NAME.en, NAME.json): pairs with a sentence of theirs are left out. The German of a --tag group begins
with the piece that is rarest in all texts, to tell it from good German. OUT gets spm.model, data.npz and report.json,
which counts what was left out and why.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import sentencepiece

NON_COMMERCIAL = ("progit2", "contao-docs", "multi30k", "iwslt", "ted-", "parcorfull", "salesforce")
"""Beginnings of source names whose licence forbids commercial use: a model made for everybody must do without."""
MAX_CHARACTERS = 900
"""Longer rows are paragraphs, or two sides that do not belong together."""
MAX_LENGTH_RATIO = 3.0
"""Characters of the longer side over the shorter one, for sides of more than RATIO_FROM characters."""
RATIO_FROM = 30
COPIED_SHARE = 0.4
MIN_COPIED_WORDS = 4
"""A pair with this share of the German side's longer lower-case words on its English side is no translation: a model
that sees such pairs leaves German standing. Most German words that English shares are names, with a capital."""
CHARACTER_COVERAGE = 0.9998
SAMPLE_ROWS = 700_000
"""Rows that the vocabulary is learned from."""
ENCODE_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A German sentence with its English translation, and the number of its group."""

    group: int
    german: str
    english: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups' names, and the number of the group of each source that does not go with its file."""

    names: list[str]
    by_source: dict[str, int]

    @classmethod
    def parse(cls, files: Sequence[str], own: Sequence[str]) -> Grouping:
        """From names of files and ``NAME=SOURCE,SOURCE`` texts."""
        parts = [text.partition("=") for text in own]
        numbered = {name: len(files) + place for place, (name, _, _) in enumerate(parts)}
        by_source = {source: numbered[name] for name, _, sources in parts for source in sources.split(",")}
        return cls([*files, *numbered], by_source)


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--keep-out", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
@click.option("--vocabulary", default=12_000, show_default=True, help="Pieces of a new vocabulary.")
@click.option("--sentencepiece", "model", type=click.Path(exists=True, path_type=Path), help="Keep this vocabulary.")
@click.option("--tag", "tagged", multiple=True, metavar="GROUP", help="Mark the German of this group.")
@click.option("--group", "own", multiple=True, metavar="NAME=SOURCE,...", help="Make a group of these sources.")
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    corpus: Path,
    out: Path,
    keep_out: Path | None,
    vocabulary: int,
    model: Path | None,
    tagged: tuple[str, ...],
    own: tuple[str, ...],
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    dropped: Counter[str] = Counter()
    files = sorted(corpus.glob("*.tsv.xz"))
    grouping = Grouping.parse([file.name.removesuffix(".tsv.xz") for file in files], own)
    pairs = list(filtered(files, grouping, forbidden(keep_out), dropped))
    groups = grouping.names
    target = out / "spm.model"
    if model:
        target.write_bytes(model.read_bytes())
    else:
        learn_vocabulary(pairs, target, vocabulary)
    tokens = pack(pairs, target, out / "data.npz", groups, tagged)
    kept = Counter(groups[pair.group] for pair in pairs)
    report = {"groups": groups, "kept": dict(kept), "left out": dict(dropped), "tokens": tokens}
    (out / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    click.echo(json.dumps(report))


def forbidden(keep_out: Path | None) -> frozenset[str]:
    """Sentences of the development sets, both sides, folded."""
    if keep_out is None:
        return frozenset()
    lines = [line for name in ("*.de", "*.en") for file in keep_out.glob(name) for line in file.open(encoding="utf-8")]
    for file in keep_out.glob("*.json"):
        for article in json.loads(file.read_text(encoding="utf-8")):
            lines += [*article["de"], *article["en"]]
    return frozenset(fold(line) for line in lines if len(line.split()) > 3)


def fold(text: str) -> str:
    """A sentence as its letters and digits, so that quotes and spacing do not hide a repetition."""
    return "".join(character for character in text.casefold() if character.isalnum())


def filtered(
    files: Sequence[Path], grouping: Grouping, keep_out: frozenset[str], dropped: Counter[str]
) -> Iterator[Pair]:
    """The usable pairs, each once; ``dropped`` counts the others by reason."""
    seen: set[tuple[str, str]] = set()
    for group, file in enumerate(files):
        for columns in rows_of(file):
            reason = fault(columns, keep_out, seen)
            if reason:
                dropped[reason] += 1
            else:
                seen.add((columns[1], columns[2]))
                yield Pair(grouping.by_source.get(columns[0], group), columns[1], columns[2])


def rows_of(file: Path) -> Iterator[list[str]]:
    """The columns of each row of a GROUP.tsv.xz, whatever their number."""
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        yield from (row.rstrip("\n").split("\t") for row in rows)


def fault(columns: Sequence[str], keep_out: frozenset[str], seen: set[tuple[str, str]]) -> str:
    """Why a row cannot be used; empty if it can."""
    if len(columns) != 3 or not columns[1].strip() or not columns[2].strip():
        return "not a pair"
    source, german, english = columns
    if source.startswith(NON_COMMERCIAL):
        return "non-commercial licence"
    if (german, english) in seen:
        return "repeated"
    if keep_out and (fold(german) in keep_out or fold(english) in keep_out):
        return "in a development set"
    return mismatch(german, english)


def mismatch(german: str, english: str) -> str:
    """Why two sides cannot be translations of each other; empty if they can."""
    short, long = sorted((len(german), len(english)))
    if long > MAX_CHARACTERS:
        return "too long"
    if long > RATIO_FROM and long > MAX_LENGTH_RATIO * short:
        return "lengths do not fit"
    return "German on the English side" if copied(german, english) else ""


_PLAIN_WORD = re.compile(r"\b[a-zäöüß]{4,}\b")


def copied(german: str, english: str) -> bool:
    """Whether the English side is, in good part, the German one."""
    words = set(_PLAIN_WORD.findall(german))
    shared = words & set(_PLAIN_WORD.findall(english))
    return len(words) >= MIN_COPIED_WORDS and len(shared) >= COPIED_SHARE * len(words)


def learn_vocabulary(pairs: Sequence[Pair], target: Path, size: int) -> None:
    """A joint unigram vocabulary; ids as Marian in transformers wants them: </s> 0, <unk> 1, no padding piece."""
    sample = random.Random(1).sample(pairs, min(len(pairs), SAMPLE_ROWS))  # noqa: S311 - repeatable, not secret
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in sample for text in (pair.german, pair.english)]),
        model_prefix=str(target.with_suffix("")),
        vocab_size=size,
        character_coverage=CHARACTER_COVERAGE,
        model_type="unigram",
        normalization_rule_name="nmt_nfkc",
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        pad_id=-1,
        num_threads=2,
    )


def pack(
    pairs: Sequence[Pair], model: Path, target: Path, groups: Sequence[str], tagged: Sequence[str] = ()
) -> dict[str, int]:
    """Write token ids, end mark included, one after the other, with offsets; return how many there are."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    sides: dict[str, Any] = {}
    for name, side in (("src", [pair.german for pair in pairs]), ("tgt", [pair.english for pair in pairs])):
        rows = [np.array([*ids, processor.eos_id()], np.uint16) for ids in encode(processor, side)]
        sides[name] = np.concatenate(rows)
        sides[f"{name}_off"] = np.cumsum([0, *map(len, rows)])
    group = np.array([pair.group for pair in pairs], np.uint8)
    marked = np.isin(group, [groups.index(name) for name in tagged])
    if marked.any():
        tag = rarest(processor, np.concatenate([sides["src"], sides["tgt"]]))
        sides["src"] = np.insert(sides["src"], sides["src_off"][:-1][marked], tag)
        sides["src_off"] += np.cumsum([0, *marked])
    np.savez(
        target,
        **sides,
        group=group,
        groups=np.array(groups),
        vocab=processor.get_piece_size(),
        eos=processor.eos_id(),
    )
    return {"pairs": len(pairs), "german": len(sides["src"]), "english": len(sides["tgt"])}


def rarest(processor: sentencepiece.SentencePieceProcessor, tokens: np.typing.NDArray[np.uint16]) -> int:
    """The piece that occurs least; of equals the one with the lowest number. No control piece."""
    counts = np.bincount(tokens, minlength=processor.get_piece_size())
    return min(
        (piece for piece in range(len(counts)) if not (processor.is_control(piece) or processor.is_unknown(piece))),
        key=lambda piece: (counts[piece], piece),
    )


def encode(processor: sentencepiece.SentencePieceProcessor, texts: Sequence[str]) -> Iterator[list[int]]:
    """Ids of each text, in bounded portions."""
    for start in range(0, len(texts), ENCODE_ROWS):
        yield from processor.encode(list(texts[start : start + ENCODE_ROWS]))


if __name__ == "__main__":
    main()
