"""All that tells a German meaning from one that excludes it, put together."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.language.contrasts import Turned
from sahelsum.language.de.contrasts import contrasts
from sahelsum.language.de.exchanges import exchanged_parties
from sahelsum.language.de.measures import turned_measures
from sahelsum.language.de.tense import turned_tense
from sahelsum.language.de.verbs import turned_verbs


def turned(german: str, english: str) -> Iterator[Turned]:
    """What the English turns round, one kind after the other."""
    yield from contrasts().turned(german, english)
    yield from turned_tense(german, english)
    yield from turned_measures(german, english)
    yield from turned_verbs(german, english)
    yield from exchanged_parties(german, english)
