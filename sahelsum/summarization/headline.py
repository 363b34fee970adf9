"""Headlines that a model writes for the beginning of an article, verified like the sentences of a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sahelsum.language.titles import capitalised
from sahelsum.records import Output, Refusal
from sahelsum.summarization.fuse import GROUPS_AT_ONCE, fits, judge, marked
from sahelsum.summarization.setup import Prose, SummarySetup, outputs_for

BEGINNING_SENTENCES = 4
BEGINNING_WORDS = 95
"""So much of an article the lessons of headlines are made of."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, empty where none could be verified, and what the model wrote in vain."""

    text: str = ""
    refused: tuple[Refusal, ...] = ()


def headlines(articles: Sequence[Prose], setup: SummarySetup) -> list[Headline]:
    """One for each article, in order; all of them empty where the model writes none."""
    engine, mark = setup.engine, setup.marks.headline if setup.marks else ""
    if engine is None or not mark:
        return [Headline() for _ in articles]
    beginnings = [beginning(article.texts) for article in articles]
    texts = [marked(mark, part.values()) for part in beginnings]
    wanted = [text for text, part in zip(texts, beginnings, strict=True) if part and fits(text, engine)]
    outputs = outputs_for(wanted, engine, setup.memory, GROUPS_AT_ONCE)
    return [_headline(outputs.get(text), part, setup) for text, part in zip(texts, beginnings, strict=True)]


def beginning(texts: Mapping[int, str]) -> dict[int, str]:
    """The first sentences of an article, by number, whole: as many as its headline is made from."""
    part: dict[int, str] = {}
    words = 0
    for number, text in texts.items():
        words += len(text.split())
        if part and (len(part) == BEGINNING_SENTENCES or words > BEGINNING_WORDS):
            break
        part[number] = text
    return part


def _headline(output: Output | str | None, part: Mapping[int, str], setup: SummarySetup) -> Headline:
    if not isinstance(output, Output):
        return Headline()
    judged = list(judge(output, part, setup, headline=True))
    refused = tuple(
        Refusal(text, found.reason, found.detail, tuple(part), headline=True) for text, found in judged if found
    )
    return Headline(next((capitalised(text) for text, found in judged if not found), ""), refused)
