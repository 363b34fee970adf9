"""Titles for articles that have none, from their first sentence."""

from __future__ import annotations

import re

MAX_CHARACTERS = 90
"""About a headline's length; also what a table of contents shows without wrapping."""
MIN_CHARACTERS = 40
"""A clause shorter than this says too little for a title."""

_CLAUSE_END = re.compile(r"[,;:]\s|\s[–—-]\s")
_TRAILING = " ,;:–—-"


def capitalised(heading: str) -> str:
    """A title or heading with a capital first letter: a model leaves it out where no sentence begins."""
    return heading[:1].upper() + heading[1:]


def title_from(sentence: str) -> str:
    """The sentence if it is short, else its first clauses, else its first words with an ellipsis."""
    whole = sentence.strip().removesuffix(".").strip()
    if len(whole) <= MAX_CHARACTERS:
        return whole
    ends = [match.start() for match in _CLAUSE_END.finditer(whole)]
    fitting = [end for end in ends if MIN_CHARACTERS <= end <= MAX_CHARACTERS]
    if fitting:
        return whole[: fitting[-1]].rstrip(_TRAILING)
    words = whole[:MAX_CHARACTERS].rsplit(" ", 1)[0]
    return f"{words.rstrip(_TRAILING)} …"
