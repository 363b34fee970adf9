"""The view of the timeline as a drawing: entry by entry where that is readable, else counted by month or year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sahelsum.language.dates import date_in_words
from sahelsum.records import DatePrecision
from sahelsum.records.folder import Event, Publication
from sahelsum.render.view import count

MOST_ENTRIES = 15
"""More do not fit the width of a page."""


@dataclass(frozen=True, slots=True)
class ChartPeriod:
    """A day, month or year, and what belongs to it."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartSection:
    """Periods under one heading, in order of time."""

    name: str
    periods: tuple[ChartPeriod, ...]


def timeline_chart(
    events: Sequence[Event], publications: Sequence[Publication], titles: Mapping[str, str]
) -> tuple[ChartSection, ...]:
    """Events and publications in sections of their own; nothing with fewer than two dates to draw.

    Args:
        events: what the articles date.
        publications: when they appeared.
        titles: the title of each article by its id.
    """
    if len(events) + len(publications) <= MOST_ENTRIES:
        told = _single((event.date, event.precision, event.text) for event in events)
        printed = _single((entry.date, entry.precision, titles[entry.article_id]) for entry in publications)
    else:
        told = _counted([event.date for event in events], "event")
        printed = _counted([entry.date for entry in publications], "article")
    if len(told) + len(printed) < 2:
        return ()
    sections = (ChartSection("Events", told), ChartSection("Published", printed))
    return tuple(section for section in sections if section.periods)


def _single(entries: Iterable[tuple[str, DatePrecision, str]]) -> tuple[ChartPeriod, ...]:
    periods: dict[str, list[str]] = defaultdict(list)
    for date, precision, text in entries:
        periods[date_in_words(date, precision)].append(text)
    return tuple(ChartPeriod(name, tuple(labels)) for name, labels in periods.items())


def _counted(dates: Sequence[str], noun: str) -> tuple[ChartPeriod, ...]:
    """How many there were in each month, or in each year where there are too many months."""
    months = Counter(date[:7] for date in dates)
    periods = months if len(months) <= MOST_ENTRIES else Counter(date[:4] for date in dates)
    return tuple(ChartPeriod(_period(period), (count(number, noun),)) for period, number in sorted(periods.items()))


def _period(value: str) -> str:
    return date_in_words(value, DatePrecision.MONTH if "-" in value else DatePrecision.YEAR)
