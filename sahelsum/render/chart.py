"""The timeline as a Mermaid drawing: by day where that is readable, else by month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sahelsum.datewords import date_in_words
from sahelsum.escape import Safe, mermaid
from sahelsum.folder_records import TimelineEntry, TimelineKind
from sahelsum.records import DatePrecision
from sahelsum.render.parts import count

MOST_ENTRIES = 15
"""More do not fit the width of a page."""


def timeline_chart(timeline: Sequence[TimelineEntry]) -> Safe:
    """The Mermaid source; empty where there are fewer than two dates to draw."""
    lines = _single(timeline) if len(timeline) <= MOST_ENTRIES else _counted(timeline)
    return Safe("\n".join(["timeline", *(f"    {line}" for line in lines)])) if len(lines) > 1 else Safe("")


def _single(timeline: Sequence[TimelineEntry]) -> list[str]:
    periods: dict[str, list[str]] = {}
    for entry in timeline:
        label = f"{'Article' if entry.kind is TimelineKind.PUBLISHED else 'Event'} – {entry.text}"
        periods.setdefault(date_in_words(entry.date, entry.precision), []).append(mermaid(label))
    return [" : ".join([mermaid(period), *labels]) for period, labels in periods.items()]


def _counted(timeline: Sequence[TimelineEntry]) -> list[str]:
    """How many articles were published in each month, or in each year where there are too many months."""
    published = [entry.date for entry in timeline if entry.kind is TimelineKind.PUBLISHED]
    months = Counter(date[:7] for date in published)
    if len(months) <= MOST_ENTRIES:
        return [_counted_line(month, DatePrecision.MONTH, number) for month, number in months.items()]
    years = Counter(date[:4] for date in published)
    return [_counted_line(year, DatePrecision.YEAR, number) for year, number in years.items()]


def _counted_line(period: str, precision: DatePrecision, number: int) -> str:
    return f"{mermaid(date_in_words(period, precision))} : {count(number, 'article')}"
