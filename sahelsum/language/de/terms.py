"""The forms that a German term of the glossary takes.

The rules are simple and lean towards silence: a form they miss costs nothing, a word they take by mistake a false
alarm. Forms that no rule makes, such as plurals with an umlaut, are listed in the entry.
"""

from __future__ import annotations

import re

from sahelsum.language.spelled import any_apostrophe

SHORTEST_ADJECTIVE = 5
"""Shorter lower-case words inside a term (``der``, ``für``, ``ohne``) are not inflected."""
_ADJECTIVE_ENDING = re.compile(r"(?:e|er|es|en|em)$")
_NO_NUMBER_MARK = ("er", "el", "en")
"""Nouns with these ends look alike in singular and plural: ``Söldner``."""


def term_pattern(spelling: str, case: bool) -> str:
    """A pattern for all forms of a term."""
    words = spelling.split()
    last = len(words) - 1
    parts = [
        re.escape(word) + ("s?" if i == last else "") if case else _inflected(word, is_last=i == last)
        for i, word in enumerate(words)
    ]
    first = parts[0]
    if not case and first[0].islower():
        # An adjective may open a sentence.
        parts[0] = f"[{first[0]}{first[0].upper()}]{first[1:]}"
    return any_apostrophe(r"\s+".join(parts))


def _inflected(word: str, *, is_last: bool) -> str:
    """An adjective with any ending, or a noun with the endings -s, -es, -n, -en, -e, -er, -ern, -nen."""
    if not word.isalpha() or word.isupper():
        return re.escape(word) + "s?"
    adjective = word[0].islower() or not is_last
    if adjective and len(word) >= SHORTEST_ADJECTIVE and _ADJECTIVE_ENDING.search(word):
        return re.escape(_ADJECTIVE_ENDING.sub("", word)) + "(?:e[rsnm]?)?"
    if word[0].islower():
        return re.escape(word)
    if word.endswith("e"):
        return re.escape(word) + "[nrsm]?"
    if word.endswith("in"):
        return re.escape(word) + "(?:nen)?"
    return re.escape(word) + "(?:s|es|e|n|en|er|ern)?"


def number_is_sure(spelling: str) -> bool:
    """Whether a term can be seen to be one thing: ``Söldner`` may be several."""
    return not spelling.endswith(_NO_NUMBER_MARK) and not spelling[0].islower()
