"""Patterns for a wording as it is spelled, in any language."""

from __future__ import annotations

import re


def any_apostrophe(pattern: str) -> str:
    """The pattern with each apostrophe in either form."""
    return re.sub("['’]", "['’]", pattern)


def as_spelled(wording: str) -> str:
    """A pattern for a wording, whatever white space and apostrophes it has."""
    return any_apostrophe(re.escape(wording).replace(r"\ ", r"\s+"))
