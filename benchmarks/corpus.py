"""A synthetic corpus of any size, made from the articles in seeds/, to measure cost and memory with.

    python benchmarks/corpus.py N FILE.jsonl [--seed 1]

Each article takes the paragraphs of the seeds in a new order, as many as a seed has, its sentences shuffled within
their paragraph, names of places, numbers, weekdays and months changed, and every other noun taken from elsewhere. Each
sentence begins with an invented name of its own: real articles hardly share a sentence, and a corpus of copies would
flatter whoever translates equal ones once. There are as many numbers, dates and known names as in the seeds.
The same N and seed give the same bytes; nothing but the article in hand is held in memory.
It says nothing about quality, and its sentences make no sense.
"""

from __future__ import annotations

import datetime
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from sahelsum.language.packs import pack_of
from sahelsum.read import ReadOptions, read_articles
from sahelsum.read.sources import find_sources
from sahelsum.records import Article, BlockKind
from sahelsum.segment import split_sentences

SEEDS = Path(__file__).parent.parent / "seeds"
PLACES = (
    "Bamako Gao Kidal Mopti Ségou Sikasso Kayes Timbuktu Ménaka Niamey Agadez Tillabéri Diffa Zinder Maradi Tahoua "
    "Ouagadougou Djibo Dori Kaya Fada N’Djamena Abéché Nouakchott Dakar Abidjan Cotonou Lomé Accra Conakry"
).split()
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
SYLLABLES = [first + second for first in "bdfgklmnrstw" for second in "aeiou"]
NAME_SYLLABLES = 3
"""Two hundred thousand names: together with the changed nouns hardly two sentences of a large corpus are equal."""
FIRST_DAY = datetime.date(2015, 1, 1)
DAYS = 4_000
"""Days over which the articles are spread."""
SENTENCES = (12, 40)
"""Fewest and most sentences of an article, as the seeds have them."""

_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?![\w,]|\.\d)")
_NOUN = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][a-zäöüß]{4,}(?![\w-])")
"""A word with a capital inside a sentence; often also a name, which does no harm."""
_NAMED = tuple(re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") for words in (PLACES, WEEKDAYS, MONTHS))


@dataclass(frozen=True, slots=True)
class Pool:
    """The paragraphs of the seeds, as sentences."""

    paragraphs: tuple[tuple[str, ...], ...]
    nouns: tuple[str, ...]
    """Each once."""


def load_pool(folder: Path = SEEDS) -> Pool:
    """The paragraphs of all articles of a folder."""
    articles = [item for source in find_sources([str(folder)]) for item in read_articles(source, ReadOptions())]
    blocks = [block for item in articles if isinstance(item, Article) for block in item.blocks]
    texts = [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH]
    paragraphs = tuple(tuple(sentence for sentence, _ in split_sentences(text, pack_of("de"))) for text in texts)
    return Pool(paragraphs, tuple(sorted({noun for text in texts for noun in _NOUN.findall(text)})))


def corpus(count: int, seed: int = 1, pool: Pool | None = None) -> Iterator[dict[str, str]]:
    """``count`` articles as JSON Lines have them: ``id``, ``title``, ``date``, ``source``, ``text``."""
    source = pool or load_pool()
    for number in range(1, count + 1):
        # One generator an article: the first hundred are the same in a corpus of a hundred and of ten thousand.
        yield article(number, source, random.Random(f"{seed}/{number}"))


def article(number: int, pool: Pool, dice: random.Random) -> dict[str, str]:
    """One article."""
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(DAYS))
    title = f"{dice.choice(PLACES)}: Bericht {number:,} vom {day.day}. {MONTHS[day.month - 1]}".replace(",", ".")
    return {
        "id": f"article-{number:06d}",
        "title": title,
        "date": day.isoformat(),
        "source": f"Agentur {dice.randrange(1, 20)}",
        "text": "\n\n".join(" ".join(paragraph) for paragraph in _paragraphs(pool, dice)),
    }


def _paragraphs(pool: Pool, dice: random.Random) -> Iterator[list[str]]:
    left = dice.randint(*SENTENCES)
    for paragraph in dice.sample(pool.paragraphs, len(pool.paragraphs)):
        sentences = [_changed(sentence, pool, dice) for sentence in dice.sample(paragraph, len(paragraph))][:left]
        left -= len(sentences)
        yield sentences
        if left <= 0:
            return


def _changed(sentence: str, pool: Pool, dice: random.Random) -> str:
    changed = _NOUN.sub(lambda match: dice.choice((match.group(), dice.choice(pool.nouns))), sentence)
    changed = _NUMBER.sub(lambda match: _other_number(match.group(), dice), changed)
    for pattern, words in zip(_NAMED, (PLACES, WEEKDAYS, MONTHS), strict=True):
        changed = _swapped(pattern, words, changed, dice)
    name = "".join(dice.choice(SYLLABLES) for _ in range(NAME_SYLLABLES)).capitalize()
    return f"{name}: {changed}"


def _swapped(pattern: re.Pattern[str], words: Sequence[str], text: str, dice: random.Random) -> str:
    return pattern.sub(lambda _: dice.choice(words), text)


def _other_number(figure: str, dice: random.Random) -> str:
    """A number of about the same size; a year stays a year, the day of a month a day."""
    value = int(figure.replace(".", ""))
    if 1900 <= value <= 2100:
        return str(dice.randint(2012, 2025))
    other = dice.randint(1, 28) if value <= 31 else dice.randint(value // 2, value * 2)
    return f"{other:,}".replace(",", ".") if "." in figure else str(other)


def write_corpus(count: int, file: Path, seed: int = 1) -> None:
    """Write a corpus as JSON Lines."""
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in corpus(count, seed))


@click.command(help=__doc__)
@click.argument("count", type=click.IntRange(1))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Another number gives another corpus.")
def main(count: int, file: Path, seed: int) -> None:
    write_corpus(count, file, seed)


if __name__ == "__main__":
    main()
