"""English sentences, and English words for the methods that count them: lower case, without function words, stemmed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sentencex import segment as split_sentences

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_APOSTROPHE_ENDING = re.compile(r"['’](s|t|re|ve|ll|d|m)\b", re.IGNORECASE)
REMEMBERED_WORDS = 16_384
"""News repeat their words."""
REMEMBERED_SENTENCES = 512
"""Those of the article in hand, which are asked for to rank them, to weigh their words and to choose."""
_MIN_STEM_LENGTH = 3
"""Below three letters a stem says nothing."""

FUNCTION_WORDS = frozenset(
    """
    a about above after again against all almost along already also although always am among an and another any are
    around as at away back be became because become been before being below between both but by came can come could
    did do does doing done down during each either else even ever every few for from further get got had has have
    having he her here hers him his how however i if in indeed instead into is it its itself just last least less let
    made make many may me meanwhile might more moreover most much must my near neither never next no nor not now of
    off often on once one only onto or other our out over own per quite rather same she should since so some still
    such than that the their them then there therefore these they this those though through thus to together too
    toward towards under until up upon us very was we well were what when where whether which while who whom whose
    why will with within without would yet you your
    """.split()
)


def english_sentences(text: str) -> list[str]:
    """Sentences of an English text, without the white space around them."""
    return [sentence.strip() for sentence in split_sentences("en", text) if sentence.strip()]


def folded(text: str) -> str:
    """Without accents and letter case, one kind of apostrophe: names are spelled with and without them."""
    if text.isascii():
        return text.replace("'", "’").casefold()
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "’"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def content_words(text: str) -> tuple[str, ...]:
    """Content words of an English text in order, stemmed; numbers are kept whole, their separators removed."""
    words = _WORD.findall(_APOSTROPHE_ENDING.sub("", text.lower()))
    return tuple(stem(word) for word in words if word not in FUNCTION_WORDS)


@lru_cache(maxsize=REMEMBERED_WORDS)
def stem(word: str) -> str:
    """Cut plural and verb endings, roughly: enough to match ``attacks`` with ``attacked``."""
    if word[0].isdigit():
        return word.replace(",", "").replace(".", "")
    for ending, replacement in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= _MIN_STEM_LENGTH:
            return word[: len(word) - len(ending)] + replacement
    return word
