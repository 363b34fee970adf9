"""Records of a whole folder: what the combined digest is rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sahelsum.records import DatePrecision, Digest, Failure, Finding, ModelInfo, Overview


@dataclass(frozen=True, slots=True)
class Publication:
    """An article in the timeline of publications."""

    date: str
    precision: DatePrecision
    article_id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one article mentions something: the numbers of its blocks."""

    article_id: str
    blocks: tuple[int, ...]


class Toll(StrEnum):
    """What became of those, or of that, which a report counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    ABDUCTED = "abducted"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    DESTROYED = "destroyed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a report: ``at least 24 soldiers`` killed.

    ``qualifier`` is English and empty where the source has none; ``what`` is what the English counts, empty where it
    has no such number.
    """

    toll: Toll
    value: str
    """The number in digits, without separators."""
    qualifier: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of an article that tells of an event."""

    article_id: str
    block: int
    sentence: int
    original: str
    text: str
    """The English; empty where there is no translation."""
    outlet: str
    """Outlet or agency of the article; empty where it names none."""
    claimed_by: str
    """Who says so according to the English sentence (``government sources``), or the paper it names; else empty."""
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What one or several reports tell of: the same place, a date that fits, the same kind of thing.

    ``date`` is as precise as ``precision`` says, and empty where no report has one. It begins with ``--`` where the
    year is not known (``--11-01``, ``--05``; ISO 8601 calls it truncated).
    """

    date: str
    precision: DatePrecision
    counted_from: str
    """The words of the source (``am Donnerstag``) where the date was counted from the day of publication, or where
    they are all that is known of it."""
    place: str
    """English name of the town, region or country; empty where nothing tells."""
    country: str
    """Empty where the place has none, or there is no place."""
    place_inferred: bool
    """Whether the place is that of the text around the sentence, since no report names one."""
    total: bool
    """Whether it is a sum over a time (``since October``), not one event."""
    tolls: tuple[Toll, ...]
    """Kinds of harm that its reports tell of, with a number or without; empty for a meeting, a visit, a decision."""
    actors: tuple[str, ...]
    """Groups, bodies and known people named in the sentences."""
    reports: tuple[Report, ...]
    """In the order of the articles, the same wording of another article included; never empty."""

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The articles that tell of it, each once."""
        return tuple(dict.fromkeys(report.article_id for report in self.reports))

    @property
    def best(self) -> Report:
        """The report that tells most: the one with most numbers, of equals the first."""
        return max(self.reports, key=lambda report: (bool(report.text), len(report.counts)))


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A country, a theme or an actor, with the articles that mention it in their order."""

    name: str
    kind: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    """Other forms under which the articles name it."""
    country: str = ""
    """The country of a place."""
    beside: tuple[tuple[str, int], ...] = ()
    """Actors named in the same paragraphs, each with the number of these, most first."""
    where: tuple[tuple[str, int], ...] = ()
    """Places, and countries where there is none, named in the same paragraphs, likewise."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An article a person should look at before use. ``findings`` are its errors and warnings, errors first."""

    article_id: str
    errors: int
    warnings: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that shares much of its wording with an earlier one. ``share`` is of the shorter one, 0 to 1."""

    kept_id: str
    copy_id: str
    share: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """A country and a theme, and the articles that are about both."""

    country: str
    theme: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles a page across articles is about. Of several countries or actors, one is enough."""

    since: str = ""
    """The first date of publication, as precise as wanted: ``2026``, ``2026-03``, ``2026-03-01``; empty: any."""
    countries: tuple[str, ...] = ()
    """English names as the index of countries has them."""
    actors: tuple[str, ...] = ()
    """Names or parts of names, as the index of actors or an article has them, in any letter case."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == EVERYTHING


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page across articles is about, of all that the run had."""

    selection: Selection = EVERYTHING
    left_out: int = 0
    """Articles that the selection leaves out; ``undated``: those of them that have no date, where a date decides."""
    undated: int = 0
    new: frozenset[str] = frozenset()
    """Articles that came, or changed, with the last run that brought any; none after the first run."""


@dataclass(frozen=True, slots=True)
class CombinedDigest:
    """Everything about one folder of articles; articles in the order of their sources, events by date."""

    digests: tuple[Digest, ...]
    failures: tuple[Failure, ...]
    overview: Overview | None
    publications: tuple[Publication, ...]
    events: tuple[Event, ...]
    countries: tuple[IndexEntry, ...]
    themes: tuple[IndexEntry, ...]
    crossings: tuple[Crossing, ...]
    """Countries with themes, where there is any article for both."""
    actors: tuple[IndexEntry, ...]
    """Without the papers and agencies, which are ``media``."""
    media: tuple[IndexEntry, ...]
    places: tuple[IndexEntry, ...]
    """Towns and regions; the countries have an index of their own."""
    review: tuple[ReviewItem, ...]
    duplicates: tuple[Duplicate, ...]
    models: tuple[ModelInfo, ...]
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class ShardSummary:
    """What the page of pages tells of one part. Dates as in :class:`Publication`, empty where no article has one."""

    articles: int
    failures: int
    reprints: int
    to_check: int
    first_date: str
    last_date: str
    countries: tuple[tuple[str, int], ...]
    """Each with the number of articles that mention it, most first; so too the armed groups and organisations."""
    groups: tuple[tuple[str, int], ...]


NOTHING = ShardSummary(0, 0, 0, 0, "", "", (), ())
"""The summary of a part without articles."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a large run: its folder inside the output folder, and what it holds."""

    name: str
    summary: ShardSummary
