"""Dates and times: days, months, weekdays, clock times, and words such as ``im vergangenen Jahr``."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.checks.differences import differences
from sahelsum.language.pack import Pack
from sahelsum.language.phrases import lost_phrases
from sahelsum.records import Finding, Severity, Translation


def check_dates(item: Translation, source: Pack) -> Iterator[Finding]:
    """DATE-LOST, DATE-ADDED: days, months, clock times and expressions of time that differ.

    The digits of a date are compared here and not by :func:`sahelsum.checks.meaning.check_numbers`: one fault, one
    finding.
    """
    text, english = item.sentence.text, item.text
    found = differences(text, english, source)
    lost = _listed(*found.lost_dates, *lost_phrases(source.checking.times, text, english))
    added = _listed(*found.added_dates, *source.checking.added_weekdays(text, english))
    number = item.sentence.number
    if lost:
        message = f"The English lacks a date or time of the {source.name}" + (", and has another." if added else ".")
        yield Finding("DATE-LOST", Severity.WARNING, message, number, None, lost, added)
    elif added:
        message = f"The English has a date or time that the {source.name} does not."
        yield Finding("DATE-ADDED", Severity.WARNING, message, number, target_value=added)


def _listed(*texts: str) -> str:
    return ", ".join(dict.fromkeys(texts))
