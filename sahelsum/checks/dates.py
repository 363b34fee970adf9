"""Dates and times: days, months, weekdays, clock times, and words such as ``im vergangenen Jahr``."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.checks.differences import differences
from sahelsum.checks.phrases import lost_phrases
from sahelsum.checks.timewords import PHRASES, added_weekdays
from sahelsum.records import Finding, Severity, Translation


def check_dates(item: Translation) -> Iterator[Finding]:
    """DATE-LOST, DATE-ADDED: days, months, clock times and expressions of time that differ.

    The digits of a date are compared here and not by :func:`sahelsum.checks.meaning.check_numbers`: one fault, one
    finding.
    """
    german, english = item.sentence.text, item.text
    found = differences(german, english)
    lost = _listed(*found.lost_dates, *lost_phrases(PHRASES, german, english))
    added = _listed(*found.added_dates, *added_weekdays(german, english))
    number = item.sentence.number
    if lost:
        message = "The English lacks a date or time of the German" + (", and has another." if added else ".")
        yield Finding("DATE-LOST", Severity.WARNING, message, number, None, lost, added)
    elif added:
        message = "The English has a date or time that the German does not."
        yield Finding("DATE-ADDED", Severity.WARNING, message, number, target_value=added)


def _listed(*texts: str) -> str:
    return ", ".join(dict.fromkeys(texts))
