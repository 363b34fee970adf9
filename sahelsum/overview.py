"""The overview across all articles, made from their summaries, each sentence with the articles it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sahelsum.extract import extract
from sahelsum.records import Digest, Overview, OverviewSentence, Summary, SummaryMethod

SENTENCES = 5
"""An overview is read in half a minute."""


def overview(digests: Sequence[Digest], summarize: Callable[[Mapping[int, str]], Summary]) -> Overview | None:
    """Sum up the summaries; None where fewer than two articles have one.

    Args:
        digests: the finished articles.
        summarize: makes one summary of ``{number: sentence}``, asked for :data:`SENTENCES` sentences.
    """
    sources = [(digest.article.id, sentence.text) for digest in digests for sentence in digest.summary.sentences]
    if len({article_id for article_id, _ in sources}) <= 1:
        return None
    summary = summarize({number: text for number, (_, text) in enumerate(sources, start=1)})
    if summary.method is SummaryMethod.EXTRACTIVE:
        return _extractive(digests, summary.note)
    return _abstractive(summary, [article_id for article_id, _ in sources])


def _abstractive(summary: Summary, ids: Sequence[str]) -> Overview:
    sentences = tuple(
        OverviewSentence(sentence.text, tuple(dict.fromkeys(ids[number - 1] for number in sentence.evidence)))
        for sentence in summary.sentences
    )
    return Overview(sentences, summary.method, summary.note)


def _extractive(digests: Sequence[Digest], note: str) -> Overview:
    """The most central summary sentences, from as many articles as possible."""
    with_summary = [digest for digest in digests if digest.summary.sentences]
    share = -(-SENTENCES // len(with_summary))
    candidates: list[tuple[str, str]] = []
    for digest in with_summary:
        texts = [sentence.text for sentence in digest.summary.sentences]
        candidates += [(digest.article.id, texts[index]) for index in extract(texts, share)]
    chosen = extract([text for _, text in candidates], SENTENCES)
    sentences = tuple(OverviewSentence(candidates[index][1], (candidates[index][0],)) for index in chosen)
    return Overview(sentences, SummaryMethod.EXTRACTIVE, note)
