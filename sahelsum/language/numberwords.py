"""Numbers written as words, German and English, from two to the millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    if word in ("million", "milliarde", "billion", "millionen", "milliarden", "billionen", "mio", "mrd"):
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


_ENGLISH_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_ENGLISH_TENS = {
    word: value * 10 for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ENGLISH_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
ENGLISH_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
ENGLISH_STAND_INS: dict[str, tuple[int, ...]] = {
    "both": (2,),
    "pair": (2,),
    "couple": (2,),
    "twice": (2,),
    "double": (2,),
    "twin": (2,),
    "either": (2,),
    "fortnight": (2, 14),
    "trio": (3,),
    "triple": (3,),
    "quarter": (4,),
    "decade": (10,),
    "century": (100,),
    "noon": (12,),
    "midnight": (12, 24, 0),
    "single": (1,),
    "twenties": (20, 1920),
    "thirties": (30, 1930),
    "forties": (40, 1940),
    "fifties": (50, 1950),
    "sixties": (60, 1960),
    "seventies": (70, 1970),
    "eighties": (80, 1980),
    "nineties": (90, 1990),
}
_UNITS = {**_ENGLISH_SMALL, **_ENGLISH_TENS, **_ENGLISH_ORDINALS}
_NUMBER_WORDS = frozenset((*_UNITS, *ENGLISH_SCALES))
_ENGLISH_PHRASE = re.compile(
    r"\b(?:half a )?(?:{words})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{words}))*\b".format(
        words="|".join(sorted(_NUMBER_WORDS, key=lambda word: (-len(word), word)))
    ),
    re.IGNORECASE,
)


_ENGLISH_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@lru_cache(maxsize=1)  # of the sentence in hand, for one list of words after the other
def words_of(text: str) -> frozenset[str]:
    """The words of an English text in lower case, cut at whatever is no letter."""
    return frozenset(_ENGLISH_WORD.findall(text.lower()))


def english_number_phrases(text: str) -> Iterator[tuple[int, int, Decimal, bool]]:
    """Start, end, value of each number in words; False last for an ordinal, ``one`` and a bare ``million``."""
    if _NUMBER_WORDS.isdisjoint(words_of(text)):
        return
    for match in _ENGLISH_PHRASE.finditer(text):
        half = Decimal("0.5") if match.group().lower().startswith("half") else Decimal(1)
        found = [word for word in _ENGLISH_WORD.finditer(text, match.start(), match.end()) if _counts(word.group())]
        for group in _numbers(found):
            words = [word.group().lower() for word in group]
            value = _english_value(words)
            bare = len(words) == 1 and ENGLISH_SCALES.get(words[0], 0) > 100  # "multi-million", "a thousand times"
            claim = not bare and value != 1 and not any(word in _ENGLISH_ORDINALS for word in words)
            start = match.start() if half != 1 else group[0].start()
            yield start, group[-1].end(), value * half, claim
            half = Decimal(1)  # of the first number only


def _counts(word: str) -> bool:
    return word.lower() in _NUMBER_WORDS


def _numbers(words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Words in a row, cut where one number ends and the next begins: ``the first | eleven months``."""
    group: list[re.Match[str]] = []
    for word in words:
        if group and not _goes_on(group[-1].group().lower(), word.group().lower()):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _goes_on(word: str, following: str) -> bool:
    if word in _ENGLISH_ORDINALS:
        return False
    if following in ENGLISH_SCALES or word in ENGLISH_SCALES:
        return True
    return word in _ENGLISH_TENS and 0 < _UNITS[following] < 10


def _english_value(words: list[str]) -> Decimal:
    total, current = 0, 0
    for word in words:
        scale = ENGLISH_SCALES.get(word)
        if scale is None:
            current += _UNITS[word]
        elif scale <= 100:
            current = max(current, 1) * scale
        else:
            total += max(current, 1) * scale
            current = 0
    return Decimal(total + current)
