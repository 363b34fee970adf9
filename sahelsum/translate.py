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

SCORE_DECIMALS = 3
"""With CTranslate2 the sentences beside it in a batch change a score by about 1e-7. Rounded, the data of a digest come
out the same from every run but about one in a thousand; no use of a score needs more digits."""


@dataclass(frozen=True, slots=True)
class TranslationSetup:
    """What the stage works with."""

    engine: Engine
    memory: Memory
    """Bound to the engine's signature."""
    split: Splitter
    """Cuts texts over the engine's limit."""
    batch_tokens: int
    """Source tokens in one batch, the unit that is committed to the memory."""
    violations: Callable[[Translation], int] = lambda _: 0
    """How much is visibly wrong with a translation. Among the n-best the one with the least is taken."""


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """Translations in the order of the sentences, and how many of the texts came from where."""

    translations: tuple[Translation, ...]
    computed: int
    remembered: int


def translate(sentences: Sequence[Sentence], setup: TranslationSetup, observer: Observer) -> TranslationResult:
    """Translate sentences of any number of articles, given in reading order."""
    texts = list(dict.fromkeys(sentence.text for sentence in sentences))
    known = setup.memory.recall(texts)
    missing = [text for text in texts if text not in known]
    observer.begin("translating", len(missing))
    failures: dict[str, str] = {}
    for batch in _batches(missing, setup, failures):
        outputs, failed = _generate(batch, setup.engine)
        setup.memory.remember(outputs)
        known.update(outputs)
        failures.update(failed)
        observer.advance(len(batch))
    translations = tuple(_translation(sentence, known, failures, setup) for sentence in sentences)
    return TranslationResult(translations, len(missing), len(texts) - len(missing))


def _batches(texts: Sequence[str], setup: TranslationSetup, failures: dict[str, str]) -> Iterator[dict[str, list[str]]]:
    """Texts with their pieces, longest first, in batches of at most ``batch_tokens`` (one text at least).

    Longest first: a batch that does not fit in memory shows at the start of a run, and padding stays small. A text that
    cannot be measured or split goes into ``failures``.
    """
    batch: dict[str, list[str]] = {}
    used = 0
    for text, tokens in sorted(_measured(texts, setup.engine, failures), key=lambda item: (-item[1], item[0])):
        try:
            pieces = _pieces(text, tokens, setup)
        except EngineError as error:
            failures[text] = str(error)
            continue
        if batch and used + tokens > setup.batch_tokens:
            yield batch
            batch, used = {}, 0
        batch[text] = pieces
        used += tokens
    if batch:
        yield batch


def _measured(texts: Sequence[str], engine: Engine, failures: dict[str, str]) -> list[tuple[str, int]]:
    """Texts with their lengths in tokens; measured one by one if measuring them together fails."""
    if not texts:
        return []
    try:
        return list(zip(texts, engine.count_tokens(texts), strict=True))
    except EngineError as error:
        if len(texts) == 1:
            failures[texts[0]] = str(error)
            return []
    return [measured for text in texts for measured in _measured([text], engine, failures)]


def _pieces(text: str, tokens: int, setup: TranslationSetup) -> list[str]:
    engine = setup.engine
    if tokens <= engine.limit_tokens:
        return [text]
    parts = setup.split(text, lambda part: engine.count_tokens([part.strip()])[0] <= engine.limit_tokens)
    return [part.strip() for part in parts if part.strip()]


def _generate(batch: dict[str, list[str]], engine: Engine) -> tuple[dict[str, Output], dict[str, str]]:
    """Outputs and failures of a batch. A batch that fails is halved until the texts at fault stand alone."""
    rows = [piece for pieces in batch.values() for piece in pieces]
    try:
        outputs = iter(_checked(engine.generate(rows), rows))
        return {text: _join([next(outputs) for _ in pieces]) for text, pieces in batch.items()}, {}
    except EngineError as error:
        if len(batch) == 1:
            return {}, dict.fromkeys(batch, str(error))
    texts = list(batch)
    done: dict[str, Output] = {}
    failures: dict[str, str] = {}
    for half in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
        half_done, half_failed = _generate({text: batch[text] for text in half}, engine)
        done.update(half_done)
        failures.update(half_failed)
    return done, failures


def _checked(outputs: list[Output], rows: list[str]) -> list[Output]:
    if len(outputs) != len(rows):
        raise EngineError(f"The engine gave {len(outputs)} outputs for {len(rows)} inputs.")
    return outputs


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


def _translation(
    sentence: Sentence, outputs: dict[str, Output], failures: dict[str, str], setup: TranslationSetup
) -> Translation:
    output = outputs.get(sentence.text)
    if output is None:
        return _failed(sentence, failures[sentence.text])
    chosen = _choose(_candidates(sentence, output), setup)
    if chosen is not None:
        return chosen
    return replace(_failed(sentence, "the model gave an empty translation"), source_tokens=output.source_tokens)


def _candidates(sentence: Sentence, output: Output) -> Iterator[Translation]:
    """The hypotheses with a text, best model score first."""
    for rank, hypothesis in enumerate(output.hypotheses, start=1):
        if hypothesis.text.strip():
            score = hypothesis.mean_logprob
            yield Translation(
                sentence=sentence,
                text=hypothesis.text.strip(),
                source_tokens=output.source_tokens,
                target_tokens=hypothesis.tokens,
                mean_logprob=None if score is None else round(score, SCORE_DECIMALS),
                finish=hypothesis.finish,
                parts=output.parts,
                rank=rank,
            )


def _choose(candidates: Iterator[Translation], setup: TranslationSetup) -> Translation | None:
    """The one with the fewest violations, of equals the one the model scores best; None if there is none."""
    best: tuple[int, Translation] | None = None
    for candidate in candidates:
        violations = setup.violations(candidate)
        if best is None or violations < best[0]:
            best = (violations, candidate)
        if not violations:
            break
    return best[1] if best else None


def _failed(sentence: Sentence, reason: str) -> Translation:
    return Translation(sentence=sentence, text=f"{NOT_TRANSLATED} {sentence.text}", failure=reason)
