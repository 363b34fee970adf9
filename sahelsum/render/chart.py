"""The timeline as a Mermaid drawing: entry by entry where that is readable, else counted by month or year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sahelsum.language.dates import date_in_words
from sahelsum.records import DatePrecision
from sahelsum.records.folder import Event, Publication
from sahelsum.render.escape import Safe, mermaid
from sahelsum.render.parts import count

MOST_ENTRIES = 15
"""More do not fit the width of a page."""


def timeline_chart(events: Sequence[Event], publications: Sequence[Publication], titles: dict[str, str]) -> Safe:
    """The Mermaid source, events and publications in sections of their own; empty with fewer than two dates to draw.

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
        return Safe("")
    sections = (("Events", told), ("Published", printed))
    lines = ["timeline", *(line for name, part in sections if part for line in (f"    section {name}", *part))]
    return Safe("\n".join(lines))


def _single(entries: Iterable[tuple[str, DatePrecision, str]]) -> list[str]:
    periods: dict[str, list[str]] = defaultdict(list)
    for date, precision, text in entries:
        periods[date_in_words(date, precision)].append(mermaid(text))
    return [" : ".join([f"        {mermaid(period)}", *labels]) for period, labels in periods.items()]


def _counted(dates: Sequence[str], noun: str) -> list[str]:
    """How many there were in each month, or in each year where there are too many months."""
    months = Counter(date[:7] for date in dates)
    periods = months if len(months) <= MOST_ENTRIES else Counter(date[:4] for date in dates)
    return [f"        {mermaid(_period(period))} : {count(number, noun)}" for period, number in sorted(periods.items())]


def _period(value: str) -> str:
    return date_in_words(value, DatePrecision.MONTH if "-" in value else DatePrecision.YEAR)
