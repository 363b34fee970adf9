"""Errors planted into good translations, one kind at a time, for `benchmarks/checks.py`.

A mutation takes the German and the English of a pair that is right and gives the English with one error in it, or None
where the sentence offers no place for this kind. The choice among several places is made with the generator handed in,
so that the same seed plants the same errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.de.names import names_in_german
from sahelsum.language.names import known_names, names_in_english

Mutation = Callable[[str, str, Random], str | None]

NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_QUOTES = re.compile(r"[“”\"«»„‟]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?])[’'](?!\w)")
_ATTRIBUTIONS = (
    re.compile(
        r", (?:[\w’' -]{1,60} )?(?:said|says|told|added|explained|stated|reported|announced)\b[^,.;]{0,60}(?=[.,;])"
    ),
    re.compile(r"(?:^|, )[Aa]ccording to [^,.;]{1,80}(?:, |(?=[.;]))"),
    re.compile(r"^[\w’' -]{1,60} (?:said|says|announced|reported|explained) (?:that |on \w+ that )"),
    re.compile(r" (?:allegedly|reportedly)\b"),
    re.compile(r"\b(?:allegedly|reportedly) "),
    re.compile(r"\b(?:suspected|alleged) "),
)
_NEGATIONS = re.compile(
    r"\b(?:do|does|did) not |(?<=\w) not\b|(?<=\w)n[’']t\b|\bnever |\bno longer |\bno (?=[a-z])|\bcan(not)\b"
)
_OPPOSITES = {"last": "next", "next": "last", "yesterday": "tomorrow", "early": "late", "late": "early"}
_UNITS = {
    "euros": "dollars", "euro": "dollar", "dollars": "euros", "percent": "degrees", "per cent": "degrees",
    "kilometres": "minutes", "kilometers": "minutes", "metres": "minutes", "meters": "minutes", "hours": "metres",
    "minutes": "metres", "tonnes": "litres", "tons": "litres", "€": "$", "$": "€", "%": "°",
}  # fmt: skip
KEPT_OF_A_CUT = 0.6
"""A clause counts as cut if at most this share of the characters is left."""


def changed_digit(german: str, english: str, rng: Random) -> str | None:
    """``24`` becomes ``27``: one digit of one number is another."""
    places = [match.start() for match in re.finditer(r"\d", english)]
    if not places or not re.search(r"\d", german):
        return None
    place = rng.choice(places)
    other = rng.choice([digit for digit in "123456789" if digit != english[place]])
    return english[:place] + other + english[place + 1 :]


def changed_number_word(german: str, english: str, rng: Random) -> str | None:
    """``three`` becomes ``seven``."""
    del german
    return _swap(english, {word: rng.choice([w for w in NUMBER_WORDS if w != word]) for word in NUMBER_WORDS}, rng)


def dropped_negation(german: str, english: str, rng: Random) -> str | None:
    """``did not reach`` becomes ``did reach``; only where the German negates too."""
    if not re.search(r"\b(?:nicht|keine?[mnrs]?|nie|niemals)\b", german, re.IGNORECASE):
        return None
    return _cut(english, [match.span(1 if match[1] else 0) for match in _NEGATIONS.finditer(english)], rng)


def swapped_name(german: str, english: str, rng: Random) -> str | None:
    """``Mali`` becomes ``Niger``: another known name of the same kind."""
    shared = sorted(names_in_english(english) & names_in_german(german))
    swaps: dict[str, str] = {}
    for name in shared:
        kind, country = known_names()[name].kind, known_names()[name].country
        others = [other for other in known_names().values() if other.kind is kind and other.country != country]
        if others and name in english:
            swaps[name] = rng.choice(others).name
    return _swap(english, swaps, rng)


def cut_clause(german: str, english: str, rng: Random) -> str | None:
    """Everything from a comma or a conjunction on is gone."""
    del german
    ends = [match.start() for match in re.finditer(r", | and | but | which | who | while | after ", english)]
    places = [end for end in ends if 20 <= end <= KEPT_OF_A_CUT * len(english)]
    return english[: rng.choice(places)] + "." if places else None


def repeated_phrase(german: str, english: str, rng: Random) -> str | None:
    """Three to six words stand twice."""
    del german
    words = english.split()
    if len(words) < 10:
        return None
    size, start = rng.randint(3, 6), rng.randint(0, len(words) - 7)
    return " ".join([*words[: start + size], *words[start:]])


def dropped_quotation(german: str, english: str, rng: Random) -> str | None:
    """The quotation marks are gone."""
    del rng
    if not re.search(r"„[^“]+“|»[^«]+«|\"[^\"]+\"|“[^”]+”", german) or not re.search(r"[“”\"]", english):
        return None
    return _QUOTES.sub("", english)


def dropped_attribution(german: str, english: str, rng: Random) -> str | None:
    """``…, the ministry said`` is gone, in a sentence whose German attributes without quoting."""
    attributes = re.search(
        r"\b(?:laut|zufolge|nach Angaben|sei|seien|habe|werde|könne|müsse|angeblich|mutmaßlich\w*)\b",
        german,
        re.IGNORECASE,
    )
    if not attributes or _QUOTES.search(english):
        return None
    spans = [match.span() for pattern in _ATTRIBUTIONS for match in pattern.finditer(english)]
    cut = _cut(english, spans, rng)
    return cut[:1].upper() + cut[1:] if cut else None


def german_word_left(german: str, english: str, rng: Random) -> str | None:
    """An English word gives way to a German one of five letters or more, in lower case."""
    known = set(re.findall(r"\w+", english.lower()))
    words: list[str] = [word for word in re.findall(r"\b[a-zäöüß]{5,}\b", german) if word not in known]
    places = [match.span() for match in re.finditer(r"\b[a-z]{4,}\b", english)]
    if not words or not places:
        return None
    start, end = rng.choice(places)
    return english[:start] + rng.choice(words) + english[end:]


def misspelt_name(german: str, english: str, rng: Random) -> str | None:
    """One letter inside a name of a person is gone, doubled or another."""
    runs = re.findall(r"(?<!^)\b[A-Z][a-zà-ÿ]{3,}(?: [A-Z][a-zà-ÿ]{3,})+\b", english)
    names = [name for run in runs if run in german and not names_in_english(run) for name in run.split()[1:]]
    if not names:
        return None
    name = rng.choice(names)
    place = rng.randint(1, len(name) - 2)
    letter = name[place]
    wrong = name[:place] + rng.choice(["", letter + letter, "e" if letter != "e" else "a"]) + name[place + 1 :]
    return re.sub(rf"\b{name}\b", wrong, english)


def changed_date(german: str, english: str, rng: Random) -> str | None:
    """Another weekday or month, ``next`` for ``last``; only where the German has a time as well."""
    if not re.search(
        r"tag\b|abend\b|(?:letzt|vergangen|nächst|kommend)en|gestern|Anfang|Ende|\b(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)",
        german,
    ):
        return None
    swaps = {day: rng.choice([other for other in WEEKDAYS if other != day]) for day in WEEKDAYS}
    swaps |= {month: rng.choice([m for m in ENGLISH_MONTHS if m != month]) for month in ENGLISH_MONTHS}
    swaps |= {
        f"{word} {unit}": f"{_OPPOSITES[word]} {unit}"
        for word in ("last", "next")
        for unit in ("year", "month", "week")
    }
    return _swap(english, swaps | {"yesterday": "tomorrow"}, rng)


def changed_unit(german: str, english: str, rng: Random) -> str | None:
    """``euros`` become ``dollars``, ``kilometres`` ``minutes``."""
    if not re.search(r"\d", german):
        return None
    found = [
        match
        for unit in _UNITS
        for match in re.finditer(rf"(?<=\d )\b{re.escape(unit)}\b|[€$%](?=\d)|(?<=\d)%", english)
    ]
    if not found:
        return None
    match = rng.choice(found)
    return english[: match.start()] + _UNITS[match.group()] + english[match.end() :]


def _swap(english: str, swaps: dict[str, str], rng: Random) -> str | None:
    found = [match for word in swaps for match in re.finditer(rf"\b{re.escape(word)}\b", english)]
    if not found:
        return None
    word = rng.choice(found).group()
    return re.sub(rf"\b{re.escape(word)}\b", swaps[word], english)


def _cut(english: str, spans: Sequence[tuple[int, int]], rng: Random) -> str | None:
    if not spans:
        return None
    start, end = rng.choice(spans)
    return english[:start] + english[end:]


_LOST = ("NUM-LOST", "NAME-LOST", "DATE-LOST", "NEG-LOST", "QUOTE-LOST", "ATTR-LOST", "UNIT-LOST")
KINDS: dict[str, tuple[Mutation, tuple[str, ...]]] = {
    "changed digit": (changed_digit, ("NUM-LOST", "NUM-ADDED", "DATE-LOST", "DATE-ADDED")),
    "changed number word": (changed_number_word, ("NUM-LOST", "NUM-ADDED", "DATE-LOST")),
    "changed date": (changed_date, ("DATE-LOST", "DATE-ADDED")),
    "changed unit": (changed_unit, ("UNIT-LOST",)),
    "swapped name": (swapped_name, ("NAME-LOST", "NAME-ADDED")),
    "misspelt name": (misspelt_name, ("NAME-SPELLED", "MT-GARBLED")),
    "dropped negation": (dropped_negation, ("NEG-LOST",)),
    "dropped quotation marks": (dropped_quotation, ("QUOTE-LOST",)),
    "dropped attribution": (dropped_attribution, ("ATTR-LOST",)),
    "cut clause": (cut_clause, ("LEN-RATIO", *_LOST)),
    "repeated phrase": (repeated_phrase, ("MT-LOOP", "MT-GARBLED")),
    "German word left": (german_word_left, ("MT-COPY",)),
}
"""Each kind with its mutation and the codes that name it rightly."""
