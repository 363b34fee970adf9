"""Translate sentences: every sentence gets exactly one translation, or a visible failure.

All sentences of all articles go through the engine together: equal ones once, known ones from the memory, the rest
longest first in batches of a bounded number of tokens. Sentences over the model's limit are split at clause borders
and rejoined. The order of the input is restored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.protocols import Memory, Observer
from sahelsum.records import Finish, Hypothesis, Output, Sentence, Translation

Splitter = Callable[[str, Callable[[str], bool]], list[str]]
"""Cuts a text into pieces that each fit; their concatenation is the text. See ``segment.split_clauses``."""

NOT_TRANSLATED = "[not translated]"
"""Stands in the digest where a sentence failed, followed by the German."""


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """Translations in the order of the sentences, and how many of the texts came from where."""

    translations: tuple[Translation, ...]
    computed: int
    remembered: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text that goes through the model as one row."""

    text: str
    tokens: int


def translate(
    sentences: Sequence[Sentence],
    engine: Engine,
    memory: Memory,
    split: Splitter,
    *,
    batch_tokens: int,
    observer: Observer,
) -> TranslationResult:
    """Translate sentences of any number of articles.

    Args:
        sentences: in reading order.
        engine: gives one output per input.
        memory: bound to the engine's signature.
        split: cuts texts over the engine's limit.
        batch_tokens: source tokens in one batch, the unit that is committed to the memory.
        observer: hears about every batch.
    """
    texts = list(dict.fromkeys(sentence.text for sentence in sentences))
    known = memory.recall(texts)
    missing = [text for text in texts if text not in known]
    observer.begin("translating", len(missing))
    failures: dict[str, str] = {}
    for batch in _batches(missing, engine, split, batch_tokens):
        outputs, failed = _generate(batch, engine)
        memory.remember(outputs)
        known.update(outputs)
        failures.update(failed)
        observer.advance(len(batch))
    translations = tuple(_translation(sentence, known, failures) for sentence in sentences)
    return TranslationResult(translations, len(missing), len(texts) - len(missing))


def _batches(
    texts: Sequence[str], engine: Engine, split: Splitter, batch_tokens: int
) -> Iterator[dict[str, list[_Piece]]]:
    """Texts with their pieces, longest first, in batches of at most ``batch_tokens`` (one text at least).

    Longest first: a batch that does not fit in memory shows at the start of a run, and padding stays small.
    """
    if not texts:
        return
    measured = sorted(zip(texts, engine.count_tokens(texts), strict=True), key=lambda item: (-item[1], item[0]))
    batch: dict[str, list[_Piece]] = {}
    used = 0
    for text, tokens in measured:
        if batch and used + tokens > batch_tokens:
            yield batch
            batch, used = {}, 0
        batch[text] = _pieces(text, tokens, engine, split)
        used += tokens
    yield batch


def _pieces(text: str, tokens: int, engine: Engine, split: Splitter) -> list[_Piece]:
    if tokens <= engine.limit_tokens:
        return [_Piece(text, tokens)]
    parts = split(text, lambda part: engine.count_tokens([part.strip()])[0] <= engine.limit_tokens)
    stripped = [part.strip() for part in parts if part.strip()]
    return [_Piece(part, count) for part, count in zip(stripped, engine.count_tokens(stripped), strict=True)]


def _generate(batch: dict[str, list[_Piece]], engine: Engine) -> tuple[dict[str, Output], dict[str, str]]:
    """Outputs and failures of a batch. A batch that fails is halved until the texts at fault stand alone."""
    rows = [piece.text for pieces in batch.values() for piece in pieces]
    try:
        results = iter(engine.generate(rows))
        return {text: _join([next(results) for _ in pieces]) for text, pieces in batch.items()}, {}
    except EngineError as error:
        if len(batch) == 1:
            return {}, dict.fromkeys(batch, str(error))
    texts = list(batch)
    outputs: dict[str, Output] = {}
    failures: dict[str, str] = {}
    for half in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
        done, failed = _generate({text: batch[text] for text in half}, engine)
        outputs.update(done)
        failures.update(failed)
    return outputs, failures


def _join(outputs: list[Output]) -> Output:
    """Rejoin the pieces of one text: their best hypotheses, one after the other."""
    if len(outputs) == 1:
        return outputs[0]
    best = [output.best for output in outputs]
    tokens = sum(hypothesis.tokens for hypothesis in best)
    joined = Hypothesis(
        text=" ".join(hypothesis.text for hypothesis in best),
        tokens=tokens,
        mean_logprob=_weighted_mean(best),
        finish=Finish.LENGTH if any(h.finish is Finish.LENGTH for h in best) else Finish.STOP,
    )
    return Output(sum(output.source_tokens for output in outputs), (joined,), parts=len(outputs))


def _weighted_mean(hypotheses: list[Hypothesis]) -> float | None:
    scores = [(h.mean_logprob, h.tokens) for h in hypotheses if h.mean_logprob is not None]
    weight = sum(tokens for _, tokens in scores)
    return sum(score * tokens for score, tokens in scores) / weight if weight else None


def _translation(sentence: Sentence, outputs: dict[str, Output], failures: dict[str, str]) -> Translation:
    output = outputs.get(sentence.text)
    if output is None:
        return _failed(sentence, failures[sentence.text])
    best = output.best
    translation = Translation(
        sentence=sentence,
        text=best.text.strip(),
        source_tokens=output.source_tokens,
        target_tokens=best.tokens,
        mean_logprob=best.mean_logprob,
        finish=best.finish,
        parts=output.parts,
    )
    if translation.text:
        return translation
    return replace(_failed(sentence, "the model gave an empty translation"), source_tokens=output.source_tokens)


def _failed(sentence: Sentence, reason: str) -> Translation:
    return Translation(sentence=sentence, text=f"{NOT_TRANSLATED} {sentence.text}", failure=reason)
