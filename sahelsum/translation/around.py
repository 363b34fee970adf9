"""Sentences of which no wording kept what must not change: translated in the parts around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sahelsum.records import Finish, Hypothesis, Output
from sahelsum.translation.batches import Pass, PassSettings, StageProgress, run_pass
from sahelsum.translation.prepared import Prepared
from sahelsum.translation.setup import TranslationSetup

EMPTY_PART = "the model gave an empty translation of a part of it"


def translated_around(
    wanted: Mapping[str, Prepared], setup: TranslationSetup, progress: StageProgress
) -> tuple[dict[str, Output], dict[str, str]]:
    """One output for each text, its marks in their places, and the reasons of those that failed."""
    pieces = {text: prepared.parts() for text, prepared in wanted.items()}
    queries = dict.fromkeys(piece.strip() for parts in pieces.values() for piece, worded in parts if worded)
    settings = PassSettings(setup.engine, setup.split, setup.batch_tokens)
    done = run_pass(list(queries), settings, setup.memory, progress, lambda _: None)
    outputs: dict[str, Output] = {}
    failures: dict[str, str] = {}
    for text, parts in pieces.items():
        reasons = [_failure(piece.strip(), done) for piece, worded in parts if worded]
        if any(reasons):
            failures[text] = next(filter(None, reasons))
        else:
            outputs[text] = _joined(parts, done)
    return outputs, failures


def _failure(piece: str, done: Pass) -> str:
    """Why there is no translation of a part; empty if there is one."""
    if piece in done.outputs:
        return "" if done.outputs[piece].best.text.strip() else EMPTY_PART
    return done.failures[piece]


def _joined(parts: Sequence[tuple[str, bool]], done: Pass) -> Output:
    """The best wordings of the parts, one after the other, with the white space and the marks of the source."""
    rows = [done.outputs[piece.strip()] for piece, worded in parts if worded]
    answers = iter(rows)
    text = "".join(_spaced(piece, next(answers).best) if worded else piece for piece, worded in parts)
    cut = any(row.best.finish is Finish.LENGTH for row in rows)
    best = Hypothesis(text, sum(row.best.tokens for row in rows), finish=Finish.LENGTH if cut else Finish.STOP)
    return Output(sum(row.source_tokens for row in rows), (best,), parts=max(1, len(rows)))


def _spaced(piece: str, answer: Hypothesis) -> str:
    """The answer with the white space of the piece; it ends no sentence where the piece does not."""
    text = answer.text.strip()
    if text.endswith(".") and not piece.rstrip().endswith("."):
        text = text.removesuffix(".")
    start, end = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    return piece[:start] + text + piece[end:]
