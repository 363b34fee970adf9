"""Rows of events: when, where, what, how many, who says so, and the sentences that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sahelsum.language.dates import YEAR_UNKNOWN, date_in_words
from sahelsum.records import DatePrecision
from sahelsum.records.folder import Count, Event, Report, Toll
from sahelsum.render.view_rows import Articles, SentenceReference, clipped

MOST_EVENTS = 100
"""Events on a page; the data have all of them."""
SHOWN_SOURCES = 4
IN_COLUMNS = (Toll.KILLED, Toll.WOUNDED)
"""Those with a column of their own; others are told with the sentence."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number as reported: ``at least 24 soldiers``. ``sources``: who reports it, empty where nobody differs."""

    qualifier: str
    value: int
    what: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TollView:
    """The numbers reported of one kind of harm; more than one where reports differ."""

    toll: Toll
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class SayingView:
    """Who says so: ``who`` according to the sentence, ``outlet`` of the article; either may be empty, not both."""

    who: str
    outlet: str


@dataclass(frozen=True, slots=True)
class EventView:
    """The row of an event."""

    date: str
    """In words; empty where nothing says when. ``iso``: as the record has it, ``--`` for a year that is not known."""
    iso: str
    precision: DatePrecision
    counted_from: str
    """Words of the original: the date was counted from them, or they are all there is."""
    place: str
    country: str
    place_inferred: bool
    """Whether the place is that of the text around the sentence."""
    total: bool
    """Whether it is a sum over a time, not one event."""
    text: str
    """The English sentence; empty where there is no translation."""
    original: str
    tolls: tuple[Toll, ...]
    """Kinds of harm, with numbers or without."""
    killed: tuple[FigureView, ...]
    wounded: tuple[FigureView, ...]
    others: tuple[TollView, ...]
    actors: tuple[str, ...]
    says: tuple[SayingView, ...]
    reports: tuple[SentenceReference, ...]
    """The sentences that tell of it, one an article; that of ``text`` is the first."""
    new: bool
    """Whether all of its articles are new."""


def event_view(event: Event, articles: Articles, new: frozenset[str] = frozenset()) -> EventView:
    """The row of an event.

    Args:
        event: the event.
        articles: of the folder.
        new: the articles that are new, by id.
    """
    best = event.best
    reports = list({report.article_id: report for report in (*reversed(event.reports), best)}.values())
    ordered = [best, *(report for report in event.reports if report in reports and report is not best)]
    tolls = {toll: tuple(_figures(event.reports, toll, articles)) for toll in Toll}
    return EventView(
        date=date_in_words(event.date, event.precision) if event.date else "",
        iso=event.date,
        precision=event.precision,
        counted_from=event.counted_from,
        place=event.place,
        country=event.country,
        place_inferred=event.place_inferred,
        total=event.total,
        text=clipped(best.text),
        original=clipped(best.original),
        tolls=event.tolls,
        killed=tolls[Toll.KILLED],
        wounded=tolls[Toll.WOUNDED],
        others=tuple(TollView(toll, figures) for toll, figures in tolls.items() if toll not in IN_COLUMNS and figures),
        actors=event.actors,
        says=tuple(_says(ordered))[:SHOWN_SOURCES],
        reports=tuple(SentenceReference(articles[report.article_id], report.sentence) for report in ordered),
        new=new.issuperset(event.article_ids),
    )


def _figures(reports: Sequence[Report], toll: Toll, articles: Articles) -> Iterator[FigureView]:
    """Each number once, with those who report it where there are several numbers."""
    found: dict[tuple[str, str], tuple[Count, list[str]]] = {}
    for report in reports:
        for count in report.counts:
            if count.toll is toll and not _said_before(count, report, reports):
                _, sources = found.setdefault((count.qualifier, count.value), (count, []))
                sources.append(_source(report, articles))
    several = len(found) > 1
    for count, sources in found.values():
        named = tuple(dict.fromkeys(sources))[:SHOWN_SOURCES] if several else ()
        yield FigureView(count.qualifier, int(float(count.value)), count.what, named)


def _said_before(count: Count, report: Report, reports: Sequence[Report]) -> bool:
    """Whether the same article gave the same number in an earlier sentence, in whatever words."""
    earlier = (each for each in reports if each.article_id == report.article_id and each.sentence < report.sentence)
    return any((other.toll, other.value) == (count.toll, count.value) for each in earlier for other in each.counts)


def _source(report: Report, articles: Articles) -> str:
    return report.outlet or f"article {articles[report.article_id].number}"


def _says(reports: Iterable[Report]) -> Iterator[SayingView]:
    """Who says so, each once."""
    sayings = (SayingView(report.claimed_by, report.outlet) for report in reports)
    yield from (saying for saying in dict.fromkeys(sayings) if saying.who or saying.outlet)


def most_telling(events: Sequence[Event], new: frozenset[str], limit: int = MOST_EVENTS) -> list[Event]:
    """The events a page shows, in their order.

    New ones come first, then those of several articles, those with numbers, the latest.
    """
    if len(events) <= limit:
        return list(events)

    def weight(position: int) -> tuple[bool, int, bool, str, int]:
        event = events[position]
        numbers = any(report.counts for report in event.reports)
        known = "" if event.date.startswith(YEAR_UNKNOWN) else event.date
        return new.issuperset(event.article_ids), len(event.article_ids), numbers, known, position

    ranked = sorted(range(len(events)), key=weight, reverse=True)
    return [events[position] for position in sorted(ranked[:limit])]
