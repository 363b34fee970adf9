"""Measure a summarizer against lead and extractive baselines, and count what it adds to its articles.

    python benchmarks/summaries.py ARTICLES.json [--summarizer ALIAS] [--write]

ARTICLES.json: a list of objects with `en` (sentences) and `summary` (text). Prints ROUGE F1 (rouge-score, stemmed),
words per summary, and the share of summaries without a name or number that their article lacks, as `sahelsum check`
counts them. "first wording" is the model's best hypothesis as it comes; "as shipped" is what a digest shows: after the
choice among the hypotheses, and with the extractive summary where none has support. --write puts the figures of the
shipped way into the model's card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any, cast

import click
from rouge_score.rouge_scorer import RougeScorer
from support import METRICS, Article, articles_in, extracted, lead

from sahelsum.app.models import opened_models
from sahelsum.app.settings import Settings
from sahelsum.checks.summary import check_summary
from sahelsum.checks.unsupported_facts import FOREIGN
from sahelsum.engines.base import Engine
from sahelsum.protocols import Silence
from sahelsum.records import (
    Article as Read,
)
from sahelsum.records import (
    Block,
    BlockKind,
    Output,
    Sentence,
    Summary,
    SummaryMethod,
    SummarySentence,
    Support,
    Translation,
)
from sahelsum.runs.job import Model, summary_setup
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.extract import LEAD_EXPONENT, MIN_WORDS
from sahelsum.summarization.setup import Prose

WANTED_SENTENCES = 3
CARDS = Path(__file__).parent.parent / "models"


@click.command()
@click.argument("file", metavar="ARTICLES.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--summarizer", default="auto", help="Alias, or path of a folder.")
@click.option("--quality", type=click.Choice(["fast", "balanced", "best"]), default="balanced")
@click.option("--show", default=0, help="Print this many summaries beside the written ones.")
@click.option("--write", is_flag=True)
def main(file: Path, summarizer: str, quality: str, show: int, write: bool) -> None:
    articles = articles_in(file)
    settings = Settings.model_validate({"summarizer": summarizer, "quality": quality, "use_memory": False})
    click.echo(f"{'summary':26} ROUGE-1 ROUGE-2 ROUGE-L   words  nothing added  abstractive")
    for count in (3, 4):
        report(f"lead-{count}", articles, [plain([lead(count)(a["en"])]) for a in articles])
        pick = extracted(count, lead_exponent=LEAD_EXPONENT, min_words=MIN_WORDS)
        report(f"extractive-{count}", articles, [plain([pick(a["en"])]) for a in articles])
    with opened_models(settings) as models:
        model = models.summarizer()
        if model is None:
            return
        first = replace(model, engine=cast("Engine", FirstOnly(model.engine)))
        report("first wording", articles, summaries(articles, first))
        shipped = summaries(articles, model)
        scores = report("as shipped", articles, shipped)
        alias = model.info.alias
    for article, summary in list(zip(articles, shipped, strict=True))[:show]:
        click.echo(f"\n{summary.method}: {summary.text}\n  WRITTEN: {article['summary']}")
    if write:
        write_card(CARDS / alias / "card.toml", file.stem, scores)


class FirstOnly:
    """An engine without its lower-ranked hypotheses: nothing to choose among."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def generate(self, texts: Sequence[str]) -> list[Output]:
        """The best hypothesis of each text."""
        return [replace(output, hypotheses=output.hypotheses[:1]) for output in self._engine.generate(texts)]


def summaries(articles: Sequence[Article], model: Model) -> list[Summary]:
    """What a digest would show."""
    texts = [Prose(dict(enumerate(article["en"], start=1))) for article in articles]
    return summarize(texts, summary_setup(model, WANTED_SENTENCES), Silence())


def plain(sentences: Sequence[str]) -> Summary:
    parts = tuple(SummarySentence(sentence, (), Support.STRONG) for sentence in sentences)
    return Summary(parts, SummaryMethod.ABSTRACTIVE)


def report(name: str, articles: Sequence[Article], made: Sequence[Summary]) -> dict[str, float]:
    """Print a row; return its ROUGE scores."""
    scorer = RougeScorer(METRICS, use_stemmer=True)
    found = [scorer.score(article["summary"], summary.text) for article, summary in zip(articles, made, strict=True)]
    scores = {metric: 100 * mean(score[metric].fmeasure for score in found) for metric in METRICS}
    words = mean(len(summary.text.split()) for summary in made)
    clean = 100 * mean(not added(article, summary) for article, summary in zip(articles, made, strict=True))
    abstractive = 100 * mean(summary.method is SummaryMethod.ABSTRACTIVE for summary in made)
    figures = " ".join(f"{score:7.1f}" for score in scores.values())
    click.echo(f"{name:26} {figures} {words:7.1f} {clean:12.0f} % {abstractive:10.0f} %")
    return scores


def added(article: Article, summary: Summary) -> list[str]:
    """Names and numbers of the summary that the article has in neither language."""
    english: list[str] = article["en"]
    german: list[str] = article.get("de") or english
    translations = [
        Translation(Sentence(number, 1, source), text)
        for number, (source, text) in enumerate(zip(german, english, strict=True), start=1)
    ]
    read = Read("a", "a", "", "utf-8", "de", (Block(1, BlockKind.PARAGRAPH, " ".join(german)),))
    findings = check_summary(read, translations, replace(summary, method=SummaryMethod.ABSTRACTIVE))
    return [finding.target_value for finding in findings if finding.code in FOREIGN]


def write_card(card: Path, dataset: str, scores: dict[str, float]) -> None:
    kept = card.read_text(encoding="utf-8").split("\n[[measured]]")[0].rstrip("\n")
    blocks = [
        f'\n\n[[measured]]\ndataset = "{dataset}"\nmetric = "ROUGE-{metric.removeprefix("rouge")} F1"\n'
        f'score = {score:.1f}\nsignature = "rouge-score, stemmed"\n'
        f'command = "python benchmarks/summaries.py ARTICLES.json --summarizer {card.parent.name}"'
        for metric, score in scores.items()
    ]
    card.write_text(kept + "".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
