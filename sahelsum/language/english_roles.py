"""Which of two parties acts in an English sentence, told by their order, the passive and what links them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sahelsum.language.phrases import whole_words

_NEAR = 5
"""Words before the second party among which what links it is looked for: an article, adjectives, a number."""
_LINK = re.compile(r"\b(by|from|of|to|with|in|under|after|before|for|against|on|at|over|into|among|between|via)\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|got|gets?)\s(?:\w+ly\s)?(?!\w+ing\b)\w+(?:ed|en|un|t|ght)\b")
_OBJECT_RELATIVE = re.compile(
    r"^,?\s?(?:(?:the|a|an|former|then|its|their|his|her)\s?)*$"
    r"|^,?\s?(?:that|which)\s(?:(?!\w+(?:ed|s)\b|(?:have|had|will|would|can|could|must|may|might)\b)\w+\s){0,3}$"
)
_RECEIVING = re.compile(
    r"\b(?:receiv|got\b|gets?\b|drew|draw|fac(?:e|ed|es|ing)\b|came under|under fire|suffer|enjoy|won\b|had\b|has\b"
    r"|gain)"
)
_TAKING = re.compile(
    r"\b(?:stole|steal|took|take|demand|freed?|seiz|wrest|kidnap|abduct|expel|liberat|rescu|shield|protect)"
)
_HELP_OF = re.compile(
    r"\b(?:help|support|backing|assistance|hands|target|targets|victim|victims|mercy|aid|protection) of\b"
)
_NO_SIDE = frozenset(("with", "in", "under", "after", "before", "among", "between", "via"))
"""Links that leave open who acts."""
_LOSING = re.compile(
    r"\b(?:lost|loses?|losing|fell|fallen|surrender\w*|bow\w*|owe\w*|answer\w*|belong\w*|report\w*) (?:\w+ )*to\b"
)


def acts_first(english: str, one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Whether ``one`` acts on ``other`` (True) or the other way round (False), each given by the words it may have.

    None if it cannot be told: one of them is not there, or more than once, or the wording leaves it open.
    """
    first, second = _place(english, one), _place(english, other)
    if first is None or second is None or (first.start() < second.end() and second.start() < first.end()):
        return None
    in_order = first.start() < second.start()
    left, right = (first, second) if in_order else (second, first)
    left_acts = _left_acts(english[left.end() : right.start()].lower())
    return None if left_acts is None else left_acts == in_order


def _place(english: str, words: Sequence[str]) -> re.Match[str] | None:
    matches = list(_pattern(tuple(words)).finditer(english))
    return matches[0] if len(matches) == 1 else None


@cache  # as many as there are parties in the tables
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return whole_words("|".join(re.escape(word).replace("_", "[ -]") for word in sorted(words, key=len, reverse=True)))


def _left_acts(between: str) -> bool | None:
    """Whether what stands left acts on what stands right, by the words between."""
    if "whose" in between.split():
        return None
    if _OBJECT_RELATIVE.search(between) or "whom" in between.split():
        return False
    near = " ".join(between.split()[-_NEAR:])
    links = _LINK.findall(near)
    link = links[-1] if links else ""
    if link == "by" or _HELP_OF.search(near):
        return False
    if _PASSIVE.search(between) or link in _NO_SIDE or _LOSING.search(near):
        return None
    if link == "from":
        return False if _RECEIVING.search(between) else True if _TAKING.search(between) else None
    return None if link == "of" and "critic" not in between and "accus" not in between else True
