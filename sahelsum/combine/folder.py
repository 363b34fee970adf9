"""What the page across all articles shows: timeline, countries, themes, actors, figures that differ, what to review."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.combine.actors import actors
from sahelsum.combine.duplicates import duplicates
from sahelsum.combine.figures import differing_figures
from sahelsum.combine.indexes import countries, themes
from sahelsum.combine.timeline import events, publications
from sahelsum.records import Digest, Failure, Overview, Severity
from sahelsum.records.folder import CombinedDigest, ReviewItem


def combine(digests: Sequence[Digest], failures: Sequence[Failure], overview: Overview | None) -> CombinedDigest:
    """Put the finished articles of a folder together; the order of the articles is kept."""
    same = duplicates(digests)
    copies = {item.copy_id for item in same}
    return CombinedDigest(
        digests=tuple(digests),
        failures=tuple(failures),
        overview=overview,
        publications=publications(digests),
        events=events(digests),
        countries=countries(digests),
        themes=themes(digests),
        actors=actors(digests),
        figures=differing_figures([digest for digest in digests if digest.article.id not in copies]),
        review=_review(digests),
        duplicates=same,
        models=tuple(dict.fromkeys(model for item in digests for model in (item.translator, item.summarizer))),
    )


def _review(digests: Sequence[Digest]) -> tuple[ReviewItem, ...]:
    """Articles with errors or warnings, worst first."""
    items = []
    for digest in digests:
        errors = [finding for finding in digest.findings if finding.severity is Severity.ERROR]
        warnings = [finding for finding in digest.findings if finding.severity is Severity.WARNING]
        if errors or warnings:
            items.append(ReviewItem(digest.article.id, len(errors), len(warnings), (*errors, *warnings)))
    return tuple(sorted(items, key=lambda item: (-item.errors, -item.warnings)))
