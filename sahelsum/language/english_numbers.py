"""English numbers written as words, from two to the millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

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
NUMBER_WORDS = frozenset((*_UNITS, *ENGLISH_SCALES))
"""In lower case."""
_ENGLISH_PHRASE = re.compile(
    r"\b(?:half a )?(?:{words})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{words}))*\b".format(
        words="|".join(sorted(NUMBER_WORDS, key=lambda word: (-len(word), word)))
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
    if NUMBER_WORDS.isdisjoint(words_of(text)):
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
    return word.lower() in NUMBER_WORDS


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
