"""What every peer does around its translating: arguments, reading, splitting into sentences, writing, telling.

    python benchmarks/runners/PEER.py SOURCE OUTPUT [--articles N] [--device cuda] …

SOURCE is a folder of text files or a JSON Lines file with a field `text`. One text file per article goes to OUTPUT. On
standard output: a line of JSON with the articles, sentences, source characters, and the seconds from the first sentence
to the last (`working`), so that a sample can be scaled without its start-up.

Peers get our sentence splitter, whatever their own is: most of theirs have to be downloaded, and all split worse.
They read no dates, headings or credits, and check nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sahelsum.language.packs import pack_of
from sahelsum.segment import split_sentences

Translate = Callable[[list[str]], list[str]]
Article = list[list[str]]
"""Sentences by paragraph."""


def parser(about: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=about)
    made.add_argument("source", type=Path)
    made.add_argument("output", type=Path)
    made.add_argument("--articles", type=int, help="only the first so many")
    made.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    return made


def read_texts(source: Path, articles: int | None) -> list[str]:
    """The text of each article, in order."""
    if source.is_dir():
        files = sorted(source.glob("*.txt"))[:articles]
        return [file.read_text(encoding="utf-8") for file in files]
    with source.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(articles or 10**9), strict=False)]


def sentences_of(paragraph: str) -> list[str]:
    return [sentence for sentence, _ in split_sentences(paragraph, pack_of("de"))]


def split(text: str) -> Article:
    return [sentences for line in text.splitlines() if (sentences := sentences_of(line.strip()))]


def write_texts(output: Path, texts: Sequence[str]) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (output / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")


def tell(articles: Sequence[Article], seconds: float) -> None:
    """Say what was done, for the benchmark to read."""
    sentences = [sentence for article in articles for paragraph in article for sentence in paragraph]
    characters = sum(map(len, sentences))
    told = {"articles": len(articles), "sentences": len(sentences), "characters": characters, "working": seconds}
    print(json.dumps(told))


def translate_articles(given: argparse.Namespace, translate: Translate) -> None:
    """Read, split, translate all sentences in one call, write, and tell."""
    articles = [split(text) for text in read_texts(given.source, given.articles)]
    sentences = [sentence for article in articles for paragraph in article for sentence in paragraph]
    started = time.perf_counter()
    translated = iter(translate(sentences))
    seconds = time.perf_counter() - started
    texts = [
        "\n\n".join(" ".join(next(translated) for _ in paragraph) for paragraph in article) for article in articles
    ]
    write_texts(given.output, texts)
    tell(articles, seconds)
