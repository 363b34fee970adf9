"""The stage: a first pass over all sentences, then further attempts at those whose every wording has violations."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from sahelsum.protocols import Memory, Observer
from sahelsum.records import Finding, Output, Sentence, Translation
from sahelsum.translation.around import translated_around
from sahelsum.translation.batches import Pass, PassSettings, StageProgress, run_pass
from sahelsum.translation.choose import Choice, choose, empty, failed, kept, written
from sahelsum.translation.prepared import Prepared
from sahelsum.translation.setup import Retry, TranslationResult, TranslationSetup


def translate(sentences: Sequence[Sentence], setup: TranslationSetup, observer: Observer) -> TranslationResult:
    """Translate sentences of any number of articles, given in reading order."""
    firsts = {sentence.text: sentence for sentence in reversed(sentences)}
    by_people = setup.corrected(list(firsts))
    others = dict.fromkeys(sentence.text for sentence in sentences if sentence.text not in by_people)
    prepared = {text: setup.prepare(text) for text in others}
    wanted = {text: each for text, each in prepared.items() if not each.kept}
    settings = PassSettings(setup.engine, setup.split, setup.batch_tokens)
    progress = StageProgress(observer, "translating")

    def judge(text: str, output: Output) -> Choice | None:
        return choose(firsts[text], prepared[text], output, setup)

    first, chosen = _judged(wanted, settings, setup.memory, progress, judge)
    _around_what_was_lost(wanted, first, chosen, judge, setup, observer)
    started = time.monotonic()
    best = _retried({text: choice for text, choice in chosen.items() if choice}, prepared, setup, observer)
    seconds = time.monotonic() - started
    made = [
        (written(sentence, by_people[sentence.text]), ())
        if sentence.text in by_people
        else _translation(sentence, prepared[sentence.text], best, first, setup)
        for sentence in sentences
    ]
    translations, findings = (tuple(column) for column in zip(*made, strict=True)) if made else ((), ())
    queries = len({each.query for each in wanted.values()})
    remembered = queries - first.computed + len(by_people)
    return TranslationResult(translations, findings, first.computed, remembered, seconds)


def _around_what_was_lost(  # noqa: PLR0913, PLR0917 - it goes on with what the first pass has left
    wanted: Mapping[str, Prepared],
    first: Pass,
    chosen: dict[str, Choice | None],
    judge: Callable[[str, Output], Choice | None],
    setup: TranslationSetup,
    observer: Observer,
) -> None:
    """Translate in parts what has no wording that keeps what must not change; ``chosen`` and ``first`` get it."""
    lost = {
        text: wanted[text]
        for text, choice in chosen.items()
        if choice is None
        and wanted[text].marks
        and any(h.text.strip() for h in first.outputs[wanted[text].query].hypotheses)
    }
    if not lost:
        return
    outputs, failures = translated_around(lost, setup, StageProgress(observer, "translating in parts"))
    for text, output in outputs.items():
        found = judge(text, output)
        chosen[text] = replace(found, translation=replace(found.translation, pieced=True)) if found else None
    for text, reason in failures.items():
        query = wanted[text].query
        first.outputs.pop(query, None)
        first.failures[query] = reason


def _retried(
    chosen: Mapping[str, Choice], prepared: Mapping[str, Prepared], setup: TranslationSetup, observer: Observer
) -> dict[str, Choice]:
    """The choices, better ones from the further attempts in their place."""
    best = dict(chosen)
    for number, retry in enumerate(setup.retries, start=2):
        texts = [text for text, choice in best.items() if choice.calls_for(retry)]
        if retry.clauses:
            texts = [text for text in texts if len(retry.clauses(prepared[text].query)) > 1]
        if not texts:
            continue
        for text, found in _attempt({text: prepared[text] for text in texts}, best, retry, setup, observer).items():
            tried = replace(best[text].translation, attempts=best[text].translation.attempts + 1)
            best[text] = replace(best[text], translation=tried)
            if found and found.violations < best[text].violations:
                better = replace(found.translation, attempt=number, attempts=tried.attempts)
                best[text] = replace(found, translation=better)
    return best


def _attempt(
    texts: Mapping[str, Prepared],
    best: Mapping[str, Choice],
    retry: Retry,
    setup: TranslationSetup,
    observer: Observer,
) -> dict[str, Choice | None]:
    """What one attempt gives for each text; a text at which it failed is left out, and keeps what it has."""
    settings = PassSettings(setup.engine, setup.split, setup.batch_tokens, retry.search, retry.clauses)
    progress = StageProgress(observer, f"trying again ({retry.name})")

    def judge(text: str, output: Output) -> Choice | None:
        return choose(best[text].translation.sentence, texts[text], output, setup)

    return _judged(texts, settings, retry.memory, progress, judge)[1]


def _judged(
    wanted: Mapping[str, Prepared],
    settings: PassSettings,
    memory: Memory,
    progress: StageProgress,
    judge: Callable[[str, Output], Choice | None],
) -> tuple[Pass, dict[str, Choice | None]]:
    """A pass of which each batch is judged, in a thread of its own, while the engine works on the next one."""
    texts_of: dict[str, list[str]] = {}
    for text, prepared in wanted.items():
        texts_of.setdefault(prepared.query, []).append(text)

    def judge_all(outputs: dict[str, Output]) -> dict[str, Choice | None]:
        return {text: judge(text, output) for query, output in outputs.items() for text in texts_of[query]}

    batches: list[Future[dict[str, Choice | None]]] = []
    with ThreadPoolExecutor(1, "judge") as judging:
        try:
            done = run_pass(
                list(texts_of),
                settings,
                memory,
                progress,
                lambda outputs: batches.append(judging.submit(judge_all, outputs)),
            )
        except BaseException:
            judging.shutdown(wait=False, cancel_futures=True)  # whoever stops a run waits for no more than a batch
            raise
        return done, {text: choice for batch in batches for text, choice in batch.result().items()}


def _translation(
    sentence: Sentence, prepared: Prepared, best: Mapping[str, Choice], first: Pass, setup: TranslationSetup
) -> tuple[Translation, tuple[Finding, ...]]:
    """The translation of a sentence, and what was found at it when its wording was chosen."""
    choice = best.get(sentence.text)
    if choice is None:
        made = kept(sentence, prepared.kept) if prepared.kept else _without_text(sentence, prepared, first)
        return made, setup.judge(made).findings
    made, findings = _estimated(choice.translation, setup), choice.judgement.findings
    if made.sentence is sentence:
        return made, findings
    # An equal sentence elsewhere: the same wording and the same findings, in another place.
    return replace(made, sentence=sentence), tuple(replace(each, sentence=sentence.number) for each in findings)


def _estimated(made: Translation, setup: TranslationSetup) -> Translation:
    return replace(made, misleading=setup.estimate(made))


def _without_text(sentence: Sentence, prepared: Prepared, first: Pass) -> Translation:
    output = first.outputs.get(prepared.query)
    return empty(sentence, output) if output else failed(sentence, first.failures[prepared.query])
