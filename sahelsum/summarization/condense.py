"""Summaries by a model that shortens one sentence at a time: more of the article in the same space.

The sentences that say most are chosen (:mod:`sahelsum.summarization.coverage`), half as many again as there is room
for; the model shortens them, and the choice is made once more among all their wordings. A wording that is not plainly
made of the sentence itself (:mod:`sahelsum.summarization.faithful`) is not used: so each sentence of the summary rests
on one of the article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.protocols import Observer
from sahelsum.records import Output, Summary, SummaryMethod
from sahelsum.summarization.coverage import Room, central, cover, word_weights
from sahelsum.summarization.faithful import faithful_wordings
from sahelsum.summarization.setup import Prose, SummarySetup, extractive, outputs_for, taken

MORE_ROOM = 1.6
"""So much more than there is room for is given to the model."""
SENTENCES_AT_ONCE = 64
"""In one call to the engine, and the most work a kill can cost."""
NOTHING_SHORTER = "the model found nothing to shorten"


def condense(articles: Sequence[Prose], engine: Engine, setup: SummarySetup, observer: Observer) -> list[Summary]:
    """One summary per article, in order; arguments as for :func:`sahelsum.summarization.abstractive.summarize`."""
    usual = Room.of(setup.sentences)
    room = Room(usual.words, usual.sentences + usual.sentences // 2)
    wider = Room(round(MORE_ROOM * room.words), round(MORE_ROOM * room.sentences))
    drafts = [_Draft.of(article) for article in articles]
    texts = [text for draft in drafts for text in draft.chosen({}, wider).values()]
    outputs = outputs_for(_fitting(texts, engine), engine, setup.memory, SENTENCES_AT_ONCE)
    return [_summary(draft.article, draft.chosen(outputs, room), setup, observer) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article with what its words are worth."""

    article: Prose
    texts: Mapping[int, str]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, article: Prose) -> _Draft:
        texts = central(article.texts)
        return cls(article, texts, word_weights(list(texts.values())))

    def chosen(self, outputs: Mapping[str, Output | str], room: Room) -> dict[int, str]:
        """The sentences that say most, each as it is or in a shorter wording."""
        wordings = {number: [text, *_shorter(text, outputs.get(text))] for number, text in self.texts.items()}
        return cover(wordings, self.weights, room, self.article.flagged)


def _fitting(texts: Sequence[str], engine: Engine) -> list[str]:
    """Those under the model's limit; none, if the engine cannot count: then all stay as they are."""
    try:
        counts = engine.count_tokens(texts)
    except EngineError:
        return []
    return [text for text, tokens in zip(texts, counts, strict=True) if tokens <= engine.limit_tokens]


def _shorter(text: str, output: Output | str | None) -> list[str]:
    return faithful_wordings(text, output.hypotheses) if isinstance(output, Output) else []


def _summary(article: Prose, picked: Mapping[int, str], setup: SummarySetup, observer: Observer) -> Summary:
    shortened = sum(article.texts[number] != text for number, text in picked.items())
    if not shortened:
        return extractive(article, setup, NOTHING_SHORTER, observer)
    observer.advance(1)
    note = f"it shortened {shortened} of {len(picked)} sentences of the translation and put in nothing of its own"
    return Summary(taken(picked), SummaryMethod.ABSTRACTIVE, note)
