"""What the page across all articles shows: events, countries and themes, actors, places, what to review."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.combine.actors import actors
from sahelsum.combine.duplicates import duplicates
from sahelsum.combine.events import events
from sahelsum.combine.indexes import countries, crossings, of_kind, places, with_company
from sahelsum.records import Digest, FactKind, Failure, Overview, Severity
from sahelsum.records.folder import CombinedDigest, Publication, ReviewItem, Scope

WHOLE = Scope()
"""Everything, and nothing of it new."""


def combine(
    digests: Sequence[Digest], failures: Sequence[Failure], overview: Overview | None, scope: Scope = WHOLE
) -> CombinedDigest:
    """Put the finished articles of a folder together; the order of the articles is kept.

    Args:
        digests: those that the page is about, as :func:`sahelsum.combine.selection.select` chose them.
        failures: the articles that could not be done.
        overview: of these articles.
        scope: what was chosen, and which of them are new.
    """
    by_country, by_theme = countries(digests), of_kind(digests, FactKind.THEME)
    named, towns = actors(digests), places(digests)
    return CombinedDigest(
        digests=tuple(digests),
        failures=tuple(failures),
        overview=overview,
        publications=_publications(digests),
        events=events(digests),
        countries=by_country,
        themes=by_theme,
        crossings=crossings(by_country, by_theme),
        actors=with_company(named, named, [*towns, *by_country]),
        media=of_kind(digests, FactKind.MEDIUM),
        places=with_company(towns, named, ()),
        review=_review(digests),
        duplicates=duplicates(digests),
        models=tuple(dict.fromkeys(model for item in digests for model in (item.translator, item.summarizer))),
        scope=scope,
    )


def _publications(digests: Sequence[Digest]) -> tuple[Publication, ...]:
    """The articles with a date, earliest first."""
    dated = [(digest.article.date, digest.article.id) for digest in digests]
    entries = [Publication(date.value, date.precision, article_id) for date, article_id in dated if date]
    return tuple(sorted(entries, key=lambda entry: entry.date))


def _review(digests: Sequence[Digest]) -> tuple[ReviewItem, ...]:
    """Articles with errors or warnings, worst first."""
    items = []
    for digest in digests:
        errors = [finding for finding in digest.findings if finding.severity is Severity.ERROR]
        warnings = [finding for finding in digest.findings if finding.severity is Severity.WARNING]
        if errors or warnings:
            items.append(ReviewItem(digest.article.id, len(errors), len(warnings), (*errors, *warnings)))
    return tuple(sorted(items, key=lambda item: (-item.errors, -item.warnings)))
