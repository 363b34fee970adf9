"""Digests of single articles to the digest of the folder. The work grows with the text, not with its square."""

from sahelsum.combine.folder import combine

__all__ = ["combine"]
