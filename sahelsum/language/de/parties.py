"""Who a German sentence is about: nouns for people and bodies, with the cases and numbers that they can have there.

The nouns stand in ``parties.toml``. What stands before a noun decides: ``den Minister`` is no subject, ``die Minister``
may be one, ``der Armee`` cannot.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sahelsum.language.de.names import GERMAN_NAMES
from sahelsum.language.names import found_names, known_names
from sahelsum.records import FactKind

Reading = tuple[str, str, str]
"""Gender (m, f, n, or * for any), number (sg, pl), case (nom, acc, dat, gen)."""

_ARTICLES: Mapping[str, tuple[Reading, ...]] = {
    "der": (("m", "sg", "nom"), ("f", "sg", "dat"), ("f", "sg", "gen"), ("*", "pl", "gen")),
    "die": (("f", "sg", "nom"), ("f", "sg", "acc"), ("*", "pl", "nom"), ("*", "pl", "acc")),
    "das": (("n", "sg", "nom"), ("n", "sg", "acc")),
    "den": (("m", "sg", "acc"), ("*", "pl", "dat")),
    "dem": (("m", "sg", "dat"), ("n", "sg", "dat")),
    "des": (("m", "sg", "gen"), ("n", "sg", "gen")),
    "ein": (("m", "sg", "nom"), ("n", "sg", "nom"), ("n", "sg", "acc")),
    "eine": (("f", "sg", "nom"), ("f", "sg", "acc"), ("*", "pl", "nom"), ("*", "pl", "acc")),
    "einen": (("m", "sg", "acc"), ("*", "pl", "dat")),
    "einem": (("m", "sg", "dat"), ("n", "sg", "dat")),
    "einer": (("f", "sg", "dat"), ("f", "sg", "gen"), ("*", "pl", "gen")),
    "eines": (("m", "sg", "gen"), ("n", "sg", "gen")),
}
_LIKE_EIN = re.compile(r"(?:k?ein|mein|dein|sein|ihr|unser|eur|euer)(e|en|em|er|es|)")
_LIKE_DER = re.compile(r"(?:dies|jen|jed|manch|solch|welch|beid|all)(e|er|es|en|em)")
_AS_DER = {"e": "die", "er": "der", "es": "das", "en": "den", "em": "dem"}
_WITHOUT_ARTICLE: Mapping[str, tuple[Reading, ...]] = {
    "n": (("*", "pl", "dat"), ("*", "pl", "acc"), ("*", "pl", "nom")),
    "r": (("*", "pl", "gen"), ("m", "sg", "nom")),
    "": (("*", "pl", "nom"), ("*", "pl", "acc"), ("*", "pl", "dat"), ("*", "sg", "nom"), ("*", "sg", "acc")),
}
"""By the last letter of the adjective before a noun without an article; else the noun alone decides."""
_ATTRIBUTE = re.compile(
    r"(?:Oberste|Internationale|Nationale|Vereinte|Hohe|Rote|Ständige|[A-ZÄÖÜ]\w+ische|Europäische)[nrms]?"
    r"|[a-zäöüß]+(?:e|en|er|es|em)|\d[\d.]*"
)
_NUMBERS = frozenset("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf mehrere viele einige".split())
_NO_ATTRIBUTES = frozenset(
    "aber gegen neben unter über hinter oder wegen ohne seiner wurde wurden werden hatte hatten haben waren sollte "
    "sollten wollte wollten konnte konnten musste mussten könne könnte solle wolle habe würde würden sowie dessen "
    "deren denen unterdessen indessen später wieder immer bisher jedoch".split()
)
_MOST_ATTRIBUTES = 3
_WORD = re.compile(r"[\w-]+", re.UNICODE)
_LEAST_HEAD = 4
"""A noun at the end of a compound has this many letters at least: ``Rat`` ends too many words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase for people or a body: the numbers of its first and last word, what it can be, and its English."""

    first: int
    last: int
    noun: str
    readings: frozenset[Reading]
    english: tuple[str, ...]
    is_place: bool = False
    """``Paris`` stands for a government or for itself."""

    def may_be(self, case: str) -> bool:
        """Whether it can stand in that case."""
        return any(reading[2] == case for reading in self.readings)

    @property
    def number(self) -> str:
        """``sg`` or ``pl`` as a subject; empty if it may be both."""
        numbers = {reading[1] for reading in self.readings if reading[2] == "nom"}
        return numbers.pop() if len(numbers) == 1 else ""


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    return [Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def parties(text: str, words: Sequence[Token]) -> list[Party]:
    """Those of a text, in order."""
    nouns = [_party(words, place, *noun) for place, word in enumerate(words) if (noun := _noun(word.text)) is not None]
    taken = {place for party in nouns for place in range(party.first, party.last + 2)}  # and a name right behind
    names = (name for name in _names(text, words) if name.first not in taken and name.last not in taken)
    return sorted([*nouns, *names], key=lambda party: party.first)


_ATTRIBUTIVE = re.compile(r"(?:er|sch|sche|schen|scher|sches|schem)$")
_ANY_CASE = frozenset(("*", "sg", case) for case in ("nom", "acc", "dat"))


def _names(text: str, words: Sequence[Token]) -> Iterator[Party]:
    """Known names that stand as nouns; what says whose (``Malis``) or what kind (``malisch``) is none."""
    places = {word.start: place for place, word in enumerate(words)}
    ends = {word.end: place for place, word in enumerate(words)}
    position = 0
    for name, form in found_names(text, GERMAN_NAMES):
        start = text.find(form, position)
        position = max(position, start + 1)
        first, last = places.get(start), ends.get(start + len(form))
        if first is not None and last is not None and not _is_attributive(name, form):
            yield _name(words, first, last, name)


def _is_attributive(name: str, form: str) -> bool:
    """Whether a form stands before a noun as a rule: ``Malis``, ``Pariser``, ``Malische`` as a first word."""
    genitive = form.endswith("s") and form not in known_names()[name].forms["de"]
    return genitive or not form[0].isupper() or bool(_ATTRIBUTIVE.search(form))


def _name(words: Sequence[Token], first: int, last: int, name: str) -> Party:
    before = _article(words[first - 1].text) if first > 0 else None
    readings = frozenset(before) if before else _ANY_CASE
    english = tuple(form.replace("*", "").replace(" ", "_") for form in known_names()[name].forms["en"])
    is_place = known_names()[name].kind is FactKind.PLACE
    return Party(first - 1 if before else first, last, words[last].text, readings, english, is_place)


@dataclass(frozen=True, slots=True)
class _Noun:
    gender: str
    plural: str
    english: tuple[str, ...]


@cache
def _nouns() -> dict[str, _Noun]:
    file = resources.files("sahelsum.language.de").joinpath("parties.toml")
    table: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["parties"]
    return {noun: _Noun(row["gender"], row["plural"], tuple(row["en"].split())) for noun, row in table.items()}


@cache
def _forms() -> dict[str, tuple[str, frozenset[Reading]]]:
    """Every form in lower case: its noun, and what it can be by itself."""
    forms: defaultdict[str, set[Reading]] = defaultdict(set)
    owner: dict[str, str] = {}
    for noun, row in _nouns().items():
        for form, reading in (*_declined(noun, row), *_feminine(noun, row)):
            forms[form.lower()].add(reading)
            owner.setdefault(form.lower(), noun)
    return {form: (owner[form], frozenset(readings)) for form, readings in forms.items()}


def _declined(noun: str, row: _Noun) -> Iterator[tuple[str, Reading]]:
    if row.gender == "a":
        yield from _declined_as_adjective(noun)
        return
    if row.gender != "p":
        yield from _singular(noun, row)
    dative = row.plural if row.plural[-1] in "ns" or row.gender == "p" else row.plural + "n"
    yield from ((row.plural, ("*", "pl", case)) for case in ("nom", "acc", "gen"))
    yield dative, ("*", "pl", "dat")
    if row.gender == "p":
        yield row.plural + "n", ("*", "pl", "dat")


def _singular(noun: str, row: _Noun) -> Iterator[tuple[str, Reading]]:
    gender = "m" if row.gender == "w" else row.gender
    yield noun, (gender, "sg", "nom")
    oblique = row.plural if row.gender == "w" else noun
    yield from ((oblique, (gender, "sg", case)) for case in ("acc", "dat"))
    if gender == "f" or row.gender == "w":
        yield oblique, (gender, "sg", "gen")
    else:
        yield from ((noun + ending, (gender, "sg", "gen")) for ending in ("s", "es"))


def _feminine(noun: str, row: _Noun) -> Iterator[tuple[str, Reading]]:
    """``Polizistin``, ``Polizistinnen``."""
    if row.gender in {"m", "w"}:
        stem = noun.removesuffix("e")
        yield from ((f"{stem}in", ("f", "sg", case)) for case in ("nom", "acc", "dat", "gen"))
        yield from ((f"{stem}innen", ("*", "pl", case)) for case in ("nom", "acc", "dat", "gen"))


def _declined_as_adjective(noun: str) -> Iterator[tuple[str, Reading]]:
    """``der Verdächtige``, ``ein Verdächtiger``, ``die Verdächtigen``."""
    yield from ((noun, reading) for reading in (("m", "sg", "nom"), ("f", "sg", "nom"), ("f", "sg", "acc")))
    yield from ((noun, ("*", "pl", case)) for case in ("nom", "acc"))
    yield from ((noun + "r", reading) for reading in (("m", "sg", "nom"), ("*", "pl", "gen"), ("f", "sg", "dat")))
    yield from ((noun + "n", ("*", "pl", case)) for case in ("nom", "acc", "dat", "gen"))
    yield from ((noun + "n", ("m", "sg", case)) for case in ("acc", "dat", "gen"))
    yield from ((noun + "n", ("f", "sg", case)) for case in ("dat", "gen"))


def _noun(word: str) -> tuple[str, frozenset[Reading]] | None:
    """The noun that a word is or ends in, and what the form can be."""
    if not word[0].isupper():
        return None
    lower = word.lower().rpartition("-")[2]
    for begin in range(max(1, len(lower) - _LEAST_HEAD + 1)):
        known = _forms().get(lower[begin:])
        if known:
            return known
    return None


def _party(words: Sequence[Token], place: int, noun: str, by_itself: frozenset[Reading]) -> Party:
    first = place
    while first > 0 and place - first < _MOST_ATTRIBUTES and _is_attribute(words[first - 1].text):
        first -= 1
    before = _article(words[first - 1].text) if first > 0 else None
    allowed = before or _by_attribute(words[first].text if first < place else "")
    readings = frozenset(reading for reading in by_itself if any(_agree(reading, other) for other in allowed))
    return Party(first - 1 if before else first, place, words[place].text, readings, _nouns()[noun].english)


def _is_attribute(word: str) -> bool:
    looks_like_one = _ATTRIBUTE.fullmatch(word) or word.lower() in _NUMBERS
    return bool(looks_like_one) and word not in _NO_ATTRIBUTES and _article(word) is None


def _by_attribute(word: str) -> tuple[Reading, ...]:
    return _WITHOUT_ARTICLE.get(word[-1:] if word[-1:] in {"n", "r"} else "", ())


def _article(word: str) -> tuple[Reading, ...] | None:
    """What may follow an article or a word that is declined like one."""
    lower = word.lower()
    if lower in _ARTICLES:
        return _ARTICLES[lower]
    if match := _LIKE_EIN.fullmatch(lower):
        return _ARTICLES["ein" + match[1]]
    match = _LIKE_DER.fullmatch(lower)
    return _ARTICLES[_AS_DER[match[1]]] if match else None


def _agree(one: Reading, other: Reading) -> bool:
    return one[1:] == other[1:] and (one[0] == other[0] or "*" in {one[0], other[0]})
