"""What the page of pages tells of one part: counts, span of dates, countries, groups."""

from __future__ import annotations

from sahelsum.records import FactKind
from sahelsum.records.folder import CombinedDigest, ShardSummary

GROUP_KINDS = (FactKind.ARMED_GROUP, FactKind.ORGANISATION)
"""All of the gazetteer, so that there are never more than it has."""


def summary_of(combined: CombinedDigest) -> ShardSummary:
    """The summary of a part's combined digest."""
    published = combined.publications
    return ShardSummary(
        articles=len(combined.digests),
        failures=len(combined.failures),
        reprints=len(combined.duplicates),
        to_check=len(combined.review),
        first_date=published[0].date if published else "",
        last_date=published[-1].date if published else "",
        countries=tuple((entry.name, len(entry.mentions)) for entry in combined.countries),
        groups=tuple((entry.name, len(entry.mentions)) for entry in combined.actors if entry.kind in GROUP_KINDS),
    )
