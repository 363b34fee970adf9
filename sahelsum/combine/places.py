"""Where a sentence takes place: the town it names with "in" or "near", else a country of the region, else others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sahelsum.language.names import country_of, known_names
from sahelsum.language.pack import Figures, Pack
from sahelsum.records import Digest, FactKind, Translation

REGION = frozenset(
    "Mali|Niger|Burkina Faso|Chad|Mauritania|Nigeria|Benin|Togo|Ghana|Côte d’Ivoire|Senegal|Guinea|Cameroon|Sudan|"
    "Libya|Algeria".split("|")
)
"""The Sahel states and those around: of several places of a sentence, one here is more likely that of the news."""
LOOK_BACK = 3
"""Sentences before one that names no place, or says "there"."""
_LONGEST_LEAD = 32
"""Characters before a name in which "in", "near" or "north of" may stand."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a sentence, and all that it names; ``inferred`` from the text around it."""

    place: str = ""
    country: str = ""
    inferred: bool = False
    named: frozenset[str] = frozenset()
    """Towns and regions of one country, and countries; not the Sahel as a whole."""

    @property
    def narrow(self) -> bool:
        """Whether it is a town or a region, where less happens than in a country."""
        return bool(self.country) and self.place != self.country


NOWHERE = Where()


class Places:
    """The places of an article's sentences."""

    def __init__(self, digest: Digest, source: Pack, words: Figures) -> None:
        self._texts = [item.sentence.text for item in digest.translations]
        self._positions = {item.sentence.number: position for position, item in enumerate(digest.translations)}
        self._source, self._words = source, words
        self._usual = _usual(digest)

    def of(self, item: Translation) -> Where:
        """Where a sentence takes place."""
        position = self._positions[item.sentence.number]
        text = self._texts[position]
        named = _named(text, self._source)
        own, sure = _own(text, named, self._words)
        names = frozenset(name for name, _ in named if country_of(name))
        near = country_of(own) in REGION
        if own and (near or (sure and not self._words.there.search(text))):
            return Where(own, country_of(own), False, names)
        around = next(self._before(position), "") or own or self._usual
        return Where(around, country_of(around), bool(around) and around != own, names)

    def _before(self, position: int) -> Iterator[str]:
        for text in reversed(self._texts[max(0, position - LOOK_BACK) : position]):
            place, _ = _own(text, _named(text, self._source), self._words)
            if country_of(place) in REGION:
                yield place


def _usual(digest: Digest) -> str:
    """The country of the region that an article names in most paragraphs."""
    counts = Counter[str]()
    for fact in digest.facts:
        if fact.kind is FactKind.COUNTRY and fact.text in REGION:
            counts[fact.text] += len(fact.blocks)
    return max(counts, key=counts.__getitem__, default="")


def _named(text: str, source: Pack) -> list[tuple[str, int]]:
    """Places and countries with where the text names them, in its order."""
    plain = text.replace("'", "’")
    found = [
        (name, plain.find(form))
        for name, form in source.name_forms(text)
        if known_names()[name].kind in (FactKind.PLACE, FactKind.COUNTRY)
    ]
    return sorted(found, key=lambda item: (item[1], item[0]))


def _own(text: str, named: Sequence[tuple[str, int]], words: Figures) -> tuple[str, bool]:
    """The likeliest of the places that a sentence names, empty if it names none; and whether something happened there.

    ``Paris`` alone may stand for a government; ``in Paris`` is a place.
    """
    ranked = [(_rank(text, name, start, words), order, name) for order, (name, start) in enumerate(named)]
    rank, _, name = min(ranked, default=(_UNSURE, 0, ""))
    return name, rank < _UNSURE


_UNSURE = 6


def _rank(text: str, name: str, start: int, words: Figures) -> int:
    """Towns of the region first, in the sense that something happened there; then its countries; then all others."""
    lead = words.before_place.search(text, max(0, start - _LONGEST_LEAD), start) is not None
    country = country_of(name)
    town = known_names()[name].kind is FactKind.PLACE
    if town and country:
        return (0 if lead else 2) if country in REGION else (1 if lead else _UNSURE)
    if country:
        return 3 if country in REGION else (4 if lead else _UNSURE + 1)
    return 5  # the Sahel as a whole
