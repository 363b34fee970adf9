"""Names of countries, places, armed groups, organisations and people in text.

The names are data (``data/names.toml``), each with its forms by the code of their language; this module finds them, by
the rules of that language. Letter case counts, so that ``US`` is not ``us``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import product
from typing import Any

from sahelsum.records import FactKind

REMEMBERED_SENTENCES = 1024
"""Several checks look at the same wordings one after the other, and so do key facts and the pages of a folder."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entry: its English name, what it is, and the country it belongs to (empty where there is none)."""

    name: str
    kind: FactKind
    country: str
    forms: Mapping[str, tuple[str, ...]]
    """How a language names it, by the code of the language. One without forms of its own has no code here."""


@cache
def known_names() -> dict[str, Name]:
    """All entries by their English name."""
    entries = [_entry(raw) for raw in _data()["gazetteer"]["names"]]
    return {entry.name: entry for entry in entries}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("sahelsum").joinpath("data/names.toml").read_text(encoding="utf-8"))


def _entry(raw: dict[str, Any]) -> Name:
    name = str(raw["name"])
    shared = [] if raw.get("only") == "en" else [name]
    others = {code: (*shared, *raw.get(code, [])) for code in _data()["no_names"] if code != "en"}
    forms = {"en": (name, *raw.get("en", [])), **others}
    return Name(
        name=name,
        kind=FactKind(raw["kind"]),
        country=str(raw["country"]),
        forms={code: tuple(_one_apostrophe(texts)) for code, texts in forms.items()},
    )


def _one_apostrophe(texts: Iterable[str]) -> Iterator[str]:
    return (text.replace("'", "’") for text in texts)


@dataclass(frozen=True, slots=True, eq=False)
class NameRules:
    """How a language makes words of the forms of names."""

    code: str
    """Of the language: the key of its forms."""
    ending: str
    """What may follow a form, as a regular expression: of a genitive, or of who is from there."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Letters that are written in more than one way, each with a regular expression."""
    before_country: re.Pattern[str] | None = None
    """What may stand before the name of a country within one word (``Nord`` in ``Nordmali``)."""
    first_letters: frozenset[str] = frozenset()
    """Those that ``before_country`` can begin with."""
    country_ending: str = ""
    """What may follow the name of a country at the end of such a word."""


ENGLISH = NameRules("en", "(?:’s?)?")


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def names_in_english(text: str) -> frozenset[str]:
    """The entries, by English name, that an English text names."""
    return frozenset(name for name, _ in found_names(text, ENGLISH))


def country_of(name: str) -> str:
    """The country of an entry; empty if it has none or is unknown."""
    entry = known_names().get(name)
    return entry.country if entry else ""


_Matcher = tuple[re.Pattern[str], tuple[str, ...]]
"""A pattern with one group per form, and the entry that each group stands for."""
_NO_NAME = ""
"""Stands for the phrases that hold a name and mean something else (``US dollars``)."""
_KEY_LETTERS = 2
"""``EU`` and ``US`` have no more."""
_BEGINNING = 4
"""Letters by which it is seen that no form begins at a word."""
_OPTIONAL_ACCENTS = {ord(char): unicodedata.normalize("NFD", char)[0] for char in "àâçèéêëîïñôã"}
"""Written by some papers and left out by others. German umlauts are not: they make another word."""
_WORD = re.compile(r"\w+")


def _key(letters: str) -> str:
    """The first letters of a form as the forms are grouped by them."""
    return letters.lower().translate(_OPTIONAL_ACCENTS)


def found_names(text: str, rules: NameRules) -> Iterator[tuple[str, str]]:
    """Entry and form of each name, by the first letters of each word: one pattern with all forms is much slower."""
    plain = text.replace("'", "’")
    forms, first_letters = _forms(rules), rules.first_letters
    end = 0
    for word in _WORD.finditer(plain):
        start = word.start()
        if start < end:
            continue
        name_and_end = _at(plain, start, forms)
        if not name_and_end and plain[start] in first_letters and (part := _before_country(plain, start, rules)):
            name_and_end = _at(plain, part.end(), _country_forms(rules))
        if name_and_end:
            name, end = name_and_end
            if name != _NO_NAME:
                yield name, plain[start:end]


def _before_country(text: str, start: int, rules: NameRules) -> re.Match[str] | None:
    return rules.before_country.match(text, start) if rules.before_country else None


def _at(text: str, start: int, forms: _Forms) -> tuple[str, int] | None:
    """The entry named at a position, and where its form ends."""
    group = forms.groups.get(text[start : start + _KEY_LETTERS])
    if group is None or not forms.may_begin(text[start : start + _BEGINNING]):
        return None  # nearly every word
    pattern, owners = group.matcher
    match = pattern.match(text, start)
    return (owners[match.lastindex - 1], match.end()) if match and match.lastindex else None


@cache
def _forms(rules: NameRules) -> _Forms:
    names = ((form, entry.name) for entry in known_names().values() for form in entry.forms[rules.code])
    others = ((form, _NO_NAME) for form in _data()["no_names"][rules.code])
    return _Forms((*names, *others), rules.ending, rules.letters)


@cache
def _country_forms(rules: NameRules) -> _Forms:
    """Single words for a country as they stand at the end of a compound; abbreviations (``US``) build none."""
    countries = (entry for entry in known_names().values() if entry.kind is FactKind.COUNTRY)
    forms = ((form[0].lower() + form[1:], entry.name) for entry in countries for form in entry.forms[rules.code])
    single = ((form, name) for form, name in forms if " " not in form and not form[1:].isupper())
    return _Forms(single, rules.country_ending, rules.letters)


class _Group:
    """Forms with the same first letters, the longest first: ``Nigerian`` must not be found as ``Niger``."""

    def __init__(self, forms: Iterable[tuple[str, str]], ending: str, letters: Mapping[str, str]) -> None:
        self._forms = sorted(forms, key=lambda item: len(item[0]), reverse=True)
        self._ending, self._letters = ending, letters

    @cached_property
    def matcher(self) -> _Matcher:
        """What finds them. Made when a text has such letters, for it takes long to make, and few texts have them."""
        alternatives = "|".join(f"({_form(form, self._letters)})" for form, _ in self._forms)
        return re.compile(rf"(?:{alternatives}){self._ending}(?!\w)"), tuple(name for _, name in self._forms)


class _Forms:
    """Forms in groups by their first letters, as these may stand in a text."""

    def __init__(self, forms: Iterable[tuple[str, str]], ending: str, letters: Mapping[str, str]) -> None:
        by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for form, name in forms:
            by_key[_key(form[:_KEY_LETTERS])].append((form, name))
        self.groups: dict[str, _Group] = {}
        beginnings: set[str] = set()
        for items in by_key.values():
            group = _Group(items, ending, letters)
            for form, _ in items:
                self.groups.update(dict.fromkeys(_beginnings(form[:_KEY_LETTERS]), group))
                beginnings.update(_beginnings(_fixed(form, letters)))
        self._beginnings = frozenset(beginnings)

    def may_begin(self, letters: str) -> bool:
        """Whether a form can stand where a text goes on with some letters. Hardly a word has four like a form's."""
        # Written out: asked of every third word.
        return letters in self._beginnings or letters[:3] in self._beginnings or letters[:2] in self._beginnings


def _fixed(form: str, letters: Mapping[str, str]) -> str:
    """The first letters of a form as far as each is one letter in a text, and as many as its group has at least."""
    open_from = next((place for place, char in enumerate(form) if char == "*" or char in letters), len(form))
    return form[: min(_BEGINNING, max(open_from, _KEY_LETTERS))]


def _beginnings(letters: str) -> Iterator[str]:
    """How the first letters of a form may stand in a text: see :func:`_form`."""
    ways = [{letters[0], letters[0].upper()} if letters[0].islower() else {letters[0]}]
    ways += [{char, char.translate(_OPTIONAL_ACCENTS)} for char in letters[1:]]
    return map("".join, product(*ways))


def _form(form: str, letters: Mapping[str, str]) -> str:
    first, rest = form[0], "".join(_letter(char, letters) for char in form[1:])
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + rest


_ENDING_OF_ANY_LENGTH = r"\w*"


def _letter(char: str, letters: Mapping[str, str]) -> str:
    if char == "*":
        return _ENDING_OF_ANY_LENGTH
    if char in letters:
        return letters[char]
    plain = _OPTIONAL_ACCENTS.get(ord(char))
    return f"[{char}{plain}]" if plain else re.escape(char)
