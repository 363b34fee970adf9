"""Texts through the engine: in batches of bounded size, over-long ones in pieces, a failing one alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from sahelsum.engines.base import Engine, Search
from sahelsum.errors import EngineError
from sahelsum.protocols import Memory, Observer
from sahelsum.records import Finish, Hypothesis, Output
from sahelsum.translation.setup import Splitter

_Batch = dict[str, list[str]]
"""Texts, each with the pieces that go through the engine."""
_Generated = tuple[dict[str, Output], dict[str, str]]
"""Outputs, and failures with their reasons, by text."""


@dataclass(frozen=True, slots=True)
class PassSettings:
    """How texts go through the engine."""

    engine: Engine
    split: Splitter
    batch_tokens: int
    search: Search | None = None
    clauses: Callable[[str], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class StageProgress:
    """Who hears of the progress, and under which name."""

    observer: Observer
    stage: str


@dataclass(slots=True)
class Pass:
    """What became of the texts: each has an output or a failure. ``computed``: those the memory did not know."""

    outputs: dict[str, Output]
    computed: int
    failures: dict[str, str] = field(default_factory=dict)


def run_pass(
    texts: Sequence[str],
    settings: PassSettings,
    memory: Memory,
    progress: StageProgress,
    hear: Callable[[dict[str, Output]], object],
) -> Pass:
    """Outputs of different texts, from the memory where it knows them; what is computed is remembered at once.

    ``hear`` gets what the memory knows and then the outputs of each batch, before the next one begins.
    """
    known = memory.recall(texts)
    hear(dict(known))  # a copy: what is computed is added to the other while this one is gone through
    missing = [text for text in texts if text not in known]
    done = Pass(known, len(missing))
    progress.observer.begin(progress.stage, len(missing))
    for batch, (outputs, failed) in _generated(_batches(missing, settings, done.failures), settings):
        memory.remember(outputs)
        done.outputs.update(outputs)
        done.failures.update(failed)
        hear(outputs)
        progress.observer.advance(len(batch))
    return done


def _generated(batches: Iterator[_Batch], settings: PassSettings) -> Iterator[tuple[_Batch, _Generated]]:
    """Each batch with what became of it, in order; as many at work as the engine takes at once."""
    if settings.engine.calls_at_once == 1:
        for batch in batches:
            yield batch, _generate(batch, settings)
        return
    waiting: deque[tuple[_Batch, Future[_Generated]]] = deque()
    with ThreadPoolExecutor(settings.engine.calls_at_once, "generate") as calls:
        try:
            for batch in batches:
                waiting.append((batch, calls.submit(_generate, batch, settings)))
                if len(waiting) == settings.engine.calls_at_once:
                    yield _done(waiting)
            while waiting:
                yield _done(waiting)
        except BaseException:
            calls.shutdown(wait=False, cancel_futures=True)  # whoever stops a run waits for nothing that has not begun
            raise


def _done(waiting: deque[tuple[_Batch, Future[_Generated]]]) -> tuple[_Batch, _Generated]:
    batch, generated = waiting.popleft()
    return batch, generated.result()


def _batches(texts: Sequence[str], settings: PassSettings, failures: dict[str, str]) -> Iterator[_Batch]:
    """Texts with their pieces, longest first, in batches of at most ``batch_tokens`` (one text at least).

    Longest first: a batch that does not fit in memory shows at the start of a run, and padding stays small. A text that
    cannot be measured or split goes into ``failures``.
    """
    batch: _Batch = {}
    used = 0
    for text, tokens in sorted(_measured(texts, settings.engine, failures), key=lambda item: (-item[1], item[0])):
        try:
            pieces = _pieces(text, tokens, settings)
        except EngineError as error:
            failures[text] = str(error)
            continue
        if batch and used + tokens > settings.batch_tokens:
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


def _pieces(text: str, tokens: int, settings: PassSettings) -> list[str]:
    """The text in clauses where these are asked for, each clause or text over the model's limit in parts."""
    if settings.clauses:
        clauses = [clause.strip() for clause in settings.clauses(text) if clause.strip()]
        lengths = settings.engine.count_tokens(clauses)
        return [
            part for clause, length in zip(clauses, lengths, strict=True) for part in _fitting(clause, length, settings)
        ]
    return _fitting(text, tokens, settings)


def _fitting(text: str, tokens: int, settings: PassSettings) -> list[str]:
    engine = settings.engine
    if tokens <= engine.limit_tokens:
        return [text]
    parts = settings.split(text, lambda part: engine.count_tokens([part.strip()])[0] <= engine.limit_tokens)
    return [part.strip() for part in parts if part.strip()]


def _generate(batch: _Batch, settings: PassSettings) -> _Generated:
    """Outputs and failures of a batch. A batch that fails is halved until the texts at fault stand alone."""
    rows = [piece for pieces in batch.values() for piece in pieces]
    try:
        outputs = iter(_checked(settings.engine, rows, settings.search))
        return {text: _join([next(outputs) for _ in pieces], settings) for text, pieces in batch.items()}, {}
    except EngineError as error:
        if len(batch) == 1:
            return {}, dict.fromkeys(batch, str(error))
    texts = list(batch)
    done: dict[str, Output] = {}
    failures: dict[str, str] = {}
    for half in (texts[: len(texts) // 2], texts[len(texts) // 2 :]):
        half_done, half_failed = _generate({text: batch[text] for text in half}, settings)
        done.update(half_done)
        failures.update(half_failed)
    return done, failures


def _checked(engine: Engine, rows: list[str], search: Search | None) -> list[Output]:
    # The plain call where there is nothing to say: an engine without further searches need not know of them.
    outputs = engine.generate(rows, search) if search else engine.generate(rows)
    if len(outputs) != len(rows):
        raise EngineError(f"The engine gave {len(outputs)} outputs for {len(rows)} inputs.")
    return outputs


def _join(outputs: list[Output], settings: PassSettings) -> Output:
    """Rejoin the pieces of one text: their best hypotheses, one after the other; of clauses also the lower ones.

    The n-th wording of a text is made of the n-th of each clause, or the last it has.
    """
    if len(outputs) == 1:
        return outputs[0]
    ranks = max(len(output.hypotheses) for output in outputs) if settings.clauses else 1
    rows = ([o.hypotheses[min(rank, len(o.hypotheses) - 1)] for o in outputs] for rank in range(ranks))
    hypotheses = tuple(_joined(row) for row in rows)
    return Output(sum(output.source_tokens for output in outputs), hypotheses, parts=len(outputs))


def _joined(row: list[Hypothesis]) -> Hypothesis:
    return Hypothesis(
        text=" ".join(hypothesis.text for hypothesis in row),
        tokens=sum(hypothesis.tokens for hypothesis in row),
        mean_logprob=_weighted_mean(row),
        finish=Finish.LENGTH if any(h.finish is Finish.LENGTH for h in row) else Finish.STOP,
    )


def _weighted_mean(hypotheses: list[Hypothesis]) -> float | None:
    scores = [(h.mean_logprob, h.tokens) for h in hypotheses if h.mean_logprob is not None]
    weight = sum(tokens for _, tokens in scores)
    return sum(score * tokens for score, tokens in scores) / weight if weight else None
