"""Names of countries, places, armed groups and organisations in German and English text.

The names are data (``data/names.toml``); this module finds them. Letter case counts, so that ``US`` is not ``us``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby

from sahelsum.records import FactKind

REMEMBERED_SENTENCES = 4096
"""Checks, key facts and the combined digest look at the same sentences, one after the other."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entry: its English name, what it is, and the country it belongs to (empty where there is none)."""

    name: str
    kind: FactKind
    country: str
    english: tuple[str, ...]
    german: tuple[str, ...]


@cache
def known_names() -> dict[str, Name]:
    """All entries by their English name."""
    text = resources.files("sahelsum").joinpath("data/names.toml").read_text(encoding="utf-8")
    entries = [_entry(raw) for raw in tomllib.loads(text)["names"]]
    return {entry.name: entry for entry in entries}


def _entry(raw: dict[str, str | list[str]]) -> Name:
    name = str(raw["name"])
    german_name = [] if raw.get("only") == "en" else [name]
    return Name(
        name=name,
        kind=FactKind(str(raw["kind"])),
        country=str(raw["country"]),
        english=(name, *raw.get("en", [])),
        german=(*german_name, *raw.get("de", [])),
    )


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def names_in_english(text: str) -> frozenset[str]:
    """The entries, by English name, that an English text names."""
    return frozenset(_found(text, *_matcher(german=False)))


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def names_in_german(text: str) -> frozenset[str]:
    """The entries, by English name, that a German text names, whatever their ending or compound."""
    return frozenset(_found(text, *_matcher(german=True)))


def country_of(name: str) -> str:
    """The country of an entry; empty if it has none or is unknown."""
    entry = known_names().get(name)
    return entry.country if entry else ""


def _found(text: str, pattern: re.Pattern[str], owners: tuple[str, ...]) -> Iterator[str]:
    for match in pattern.finditer(text.replace("'", "’")):
        if match.lastindex:
            yield owners[match.lastindex - 1]


@cache
def _matcher(*, german: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with one group per form, the longest form first: ``Nigerian`` must not be found as ``Niger``.

    The forms stand in branches by their first letter, so that most words are passed over at once.
    """
    forms = [
        (form, entry.name) for entry in known_names().values() for form in (entry.german if german else entry.english)
    ]
    forms.sort(key=lambda item: (item[0][0].upper(), -len(item[0])))
    ending = "s?" if german else "(?:’s)?"
    branches = [
        f"(?=[{letter}{letter.lower()}])(?:{'|'.join(f'({_form(form)})' for form, _ in group)})"
        for letter, group in groupby(forms, key=lambda item: item[0][0].upper())
    ]
    pattern = rf"(?<!\w)(?:{'|'.join(branches)}){ending}(?!\w)"
    return re.compile(pattern), tuple(owner for _, owner in forms)


def _form(form: str) -> str:
    first, rest = form[0], re.escape(form.replace("'", "’")[1:]).replace(r"\*", r"\w*")
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + rest
