"""The best of the wordings a model proposes for one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sahelsum.records import Output, Sentence, Translation
from sahelsum.translation.prepared import Prepared
from sahelsum.translation.setup import Judgement, Retry, TranslationSetup

NOT_TRANSLATED = "[not translated]"
"""Stands in the digest where a sentence failed, followed by its source."""

SCORE_DECIMALS = 3
"""With CTranslate2 the sentences beside it in a batch change a score by about 1e-7. Rounded, the data of a digest come
out the same from every run but about one in a thousand; no use of a score needs more digits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A wording with what is wrong with it."""

    judgement: Judgement
    preference: int
    translation: Translation

    @property
    def violations(self) -> int:
        """How much is wrong with it."""
        return self.judgement.violations

    def calls_for(self, retry: Retry) -> bool:
        """Whether the attempt may bring something better."""
        codes = {finding.code for finding in self.judgement.findings}
        return self.violations > 0 and (not retry.only or retry.only in codes)


def choose(sentence: Sentence, prepared: Prepared, output: Output, setup: TranslationSetup) -> Choice | None:
    """The wording with the fewest violations, then the least preference value, then the best model score.

    None if no wording has a text, and all that must not change.
    """
    best: Choice | None = None
    for candidate in _candidates(sentence, output):
        amended = setup.amend(candidate)
        restored = prepared.restored(amended.text)
        if restored is None:
            continue
        amended = replace(amended, text=restored)
        choice = Choice(setup.judge(amended), setup.preference(amended), amended)
        if best is None or (choice.violations, choice.preference) < (best.violations, best.preference):
            best = choice
        if not (best.violations or best.preference):
            break
    return best


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


def failed(sentence: Sentence, reason: str) -> Translation:
    """What stands where a sentence could not be translated."""
    return Translation(sentence=sentence, text=f"{NOT_TRANSLATED} {sentence.text}", failure=reason)


def written(sentence: Sentence, text: str) -> Translation:
    """What stands where a person has given the English."""
    return Translation(sentence=sentence, text=text, human=True)


def kept(sentence: Sentence, reason: str) -> Translation:
    """What stands where nothing is to be translated."""
    return Translation(sentence=sentence, text=sentence.text, kept=reason)


def empty(sentence: Sentence, output: Output) -> Translation:
    """What stands where a model gave no text."""
    return replace(failed(sentence, "the model gave an empty translation"), source_tokens=output.source_tokens)
