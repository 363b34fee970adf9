"""Summaries by a model that shortens one sentence at a time: more of the article in the same space.

The sentences that say most are chosen (:mod:`sahelsum.coverage`), half as many again as there is room for; the model
shortens them, and the choice is made once more among all their wordings. A wording that is not plainly made of the
sentence itself (:mod:`sahelsum.shortening`) is not used: so each sentence of the summary rests on one of the article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sahelsum.coverage import Room, cover, word_weights
from sahelsum.coverage import central as central_sentences
from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.protocols import Observer
from sahelsum.records import Output, Summary, SummaryMethod, SummarySentence, Support
from sahelsum.shortening import faithful_wordings
from sahelsum.summarizing import SummarySetup, extractive, outputs_for

MORE_ROOM = 1.6
"""So much more than there is room for is given to the model."""
SENTENCES_AT_ONCE = 64
"""In one call to the engine, and the most work a kill can cost."""
NOTHING_SHORTER = "the model found nothing to shorten"


def condense(
    articles: Sequence[Mapping[int, str]], engine: Engine, setup: SummarySetup, observer: Observer
) -> list[Summary]:
    """One summary per article, in order; arguments as for :func:`sahelsum.summarize.summarize`."""
    usual = Room.of(setup.sentences)
    room = Room(usual.words, usual.sentences + usual.sentences // 2)
    wider = Room(round(MORE_ROOM * room.words), round(MORE_ROOM * room.sentences))
    central = [central_sentences(article) for article in articles]
    weights = [word_weights(list(article.values())) for article in central]
    first = [
        cover({number: [text] for number, text in article.items()}, worth, wider)
        for article, worth in zip(central, weights, strict=True)
    ]
    outputs = outputs_for(
        _fitting([text for texts in first for text in texts.values()], engine), engine, setup.memory, SENTENCES_AT_ONCE
    )
    return [
        _summary(article, cover(_wordings(texts, outputs), worth, room), setup, observer)
        for article, texts, worth in zip(articles, central, weights, strict=True)
    ]


def _fitting(texts: Sequence[str], engine: Engine) -> list[str]:
    """Those under the model's limit; none, if the engine cannot count: then all stay as they are."""
    try:
        counts = engine.count_tokens(texts)
    except EngineError:
        return []
    return [text for text, tokens in zip(texts, counts, strict=True) if tokens <= engine.limit_tokens]


def _wordings(texts: Mapping[int, str], outputs: Mapping[str, Output | str]) -> dict[int, list[str]]:
    """Each sentence as it is and in its shorter wordings."""
    return {number: [text, *_shorter(text, outputs.get(text))] for number, text in texts.items()}


def _shorter(text: str, output: Output | str | None) -> list[str]:
    return faithful_wordings(text, output.hypotheses) if isinstance(output, Output) else []


def _summary(article: Mapping[int, str], picked: Mapping[int, str], setup: SummarySetup, observer: Observer) -> Summary:
    shortened = sum(article[number] != text for number, text in picked.items())
    if not shortened:
        return extractive(article, setup, NOTHING_SHORTER, observer)
    observer.advance(1)
    sentences = tuple(SummarySentence(text, (number,), Support.STRONG) for number, text in picked.items())
    note = f"it shortened {shortened} of {len(picked)} sentences of the translation and put in nothing of its own"
    return Summary(sentences, SummaryMethod.ABSTRACTIVE, note)
