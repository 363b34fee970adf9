"""Meanings exchanged for others: more for fewer, killed for injured, north for south, could for will."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

_CODES = {
    "comparison": ("CMP-CHANGED", "The {source} bounds or weighs a number in another way than the English."),
    "direction": ("DIR-CHANGED", "The English turns the direction, order or sense of the {source} round."),
    "toll": ("TOLL-CHANGED", "The English exchanges killed, injured, missing, captured and freed."),
    "modality": (
        "MOD-CHANGED",
        "What the {source} calls possible, due, allowed or certain is not that in the English.",
    ),
    "scale": ("SCALE-CHANGED", "The English has thousands, millions or billions where the {source} has others."),
    "tense": (
        "TENSE-CHANGED",
        "What the {source} says is to come has happened in the English, or the other way round.",
    ),
    "verb": ("VERB-TURNED", "A known wrong word stands in the English for a verb of the {source}."),
    "roles": ("ROLE-TURNED", "The English may exchange who does what to whom in the {source}."),
    "measure": ("UNIT-SCALE", "The English has the number of the {source}, but counts another unit with it."),
}
"""By kind of fault: its code, and what to say."""


def check_contrasts(item: Translation, source: Pack) -> Iterator[Finding]:
    """One code for each kind of meaning that may be turned round."""
    found: dict[str, dict[str, str]] = {}
    for turned in source.checking.turned(item.sentence.text, item.text):
        found.setdefault(turned.kind, {}).setdefault(turned.said, turned.told)
    for kind, values in found.items():
        code, message = _CODES[kind]
        said, told = ", ".join(values), ", ".join(filter(None, values.values()))
        yield Finding(
            code, Severity.WARNING, message.format(source=source.name), item.sentence.number, None, said, told
        )
