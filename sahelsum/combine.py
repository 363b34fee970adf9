"""Digests of single articles to the digest of the folder: timeline, countries, themes, actors, what to review.

The work grows with the text, not with the square of the number of articles.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from sahelsum.datewords import german_days, resolve
from sahelsum.folder_records import (
    CombinedDigest,
    DuplicatePair,
    IndexEntry,
    Mention,
    ReviewItem,
    TimelineEntry,
    TimelineKind,
)
from sahelsum.places import country_of
from sahelsum.records import DatePrecision, Digest, FactKind, Failure, Overview, Severity

ACTOR_KINDS = (FactKind.ARMED_GROUP, FactKind.ORGANISATION, FactKind.PERSON, FactKind.NAME)
MIN_THEME_HITS = 2
"""One word in passing does not make a theme."""
SHINGLE_WORDS = 4
MIN_SHARED = 0.5
"""Share of the shorter article's four-word runs from which two articles tell the same text: agency reports reprinted
with cuts lie above, articles on the same event by different authors far below (0.02 to 0.05)."""


def combine(digests: Sequence[Digest], failures: Sequence[Failure], overview: Overview | None) -> CombinedDigest:
    """Put the finished articles of a folder together; the order of the articles is kept."""
    return CombinedDigest(
        digests=tuple(digests),
        failures=tuple(failures),
        overview=overview,
        timeline=tuple(sorted(_timeline(digests), key=lambda entry: (entry.date, entry.kind))),
        countries=_index(_countries(digests)),
        themes=_index(_themes(digests)),
        actors=_index(_actors(digests)),
        review=_review(digests),
        duplicates=tuple(_duplicates(digests)),
        models=tuple(dict.fromkeys(model for item in digests for model in (item.translator, item.summarizer))),
    )


def _timeline(digests: Sequence[Digest]) -> Iterator[TimelineEntry]:
    for digest in digests:
        date = digest.article.date
        if date:
            yield TimelineEntry(date.value, date.precision, TimelineKind.PUBLISHED, digest.title, digest.article.id)
        published = date.value if date and date.precision is DatePrecision.DAY else None
        for item in digest.translations:
            days = {resolve(day, published) for day in german_days(item.sentence.text)}
            for day in sorted(filter(None, days)):
                place = (digest.article.id, item.sentence.block)
                yield TimelineEntry(day, DatePrecision.DAY, TimelineKind.EVENT, item.text, *place)


_Found = Iterator[tuple[str, str, str, int]]
"""Name, kind, article and block of one mention."""


def _countries(digests: Sequence[Digest]) -> _Found:
    """A place counts for its country."""
    for digest in digests:
        for fact in digest.facts:
            country = country_of(fact.text) if fact.kind in (FactKind.COUNTRY, FactKind.PLACE) else ""
            if country:
                yield from ((country, FactKind.COUNTRY.value, digest.article.id, block) for block in fact.blocks)


def _actors(digests: Sequence[Digest]) -> _Found:
    for digest in digests:
        for fact in digest.facts:
            if fact.kind in ACTOR_KINDS:
                yield from ((fact.text, fact.kind.value, digest.article.id, block) for block in fact.blocks)


def _themes(digests: Sequence[Digest]) -> _Found:
    """Themes by the words of the German, which no translation has touched."""
    for digest in digests:
        for theme, pattern in _theme_patterns().items():
            hits = {block.number: len(pattern.findall(block.text)) for block in digest.article.blocks}
            if sum(hits.values()) >= MIN_THEME_HITS:
                yield from ((theme, "theme", digest.article.id, number) for number, found in hits.items() if found)


@cache
def _theme_patterns() -> dict[str, re.Pattern[str]]:
    text = resources.files("sahelsum").joinpath("data/themes.toml").read_text(encoding="utf-8")
    themes: dict[str, list[str]] = tomllib.loads(text)["themes"]
    return {name: re.compile("|".join(map(re.escape, stems)), re.IGNORECASE) for name, stems in themes.items()}


def _index(found: _Found) -> tuple[IndexEntry, ...]:
    """Entries by the number of articles, then of blocks, that mention them; within an entry, in the articles' order."""
    blocks: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for name, kind, article_id, block in found:
        blocks[name, kind][article_id].add(block)
    entries = [
        IndexEntry(
            name, kind, tuple(Mention(article_id, tuple(sorted(where))) for article_id, where in mentions.items())
        )
        for (name, kind), mentions in blocks.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (-len(entry.mentions), -_blocks(entry), entry.name)))


def _blocks(entry: IndexEntry) -> int:
    return sum(len(mention.blocks) for mention in entry.mentions)


def _review(digests: Sequence[Digest]) -> tuple[ReviewItem, ...]:
    """Articles with errors or warnings, worst first."""
    items = []
    for digest in digests:
        errors = [finding for finding in digest.findings if finding.severity is Severity.ERROR]
        warnings = [finding for finding in digest.findings if finding.severity is Severity.WARNING]
        if errors or warnings:
            items.append(ReviewItem(digest.article.id, len(errors), len(warnings), (*errors, *warnings)))
    return tuple(sorted(items, key=lambda item: (-item.errors, -item.warnings)))


def _duplicates(digests: Sequence[Digest]) -> Iterator[DuplicatePair]:
    """Pairs that share much of their wording.

    Each run of words is held against the first article that has it, so that many copies of one text pair with the
    first of them, and the work stays linear.
    """
    first_with: dict[tuple[str, ...], int] = {}
    sizes: list[int] = []
    for position, digest in enumerate(digests):
        runs = _runs(digest)
        sizes.append(len(runs))
        shared = Counter(first_with[run] for run in runs if run in first_with)
        for other, number in sorted(shared.items()):
            share = number / max(1, min(sizes[other], len(runs)))
            if share >= MIN_SHARED:
                yield DuplicatePair(digests[other].article.id, digest.article.id, round(share, 2))
        for run in runs:
            first_with.setdefault(run, position)


def _runs(digest: Digest) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(block.text for block in digest.article.blocks).casefold())
    return {tuple(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)}
