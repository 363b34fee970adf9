"""Numbers and dates of a wording put right, each told."""

from __future__ import annotations

from dataclasses import replace

from sahelsum.language.pack import Pack
from sahelsum.records import Translation


def repaired(item: Translation, source: Pack) -> Translation:
    """The translation with its numbers and dates as English writes them; each repair is kept in ``repaired``."""
    repairs = list(source.repairs(item.sentence.text, item.text))
    if not repairs:
        return item
    text, told = item.text, []
    for repair in reversed(repairs):
        told.append((repair.source, text[repair.start : repair.end], repair.after))
        text = text[: repair.start] + repair.after + text[repair.end :]
    return replace(item, text=text, repaired=tuple(dict.fromkeys(reversed(told))))
