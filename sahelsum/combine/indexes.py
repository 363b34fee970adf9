"""Indexes: which articles, and which of their paragraphs, are about a country, a theme or an actor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sahelsum.language.names import country_of
from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.records import Digest, FactKind
from sahelsum.records.folder import IndexEntry, Mention

MIN_THEME_HITS = 2
"""One word in passing does not make a theme."""

NamedPlace = tuple[str, str, str, int]
"""Name, kind, article and block of one mention."""


def index(found: Iterable[NamedPlace]) -> tuple[IndexEntry, ...]:
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


def countries(digests: Sequence[Digest]) -> tuple[IndexEntry, ...]:
    """Countries; a place counts for its country."""
    return index(_countries(digests))


def _countries(digests: Sequence[Digest]) -> Iterator[NamedPlace]:
    for digest in digests:
        for fact in digest.facts:
            country = country_of(fact.text) if fact.kind in (FactKind.COUNTRY, FactKind.PLACE) else ""
            if country:
                yield from ((country, FactKind.COUNTRY.value, digest.article.id, block) for block in fact.blocks)


def themes(digests: Sequence[Digest]) -> tuple[IndexEntry, ...]:
    """Themes by the words of the source, which no translation has touched."""
    return index(_themes(digests))


def _themes(digests: Sequence[Digest]) -> Iterator[NamedPlace]:
    for digest in digests:
        lower = {block.number: block.text.lower() for block in digest.article.blocks}
        whole = "\n".join(lower.values())
        for theme, (stems, pattern) in _theme_patterns(pack_of(digest.article.language)).items():
            # Most themes are no matter of an article, which needs no pattern to see.
            if any(stem in whole for stem in stems):
                hits = {number: len(pattern.findall(text)) for number, text in lower.items()}
                if sum(hits.values()) >= MIN_THEME_HITS:
                    yield from ((theme, "theme", digest.article.id, number) for number, found in hits.items() if found)


@cache
def _theme_patterns(source: Pack) -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """The stems of each theme and a pattern of all of them."""
    return {name: (stems, re.compile("|".join(map(re.escape, stems)))) for name, stems in source.themes().items()}
