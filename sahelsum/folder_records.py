"""Records of a whole folder: what the combined digest is rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sahelsum.records import DatePrecision, Digest, Failure, Finding, ModelInfo, Overview


class TimelineKind(StrEnum):
    """What an entry of the timeline is."""

    PUBLISHED = "published"
    EVENT = "event"
    """A day the article itself names."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline. ``block`` is the paragraph that names an event, None for a publication."""

    date: str
    precision: DatePrecision
    kind: TimelineKind
    text: str
    article_id: str
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one article mentions something: the numbers of its blocks."""

    article_id: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A country, a theme or an actor, with the articles that mention it, most mentions first."""

    name: str
    kind: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An article a person should look at before use. ``findings`` are its errors and warnings, errors first."""

    article_id: str
    errors: int
    warnings: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two articles that share much of their wording. ``share`` is of the shorter one, 0 to 1."""

    first_id: str
    second_id: str
    share: float


@dataclass(frozen=True, slots=True)
class CombinedDigest:
    """Everything about one folder of articles; articles in the order of their sources."""

    digests: tuple[Digest, ...]
    failures: tuple[Failure, ...]
    overview: Overview | None
    timeline: tuple[TimelineEntry, ...]
    countries: tuple[IndexEntry, ...]
    themes: tuple[IndexEntry, ...]
    actors: tuple[IndexEntry, ...]
    review: tuple[ReviewItem, ...]
    duplicates: tuple[DuplicatePair, ...]
    models: tuple[ModelInfo, ...]
