"""Records of a whole folder: what the combined digest is rendered from."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence that names a date, as precise as it was named. Reprints of the sentence are mentions of one event."""

    date: str
    precision: DatePrecision
    text: str
    mentions: tuple[Mention, ...]
    counted_from: str = ""
    """The words of the source ("am Donnerstag"), where the date was counted from the day of publication."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A country, a theme or an actor, with the articles that mention it in their order."""

    name: str
    kind: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    """Other forms under which the articles name it."""


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
class Figure:
    """A number with what it counts, as the source has it, and the English sentence it stands in."""

    figure: str
    text: str
    article_id: str
    block: int


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of several articles that seem to count the same thing and are not the same."""

    place: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class CombinedDigest:
    """Everything about one folder of articles; articles in the order of their sources."""

    digests: tuple[Digest, ...]
    failures: tuple[Failure, ...]
    overview: Overview | None
    publications: tuple[Publication, ...]
    events: tuple[Event, ...]
    countries: tuple[IndexEntry, ...]
    themes: tuple[IndexEntry, ...]
    actors: tuple[IndexEntry, ...]
    figures: tuple[FigureGroup, ...]
    review: tuple[ReviewItem, ...]
    duplicates: tuple[Duplicate, ...]
    models: tuple[ModelInfo, ...]


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
