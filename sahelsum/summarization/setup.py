"""What all ways of making a summary share: what they work with, the model's outputs, and the fallback."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.protocols import Memory, Observer
from sahelsum.records import Output, Summary, SummaryMethod, SummarySentence, Support
from sahelsum.summarization.coverage import Room, choose
from sahelsum.summarization.ranking import UnsupportedFacts

NO_MODEL = "no summary model was chosen"
NOTHING = "the article has no translated sentence"
BATCH_CHUNKS = 8
"""Texts in one call to the engine, and the most work a kill can cost. Chunks are long: eight fill a processor."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What of an article is summed up."""

    texts: Mapping[int, str]
    """English sentences by number, in reading order, headings, captions and failed sentences left out."""
    flagged: frozenset[int] = frozenset()
    """Numbers of those that the checks find fault with: they are taken less readily."""
    owners: Mapping[int, str] = field(default_factory=dict)
    """The article that each sentence is from, by its id, where they are of several."""


@dataclass(frozen=True, slots=True)
class GroupMarks:
    """What a model that takes groups of sentences is told by, before the text, what to write."""

    sentence: str = ""
    headline: str = ""
    """Empty: it writes no headlines."""


@dataclass(frozen=True, slots=True)
class SummarySetup:
    """What the stage works with. ``engine`` None means: extractive."""

    engine: Engine | None
    memory: Memory
    split: Callable[[str, Callable[[str], bool]], list[str]]
    """Cuts a sentence over the model's limit."""
    sentences: int = 3
    """Wanted length of a summary, in sentences of the usual length."""
    by_sentence: bool = False
    """Whether the model shortens one sentence at a time, as its card's ``unit`` says, instead of reading an article."""
    marks: GroupMarks | None = None
    """Of a model that writes one sentence for a group of sentences, as its card's ``unit`` says; None of others."""
    low_logprob: float | None = None
    """Mean log-probability a token under which what it writes for a group is not used."""
    unsupported_facts: UnsupportedFacts | None = None
    """Finds the sentences with a name or number that the article does not have; None trusts the model."""


def outputs_for(
    chunks: Sequence[str], engine: Engine, memory: Memory, at_once: int = BATCH_CHUNKS
) -> dict[str, Output | str]:
    """Output, or the reason there is none, for every chunk."""
    unique = list(dict.fromkeys(chunks))
    done: dict[str, Output | str] = dict(memory.recall(unique))
    missing = sorted((chunk for chunk in unique if chunk not in done), key=len, reverse=True)
    for start in range(0, len(missing), at_once):
        done.update(_generate_batch(missing[start : start + at_once], engine, memory))
    return done


def _generate_batch(chunks: Sequence[str], engine: Engine, memory: Memory) -> dict[str, Output | str]:
    """One call; if it fails, one call for each, so that a chunk at fault fails alone."""
    try:
        outputs = dict(zip(chunks, engine.generate(chunks), strict=True))
    except (EngineError, ValueError) as error:
        if len(chunks) == 1:
            return {chunks[0]: str(error)}
        return {name: result for chunk in chunks for name, result in _generate_batch([chunk], engine, memory).items()}
    memory.remember(outputs)
    return dict(outputs)


def extractive(article: Prose, setup: SummarySetup, note: str, observer: Observer) -> Summary:
    """The summary made of whole sentences, which needs no model; ``note`` says why it was taken."""
    observer.advance(1)
    picked = choose(article.texts, Room.of(setup.sentences), article.flagged)
    return Summary(taken(picked), SummaryMethod.EXTRACTIVE, note if article.texts else NOTHING)


def taken(picked: Mapping[int, str]) -> tuple[SummarySentence, ...]:
    """Sentences that rest each on the one of its number."""
    return tuple(SummarySentence(text, (number,), Support.STRONG) for number, text in picked.items())
