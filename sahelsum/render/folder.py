"""The page of a whole folder."""

from __future__ import annotations

from sahelsum.records import CombinedDigest


def render_combined(combined: CombinedDigest) -> str:
    """The Markdown page across all articles."""
    raise NotImplementedError(combined)
