"""Lists of names in German text: ``Gao, Kidal, Mopti und Bamako``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sahelsum.language.de.names import forms_in_german
from sahelsum.language.phrases import REMEMBERED_SENTENCES

_NAME = r"(?:[A-ZÄÖÜÉŁĐ][\w’'-]*(?: (?:[A-ZÄÖÜÉ][\w’'-]*|von|el|al|de|du))?(?: [A-ZÄÖÜÉ][\w’'-]*)?)"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME})+,? (?:und|sowie|oder) (?:im |in |der |die |dem )?{_NAME}")
_SEPARATOR = re.compile(r",? (?:und|sowie|oder) (?:im |in |der |die |dem )?|, ")


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def name_lists(german: str) -> tuple[tuple[str, ...], ...]:
    """Lists of three names and more, at least one of which the gazetteer knows.

    That tells lists of names from those of common nouns, which German writes with a capital as well.
    """
    return tuple(_lists(german)) if german.count(",") else ()


def _lists(german: str) -> Iterator[tuple[str, ...]]:
    for match in _LIST.finditer(german):
        members = tuple(_SEPARATOR.split(match.group()))
        known = [member for member in members if forms_in_german(member)]
        if len(known) * 2 >= len(members):
            yield tuple(member for member in members if not member.endswith("isch"))
