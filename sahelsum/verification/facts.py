"""Names, numbers with what they count, units and dates of a wording: each must be in its group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.english import folded
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.language.quantities import Quantity
from sahelsum.verification.matching import Group, Place
from sahelsum.verification.reading import Word, words_of

_CAPITAL = re.compile(r"(?<![\w’'])[^\W\d_a-zà-ÿ][^\W_]*(?:[’'-][^\W\d_]+)*")
_SHORT_STEM = 5
"""``Malians`` and ``Malian`` share their first letters; names are told apart by at least this many."""
_TITLES = frozenset("president minister general colonel captain judge chancellor king pope bishop".split())


def foreign_names(text: str, group: Group, *, headline: bool = False) -> Iterator[str]:
    """Known names, and words with a capital within a sentence, that the group has in no form."""
    yield from sorted(names_in_english(text) - group.names)
    words = frozenset(folded(word.plain) for sentence in group.sentences for word in sentence)
    capitals = frozenset(folded(word.plain) for sentence in group.sentences for word in sentence if word.capital)
    stems = frozenset(word[:_SHORT_STEM] for word in capitals)
    for match in _CAPITAL.finditer(text):
        for part in re.findall(r"[^\W_]+", folded(match.group())):
            if part in capitals or part in {"s", "i"} or (part[:_SHORT_STEM] in stems and len(part) >= _SHORT_STEM):
                continue
            common = match.start() == 0 or part in _TITLES or headline
            if (common and part in words) or match.start() == 0 or names_in_english(match.group()):
                continue  # a first word that is no name is held against the group with the other words
            if part.capitalize() not in ENGLISH_MONTHS and part not in _WEEKDAYS:
                yield match.group()


_NOT_COUNTED = frozenset({"1"})
_STAND_INS = frozenset("both pair couple twice double twin either single".split())


def foreign_numbers(text: str, group: Group) -> Iterator[str]:
    """Numbers that the group lacks, or that count something else there, or with another bound."""
    groups = [(quantity, words) for words, known in _quantities(group) for quantity in known]
    for quantity in _numbers(text):
        same = [(other, words) for other, words in groups if quantity.values & other.values]
        if not same and (quantity.claim or not (quantity.values <= _NOT_COUNTED or _is_stand_in(quantity))):
            yield quantity.text
        elif same and not quantity.date:
            yield from _counted_otherwise(text, quantity, group, same)


def _is_stand_in(quantity: Quantity) -> bool:
    return quantity.text.lower() in _STAND_INS


def _numbers(text: str) -> list[Quantity]:
    return [quantity for quantity in english_quantities(text) if not quantity.calendar]


def _quantities(group: Group) -> Iterator[tuple[str, list[Quantity]]]:
    for text in group.texts:
        yield text, list(english_quantities(text))


def _counted_otherwise(text: str, quantity: Quantity, group: Group, same: list[tuple[Quantity, str]]) -> Iterator[str]:
    if _thing_elsewhere(text, quantity, group, same):
        yield f"{quantity.text} {_thing(text, quantity)}"
    bounds = {_bound(other_text, other) for other, other_text in same}
    own = _bound(text, quantity)
    if quantity.claim and own not in bounds and (own or bounds <= {"least", "most"}):
        yield f"{own or 'exactly'} {quantity.text}"


_BOUNDS = {
    "least": r"at least|more than|(?<!hand )(?<!handed )(?<!took )(?<!taken )(?<!turned )over|no fewer than"
    r"|no less than|above|upwards of",
    "most": r"up to|at most|no more than|as many as|under|less than|fewer than|below|a maximum of|not more than",
    "nearly": r"nearly|almost|close to|just under|not quite|barely",
    "about": r"about|around|roughly|some|approximately|an estimated",
}
_BEFORE_NUMBER = {
    name: re.compile(rf"\b(?:{words})\s(?:the |a |an |US)?[$€£]?$", re.IGNORECASE) for name, words in _BOUNDS.items()
}
_AFTER_NUMBER = re.compile(r"\s(?:[\w-]+\s){0,2}?or more\b")


def _bound(text: str, quantity: Quantity) -> str:
    """How a number is bounded: ``least``, ``most``, ``nearly``; empty where it is not, or only rough."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    names = [name for name, pattern in _BEFORE_NUMBER.items() if pattern.search(before)]
    name = names[0] if names else "least" if _AFTER_NUMBER.match(text, quantity.end) else ""
    return "" if name == "about" else name


_THING_WORDS = 4
"""Words behind a number among which stands what it counts."""


def _thing(text: str, quantity: Quantity) -> str:
    """What a number counts: the last content word of the noun behind it, as far as that can be told."""
    things = _things(text, quantity)
    return things[-1].plain if things else ""


def counted_things(text: str, quantity: Quantity) -> str:
    """The root of the word for what a number counts; empty where that cannot be told."""
    things = _things(text, quantity)
    return things[-1].root if things else ""


def _things(text: str, quantity: Quantity) -> list[Word]:
    """The words between the number and the next function word, verb or border."""
    behind = [word for word in words_of(text) if word.start >= quantity.end]
    things: list[Word] = []
    for word in behind[:_THING_WORDS]:
        if not word.content or word.verb or (things and word.clause != things[-1].clause):
            if word.plain == "of" and not things:
                continue
            break
        things.append(word)
    return things


def _thing_elsewhere(text: str, quantity: Quantity, group: Group, same: list[tuple[Quantity, str]]) -> bool:
    """Whether what it counts stands, in the group, behind other numbers alone."""
    things = _things(text, quantity)
    if not things:
        return False
    places = set(group.places(things[-1]))
    beside = {place for number, sentence in same for place in _counted(group, sentence, number)}
    others = {
        place
        for sentence in group.texts
        for other in english_quantities(sentence)
        if other.claim and not other.values & quantity.values
        for place in _counted(group, sentence, other)
    }
    moved = bool(beside) and bool(group.forms(things[-1]))  # "three soldiers … a lorry", and now "three lorries"
    return bool(places) and not places & beside and (moved or bool(places & others))


def _counted(group: Group, text: str, quantity: Quantity) -> list[Place]:
    """Where the words stand that tell what a number of the group counts."""
    number = group.texts.index(text)
    return [(number, word.place) for word in _things(text, quantity)]


_UNIT = re.compile(
    r"(?<=\d)\s?(%|°C|km|m|kg)\b|\b(per ?cent|percent|percentage points?|euros?|dollars?|pounds?|francs?|rou?bles?"
    r"|naira|cedis?"
    r"|dinars?|dirhams?|kilomet\w+|miles?|met(?:re|er)s?|feet|tons?|tonnes?|kilos?|kilograms?|lit(?:re|er)s?|gallons?"
    r"|hectares?|acres?|degrees?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|barrels?|megawatts?|knots)\b|([$€£%])",
    re.IGNORECASE,
)
_SAME_UNIT = {
    "%": "percent",
    "per cent": "percent",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "km": "kilomet",
    "kg": "kilo",
    "kilogram": "kilo",
    "tonn": "ton",
    "m": "met",
}
_MEASURED = re.compile(r"\d|llion|hundred|thousand|dozen")
"""A unit counts where there is a number before it."""


def foreign_units(text: str, group: Group) -> Iterator[str]:
    """Units behind a number that no number of the group has."""
    known = {unit for each in group.texts for unit in _units(each)}
    words = {word.plain.rstrip("s") for sentence in group.sentences for word in sentence}
    yield from (unit for unit in _units(text) if unit not in known and unit.rstrip("s") not in words)


def _units(text: str) -> Iterator[str]:
    for match in _UNIT.finditer(text):
        unit = next(filter(None, match.groups())).lower()
        short = unit if len(unit) < 3 else re.sub(r"(?:re|er)?s?$", "", unit)
        yield _SAME_UNIT.get(unit, _SAME_UNIT.get(short, short.replace("percentage point", "point")))


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_RELATIVE = re.compile(
    r"\b(last|past|previous|next|coming|this)\s(week|weekend|month|year|summer|autumn|winter|spring|night|season"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\b(yesterday|today|tomorrow|tonight)\b",
    re.IGNORECASE,
)
_PERHAPS_MONTH = re.compile(r"(?:\d |\b(?:in|since|until|by|of|late|early|mid|from|to|last|next) )(May|March)\b")
"""Words that may be others too; all other months are numbers to :func:`english_quantities`."""
_DIRECTION = {"past": "last", "previous": "last", "coming": "next"}


def foreign_dates(text: str, group: Group) -> Iterator[str]:
    """Months, weekdays and ``last week`` that the group lacks."""
    known = {value for each in group.texts for quantity in english_quantities(each) for value in quantity.values}
    for quantity in english_quantities(text):
        if quantity.calendar and quantity.claim and not quantity.values & known:
            yield quantity.text
    words = {word.plain for sentence in group.sentences for word in sentence}
    for month in _PERHAPS_MONTH.findall(text):
        if not re.search(rf"\b{month}\b", " ".join(group.texts)):
            yield month
    for word in words_of(text):
        if word.plain.rstrip("s") in _WEEKDAYS and not {word.plain, word.plain.rstrip("s")} & words:
            yield word.text
    relative = {wording for each in group.texts for wording in _relatives(each)}
    yield from (wording for wording in _relatives(text) if wording not in relative)


def _relatives(text: str) -> Iterator[str]:
    for match in _RELATIVE.finditer(text):
        direction, span, day = (part.lower() if part else "" for part in match.groups())
        yield day or f"{_DIRECTION.get(direction, direction)} {span}"
