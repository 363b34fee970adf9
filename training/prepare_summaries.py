"""Prepare the summarizer's lessons: articles and speeches → packed arrays for train.py.

    python training/prepare_summaries.py CORPUS OUT --sentencepiece models/sahelsum-de-en/source.spm [--translated FILE]

CORPUS holds authored.jsonl.xz (articles with `en`, a list of sentences, and `summary`), mono.en.jsonl.xz (`text`) and
auth.tsv.xz, gen.tsv.xz. OUT gets data.npz with four groups, and validation.json with the articles held out:

    articles  a whole article → its summary; variants leave out sentences that the summary does not rest on
    parts     one to three sentences → the summary sentence that rests on them
    salient   a stretch of a speech → its most central sentences, shortened by rule (after the gap sentences of PEGASUS,
              Zhang et al. 2020, arXiv 1912.08777; but they stay in the input, for a small model that must guess them
              learns to invent)
    repaired  a sentence with words dropped and moved → the sentence

--translated names a file with lists of machine-translated sentences, one JSON list for each article of authored.jsonl:
summaries are made of translations, so some variants are, too.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click
from prepare import Pair, fold, forbidden, pack

from sahelsum.evidence import Evidence
from sahelsum.extract import extract
from sahelsum.words import english_sentences

GROUPS = ("articles", "parts", "salient", "repaired")
HELD_OUT = 40
"""Articles kept for choosing between runs; the development set is only looked at for the figures in the card."""
VARIANTS = 6
KEEP_OTHER = 0.75
"""How likely a sentence stays in a variant though the summary does not rest on it."""
MIN_COVERAGE = 0.4
"""A summary sentence whose words the article covers less than this would teach invention."""
STRETCH_SENTENCES = (6, 14)
STRETCH_WORDS = 260
SALIENT_WORDS = (8, 45)
STRETCHES = 16_000
REPAIRED = 40_000
DROPPED_WORDS = 0.12
MOVED_WORDS = 0.08
Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What goes in and what must come out."""

    group: str
    source: str
    target: str


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--sentencepiece", "model", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--translated", type=click.Path(exists=True, path_type=Path), help="Machine translations, see above.")
@click.option("--keep-out", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
def main(corpus: Path, out: Path, model: Path, translated: Path | None, keep_out: Path | None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    articles = [json.loads(line) for line in lines(corpus / "authored.jsonl.xz")]
    if translated:
        for article, line in zip(articles, translated.read_text(encoding="utf-8").splitlines(), strict=True):
            article["translated"] = json.loads(line)
    held, used = articles[:HELD_OUT], articles[HELD_OUT:]
    (out / "validation.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    banned = forbidden(keep_out) | {fold(sentence) for article in held for sentence in article["en"]}
    lessons = [
        *(lesson for article in used for lesson in of_article(article, chance)),
        *islice(salient(lines(corpus / "mono.en.jsonl.xz"), chance), STRETCHES),
        *islice(repaired(corpus, banned, chance), REPAIRED),
    ]
    (out / "spm.model").write_bytes(model.read_bytes())
    pairs = [Pair(GROUPS.index(lesson.group), lesson.source, lesson.target) for lesson in lessons]
    click.echo(json.dumps(pack(pairs, model, out / "data.npz", GROUPS)))


def lines(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        yield from rows


def of_article(article: Article, chance: random.Random) -> Iterator[Lesson]:
    """The lessons of one article with a written summary."""
    evidence = Evidence(dict(enumerate(article["en"])))
    needed: set[int] = set()
    for sentence in english_sentences(article["summary"]):
        coverage, numbers = evidence.cover(sentence)
        needed.update(numbers)
        for text in versions(article):
            if coverage >= MIN_COVERAGE:
                yield Lesson("parts", " ".join(text[number] for number in sorted(numbers)), sentence)
    for variant in range(VARIANTS):
        text = versions(article)[variant % len(versions(article))]
        kept = [
            sentence
            for number, sentence in enumerate(text)
            if variant < len(versions(article)) or number in needed or chance.random() < KEEP_OTHER
        ]
        yield Lesson("articles", " ".join(kept), article["summary"])


def versions(article: Article) -> list[list[str]]:
    """The sentences as a person and, where given, as a model translated them."""
    translated = article.get("translated")
    return [article["en"], translated] if translated else [article["en"]]


def salient(rows: Iterator[str], chance: random.Random) -> Iterator[Lesson]:
    """One stretch from each document, over and over the corpus from its start."""
    for row in rows:
        sentences = english_sentences(json.loads(row)["text"].replace("\n", " "))
        for _ in range(2):
            stretch = some_stretch(sentences, chance)
            fitting = [s for s in stretch if SALIENT_WORDS[0] <= len(s.split()) <= SALIENT_WORDS[1]]
            if len(fitting) >= STRETCH_SENTENCES[0]:
                chosen = extract(fitting, chance.choice((2, 3)))
                yield Lesson("salient", " ".join(stretch), " ".join(shortened(fitting[index]) for index in chosen))


def some_stretch(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Consecutive sentences from anywhere in a document, of at most ``STRETCH_WORDS`` words."""
    start = chance.randrange(max(1, len(sentences) - STRETCH_SENTENCES[1]))
    stretch: list[str] = []
    for sentence in sentences[start : start + chance.randint(*STRETCH_SENTENCES)]:
        if sum(len(s.split()) for s in stretch) + len(sentence.split()) > STRETCH_WORDS:
            break
        stretch.append(sentence)
    return stretch


_LEAVE_OUT = (
    re.compile(r"\s?\([^()]*\)"),
    re.compile(
        r"^(?:However|Moreover|Furthermore|In addition|Therefore|Thus|Indeed|In this regard|Finally|Similarly),\s"
    ),
    re.compile(r",\s(?:who|which|where)\s[^,;.]{4,80}(?=,\s|\.$)"),
    re.compile(r",\s(?:in particular|however|therefore|of course|in turn|for example|indeed),"),
)


def shortened(sentence: str) -> str:
    """A sentence without brackets, connectives and relative clauses between commas; it begins with a capital."""
    for pattern in _LEAVE_OUT:
        sentence = pattern.sub("", sentence)
    return sentence[:1].upper() + sentence[1:]


def repaired(corpus: Path, banned: frozenset[str], chance: random.Random) -> Iterator[Lesson]:
    """English sentences of the parallel text, disturbed."""
    for name in ("auth", "gen"):
        for row in lines(corpus / f"{name}.tsv.xz"):
            sentence = row.rstrip("\n").split("\t")[-1]
            if SALIENT_WORDS[0] <= len(sentence.split()) <= SALIENT_WORDS[1] and fold(sentence) not in banned:
                yield Lesson("repaired", disturbed(sentence, chance), sentence)


def disturbed(sentence: str, chance: random.Random) -> str:
    """Small words dropped, neighbours swapped; names and numbers stay, for the model must never add one."""
    words = [w for w in sentence.split() if not w.islower() or chance.random() >= DROPPED_WORDS]
    for place in range(len(words) - 1):
        if chance.random() < MOVED_WORDS:
            words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


if __name__ == "__main__":
    main()
