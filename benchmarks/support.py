"""What the constants of `extract.py`, `coverage.py` and `news.py` rest on: measured on articles with written summaries.

    python benchmarks/support.py ARTICLES.json

ARTICLES.json: a list of objects with `en` (sentences) and `summary` (text), or ARTICLES.jsonl.xz with one in each line.
Prints ROUGE F1 of summaries made of whole sentences beside lead baselines: the most central ones (`extract`), and those
that say most together (`coverage`, which the digests take).
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rouge_score.rouge_scorer import RougeScorer

from sahelsum.summarization import coverage, news
from sahelsum.summarization import extract as extractive

METRICS = ("rouge1", "rouge2", "rougeL")
Article = dict[str, Any]


def lead(count: int) -> Callable[[Sequence[str]], str]:
    return lambda sentences: " ".join(sentences[:count])


def extracted(count: int, *, lead_exponent: float, min_words: int) -> Callable[[Sequence[str]], str]:
    def summarize(sentences: Sequence[str]) -> str:
        extractive.LEAD_EXPONENT, extractive.MIN_WORDS = lead_exponent, min_words
        return " ".join(sentences[index] for index in extractive.extract(sentences, count))

    return summarize


def covering(count: int, *, length_exponent: float, words: int) -> Callable[[Sequence[str]], str]:
    def summarize(sentences: Sequence[str]) -> str:
        coverage.LENGTH_EXPONENT = length_exponent
        picked = coverage.choose(dict(enumerate(sentences)), coverage.Room(words * count, count))
        return " ".join(picked.values())

    return summarize


def without_news(summarize: Callable[[Sequence[str]], str]) -> Callable[[Sequence[str]], str]:
    """The same with no sentence worth more as news."""

    def plain(sentences: Sequence[str]) -> str:
        before = news.EVENT_WORTH, news.FIGURE_WORTH, news.DATE_WORTH, news.LEAD_WORTH
        news.EVENT_WORTH = news.FIGURE_WORTH = news.DATE_WORTH = news.LEAD_WORTH = 1.0
        try:
            return summarize(sentences)
        finally:
            news.EVENT_WORTH, news.FIGURE_WORTH, news.DATE_WORTH, news.LEAD_WORTH = before

    return plain


def articles_in(file: Path) -> list[Article]:
    """The articles of a JSON file, or of packed JSON lines."""
    if file.suffix != ".xz":
        articles: list[Article] = json.loads(file.read_text(encoding="utf-8"))
        return articles
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rouge(articles: Sequence[Article], summarize: Callable[[Sequence[str]], str]) -> str:
    scorer = RougeScorer(METRICS, use_stemmer=True)
    texts = [summarize(article["en"]) for article in articles]
    scores = [scorer.score(article["summary"], text) for article, text in zip(articles, texts, strict=True)]
    means = [100 * sum(score[metric].fmeasure for score in scores) / len(scores) for metric in METRICS]
    words = sum(len(text.split()) for text in texts) / len(texts)
    return " ".join(f"{mean:6.1f}" for mean in means) + f" {words:7.1f}"


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    articles = articles_in(file)
    print(f"{'summary':34} ROUGE-1 ROUGE-2 ROUGE-L words")
    for count in (3, 4):
        print(f"lead-{count:<29}", rouge(articles, lead(count)))
        for exponent, words in ((0.0, 0), (0.0, 8), (0.25, 8), (0.5, 8)):
            name = f"extract {count}, lead {exponent}, words {words}"
            print(f"{name:34}", rouge(articles, extracted(count, lead_exponent=exponent, min_words=words)))
        for exponent, words in ((0.0, 24), (0.5, 24), (1.0, 24), (0.5, 22), (0.5, 26)):
            name = f"coverage {count}, length {exponent}, words {words}"
            print(f"{name:34}", rouge(articles, covering(count, length_exponent=exponent, words=words)))
        plain = without_news(covering(count, length_exponent=0.5, words=24))
        print(f"{f'coverage {count}, without news values':34}", rouge(articles, plain))


if __name__ == "__main__":
    main()
