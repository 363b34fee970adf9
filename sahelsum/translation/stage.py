"""The stage: a first pass over all sentences, then further attempts at those whose every wording has violations."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from sahelsum.protocols import Memory, Observer
from sahelsum.records import Finding, Output, Sentence, Translation
from sahelsum.translation.batches import Pass, PassSettings, StageProgress, run_pass
from sahelsum.translation.choose import Choice, choose, empty, failed
from sahelsum.translation.setup import Retry, TranslationResult, TranslationSetup


def translate(sentences: Sequence[Sentence], setup: TranslationSetup, observer: Observer) -> TranslationResult:
    """Translate sentences of any number of articles, given in reading order."""
    firsts = {sentence.text: sentence for sentence in reversed(sentences)}
    texts = list(dict.fromkeys(sentence.text for sentence in sentences))
    settings = PassSettings(setup.engine, setup.split, setup.batch_tokens)
    progress = StageProgress(observer, "translating")
    first, chosen = _judged(
        texts, settings, setup.memory, progress, lambda text, output: choose(firsts[text], output, setup)
    )
    started = time.monotonic()
    best = _retried({text: choice for text, choice in chosen.items() if choice}, setup, observer)
    seconds = time.monotonic() - started
    made = [_translation(sentence, best, first, setup) for sentence in sentences]
    translations, findings = (tuple(column) for column in zip(*made, strict=True)) if made else ((), ())
    return TranslationResult(translations, findings, first.computed, len(texts) - first.computed, seconds)


def _retried(chosen: Mapping[str, Choice], setup: TranslationSetup, observer: Observer) -> dict[str, Choice]:
    """The choices, better ones from the further attempts in their place."""
    best = dict(chosen)
    for number, retry in enumerate(setup.retries, start=2):
        texts = [text for text, choice in best.items() if choice.violations]
        if retry.clauses:
            texts = [text for text in texts if len(retry.clauses(text)) > 1]
        if not texts:
            continue
        for text, found in _attempt(texts, best, retry, setup, observer).items():
            tried = replace(best[text].translation, attempts=best[text].translation.attempts + 1)
            best[text] = replace(best[text], translation=tried)
            if found and found.violations < best[text].violations:
                better = replace(found.translation, attempt=number, attempts=tried.attempts)
                best[text] = replace(found, translation=better)
    return best


def _attempt(
    texts: Sequence[str],
    best: Mapping[str, Choice],
    retry: Retry,
    setup: TranslationSetup,
    observer: Observer,
) -> dict[str, Choice | None]:
    """What one attempt gives for each text; a text at which it failed is left out, and keeps what it has."""
    settings = PassSettings(setup.engine, setup.split, setup.batch_tokens, retry.search, retry.clauses)
    progress = StageProgress(observer, f"trying again ({retry.name})")

    def judge(text: str, output: Output) -> Choice | None:
        return choose(best[text].translation.sentence, output, setup)

    return _judged(texts, settings, retry.memory, progress, judge)[1]


def _judged(
    texts: Sequence[str],
    settings: PassSettings,
    memory: Memory,
    progress: StageProgress,
    judge: Callable[[str, Output], Choice | None],
) -> tuple[Pass, dict[str, Choice | None]]:
    """A pass of which each batch is judged, in a thread of its own, while the engine works on the next one."""

    def judge_all(outputs: dict[str, Output]) -> dict[str, Choice | None]:
        return {text: judge(text, output) for text, output in outputs.items()}

    batches: list[Future[dict[str, Choice | None]]] = []
    with ThreadPoolExecutor(1, "judge") as judging:
        try:
            done = run_pass(
                texts, settings, memory, progress, lambda outputs: batches.append(judging.submit(judge_all, outputs))
            )
        except BaseException:
            judging.shutdown(wait=False, cancel_futures=True)  # whoever stops a run waits for no more than a batch
            raise
        return done, {text: choice for batch in batches for text, choice in batch.result().items()}


def _translation(
    sentence: Sentence, best: Mapping[str, Choice], first: Pass, setup: TranslationSetup
) -> tuple[Translation, tuple[Finding, ...]]:
    """The translation of a sentence, and what was found at it when its wording was chosen."""
    choice = best.get(sentence.text)
    if choice is None:
        output = first.outputs.get(sentence.text)
        made = empty(sentence, output) if output else failed(sentence, first.failures[sentence.text])
        return made, setup.judge(made).findings
    made, findings = choice.translation, choice.judgement.findings
    if made.sentence is sentence:
        return made, findings
    # An equal sentence elsewhere: the same wording and the same findings, in another place.
    return replace(made, sentence=sentence), tuple(replace(each, sentence=sentence.number) for each in findings)
