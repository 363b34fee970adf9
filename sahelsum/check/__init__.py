"""Checks of a finished article: source, translation and summary in, findings out. No model, no side effects.

Each check prefers silence to a false alarm: a reader who meets three empty warnings stops reading warnings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sahelsum.check.meaning import check_names, check_negation, check_numbers
from sahelsum.check.output import check_copy, check_cut, check_failed, check_garbled, check_length, check_loop
from sahelsum.check.summary import check_summary
from sahelsum.records import Article, Finding, Severity, Summary, Translation

SENTENCE_CHECKS = (
    *(check_cut, check_loop, check_garbled, check_copy, check_length),
    *(check_numbers, check_names, check_negation),
)
WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


def check(article: Article, translations: Sequence[Translation], summary: Summary) -> tuple[Finding, ...]:
    """All findings: those of the sentences in reading order, then those of the summary."""
    return (
        *(finding for item in translations for finding in check_sentence(item)),
        *check_summary(article, translations, summary),
    )


def violations(item: Translation) -> int:
    """How much the checks find wrong with a translation, errors counting double: what to choose hypotheses by."""
    return sum(WEIGHTS[finding.severity] for finding in check_sentence(item))


def check_sentence(item: Translation) -> Iterator[Finding]:
    """Findings of one sentence; one that was not translated has no other."""
    failed = list(check_failed(item))
    yield from failed
    if not failed:
        for one_check in SENTENCE_CHECKS:
            yield from one_check(item)
