"""Figures that differ: the same thing counted differently by different articles.

A reader must be able to trust the list, so it holds only what is sure: the same unit, the same place, the same kind of
event, and either the same day or much the same words. Which figure is right is not for a program to say.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sahelsum.language.dates import published_day
from sahelsum.language.names import country_of, known_names
from sahelsum.language.pack import Figures, Pack
from sahelsum.language.packs import pack_of
from sahelsum.language.quantities import Quantity, search_before
from sahelsum.records import DatePrecision, Digest, FactKind, Translation
from sahelsum.records.folder import Figure, FigureGroup

SHARED_WORDS = 5
"""Words of five letters and more that two sentences must share where no day says that they tell of the same thing.
Unit, place and event are mostly three of them."""
SAME_WORDING = 0.5
"""Without dates of publication: share of the shorter sentence's words."""
SAME_NEWS_DAYS = 4
"""Publications at most this far apart may tell of the same event in the same words; weeks apart it is another one."""
ROUNDING = Decimal("0.1")
"""``rund 1100`` and ``1050`` do not disagree: a figure said to be rough may be off by a tenth."""
NEIGHBOURS = 30
"""Counts of one thing are compared with this many before and after them by date, so that the work stays linear."""

_CONTENT = re.compile(r"[^\W\d_]{5,}")
_STEM = 6


@dataclass(frozen=True, slots=True)
class _Count:
    """One number of one sentence, with what has to agree before two are compared."""

    value: Decimal
    low: bool
    high: bool
    rough: bool
    unit: str
    places: frozenset[str]
    event: str
    day: str
    published: datetime.date | None
    words: frozenset[str]
    figure: Figure


def differing_figures(digests: Sequence[Digest]) -> tuple[FigureGroup, ...]:
    """Groups of figures that differ, in the order of their articles. Reprints are best left out."""
    buckets: dict[tuple[str, str, str], list[_Count]] = defaultdict(list)
    for digest in digests:
        for item in digest.translations:
            for count in _counts(digest, item):
                for place in count.places:
                    buckets[place, count.unit, count.event].append(count)
    groups = (
        FigureGroup(place, tuple(count.figure for count in group))
        for (place, _, _), counts in buckets.items()
        for group in _groups(counts, known_names()[place].kind)
    )
    return tuple({frozenset(group.figures): group for group in groups}.values())


def _counts(digest: Digest, item: Translation) -> Iterator[_Count]:
    text, source = item.sentence.text, pack_of(digest.article.language)
    words = source.figures
    if words is None or item.failure is not None or not _tells_of_event(text, words):
        return
    found = [(quantity, _unit(text, quantity, words)) for quantity in source.quantities(text)]
    places = _places(text, source) if any(unit for _, unit in found) else frozenset()
    if not places:
        return
    date = digest.article.date
    days = [named.value for named in source.named_dates(text, date) if named.precision is DatePrecision.DAY]
    events = [(match.start(), match.end(), str(match.lastgroup)) for match in words.event.finditer(text)]
    content = frozenset(word[:_STEM] for word in _CONTENT.findall(text.lower()))
    for quantity, unit in found:
        if unit:
            yield _Count(
                value=Decimal(min(quantity.values)),
                low=bool(search_before(words.at_least, text, quantity.start)),
                high=bool(search_before(words.at_most, text, quantity.start)),
                rough=bool(search_before(words.roughly, text, quantity.start)),
                unit=unit,
                places=places,
                event=_nearest(events, quantity),
                day=days[0] if len(days) == 1 else "",
                published=published_day(date),
                words=content,
                figure=Figure(_figure(text, quantity, words), item.text, digest.article.id, item.sentence.block),
            )


def _tells_of_event(text: str, words: Figures) -> bool:
    lower = text.lower()
    return any(part in lower for part in words.parts_of_events) and words.event.search(text) is not None


def _places(text: str, source: Pack) -> frozenset[str]:
    """Towns and regions of one country, and countries; not the Sahel as a whole."""
    return frozenset(
        name
        for name in source.names(text)
        if country_of(name) and known_names()[name].kind in (FactKind.PLACE, FactKind.COUNTRY)
    )


def _unit(text: str, quantity: Quantity, words: Figures) -> str:
    """One word for what is counted; empty if it is no count."""
    if quantity.calendar or not quantity.claim or len(quantity.values) != 1:
        return ""
    match = words.unit.match(text, quantity.end)
    return words.thing_of(match["unit"].lower()) if match else ""


def _figure(text: str, quantity: Quantity, words: Figures) -> str:
    match = words.unit.match(text, quantity.end)
    return text[quantity.start : match.end() if match else quantity.end]


def _nearest(events: Sequence[tuple[int, int, str]], quantity: Quantity) -> str:
    """The kind of the event (start, end, kind; in order) that is nearest to the number; of equals the one before it."""
    after = bisect_left(events, (quantity.start,))
    around = events[max(0, after - 1) : after + 1]
    return min(around, key=lambda event: max(quantity.start - event[1], event[0] - quantity.end))[2]


def _groups(counts: Sequence[_Count], kind: FactKind) -> Iterator[tuple[_Count, ...]]:
    """Counts linked by a disagreement, each group in the order of the articles."""
    order = sorted(range(len(counts)), key=lambda index: (counts[index].day or str(counts[index].published), index))
    # For each count another one of its group, or itself: a forest of disjoint sets, so that large groups cost no more.
    above = list(range(len(counts)))
    for position, index in enumerate(order):
        for other in order[position + 1 : position + 1 + NEIGHBOURS]:
            if _disagree(counts[index], counts[other]) and _same_event(counts[index], counts[other], kind):
                above[_top(other, above)] = _top(index, above)
    groups: dict[int, list[_Count]] = defaultdict(list)
    for index, count in enumerate(counts):
        groups[_top(index, above)].append(count)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def _top(index: int, above: list[int]) -> int:
    """The count that stands for the group; the way to it is halved for the next who asks."""
    while above[index] != index:
        above[index] = above[above[index]]
        index = above[index]
    return index


def _disagree(one: _Count, other: _Count) -> bool:
    """Whether both cannot be right; ``at least 24`` and ``26`` can."""
    if one.figure.article_id == other.figure.article_id:
        return False
    smaller, larger = sorted((one, other), key=lambda count: count.value)
    tolerance = larger.value * ROUNDING if one.rough or other.rough else Decimal(0)
    return not smaller.low and not larger.high and larger.value - smaller.value > tolerance


def _same_event(one: _Count, other: _Count, kind: FactKind) -> bool:
    """The same day; in a town, where less happens than in a country, also much the same words in the same news."""
    if one.day and other.day:
        return one.day == other.day
    common = len(one.words & other.words)
    if kind is FactKind.COUNTRY or common < SHARED_WORDS:
        return False
    if one.published and other.published:
        return abs((one.published - other.published).days) <= SAME_NEWS_DAYS
    return common >= SAME_WORDING * min(len(one.words), len(other.words))
