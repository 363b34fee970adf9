"""Names of countries, places, armed groups, organisations and people in German and English text.

The names are data (``data/names.toml``); this module finds them. Letter case counts, so that ``US`` is not ``us``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
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


_ENDINGS = {"german": "(?:e?s|er)?", "english": "(?:’s?)?"}
"""German: the genitive, and who or what is from there (``Pariser``)."""
_PARTS_OF_A_COUNTRY = "[Nn]ord(?:ost|west)?|[Ss]üd(?:ost|west)?|[Oo]st|[Ww]est|[Zz]entral|[Mm]ittel"
"""``Nordmali`` and ``südlibysch`` name the country."""


@cache
def _matcher(*, german: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with one group per form, the longest form first: ``Nigerian`` must not be found as ``Niger``.

    The forms stand in branches by their first letter, so that most words are passed over at once.
    """
    entries = known_names().values()
    forms = [(form, entry.name) for entry in entries for form in (entry.german if german else entry.english)]
    forms.sort(key=lambda item: (item[0][0].upper(), -len(item[0])))
    parts = list(_country_forms(entries)) if german else []
    branches = [
        f"(?=[{letter}{letter.lower()}]){_alternatives(group)}"
        for letter, group in groupby(forms, key=lambda item: item[0][0].upper())
    ]
    branches += [f"(?:{_PARTS_OF_A_COUNTRY}){_alternatives(parts)}"] if parts else []
    ending = _ENDINGS["german" if german else "english"]
    pattern = rf"(?<!\w)(?:{'|'.join(branches)}){ending}(?!\w)"
    return re.compile(pattern), tuple(owner for _, owner in (*forms, *parts))


def _country_forms(entries: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """Single words for a country as they stand at the end of a compound; abbreviations (``US``) build none."""
    for entry in entries:
        if entry.kind is FactKind.COUNTRY:
            words = (form for form in entry.german if " " not in form and not form.isupper())
            yield from ((word[0].lower() + word[1:], entry.name) for word in words)


def _alternatives(forms: Iterable[tuple[str, str]]) -> str:
    return f"(?:{'|'.join(f'({_form(form)})' for form, _ in forms)})"


def _form(form: str) -> str:
    first, rest = form[0], "".join(map(_letter, form.replace("'", "’")[1:]))
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + rest


_ENDING_OF_ANY_LENGTH = r"\w*"
_OPTIONAL_ACCENTS = frozenset("àâçèéêëîïñôã")
"""Written by some papers and left out by others. German umlauts are not: they make another word."""


def _letter(char: str) -> str:
    if char == "*":
        return _ENDING_OF_ANY_LENGTH
    if char in _OPTIONAL_ACCENTS:
        return f"[{char}{unicodedata.normalize('NFD', char)[0]}]"
    return re.escape(char)
