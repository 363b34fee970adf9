"""Attribution: what the source gives as somebody's word must not become a plain fact in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.checks.quotes import QUOTATION_MARK
from sahelsum.language.english_saying import OPEN, SAYING
from sahelsum.language.pack import Pack
from sahelsum.language.phrases import any_of, lost_phrases, whole_words
from sahelsum.records import Finding, Severity, Translation

_CARRIED = re.compile(rf"{whole_words(any_of(SAYING + OPEN)).pattern}|{QUOTATION_MARK.pattern}", re.IGNORECASE)


def check_attribution(item: Translation, source: Pack) -> Iterator[Finding]:
    """ATTR-LOST: the source says that it is somebody's claim, or hearsay, and nothing in the English can carry that.

    Plain words (``laut``, ``zufolge``, ``nach Angaben``, ``sagte``) give a warning. Weaker signs (the Konjunktiv I,
    ``soll … haben``) give an information only: in a report that goes on for sentences, English need not say ``he
    said`` in each.
    """
    said = item.sentence.text
    explicit = tuple(lost_phrases(source.checking.claims, said, item.text))
    if explicit and QUOTATION_MARK.search(item.text):
        explicit = ()
    weak = "" if explicit else source.checking.hearsay(said)
    if weak and _CARRIED.search(item.text):
        weak = ""
    if explicit or weak:
        severity = Severity.WARNING if explicit else Severity.INFO
        message = f"The {source.name} gives this as somebody's claim; the English states it as a fact."
        value = ", ".join(explicit) or weak
        yield Finding("ATTR-LOST", severity, message, item.sentence.number, source_value=value)
