"""The account of one article: what went in, what came out, and what was done to it on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sahelsum.glossary import TermCounts
from sahelsum.records import Finding, Receipt, Translation


def receipt(
    sentences_in: int, translations: Sequence[Translation], findings: Iterable[Finding], terms: TermCounts
) -> Receipt:
    """The receipt of an article of ``sentences_in`` sentences."""
    failed = sum(item.failure is not None for item in translations)
    return Receipt(
        sentences_in=sentences_in,
        sentences_out=len(translations) - failed,
        failed=failed,
        split=sum(item.parts > 1 for item in translations),
        flagged=len({finding.sentence for finding in findings if finding.sentence is not None}),
        source_tokens=sum(item.source_tokens for item in translations),
        target_tokens=sum(item.target_tokens for item in translations),
        rescued=sum(item.attempt == 1 and item.rank > 1 for item in translations),
        retried=sum(item.attempts > 1 for item in translations),
        retry_rescued=sum(item.attempt > 1 for item in translations),
        terms_found=terms.found,
        terms_replaced=terms.replaced,
        terms_lost=terms.lost,
    )
