"""What the model itself says of its translation."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation


def check_confidence(item: Translation, _source: Pack, limits: Thresholds) -> Iterator[Finding]:
    """MT-UNSURE: the mean log-probability of the words chosen is low.

    Of the measures that need nothing but the model, this one finds the most hallucinations in German–English
    translation (Guerreiro, Voita and Martins, "Looking for a Needle in a Haystack", EACL 2023, arXiv:2208.05309).
    ``benchmarks/confidence.py`` sets the threshold of a model.
    """
    score = item.mean_logprob
    if score is not None and score < limits.low_logprob < 0:
        message = "The model was unsure of this translation; in such sentences, parts are often wrong."
        yield Finding(
            code="MT-UNSURE",
            severity=Severity.WARNING,
            message=message,
            sentence=item.sentence.number,
            target_value=f"mean log-probability {score:.2f}, threshold {limits.low_logprob:.2f}",
        )
