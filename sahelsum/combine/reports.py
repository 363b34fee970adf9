"""Sentences that tell of an event: those of a paragraph that name a date, or that count the dead or the abducted.

The source decides what is counted and when; the English gives the wording. Captions and headings tell of nothing: a
picture may be years older than the news it is printed with.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sahelsum.combine.facts import ACTOR_KINDS, qualifier_before, unit_after
from sahelsum.combine.places import Places, Where
from sahelsum.language.dates import NamedDate, published_day
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.english_saying import claimed_by
from sahelsum.language.names import known_names, names_in_english
from sahelsum.language.pack import Figures, Pack
from sahelsum.language.packs import pack_of
from sahelsum.language.quantities import Quantity
from sahelsum.records import ArticleDate, BlockKind, DatePrecision, Digest, FactKind, Translation
from sahelsum.records.folder import Count, Report, Toll

MOST_DATES = 6
"""A sentence that names more is a chronology of its own, and stands at its first date alone."""
OF_PEOPLE = frozenset({Toll.KILLED, Toll.WOUNDED, Toll.ABDUCTED, Toll.CAPTURED, Toll.DISPLACED})
_NUMBER_OF_LEAD = 90
"""Characters before a number in which "the number of dead" may stand."""
_CONTENT = re.compile(r"[^\W\d_]{5,}")
_STEM = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what has to agree before it is joined with another."""

    report: Report
    date: NamedDate | None
    """None where neither date nor words say when."""
    where: Where
    tolls: frozenset[Toll]
    things: frozenset[tuple[Toll, str, str]]
    """What is counted: what became of it, the number, one word of the source for all that mean the same."""
    total: bool
    actors: frozenset[str]
    words: frozenset[str]
    """Beginnings of the longer words of the source."""
    wording: str
    published: datetime.date | None


class _Counted(NamedTuple):
    thing: tuple[Toll, str, str]
    told: Count


def reports(digest: Digest) -> Iterator[Told]:
    """What an article tells of, sentence by sentence; one with several dates and no numbers once for each."""
    source = pack_of(digest.article.language)
    words = source.figures
    if words is None:
        return
    prose = {block.number for block in digest.article.blocks if block.kind is BlockKind.PARAGRAPH}
    places = Places(digest, source, words)
    for item in digest.translations:
        if item.sentence.block in prose:
            yield from _told(digest, item, source, words, places)


def _told(digest: Digest, item: Translation, source: Pack, words: Figures, places: Places) -> Iterator[Told]:
    text, published = item.sentence.text, digest.article.date
    tolls = list(_tolls(text, words))
    counted = list(_counted(item, tolls, source, words)) if tolls else []
    dates = source.named_dates(text, published) or _vaguer(text, source, published, counted=bool(counted))
    if not (dates or counted):
        return
    chosen: list[NamedDate | None] = [*_chosen(dates, alone=bool(counted))]
    for date in chosen or [None]:
        yield Told(
            report=_report(digest, item, [each.told for each in counted]),
            date=date,
            where=places.of(item),
            tolls=frozenset(toll for _, _, toll in tolls),
            things=frozenset(each.thing for each in counted),
            total=bool(counted) and words.total.search(text) is not None,
            actors=_actors(text, source),
            words=frozenset(word[:_STEM] for word in _CONTENT.findall(text.lower())),
            wording=" ".join(text.split()).casefold(),
            published=published_day(published),
        )


def _vaguer(text: str, source: Pack, published: ArticleDate | None, *, counted: bool) -> list[NamedDate]:
    """What a sentence says of a time that is no date: of an article without a day, or of something with numbers."""
    dates = source.partial_dates(text) if counted or published is None else []
    if dates:
        return dates
    words = source.time_words(text, not counted) if counted or published_day(published) is None else ""
    return [NamedDate("", DatePrecision.DAY, words)] if words else []


def _chosen(dates: Sequence[NamedDate], *, alone: bool) -> list[NamedDate]:
    """All dates of a sentence; with numbers, which belong to one of them, the first of the most precise."""
    if alone:
        days = [date for date in dates if date.precision is DatePrecision.DAY]
        return list(days or dates)[:1]
    return list(dates) if len(dates) <= MOST_DATES else list(dates)[:1]


def _report(digest: Digest, item: Translation, counts: Sequence[Count]) -> Report:
    text = item.text if item.failure is None else ""
    return Report(
        article_id=digest.article.id,
        block=item.sentence.block,
        sentence=item.sentence.number,
        original=item.sentence.text,
        text=text,
        outlet=digest.article.credit or "",
        claimed_by=claimed_by(text) or ", ".join(sorted(_media(text))),
        counts=tuple(dict.fromkeys(counts)),
    )


def _media(english: str) -> Iterator[str]:
    yield from (name for name in names_in_english(english) if known_names()[name].kind is FactKind.MEDIUM)


def _actors(text: str, source: Pack) -> frozenset[str]:
    return frozenset(name for name in source.names(text) if known_names()[name].kind in ACTOR_KINDS)


_Placed = tuple[int, int, Toll]
"""Start and end of the words that tell of a harm, and which."""


def _tolls(text: str, words: Figures) -> Iterator[_Placed]:
    lower = text.lower()
    if any(part in lower for part in words.parts_of_events):
        yield from ((match.start(), match.end(), Toll(str(match.lastgroup))) for match in words.event.finditer(text))


def _counted(item: Translation, tolls: Sequence[_Placed], source: Pack, words: Figures) -> Iterator[_Counted]:
    text = item.sentence.text
    units = _english_units(item)
    fitting = {people: [toll for toll in tolls if (toll[2] in OF_PEOPLE) == people] for people in (True, False)}
    for quantity in source.quantities(text):
        thing = _thing(text, quantity, words)
        people = words.living.search(thing) is not None
        if thing and fitting[people] and (quantity.claim or people):
            toll, value = _nearest(fitting[people], quantity), min(quantity.values)
            count = Count(toll, value, qualifier_before(text, quantity.start, source), units.get(value, ""))
            yield _Counted((toll, value, thing), count)


def _thing(text: str, quantity: Quantity, words: Figures) -> str:
    """One word for what is counted; empty if it is no count."""
    if quantity.calendar or quantity.date or len(quantity.values) != 1:
        return ""
    if not quantity.claim and not words.one.fullmatch(quantity.text):
        return ""
    match = words.unit.match(text, quantity.end)
    if match:
        return words.thing_of(match["unit"].lower())
    begin = max(0, quantity.start - _NUMBER_OF_LEAD)
    return words.thing_of("personen") if words.number_of.search(text, begin, quantity.start) else ""


def _nearest(tolls: Sequence[_Placed], quantity: Quantity) -> Toll:
    """The harm whose words are nearest to the number; of equals those before it."""
    after = bisect_left(tolls, (quantity.start,))
    around = tolls[max(0, after - 1) : after + 1]
    return min(around, key=lambda toll: max(quantity.start - toll[1], toll[0] - quantity.end))[2]


def _english_units(item: Translation) -> dict[str, str]:
    """What the English counts, by the number."""
    if item.failure is not None:
        return {}
    found: dict[str, str] = {}
    for quantity in english_quantities(item.text):
        unit = unit_after(item.text, quantity)
        for value in quantity.values if unit else ():
            found.setdefault(value, unit)
    return found
