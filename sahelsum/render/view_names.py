"""The views of notes on names: one for each actor, place and country, as a vault links to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sahelsum.records import FactKind
from sahelsum.records.folder import CombinedDigest, Event, IndexEntry
from sahelsum.render.view import Folded, folded
from sahelsum.render.view_article import NAMED_KINDS
from sahelsum.render.view_events import EventView, event_view
from sahelsum.render.view_rows import Articles, SentenceReference

SHOWN_ARTICLES = 50
MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class NoteView:
    """What a folder tells of one name."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str
    """Of a place; empty for others."""
    same_as: str
    """The name that this is another form of; empty where it is the usual one."""
    beside: tuple[str, ...]
    where: tuple[str, ...]
    mentions: Folded[SentenceReference]
    events: tuple[EventView, ...]
    """The latest ones that name it."""


def note_views(combined: CombinedDigest) -> Iterator[NoteView]:
    """A note for each actor, place and country of a folder, and for each other form that an article's page links to."""
    articles = Articles(combined.digests)
    by_name = _events_by_name(combined.events)
    entries = {entry.name: entry for entry in (*combined.countries, *combined.places, *combined.actors)}
    for entry in entries.values():
        yield _note(entry, by_name.get(entry.name, []), articles)
    usual = {alias: entry for entry in entries.values() for alias in entry.aliases}
    linked = (fact.text for d in combined.digests for fact in d.facts if fact.kind in NAMED_KINDS)
    for text in dict.fromkeys(linked):
        if text not in entries:
            yield _pointer(text, usual.get(text))


def _events_by_name(events: Iterable[Event]) -> dict[str, list[Event]]:
    named: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for name in {event.place, event.country, *event.actors} - {""}:
            named[name].append(event)
    return named


def _note(entry: IndexEntry, events: list[Event], articles: Articles) -> NoteView:
    return NoteView(
        name=entry.name,
        kind="person" if entry.kind == FactKind.NAME else entry.kind,
        aliases=entry.aliases,
        country=entry.country if entry.country != entry.name else "",
        same_as="",
        beside=tuple(name for name, _ in entry.beside),
        where=tuple(name for name, _ in entry.where),
        mentions=folded(map(articles.mention, entry.mentions), SHOWN_ARTICLES),
        events=tuple(event_view(event, articles) for event in events[-MOST_EVENTS:]),
    )


def _pointer(text: str, entry: IndexEntry | None) -> NoteView:
    """A note that leads to the usual form of a name."""
    kind, same_as = (entry.kind, entry.name) if entry else ("", "")
    return NoteView(text, kind, (), "", same_as, (), (), Folded((), ()), ())
