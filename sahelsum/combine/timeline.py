"""The timeline: what the articles date, and, apart from it, when they appeared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sahelsum.language.dates import NamedDate
from sahelsum.language.packs import pack_of
from sahelsum.records import Digest
from sahelsum.records.folder import Event, Mention, Publication

MOST_DATES = 6
"""A sentence that names more is a chronology of its own, and stands at its first date alone."""


def publications(digests: Sequence[Digest]) -> tuple[Publication, ...]:
    """The articles with a date, earliest first."""
    dated = [(digest.article.date, digest.article.id) for digest in digests]
    entries = [Publication(date.value, date.precision, article_id) for date, article_id in dated if date]
    return tuple(sorted(entries, key=lambda entry: entry.date))


def events(digests: Sequence[Digest]) -> tuple[Event, ...]:
    """The sentences that name a date, earliest first; one sentence may name several, several articles may print it."""
    named: dict[tuple[str, str], NamedDate] = {}
    texts: dict[tuple[str, str], str] = {}
    mentions: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for digest in digests:
        source = pack_of(digest.article.language)
        for item in digest.translations:
            wording = " ".join(item.sentence.text.split()).casefold()
            dates = source.named_dates(item.sentence.text, digest.article.date)
            for date in dates if len(dates) <= MOST_DATES else dates[:1]:
                key = date.value, wording
                named.setdefault(key, date)
                texts.setdefault(key, item.text)
                mentions[key][digest.article.id].add(item.sentence.block)
    found = [
        Event(
            date.value,
            date.precision,
            texts[key],
            tuple(Mention(article_id, tuple(sorted(blocks))) for article_id, blocks in mentions[key].items()),
            date.counted_from,
        )
        for key, date in named.items()
    ]
    return tuple(sorted(found, key=lambda event: event.date))
