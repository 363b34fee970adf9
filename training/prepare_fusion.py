"""Prepare the lessons of a model that fuses sentences and writes headlines → packed arrays for train.py.

    python training/prepare_fusion.py training/data OUT --sentencepiece models/sahelsum-de-en/source.spm \
        --keep-out training/data

CORPUS holds fusion.jsonl.xz (`src`, one to three sentences; `tgt`, the sentence for them; `kind`: written for them, or
aligned from a written summary), headlines.jsonl.xz (`src`, `headline`) and auth.tsv.xz, auth2.tsv.xz, auth3.tsv.xz,
whose English is the warm-up. OUT gets spm.model, data.npz with these groups, and held.json with what is kept out for
measuring, each row as the model is given it (`source`) and what was written for it (`target`):

    written   a group of sentences → the sentence written for it
    aligned   a group of sentences → the sentence of a summary that rests on it
    headline  the beginning of an article → its headline
    denoised  an English sentence with words left out, or changed places with the next → the sentence
    left-out  an English sentence → the sentence without some of its clauses (prepare_summaries.py: trimmed and padded)

Each source begins with a mark that says what is wanted: ``=`` for a sentence (the same in other words), ``#`` for a
headline (Markdown's heading). Both are single pieces of the translator's vocabulary, so that they cost one token and
have an embedding that is trained already, and next to no sentence of news begins with them. A card says so:

    unit = "group"
    marks = { sentence = "=", headline = "#" }
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import sentencepiece
from prepare import Pair, fold, forbidden, pack, rows_of
from prepare_summaries import Lesson, made

from sahelsum.summarization.fuse import marked
from sahelsum.summarization.headline import beginning

GROUPS = ("written", "aligned", "headline", "denoised", "left-out")
SENTENCE_MARK, HEADLINE_MARK = "=", "#"
WARM_UP = ("auth", "auth2", "auth3")
WORDS = (7, 40)
"""Of a sentence of the warm-up."""
DROPPED_SHARE = 0.12
SWAPPED_SHARE = 0.06
COPIED_SHARE = 0.2
"""Of the denoised sentences so many are whole: a fused sentence is mostly copied."""
SEED = 1
Row = dict[str, Any]


@click.command(help=__doc__)
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--sentencepiece", "model", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--keep-out", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
@click.option("--held", default=80, show_default=True, help="Groups, and as many headlines, kept for measuring.")
@click.option("--sentences", default=20_000, show_default=True, help="Sentences of the warm-up, of each kind at most.")
def main(corpus: Path, out: Path, model: Path, keep_out: Path | None, held: int, sentences: int) -> None:  # noqa: PLR0913, PLR0917
    out.mkdir(parents=True, exist_ok=True)
    check_marks(model)
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    banned = forbidden(keep_out)
    rows = [row for row in fusions(corpus) if not banned & set(map(fold, row["src"]))]
    heads = [row for row in rows_in(corpus / "headlines.jsonl.xz") if not banned & set(map(fold, row["src"]))]
    kept = held_out(rows, heads, held, chance)
    # A held sentence may stand in other groups, in headlines, and alone.
    banned |= {fold(sentence) for row in kept for sentence in row["src"]}
    lessons = [*(lesson_of(row) for row in (*rows, *heads) if not banned & set(map(fold, row["src"])))]
    lessons += warm_up(corpus, banned, sentences, chance)
    (out / "spm.model").write_bytes(model.read_bytes())
    (out / "held.json").write_text(json.dumps([as_held(row) for row in kept], ensure_ascii=False, indent=0), "utf-8")
    pairs = [Pair(GROUPS.index(lesson.group), lesson.source, lesson.target) for lesson in lessons]
    report = pack(pairs, model, out / "data.npz", GROUPS) | {"held": len(kept)}
    counts = {group: sum(lesson.group == group for lesson in lessons) for group in GROUPS}
    click.echo(json.dumps(report | counts))


def check_marks(model: Path) -> None:
    """Make sure that each mark is one piece.

    Raises:
        UsageError: the vocabulary has no such piece.
    """
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    for mark in (SENTENCE_MARK, HEADLINE_MARK):
        pieces = processor.encode(f"{mark} The", out_type=str)
        if pieces[0] != f"▁{mark}":
            raise click.UsageError(f"{model} has no piece for the mark {mark}: it gives {' '.join(pieces[:2])}.")


def rows_in(file: Path) -> list[Row]:
    """Packed JSON lines."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fusions(corpus: Path) -> list[Row]:
    """Groups, each once."""
    rows = rows_in(corpus / "fusion.jsonl.xz")
    return list({(*row["src"], row["tgt"]): row for row in rows}.values())


def held_out(rows: Sequence[Row], heads: Sequence[Row], number: int, chance: random.Random) -> list[Row]:
    """Written groups and headlines for measuring."""
    written = [row for row in rows if row["kind"] == "written"]
    return [
        *chance.sample(written, min(number, len(written) // 4)),
        *chance.sample(heads, min(number, len(heads) // 4)),
    ]


def lesson_of(row: Row) -> Lesson:
    """A group with its sentence, or a beginning with its headline."""
    if "headline" in row:
        part = beginning(dict(enumerate(row["src"])))
        return Lesson("headline", marked(HEADLINE_MARK, part.values()), row["headline"])
    return Lesson(row["kind"], marked(SENTENCE_MARK, row["src"]), row["tgt"])


def as_held(row: Row) -> Row:
    """A row kept for measuring, as the model is given it."""
    lesson = lesson_of(row)
    return {"group": lesson.group, "sentences": row["src"], "source": lesson.source, "target": lesson.target}


def warm_up(corpus: Path, banned: frozenset[str], number: int, chance: random.Random) -> Iterator[Lesson]:
    """English sentences to put in order, and to shorten."""
    plain = list(english(corpus, banned))
    for sentence in chance.sample(plain, min(number, len(plain))):
        yield Lesson("denoised", marked(SENTENCE_MARK, [noisy(sentence, chance)]), sentence)
    for lesson in made(chance.sample(plain, min(number, len(plain))), chance):
        yield Lesson("left-out", marked(SENTENCE_MARK, [lesson.source]), lesson.target)


def english(corpus: Path, banned: frozenset[str]) -> Iterator[str]:
    """English sides that are whole sentences, each once."""
    files = (corpus / f"{name}.tsv.xz" for name in WARM_UP)
    sides = (columns[-1] for file in files if file.is_file() for columns in rows_of(file))
    for side in dict.fromkeys(sides):
        whole = side.endswith(".") and side[:1].isupper() and WORDS[0] <= len(side.split()) <= WORDS[1]
        if whole and fold(side) not in banned:
            yield side


def noisy(sentence: str, chance: random.Random) -> str:
    """With words missing and neighbours exchanged; some sentences whole."""
    if chance.random() < COPIED_SHARE:
        return sentence
    words = [word for word in sentence.split() if chance.random() >= DROPPED_SHARE]
    for place in range(len(words) - 1):
        if chance.random() < SWAPPED_SHARE:
            words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


if __name__ == "__main__":
    main()
