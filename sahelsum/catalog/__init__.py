"""Model cards: find and validate them, and go from an alias to the files of a model on this machine."""

from sahelsum.catalog.catalog import AUTO, EXTRACTIVE, Catalog, Entry, Origin, Problem

__all__ = ["AUTO", "EXTRACTIVE", "Catalog", "Entry", "Origin", "Problem"]
