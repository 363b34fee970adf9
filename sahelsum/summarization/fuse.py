"""Summaries whose sentences a model writes, each for a group of sentences that belong together: choose, fuse, verify.

What it writes is taken only if nothing speaks against it (:mod:`sahelsum.verification`); of those the one that says
most for its length. Else the sentence of the group that stands best alone is taken as it is. So each sentence rests on
the ones it cites, by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.protocols import Observer
from sahelsum.records import (
    Finish,
    Hypothesis,
    Output,
    Reason,
    Refusal,
    Summary,
    SummaryMethod,
    SummarySentence,
    Support,
)
from sahelsum.summarization.coverage import word_weights, worth
from sahelsum.summarization.evidence import Evidence
from sahelsum.summarization.groups import SentenceGroup, groups_of
from sahelsum.summarization.setup import Prose, SummarySetup, extractive, outputs_for, taken
from sahelsum.verification.figures import Disagreement, disagreeing, unnamed
from sahelsum.verification.verify import Objection, objection

GROUPS_AT_ONCE = 64
"""In one call to the engine, and the most work a kill can cost."""
LOW_LOGPROB = -1.5
"""Where the model's card names no other: a wording of which each token has one chance in five is a guess."""
NONE_VERIFIED = "nothing that the model wrote could be verified"


def fuse(articles: Sequence[Prose], engine: Engine, setup: SummarySetup, observer: Observer) -> list[Summary]:
    """One summary per article, in order; arguments as for :func:`sahelsum.summarization.abstractive.summarize`."""
    drafts = [[_fitted(group, engine, setup) for group in groups_of(article, setup.sentences)] for article in articles]
    texts = [told(group, setup) for groups in drafts for group in groups if fits(told(group, setup), engine)]
    outputs = outputs_for(texts, engine, setup.memory, GROUPS_AT_ONCE)
    return [
        _summary(article, groups, outputs, setup, observer) for article, groups in zip(articles, drafts, strict=True)
    ]


def told(group: SentenceGroup, setup: SummarySetup) -> str:
    """What the model is given for a group: its mark and the sentences, as in its lessons."""
    return marked(setup.marks.sentence if setup.marks else "", group.texts.values())


def marked(mark: str, sentences: Iterable[str]) -> str:
    """Sentences in a row with a mark before them."""
    return " ".join(part for part in (mark, *sentences) if part)


def fits(text: str, engine: Engine) -> bool:
    """Whether the model can take a text; False too if it cannot count, for then it can do nothing."""
    try:
        return engine.count_tokens([text])[0] <= engine.limit_tokens
    except EngineError:
        return False


def _fitted(group: SentenceGroup, engine: Engine, setup: SummarySetup) -> SentenceGroup:
    """The group with as many of its sentences as the model can take."""
    while len(group.texts) > 1 and not fits(told(group, setup), engine):
        group = group.without_last()
    return group


def _summary(
    article: Prose,
    groups: Sequence[SentenceGroup],
    outputs: Mapping[str, Output | str],
    setup: SummarySetup,
    observer: Observer,
) -> Summary:
    weights = word_weights(list(article.texts.values()))
    written = [_Written.of(group, outputs.get(told(group, setup)), weights, article, setup) for group in groups]
    refused = tuple(refusal for each in written for refusal in each.refused)
    sentences = tuple(sentence for each in written for sentence in each.sentences)
    if not any(sentence.written for sentence in sentences):
        return replace(extractive(article, setup, _why_not(outputs) or NONE_VERIFIED, observer), refused=refused)
    observer.advance(1)
    return Summary(sentences, SummaryMethod.ABSTRACTIVE, refused=refused)


def _why_not(outputs: Mapping[str, Output | str]) -> str:
    """The reason of the engine, if it gave nothing at all."""
    failures = [output for output in outputs.values() if isinstance(output, str)]
    return failures[0] if failures and len(failures) == len(outputs) else ""


@dataclass(frozen=True, slots=True)
class _Written:
    """What became of a group."""

    sentences: tuple[SummarySentence, ...]
    refused: tuple[Refusal, ...]

    @classmethod
    def of(
        cls,
        group: SentenceGroup,
        output: Output | str | None,
        weights: Mapping[str, float],
        article: Prose,
        setup: SummarySetup,
    ) -> _Written:
        sources = {number: article.owners.get(number, "") for number in group.numbers}
        differing = disagreeing(group.texts, sources)
        judged = list(judge(output, group.texts, setup)) if isinstance(output, Output) else []
        judged = [(text, found or _unnamed(text, differing)) for text, found in judged]
        refused = tuple(Refusal(text, found.reason, found.detail, group.numbers) for text, found in judged if found)
        good = [text for text, found in judged if not found]
        if good:
            text = max(good, key=lambda each: worth(each, weights))
            return cls((SummarySentence(text, _cited(text, group), Support.STRONG, written=True),), refused)
        whole = {number for pair in differing for number in pair.numbers} | {group.anchor}
        return cls(taken({number: group.texts[number] for number in sorted(whole)}), refused)


def _unnamed(text: str, differing: Sequence[Disagreement]) -> Objection | None:
    missing = unnamed(text, differing)
    return Objection(Reason.FIGURES, missing) if missing else None


def judge(
    output: Output, sentences: Mapping[int, str], setup: SummarySetup, *, headline: bool = False
) -> Iterator[tuple[str, Objection | None]]:
    """Each wording, once, in the model's order, with what speaks against it."""
    least = LOW_LOGPROB if setup.low_logprob is None else setup.low_logprob
    wordings = {hypothesis.text.strip(): hypothesis for hypothesis in reversed(output.hypotheses)}
    for text, hypothesis in reversed(wordings.items()):
        found = _of_model(hypothesis, least) or objection(text, tuple(sentences.values()), headline=headline)
        yield text, found


def _of_model(hypothesis: Hypothesis, least: float) -> Objection | None:
    """What the model itself says against it."""
    if hypothesis.finish is Finish.LENGTH:
        return Objection(Reason.FORM, "cut at the length bound")
    if hypothesis.mean_logprob is not None and hypothesis.mean_logprob < least:
        return Objection(Reason.PROBABILITY, f"{hypothesis.mean_logprob:.2f}")
    return None


def _cited(text: str, group: SentenceGroup) -> tuple[int, ...]:
    """The sentences of the group, first the one that it owes most to."""
    _, best_first = Evidence(group.texts).cover(text)
    return tuple(dict.fromkeys((*best_first, *group.numbers)))
