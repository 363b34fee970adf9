"""Checks of translations: a sentence and its wording in, findings out; summaries beside it. No model, no side effects.

Each check prefers silence to a false alarm: a reader who meets three empty warnings stops reading warnings.
docs/checks.md says how often each is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sahelsum.checks.attribution import check_attribution
from sahelsum.checks.confidence import check_confidence
from sahelsum.checks.contrasts import check_contrasts
from sahelsum.checks.dates import check_dates
from sahelsum.checks.kept import check_copies
from sahelsum.checks.leftover import check_copy
from sahelsum.checks.lists import check_lists
from sahelsum.checks.meaning import check_digits, check_names, check_numbers
from sahelsum.checks.negation import check_negation
from sahelsum.checks.output import check_cut, check_failed, check_garbled, check_length, check_loop
from sahelsum.checks.quotes import check_quotes
from sahelsum.checks.spelling import check_spelling
from sahelsum.checks.thresholds import DEFAULTS, Thresholds
from sahelsum.checks.told import NUMBER_REPAIRED, check_kept, check_pieced, check_repaired, check_sentence_ends
from sahelsum.checks.units import check_units
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

PLAIN_CHECKS = (
    *(check_cut, check_garbled, check_numbers, check_dates, check_units),
    *(check_names, check_negation, check_quotes, check_attribution, check_contrasts, check_lists, check_copies),
    *(check_sentence_ends, check_repaired, check_pieced),
)
TUNED_CHECKS = (check_loop, check_copy, check_length, check_spelling, check_confidence)
"""Those with a threshold that the settings can change."""
PLAIN_CHECKS_OF_ANY_LANGUAGE = (check_cut, check_garbled, check_digits, check_pieced)
"""Those that need no pack of the source language, and one in place of those that do."""
TUNED_CHECKS_OF_ANY_LANGUAGE = (check_loop, check_copy, check_length, check_confidence)
WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}
NO_CHOICE = frozenset({"MT-UNSURE"})
"""Codes that do not count when hypotheses are compared: of equals the model's own score decides already."""


def violations(findings: Iterable[Finding]) -> int:
    """How much is wrong with a wording that has these findings, errors counting double: what to choose wordings by."""
    return sum(WEIGHTS[finding.severity] for finding in findings if finding.code not in NO_CHOICE)


def check_sentence(item: Translation, source: Pack, limits: Thresholds = DEFAULTS) -> Iterator[Finding]:
    """Findings of one sentence; one that was not translated, or stands as it is, has no other.

    They depend on the sentence and its wording alone, not on the article it stands in.
    """
    alone = list(check_kept(item) if item.kept else check_failed(item))
    yield from alone
    if not alone and not item.kept:
        for found in _all_findings(item, source, limits):
            if limits.wants(found.code) or found.code == NUMBER_REPAIRED:  # nothing is changed in silence
                yield replace(found, sentence=item.sentence.number)


def _all_findings(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    for plain in PLAIN_CHECKS if source.checked else PLAIN_CHECKS_OF_ANY_LANGUAGE:
        yield from plain(item, source)
    for tuned in TUNED_CHECKS if source.checked else TUNED_CHECKS_OF_ANY_LANGUAGE:
        yield from tuned(item, source, limits)
