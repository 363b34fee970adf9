"""Events: what the articles tell of, the reports of one event joined.

Two reports are joined only where it is sure: the same place, a date that fits, and the same kind of harm on the same
day in the same town; else also the same number of the same thing, much the same words, or several of the same actors.
Numbers that differ stand side by side: which is right is not for a program to say. The work is linear in the reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from sahelsum.combine.reports import Told, reports
from sahelsum.language.dates import YEAR_UNKNOWN, NamedDate
from sahelsum.records import DatePrecision, Digest
from sahelsum.records.folder import Event, Toll

SHARED_WORDS = 5
"""Words of five letters and more that two sentences must share where nothing else says that they tell of the same."""
SAME_WORDING = 0.5
"""Share of the shorter sentence's words, where no day and no publication say that both tell of the same news."""
SHARED_ACTORS = 2
SAME_NEWS_DAYS = 4
"""Publications at most this far apart may tell of the same event in the same words; weeks apart it is another one."""
NEIGHBOURS = 30
"""Reports of one place are compared with this many before and after them by date, so that the work stays linear."""
_PRECISIONS = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
_LAST = "9999"
"""Sorts what has no year behind all years."""


def events(digests: Sequence[Digest]) -> tuple[Event, ...]:
    """The events of a folder by date, those without a year or a date last."""
    told = list(chain.from_iterable(map(reports, digests)))
    found = [_event([told[index] for index in group]) for group in _groups(told)]
    return tuple(sorted(found, key=lambda event: (_sortable(event.date), event.place)))


def _sortable(date: str) -> str:
    return f"{_LAST}{date}" if not date or date.startswith(YEAR_UNKNOWN) else date


def _groups(told: Sequence[Told]) -> Iterator[list[int]]:
    """Numbers of the reports of each event, each group in the order of the articles."""
    joined = _Joined(told)
    for near in _buckets(told):
        order = sorted(near, key=lambda index: (_when(told[index]), index))
        for position, index in enumerate(order):
            for other in order[position + 1 : position + 1 + NEIGHBOURS]:
                if _same_event(told[index], told[other]):
                    joined.join(index, other)
    yield from joined.groups()


def _when(told: Told) -> str:
    known = told.date.value if told.date else ""
    return known or str(told.published or "")


def _buckets(told: Sequence[Told]) -> Iterable[list[int]]:
    """Reports that may be of the same event: of one place, of one wording, of one number in one article."""
    buckets: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, each in enumerate(told):
        for place in each.where.named | {each.where.place} - {""}:
            buckets["place", place].append(index)
        buckets["wording", each.wording].append(index)
        for thing in each.things:
            buckets["thing", each.report.article_id, thing].append(index)
    return buckets.values()


class _Joined:
    """Reports joined to events: a forest of disjoint sets, so that large groups cost no more."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._above = list(range(len(told)))
        # Two reports without a day must not bring together two that have one.
        self._days = [_day(each.date) for each in told]

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._top(one), self._top(other)))
        days = {self._days[first], self._days[second]} - {""}
        if first != second and len(days) <= 1:
            self._above[second] = first
            self._days[first] = next(iter(days), "")

    def _top(self, index: int) -> int:
        """The report that stands for the group; the way to it is halved for the next who asks."""
        above = self._above
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    def groups(self) -> Iterator[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._above)):
            groups[self._top(index)].append(index)
        yield from groups.values()


def _day(date: NamedDate | None) -> str:
    return date.value if date and date.precision is DatePrecision.DAY else ""


def _same_event(one: Told, other: Told) -> bool:
    """Whether two reports tell of the same event, as far as can be sure."""
    if one.total != other.total or not _dates_fit(one, other):
        return False
    if one.wording == other.wording:
        return True
    if one.report.article_id == other.report.article_id and one.things & other.things:
        return True
    if not _same_place(one, other) or bool(one.tolls) != bool(other.tolls):
        return False
    same_day = bool(_day(one.date)) and _day(one.date) == _day(other.date)
    if same_day and one.where.narrow and other.where.narrow and one.tolls & other.tolls:
        return True
    return _alike(one, other, same_day=same_day)


def _dates_fit(one: Told, other: Told) -> bool:
    """Whether both dates may be the same, as far as they are known."""
    first, second = (each.date.value if each.date else "" for each in (one, other))
    if first and second:
        return first.startswith(second) or second.startswith(first) or _without_year(first) == _without_year(second)
    return True


def _without_year(value: str) -> str:
    """The month and day; the whole where that is all there is, so that a year is never taken for a month."""
    return value[2:] if value.startswith(YEAR_UNKNOWN) else value[5:] or value


def _same_place(one: Told, other: Told) -> bool:
    if one.where.place == other.where.place:
        return bool(one.where.place)
    if one.where.narrow and other.where.narrow:
        return one.where.place in other.where.named and other.where.place in one.where.named
    return one.where.place in other.where.named or other.where.place in one.where.named


def _alike(one: Told, other: Told, *, same_day: bool) -> bool:
    """Whether words, numbers or actors say that it is the same event."""
    common = len(one.words & other.words)
    if same_day:
        return common >= SHARED_WORDS or bool(one.things & other.things) or _share_actors(one, other)
    if common < SHARED_WORDS or not (one.where.narrow and other.where.narrow):
        return False
    if one.published and other.published:
        return abs((one.published - other.published).days) <= SAME_NEWS_DAYS
    return common >= SAME_WORDING * min(len(one.words), len(other.words))


def _share_actors(one: Told, other: Told) -> bool:
    return len(one.actors & other.actors) >= SHARED_ACTORS


def _event(told: Sequence[Told]) -> Event:
    date = _best_date([each.date for each in told if each.date])
    where = min((each.where for each in told), key=lambda where: (where.inferred, not where.narrow, not where.place))
    tolls = {toll for each in told for toll in each.tolls}
    return Event(
        date=date.value,
        precision=date.precision,
        counted_from=date.counted_from,
        place=where.place,
        country=where.country,
        place_inferred=where.inferred,
        total=told[0].total,
        tolls=tuple(toll for toll in Toll if toll in tolls),
        actors=_most_named(each.actors for each in told),
        reports=tuple(dict.fromkeys(each.report for each in told)),
    )


def _best_date(dates: Sequence[NamedDate]) -> NamedDate:
    """The most precise date, one with its year before one without, one that was named before one that was counted."""
    nothing = NamedDate("", DatePrecision.YEAR)
    return min(dates, key=_vagueness, default=nothing)


def _vagueness(date: NamedDate) -> tuple[bool, bool, int, bool]:
    yearless = date.value.startswith(YEAR_UNKNOWN)
    return not date.value, yearless, _PRECISIONS.index(date.precision), bool(date.counted_from)


def _most_named(actors: Iterable[Iterable[str]]) -> tuple[str, ...]:
    counts = Counter(chain.from_iterable(actors))
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
