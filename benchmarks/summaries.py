"""Measure a summarizer against lead and extractive baselines, and count what it adds to its articles.

    python benchmarks/summaries.py ARTICLES.json [--summarizer ALIAS] [--write] [--sheet SHEET --key KEY]

ARTICLES.json: a list of objects with `en` (sentences) and `summary` (text). Prints ROUGE F1 (rouge-score, stemmed),
words per summary, and the share of summaries without a name or number that their article lacks, as `sahelsum check`
counts them. "first wording" is the model's best hypothesis as it comes; "as shipped" is what a digest shows: after the
choice among the hypotheses, and with the extractive summary where none has support. --write puts the figures of the
shipped way into the model's card.

Of a model that writes a sentence for a group of sentences it also prints the share of sentences written anew, of
wordings refused for each reason, names and numbers that the article lacks, word pairs that the article lacks, and the
words of a written sentence for each of its group's. --sheet and --key write the written sentences, each with its group,
in random order for blind judges; docs/judging.md says how they judge and how that is counted.
"""

from __future__ import annotations

import json
import random
from collections import Counter
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
from sahelsum.summarization.coverage import Room, choose
from sahelsum.summarization.extract import LEAD_EXPONENT, MIN_WORDS
from sahelsum.summarization.ranking import word_pairs
from sahelsum.summarization.setup import Prose

WANTED_SENTENCES = 3
SEED = 7
CARDS = Path(__file__).parent.parent / "models"


@click.command()
@click.argument("file", metavar="ARTICLES.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--summarizer", default="auto", help="Alias, or path of a folder.")
@click.option("--quality", type=click.Choice(["fast", "balanced", "best"]), default="balanced")
@click.option("--show", default=0, help="Print this many summaries beside the written ones.")
@click.option("--write", is_flag=True)
@click.option("--sheet", type=click.Path(path_type=Path), help="Where the sheet for judges goes.")
@click.option("--key", type=click.Path(path_type=Path), help="Where its key goes.")
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: Path, summarizer: str, quality: str, show: int, write: bool, sheet: Path | None, key: Path | None
) -> None:
    articles = articles_in(file)
    settings = Settings.model_validate({"summarizer": summarizer, "quality": quality, "use_memory": False})
    click.echo(f"{'summary':26} ROUGE-1 ROUGE-2 ROUGE-L   words  nothing added  abstractive")
    for count in (3, 4):
        report(f"lead-{count}", articles, [plain([lead(count)(a["en"])]) for a in articles])
        pick = extracted(count, lead_exponent=LEAD_EXPONENT, min_words=MIN_WORDS)
        report(f"most central {count}", articles, [plain([pick(a["en"])]) for a in articles])
        report(f"extractive-{count}", articles, [plain(chosen(a["en"], count)) for a in articles])
    with opened_models(settings) as models:
        model = models.summarizer()
        if model is None:
            return
        first = replace(model, engine=cast("Engine", FirstOnly(model.engine)))
        report("first wording", articles, summaries(articles, first))
        shipped = summaries(articles, model)
        scores = report("as shipped", articles, shipped)
        alias = model.info.alias
    if model.marks:
        written_anew(articles, shipped)
    if sheet and key:
        click.echo(f"{sheet}: {write_sheet(articles, shipped, sheet, key, alias)} written sentences")
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


def chosen(sentences: Sequence[str], count: int) -> list[str]:
    """The summary made without a model, as a digest would show it."""
    return list(choose(dict(enumerate(sentences, start=1)), Room.of(count)).values())


def written_anew(articles: Sequence[Article], made: Sequence[Summary]) -> None:
    """Print what a model for groups wrote, and what was made of it."""
    pairs = [
        (article, sentence) for article, summary in zip(articles, made, strict=True) for sentence in summary.sentences
    ]
    written = [(article, sentence) for article, sentence in pairs if sentence.written]
    refused = Counter(item.reason for summary in made for item in summary.refused)
    wordings = len(written) + refused.total()
    click.echo(f"\nsentences written anew {len(written)} of {len(pairs)} ({percent(len(written), len(pairs))})")
    for reason, number in refused.most_common():
        click.echo(f"  refused: {reason:12} {number:5} of {wordings} ({percent(number, wordings)})")
    foreign = [fact for article, summary in zip(articles, made, strict=True) for fact in added(article, summary)]
    click.echo(f"names or numbers that the article lacks {len(foreign)} {', '.join(foreign)}".rstrip())
    own, new = 0, 0
    for article, sentence in written:
        known = {pair for text in article["en"] for pair in word_pairs(text)}
        told = word_pairs(sentence.text)
        own, new = own + len(told), new + sum(pair not in known for pair in told)
    click.echo(f"word pairs that the article lacks {percent(new, own)}")
    words = [(len(sentence.text.split()), group_words(article, sentence)) for article, sentence in written]
    click.echo(f"words for each of the group's {sum(a for a, _ in words) / max(1, sum(b for _, b in words)):.2f}")


def percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f} %"


def group_of(article: Article, sentence: SummarySentence) -> list[str]:
    """The sentences that a written one rests on, in their order."""
    return [article["en"][number - 1] for number in sorted(sentence.evidence)]


def group_words(article: Article, sentence: SummarySentence) -> int:
    return sum(len(text.split()) for text in group_of(article, sentence))


def write_sheet(articles: Sequence[Article], made: Sequence[Summary], sheet: Path, key: Path, alias: str) -> int:
    """Write the sheet and the key; return how many sentences they have."""
    rows = [
        (" ".join(group_of(article, sentence)).replace("\t", " "), sentence.text.replace("\t", " "))
        for article, summary in zip(articles, made, strict=True)
        for sentence in summary.sentences
        if sentence.written
    ]
    random.Random(SEED).shuffle(rows)
    lines = [f"{number}\t{group}\t{text}\n" for number, (group, text) in enumerate(rows, start=1)]
    sheet.write_text("".join(lines), encoding="utf-8")
    key.write_text(json.dumps({str(number): [alias] for number in range(1, len(rows) + 1)}, indent=0), encoding="utf-8")
    return len(rows)


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
