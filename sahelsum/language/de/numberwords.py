"""German numbers written as words, from two to the millions."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_GERMAN_SMALL = {
    word: value
    for value, words in enumerate(
        "null ein|eins|eine|einen|einem|einer zwei|zwo|zweier drei|dreier vier fünf sechs sieben acht neun zehn elf "
        "zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
    )
    for word in words.split("|")
}
_GERMAN_TENS = {
    word: value * 10
    for value, word in enumerate("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), 2)
}
_GERMAN_TENS["dreissig"] = 30
GERMAN_SCALES = {
    "dutzend": 12,
    "hundert": 100,
    "tausend": 1000,
    "million": 10**6,
    "millionen": 10**6,
    "mio": 10**6,
    "milliarde": 10**9,
    "milliarden": 10**9,
    "mrd": 10**9,
    "bio": 10**12,
    "billion": 10**12,
    "billionen": 10**12,
}
GERMAN_STAND_INS: dict[str, tuple[int, ...]] = {
    "beide": (2,),
    "beiden": (2,),
    "beider": (2,),
    "beides": (2,),
    "paar": (2,),
    "doppelt": (2,),
    "doppelte": (2,),
    "doppelten": (2,),
    "jahrzehnt": (10,),
    "jahrzehnte": (10,),
    "jahrhundert": (100,),
    "mittag": (12,),
    "mitternacht": (12, 24, 0),
    "duo": (2,),
    "trio": (3,),
    "quartett": (4,),
    "quartal": (3, 4),
}
"""Words that may become a number in a good translation."""
_ORDINAL_STEMS = "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft".split()
_GERMAN_ORDINALS = re.compile(rf"^(?:{'|'.join(f'({stem})' for stem in _ORDINAL_STEMS)})(?:e[nrms]?|ens|el)$")
_SHORTEST_NUMBER_WORD = 3


LONGEST_NUMBER_WORD = 80
"""Characters. ``siebenhundertundsiebenundsiebzigtausendundsiebenhundertundsiebenundsiebzig`` has 74, and from a million
on German writes several words. Anything longer is no number, however many ``hundert`` it strings together."""
_REMEMBERED_WORDS = 4096
"""Running text repeats its words: these are enough for most of an article."""
_BEGINNINGS = frozenset(
    word[:_SHORTEST_NUMBER_WORD]
    for word in (*_GERMAN_SMALL, *_GERMAN_TENS, *GERMAN_SCALES, *GERMAN_STAND_INS, *_ORDINAL_STEMS, "halb")
)


def begins_german_number(word: str) -> bool:
    """Whether a word in lower case begins as one with a number in it does: few words do, and it is soon seen."""
    return word[:_SHORTEST_NUMBER_WORD] in _BEGINNINGS


def german_word(word: str) -> Decimal | None:
    """Value of a German number word in lower case (``einhundertzwanzig``); None if it is none."""
    return None if len(word) > LONGEST_NUMBER_WORD else _german_word(word)


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _german_word(word: str) -> Decimal | None:
    if word in ("million", "milliarde", "billion", "millionen", "milliarden", "billionen", "bio", "mio", "mrd"):
        return None
    if word == "dutzend":
        return Decimal(12)
    if word in ("halbe", "halben", "halber"):
        return Decimal("0.5")
    value = _german(word)
    return None if value is None else Decimal(value)


def _german(word: str) -> int | None:
    for scale, size in (("tausend", 1000), ("hundert", 100)):
        left, found, right = word.partition(scale)
        if found:
            factor = _german(left) if left else 1
            rest = _german(right.removeprefix("und")) if right else 0
            return None if factor is None or rest is None else factor * size + rest
    if word in _GERMAN_SMALL:
        return _GERMAN_SMALL[word]
    unit, joint, tens = word.rpartition("und")
    if joint and tens in _GERMAN_TENS and 0 < _GERMAN_SMALL.get(unit, 0) < 10:
        return _GERMAN_TENS[tens] + _GERMAN_SMALL[unit]
    return _GERMAN_TENS.get(word)


@lru_cache(maxsize=_REMEMBERED_WORDS)
def german_ordinal_or_compound(word: str) -> tuple[int, ...]:
    """``dritten`` gives 3, ``zweijährig`` 2, ``dreißiger`` 30 and 1930: words that may become a number in English."""
    ordinal = _GERMAN_ORDINALS.match(word)
    if ordinal and ordinal.lastindex:
        return (ordinal.lastindex,)
    for end in range(min(len(word), LONGEST_NUMBER_WORD) - 1, _SHORTEST_NUMBER_WORD - 1, -1):
        value = _german(word[:end])
        if value is not None:
            decade = word[end:] == "er" and value in _GERMAN_TENS.values()
            return (value, 1900 + value, 1800 + value) if decade else (value,)
    return ()
