"""Indexes: which articles, and which of their paragraphs, are about a country, a place, a theme or a news medium."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sahelsum.language.names import country_of
from sahelsum.records import Digest, FactKind
from sahelsum.records.folder import Crossing, IndexEntry, Mention

NamedPlace = tuple[str, str, str, int]
"""Name, kind, article and block of one mention."""
MOST_BESIDE = 12
"""Names kept beside another, those it shares most paragraphs with."""
MOST_IN_BLOCK = 24
"""A paragraph with more names is a list, which says nothing of who appears with whom; so many of them count."""


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


def of_kind(digests: Sequence[Digest], kind: FactKind) -> tuple[IndexEntry, ...]:
    """Index of the facts of a kind, such as the themes or the news media."""
    return index(
        (fact.text, kind.value, digest.article.id, block)
        for digest in digests
        for fact in digest.facts
        if fact.kind is kind
        for block in fact.blocks
    )


def places(digests: Sequence[Digest]) -> tuple[IndexEntry, ...]:
    """Towns and regions, each with its country."""
    return tuple(replace(entry, country=country_of(entry.name)) for entry in of_kind(digests, FactKind.PLACE))


def countries(digests: Sequence[Digest]) -> tuple[IndexEntry, ...]:
    """Countries; a place counts for its country."""
    return index(_countries(digests))


def _countries(digests: Sequence[Digest]) -> Iterator[NamedPlace]:
    for digest in digests:
        for fact in digest.facts:
            country = country_of(fact.text) if fact.kind in (FactKind.COUNTRY, FactKind.PLACE) else ""
            if country:
                yield from ((country, FactKind.COUNTRY.value, digest.article.id, block) for block in fact.blocks)


def crossings(countries: Sequence[IndexEntry], themes: Sequence[IndexEntry]) -> tuple[Crossing, ...]:
    """Countries with themes, in the order of both indexes, as far as there are articles for both."""
    about = {theme.name: {mention.article_id for mention in theme.mentions} for theme in themes}
    found = (
        Crossing(country.name, theme, tuple(m.article_id for m in country.mentions if m.article_id in articles))
        for country in countries
        for theme, articles in about.items()
    )
    return tuple(crossing for crossing in found if crossing.article_ids)


_BlockKey = tuple[str, int]


def with_company(
    entries: Sequence[IndexEntry], beside: Sequence[IndexEntry], where: Sequence[IndexEntry]
) -> tuple[IndexEntry, ...]:
    """Entries with those of the other two indexes that the same paragraphs name."""
    others, places = _by_block(beside), _by_block(where)
    return tuple(replace(entry, beside=_shared(entry, others), where=_shared(entry, places)) for entry in entries)


def _by_block(entries: Iterable[IndexEntry]) -> Mapping[_BlockKey, list[str]]:
    names: dict[_BlockKey, list[str]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry):
            names[key].append(entry.name)
    return names


def _keys(entry: IndexEntry) -> Iterator[_BlockKey]:
    for mention in entry.mentions:
        yield from ((mention.article_id, block) for block in mention.blocks)


def _shared(entry: IndexEntry, names: Mapping[_BlockKey, list[str]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(name for key in _keys(entry) for name in names.get(key, ())[:MOST_IN_BLOCK] if name != entry.name)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_BESIDE])
