"""What is the same in every language, and what a model spoils: addresses, paths, co-ordinates, tags, signs, letters.

A :class:`Held` stretch of a text is to come out of a translation byte for byte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Held:
    """``text[start:end]`` is held. ``plain``: a spelling in letters that the model knows, where it is a name."""

    start: int
    end: int
    plain: str = ""
    sign: bool = False
    """It is no part of the sentence where it stands at its edge: an emoji, a bullet, a tag."""


_TAIL = r"(?<![.,;:!?…)\]}\"'“”„«»‘’*])"
"""An address does not end in the marks of the sentence around it."""
_SITE = r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|de|fr|ml|int|info|eu|example)(?![\w-]|\.\w)"
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_DEGREES = rf"{_NUMBER}\s?°(?:\s?{_NUMBER}\s?[′'’](?:\s?{_NUMBER}\s?(?:″|\"|''|’’))?)?(?:\s?[NSWOE](?![^\W_]))?"
LONGEST_WORD_LETTERS = 100
"""What is longer is no word but a code, or a text whose spaces are lost: the longest of German law has 79 letters. A
model would search for its translation token by token, for minutes."""
_HELD = re.compile(
    "|".join(
        (
            rf"(?<!\w)[A-Za-z][a-z+-]{{1,9}}://[^\s<>\"„“”«»]+{_TAIL}",
            rf"\bwww\.[^\s<>\"„“”«»]+{_TAIL}",
            r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+",
            rf"\b(?i:doi):\s?10\.\d{{4,9}}/[^\s<>\"„“”]+{_TAIL}|\b10\.\d{{4,9}}/[^\s<>\"„“”]+{_TAIL}",
            rf"\b[A-Z]:\\[^\s<>\"„“”|?*]+{_TAIL}",
            rf"(?<![\w/.])/(?:[\w.+-]+/)+[\w.+-]*{_TAIL}",
            rf"(?<![\w/.])(?:~|\.{{1,2}})/(?:[\w.+-]+/)*[\w.+-]+{_TAIL}",
            rf"\\\\[\w.-]+\\[^\s<>\"„“”|?*]+{_TAIL}|\b(?:arXiv|urn):[^\s<>\"„“”]+{_TAIL}",
            rf"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}/[^\s<>\"„“”]*{_TAIL}",
            rf"{_SITE}(?:/[^\s<>\"„“”]*{_TAIL})?",
            r"(?<![\w-])[\w-]+\.(?:pdf|docx?|xlsx?|csv|txt|html?|jpe?g|png|mp[34]|zip)\b",
            rf"{_DEGREES}(?:\s?[,;/]?\s?{_DEGREES})*(?:\s?[CF]\b)?",
            r"(?<=\b[Vv]ersion )\d+(?:\.\d+){2,}",
            r"§§?\s?\d+[a-z]?\b",
            rf"[A-Za-z\u00c0-\u024f\d_+/=-]{{{LONGEST_WORD_LETTERS + 1},}}",
            r"(?<!\w)\w*[\u00b2\u00b3\u00b9\u2070-\u209c]\w*",
        )
    )
)
_MAYBE_HELD = re.compile(r"[/@\\°§\u00b2\u00b3\u00b9\u2070-\u209c]|\.[a-z]|www\.|arXiv:|urn:|[Vv]ersion \d|\S{101}")
"""Whatever ``_HELD`` finds has one of these in it; to look for them is much faster."""
_TAG = re.compile(r"(?<![\w#@&/])[#@][^\W\d]\w*(?:[.-]\w+)*")
_SIGN = re.compile(
    r"(?:[\u2190-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\u2022\u2023\u25e6\ufe0f\u200d]"
    r"|[\U0001f000-\U0001faff\U000e0020-\U000e007f])+"
)
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff])"
_WORD = re.compile(rf"{_LETTER}+(?:[’'-]{_LETTER}+)*")


def is_marks_alone(text: str) -> bool:
    """Whether a text says nothing in words or numbers: ``***``, ``---``, an emoji."""
    return not any(unicodedata.category(char)[0] in "LN" for char in text)


def held_stretches(text: str, letters: str) -> list[Held]:
    """All that is to be held, in order, none overlapping.

    ``letters``: inside brackets of a regular expression, those of the source language and its neighbours; words with
    others are held. Empty: every letter may be the language's own.
    """
    stretches = [Held(m.start(), _closed(text, m)) for m in (_HELD.finditer(text) if _MAYBE_HELD.search(text) else ())]
    if "#" in text or "@" in text:
        stretches += _outside(stretches, (Held(m.start(), m.end(), sign=True) for m in _TAG.finditer(text)))
    if not text.isascii():
        stretches += _outside(stretches, (Held(m.start(), m.end(), sign=True) for m in _SIGN.finditer(text)))
        stretches += _outside(stretches, _strange_words(text, letters)) if letters else ()
    stretches.sort(key=lambda held: held.start)
    return _runs_together(text, _with_words_around(text, stretches)) if stretches else []


def _closed(text: str, match: re.Match[str]) -> int:
    """The end of a match, behind a bracket that was opened within it."""
    opened = match.group().count("(") > match.group().count(")")
    return match.end() + (opened and text[match.end() : match.end() + 1] == ")")


def _outside(taken: Iterable[Held], candidates: Iterable[Held]) -> list[Held]:
    covered = {place for held in taken for place in range(held.start, held.end)}
    return [held for held in candidates if covered.isdisjoint(range(held.start, held.end))]


def _strange_words(text: str, letters: str) -> Iterator[Held]:
    known = _known(letters)
    for match in _WORD.finditer(text):
        word = match.group()
        if not known.fullmatch(word):
            plain = plain_letters(word, known) if word[0].isupper() else ""
            yield Held(match.start(), match.end(), plain if known.fullmatch(plain) else "")


@cache
def _known(letters: str) -> re.Pattern[str]:
    return re.compile(rf"[A-Za-z{letters}’'-]+")


def _with_words_around(text: str, found: list[Held]) -> list[Held]:
    """A stretch that stands within a word or number is that with the whole of it: ``−3``, ``Mali→Niger``."""
    whole: list[Held] = []
    for held in found:
        if whole and held.start < whole[-1].end:
            continue
        start, end = held.start, held.end
        bottom = whole[-1].end if whole else 0
        while start > bottom and _is_inside_word(text[start - 1]):
            start -= 1
        while end < len(text) and _is_inside_word(text[end]):
            end += 1
        whole.append(held if (start, end) == (held.start, held.end) else Held(start, max(end, held.end)))
    return _touching_joined(whole)


def _is_inside_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _touching_joined(found: list[Held]) -> list[Held]:
    """Stretches without anything between them are one."""
    joined: list[Held] = []
    for held in found:
        if joined and joined[-1].end == held.start:
            joined[-1] = Held(joined[-1].start, held.end, sign=joined[-1].sign and held.sign)
        else:
            joined.append(held)
    return joined


def _runs_together(text: str, found: list[Held]) -> list[Held]:
    """Words of another script side by side are one stretch."""
    runs: list[Held] = []
    for held in found:
        before = runs[-1] if runs else None
        if before and not (before.plain or held.plain or before.sign or held.sign):
            between = text[before.end : held.start]
            if between.isspace() and _is_word(text, before) and _is_word(text, held):
                runs[-1] = Held(before.start, held.end)
                continue
        runs.append(held)
    return runs


def _is_word(text: str, held: Held) -> bool:
    return text[held.start].isalpha() and not text[held.start : held.end].isascii()


_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "ɓ": "b", "Ɓ": "B"}
    | {"ɗ": "d", "Ɗ": "D", "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ƴ": "y", "Ƴ": "Y", "ɲ": "n", "Ɲ": "N", "ə": "e"}
    | {"Ə": "E", "ƙ": "k", "Ƙ": "K", "ŧ": "t", "Ŧ": "T", "ẞ": "SS"}
)


def plain_letters(word: str, known: re.Pattern[str]) -> str:
    """``Erdoğan`` as ``Erdogan``: letters that are not known without their marks, where they are Latin ones."""
    return "".join(char if known.fullmatch(char) else _plain(char) for char in word)


def _plain(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", char.translate(_PLAIN)) if not unicodedata.combining(c))
