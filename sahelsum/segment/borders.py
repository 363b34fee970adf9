"""Whether a place really is the border between two sentences, as far as that can be told without the language."""

from __future__ import annotations

import re

CONTEXT = 40
"""Characters looked at on each side: it keeps the whole linear in the text."""
_FIRST_WORD = re.compile(r"[\"„“»«‚‘¿¡(\[\s]*([\w’'-]+)")
_INITIAL = re.compile(r"(?:^|[\s(\"„“»«-])[^\W\d_]\.$")


def may_be_border(text: str, start: int) -> bool:
    """Whether a sentence may start at ``text[start]``, where a splitter that knows the language saw one start.

    No sentence begins with a small letter or with a mark that goes on, and an initial is followed by a name.
    """
    left = text[max(0, start - CONTEXT) : start]
    right = text[start : start + CONTEXT]
    if "\n" in left[len(left.rstrip()) :]:
        return True
    found = _FIRST_WORD.match(right)
    if (found and found[1][:1].islower()) or right[:1] in ",;:–—-/&+":
        return False
    return not _INITIAL.search(left.rstrip())
