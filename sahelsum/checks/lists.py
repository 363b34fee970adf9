"""Lists of names: each member must be there, and each that is not is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from sahelsum.language.english import folded
from sahelsum.language.names import names_in_english
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

SHORTEST_LIST = 3
"""Members; two names beside each other are compared by ``check_names``."""
ALIKE = 0.7
"""How alike a name and an English word must be (Ratcliff-Obershelp) to be one: Tschad and Chad are 0.8."""
BEGINNING = 4
"""Letters that two forms of a name share at least: Korea, Korean; Mauretanien, Mauritania."""
_COMPASS = re.compile("(?:Ost|West|Nord|Süd|Zentral|Mittel)(?=[a-zäöü]{4})")
_WORD = re.compile(r"[^\W\d_]+")


def check_lists(item: Translation, source: Pack) -> Iterator[Finding]:
    """LIST-CUT: members of a list of names that the English does not name, where it does name most of them."""
    for members in source.checking.name_lists(item.sentence.text):
        english = folded(item.text)
        words, named = frozenset(_WORD.findall(english)), names_in_english(item.text)
        lost = [member for member in members if not _is_there(member, english, words, named, source)]
        if lost and len(lost) < len(members) and len(lost) <= len(members) - 2 + (len(members) == SHORTEST_LIST):
            message = f"The English lacks {len(lost)} of the {len(members)} members of a list of names."
            yield Finding("LIST-CUT", Severity.WARNING, message, item.sentence.number, source_value=", ".join(lost))


def _is_there(member: str, english: str, words: frozenset[str], named: frozenset[str], source: Pack) -> bool:
    known = source.names(member)
    if known & named or folded(member) in english:
        return True
    return any(
        _has_like(folded(word), words) for word in _WORD.findall(_COMPASS.sub("", member).title()) if word[0].isupper()
    )


def _has_like(word: str, words: frozenset[str]) -> bool:
    return word in words or any(
        word[:BEGINNING] == other[:BEGINNING]
        or (abs(len(word) - len(other)) <= 3 and SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE)
        for other in words
        if other[:1] == word[:1]
    )
