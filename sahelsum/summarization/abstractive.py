"""Summarize translated articles: abstractive with a model where one is at hand, else extractive, and say which.

An article that does not fit the model at once goes through bounded rounds of map-reduce: whole sentences are packed
into chunks, each chunk is summarized, and the summaries are the next round's text. Every sentence of a summary is
whole and carries its evidence. Of the model's candidates the one that keeps closest to the article is taken; if none
is supported by it, the extractive summary is taken instead. Models that take one sentence at a time, or a group of
them, go other ways: see :mod:`sahelsum.summarization.condense` and :mod:`sahelsum.summarization.fuse`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.language.english import english_sentences
from sahelsum.protocols import Observer
from sahelsum.records import Finish, Hypothesis, Output, Summary, SummaryMethod
from sahelsum.summarization.condense import condense
from sahelsum.summarization.evidence import Evidence
from sahelsum.summarization.fuse import fuse
from sahelsum.summarization.ranking import Candidate, best, without_doubtful
from sahelsum.summarization.setup import NO_MODEL, NOTHING, Prose, SummarySetup, extractive, outputs_for

MAX_ROUNDS = 4
"""Each round shrinks a text about tenfold: four rounds serve a book. A text that needs more does not shrink."""
MAX_SENTENCES_FACTOR = 2
"""A model may write up to this many times the wanted sentences; the ones after that are left out, whole."""
ENOUGH_SENTENCES = 2
"""So many must remain where a doubtful sentence is left out: else it is shown, and flagged."""
_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", "»", ")")

NO_SUPPORT = "the model's summary had no support in the article"
TOO_LONG = f"the article did not fit the model after {MAX_ROUNDS} rounds"


@dataclass(slots=True)
class _Task:
    """One article on its way through the rounds."""

    texts: list[str]
    rounds: int = 0
    candidates: tuple[Hypothesis, ...] = ()
    problem: str = ""


def summarize(articles: Sequence[Prose], setup: SummarySetup, observer: Observer) -> list[Summary]:
    """One summary per article, in order.

    Args:
        articles: what to sum up.
        setup: engine, memory and wanted length.
        observer: hears about every article.
    """
    observer.begin("summarizing", len(articles))
    if setup.engine is None:
        return [extractive(article, setup, NO_MODEL, observer) for article in articles]
    if setup.marks:
        return fuse(articles, setup.engine, setup, observer)
    if setup.by_sentence:
        return condense(articles, setup.engine, setup, observer)
    tasks = [_Task(list(article.texts.values())) for article in articles]
    _run_rounds(tasks, setup.engine, setup)
    return [_finish(task, article, setup, observer) for task, article in zip(tasks, articles, strict=True)]


def _run_rounds(tasks: Sequence[_Task], engine: Engine, setup: SummarySetup) -> None:
    """Advance all tasks together, so that the engine gets full batches."""
    for task in tasks:
        if not task.texts:
            task.problem = NOTHING
    for _ in range(MAX_ROUNDS):
        active = [task for task in tasks if not task.candidates and not task.problem]
        if not active:
            return
        chunks = {id(task): _chunks_or_problem(task, engine, setup) for task in active}
        outputs = outputs_for([chunk for part in chunks.values() for chunk in part], engine, setup.memory)
        for task in active:
            if not task.problem:
                _advance(task, [outputs[chunk] for chunk in chunks[id(task)]])
    for task in tasks:
        if not task.candidates and not task.problem:
            task.problem = TOO_LONG


def _advance(task: _Task, outputs: Sequence[Output | str]) -> None:
    """Take one round's outputs: the candidates if the text was one chunk, else the next round's text."""
    task.rounds += 1
    failures = [output for output in outputs if isinstance(output, str)]
    if failures:
        task.problem = failures[0]
        return
    results = [output for output in outputs if isinstance(output, Output)]
    if len(results) == 1:
        task.candidates = results[0].hypotheses
        return
    task.texts = [sentence for output in results for sentence in whole_sentences(output.best)]
    if not task.texts:
        task.problem = NO_SUPPORT


def _chunks_or_problem(task: _Task, engine: Engine, setup: SummarySetup) -> list[str]:
    try:
        return _chunks(task.texts, engine, setup)
    except EngineError as error:
        task.problem = str(error)
        return []


def _chunks(texts: Sequence[str], engine: Engine, setup: SummarySetup) -> list[str]:
    """Pack whole sentences into chunks under the model's limit; only a sentence over it is itself split."""
    pieces = [piece for text in texts for piece in _fit(text, engine, setup)]
    chunks: list[str] = []
    used = 0
    for piece, tokens in zip(pieces, engine.count_tokens(pieces), strict=True):
        # One token more than the sum, for the space between: counts of parts and whole can differ by that much.
        if chunks and used + tokens + 1 <= engine.limit_tokens:
            chunks[-1] += f" {piece}"
            used += tokens + 1
        else:
            chunks.append(piece)
            used = tokens
    return chunks


def _fit(text: str, engine: Engine, setup: SummarySetup) -> list[str]:
    def fits(part: str) -> bool:
        return engine.count_tokens([part.strip()])[0] <= engine.limit_tokens

    if fits(text):
        return [text]
    return [part.strip() for part in setup.split(text, fits) if part.strip()]


def whole_sentences(hypothesis: Hypothesis) -> list[str]:
    """Sentences of a hypothesis; a last one that was cut by the length bound is left out."""
    sentences = english_sentences(hypothesis.text)
    cut = hypothesis.finish is Finish.LENGTH or not (sentences and sentences[-1].endswith(_SENTENCE_ENDS))
    return sentences[:-1] if cut else sentences


def _finish(task: _Task, article: Prose, setup: SummarySetup, observer: Observer) -> Summary:
    if task.problem:
        return extractive(article, setup, task.problem, observer)
    evidence = Evidence(article.texts)
    candidates = [_candidate(hypothesis, article.texts, evidence, setup) for hypothesis in task.candidates]
    chosen = best(candidates, article.texts.values(), setup.sentences)
    if not chosen.supported:
        return extractive(article, setup, NO_SUPPORT, observer)
    observer.advance(1)
    sentences = without_doubtful(chosen, ENOUGH_SENTENCES)
    note = _left_out(len(chosen.sentences) - len(sentences))
    return Summary(sentences, SummaryMethod.ABSTRACTIVE, note, rounds=task.rounds)


def _candidate(
    hypothesis: Hypothesis, article: Mapping[int, str], evidence: Evidence, setup: SummarySetup
) -> Candidate:
    texts = list(dict.fromkeys(whole_sentences(hypothesis)))
    sentences = tuple(evidence.attach(text) for text in texts[: setup.sentences * MAX_SENTENCES_FACTOR])
    return Candidate(
        hypothesis, sentences, setup.unsupported_facts(article, sentences) if setup.unsupported_facts else frozenset()
    )


def _left_out(number: int) -> str:
    if not number:
        return ""
    what = "a sentence was left out, which had" if number == 1 else f"{number} sentences were left out, which had"
    return f"{what} a name or number that the article does not have"
