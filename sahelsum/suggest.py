"""Nearest matches for mistyped names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``Did you mean 'a' or 'b'?`` for the known names closest to ``name``, or an empty string if none is close.

    Letter case does not count.
    """
    spelled = {other.casefold(): other for other in known}
    matches = [spelled[match] for match in difflib.get_close_matches(name.casefold(), spelled, n=3, cutoff=0.6)]
    return f"Did you mean {' or '.join(map(repr, matches))}?" if matches else ""
