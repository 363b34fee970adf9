"""Checks of a finished article: source, translation and summary in, findings out. No model, no side effects.

Each check prefers silence to a false alarm: a reader who meets three empty warnings stops reading warnings.
docs/checks.md says how often each is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from sahelsum.checks.attribution import check_attribution
from sahelsum.checks.confidence import check_confidence
from sahelsum.checks.dates import check_dates
from sahelsum.checks.leftover import check_copy
from sahelsum.checks.meaning import check_digits, check_names, check_negation, check_numbers
from sahelsum.checks.output import check_cut, check_failed, check_garbled, check_length, check_loop
from sahelsum.checks.quotes import check_quotes
from sahelsum.checks.spelling import check_spelling
from sahelsum.checks.summary import check_summary
from sahelsum.checks.thresholds import DEFAULTS, Thresholds
from sahelsum.checks.units import check_units
from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.records import Article, Finding, Finish, Sentence, Severity, Summary, Translation

PLAIN_CHECKS = (
    *(check_cut, check_garbled, check_numbers, check_dates, check_units),
    *(check_names, check_negation, check_quotes, check_attribution),
)
TUNED_CHECKS = (check_loop, check_copy, check_length, check_spelling, check_confidence)
"""Those with a threshold that the settings can change."""
PLAIN_CHECKS_OF_ANY_LANGUAGE = (check_cut, check_garbled, check_digits)
"""Those that need no pack of the source language, and one in place of those that do."""
TUNED_CHECKS_OF_ANY_LANGUAGE = (check_loop, check_copy, check_length, check_confidence)
REMEMBERED_WORDINGS = 16_384
"""Those of a shelf are judged to choose the best and once more for the page; a few MB."""
WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}
NO_CHOICE = frozenset({"MT-UNSURE"})
"""Codes that do not count when hypotheses are compared: of equals the model's own score decides already."""


def check(
    article: Article, translations: Sequence[Translation], summary: Summary, limits: Thresholds = DEFAULTS
) -> tuple[Finding, ...]:
    """All findings: those of the sentences in reading order, then those of the summary."""
    source = pack_of(article.language)
    of_summary = check_summary(article, translations, summary)
    return (
        *(finding for item in translations for finding in check_sentence(item, source, limits)),
        *(finding for finding in of_summary if limits.wants(finding.code)),
    )


def violations(item: Translation, source: Pack, limits: Thresholds = DEFAULTS) -> int:
    """How much the checks find wrong with a translation, errors counting double: what to choose hypotheses by."""
    counted = (finding for finding in check_sentence(item, source, limits) if finding.code not in NO_CHOICE)
    return sum(WEIGHTS[finding.severity] for finding in counted)


def doubtful(item: Translation, source: Pack, limits: Thresholds = DEFAULTS) -> bool:
    """Whether a reader is warned of the sentence."""
    return any(finding.serious for finding in check_sentence(item, source, limits))


def check_sentence(item: Translation, source: Pack, limits: Thresholds = DEFAULTS) -> Iterator[Finding]:
    """Findings of one sentence; one that was not translated has no other."""
    failed = list(check_failed(item))
    yield from failed
    if not failed:
        for found in _judged(item.sentence.text, item.text, item.finish, item.mean_logprob, source, limits):
            yield replace(found, sentence=item.sentence.number)


@lru_cache(maxsize=REMEMBERED_WORDINGS)
def _judged(  # noqa: PLR0913, PLR0917 - what results are remembered by
    text: str, english: str, finish: Finish, mean_logprob: float | None, source: Pack, limits: Thresholds
) -> tuple[Finding, ...]:
    """Findings of a wording: it depends on nothing else, least of all on the article it stands in."""
    item = Translation(Sentence(0, 0, text), english, finish=finish, mean_logprob=mean_logprob)
    return tuple(finding for finding in _all_findings(item, source, limits) if limits.wants(finding.code))


def _all_findings(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    for plain in PLAIN_CHECKS if source.checked else PLAIN_CHECKS_OF_ANY_LANGUAGE:
        yield from plain(item, source)
    for tuned in TUNED_CHECKS if source.checked else TUNED_CHECKS_OF_ANY_LANGUAGE:
        yield from tuned(item, source, limits)
