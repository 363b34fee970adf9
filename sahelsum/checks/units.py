"""Units of measure and currencies: the number may be right and the thing counted wrong."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.language.pack import Pack
from sahelsum.language.phrases import lost_phrases
from sahelsum.records import Finding, Severity, Translation


def check_units(item: Translation, source: Pack) -> Iterator[Finding]:
    """UNIT-LOST: a currency, ``Prozent`` or a unit of measure that only one side has."""
    text, english, name = item.sentence.text, item.text, source.name
    lost = ", ".join(lost_phrases(source.checking.lost_units, text, english))
    added = ", ".join(lost_phrases(source.checking.added_units, english, text))
    if lost or added:
        side = f"lacks a unit or currency of the {name}" if lost else f"has a unit or currency that the {name} does not"
        message = f"The English {side}; the number may count another thing."
        yield Finding("UNIT-LOST", Severity.WARNING, message, item.sentence.number, None, lost, added)
