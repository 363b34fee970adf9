"""Which articles a page across articles is about: those since a date, of a country, with an actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sahelsum.combine.actors import actors
from sahelsum.combine.indexes import countries
from sahelsum.language.english import folded
from sahelsum.records import Digest
from sahelsum.records.folder import IndexEntry, Scope, Selection


def select(
    digests: Sequence[Digest], selection: Selection, new: frozenset[str] = frozenset()
) -> tuple[list[Digest], Scope]:
    """The articles that fit all of a selection, in their order, and what was left out.

    Args:
        digests: all articles.
        selection: what is wanted.
        new: the articles that are new, by id.
    """
    if selection.everything:
        return list(digests), Scope(selection, new=new)
    named = _by_name(digests, selection)
    chosen = [digest for digest in digests if digest.article.id in named and _since(digest, selection.since)]
    dateless = (digest for digest in digests if digest.article.date is None and digest.article.id in named)
    undated = len(list(dateless)) if selection.since else 0
    ids = {digest.article.id for digest in chosen}
    return chosen, Scope(selection, len(digests) - len(chosen), undated, new & ids)


def _since(digest: Digest, since: str) -> bool:
    """Whether an article may be as new as that: ``2026`` includes all of the year, and so does a date without a day."""
    date = digest.article.date
    return not since or (date is not None and date.value >= since[: len(date.value)])


def _by_name(digests: Sequence[Digest], selection: Selection) -> set[str]:
    """The articles that name a country and an actor of the selection."""
    ids = {digest.article.id for digest in digests}
    if selection.countries:
        wanted = set(map(folded, selection.countries))
        ids &= _articles(entry for entry in countries(digests) if folded(entry.name) in wanted)
    if selection.actors:
        sought = tuple(map(folded, selection.actors))
        ids &= _articles(entry for entry in actors(digests) if _answers_to(entry, sought))
    return ids


def _articles(entries: Iterable[IndexEntry]) -> set[str]:
    return {mention.article_id for entry in entries for mention in entry.mentions}


def _answers_to(entry: IndexEntry, sought: Sequence[str]) -> bool:
    """Whether a name, or one of its other forms, has all words of one that is sought: ``Lavrov``, ``GSIM``."""
    forms = [set(folded(form).split()) for form in (entry.name, *entry.aliases)]
    return any(set(name.split()) <= form for name in sought for form in forms)
