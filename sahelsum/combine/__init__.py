"""Digests of single articles to the digest of the folder. The work grows with the text, not with its square."""

from sahelsum.combine.folder import combine
from sahelsum.combine.selection import select
from sahelsum.combine.summaries import summary_of

__all__ = ["combine", "select", "summary_of"]
