"""The overview across all articles, made from their summaries, each sentence with the articles it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sahelsum.records import Digest, Overview, OverviewSentence, Summary, SummaryMethod
from sahelsum.summarization.extract import extract
from sahelsum.summarization.setup import NO_MODEL, Prose

SENTENCES = 5
"""An overview is read in half a minute."""


def overview(digests: Sequence[Digest], summarize: Callable[[Prose], Summary] | None) -> Overview | None:
    """Sum up the summaries; None where fewer than two articles have one.

    Args:
        digests: the finished articles.
        summarize: makes one summary of the sentences of all summaries, asked for :data:`SENTENCES` sentences;
            None where there is no model.
    """
    articles = _articles_by_sentence(digests)
    if len({article_id for ids in articles.values() for article_id in ids}) <= 1:
        return None
    if summarize is None:
        return _extractive(digests, articles, NO_MODEL)
    owners = {number: ids[0] for number, ids in enumerate(articles.values(), start=1)}
    summary = summarize(Prose(dict(enumerate(articles, start=1)), _flagged(digests, articles), owners))
    if summary.method is SummaryMethod.EXTRACTIVE:
        return _extractive(digests, articles, summary.note)
    return _abstractive(summary, list(articles.values()))


def _articles_by_sentence(digests: Sequence[Digest]) -> dict[str, list[str]]:
    """Each sentence of the summaries with the articles that have it: reprints are summed up in the same words."""
    articles: dict[str, list[str]] = {}
    for digest in digests:
        for sentence in digest.summary.sentences:
            articles.setdefault(sentence.text, []).append(digest.article.id)
    return {text: list(dict.fromkeys(ids)) for text, ids in articles.items()}


def _flagged(digests: Sequence[Digest], sentences: Iterable[str]) -> frozenset[int]:
    """The numbers of the sentences that rest on one that the checks warn of."""
    doubtful = {
        sentence.text
        for digest in digests
        for sentence in digest.summary.sentences
        if digest.flagged & frozenset(sentence.evidence)
    }
    return frozenset(number for number, text in enumerate(sentences, start=1) if text in doubtful)


def _abstractive(summary: Summary, articles: Sequence[Sequence[str]]) -> Overview:
    sentences = tuple(
        OverviewSentence(
            sentence.text,
            tuple(dict.fromkeys(article_id for number in sentence.evidence for article_id in articles[number - 1])),
            sentence.written,
        )
        for sentence in summary.sentences
    )
    return Overview(sentences, summary.method, summary.note)


def _extractive(digests: Sequence[Digest], articles: Mapping[str, Sequence[str]], note: str) -> Overview:
    """The most central summary sentences, from as many articles as possible, none that repeats another."""
    with_summary = [digest for digest in digests if digest.summary.sentences]
    share = -(-SENTENCES // len(with_summary))
    candidates: dict[str, None] = {}
    for digest in with_summary:
        texts = [sentence.text for sentence in digest.summary.sentences]
        candidates |= dict.fromkeys(texts[index] for index in extract(texts, share))
    texts = list(candidates)
    chosen = [texts[index] for index in extract(texts, SENTENCES)]
    return Overview(
        tuple(OverviewSentence(text, tuple(articles[text])) for text in chosen), SummaryMethod.EXTRACTIVE, note
    )
