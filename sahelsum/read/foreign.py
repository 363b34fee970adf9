"""Is this one sentence, or a quotation in it, in another language than its article? In doubt it is not.

Names and titles look like any language, so a sentence counts as foreign only by small words that the other language has
and the article's has not, or, if it is long, by lingua's word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sahelsum.language.packs import language_name, pack_of
from sahelsum.read.language import surely

_WORD = re.compile(r"[^\W\d_]+")
MIN_WORDS = 5
"""A shorter text is a name, a title or a motto."""
MIN_SMALL_WORDS = 2.5
MIN_SMALL_SHARE = 0.25
"""Of a text's words: English and French prose has 40 % of such words, a list of names hardly any."""
MIN_LETTERS_FOR_LINGUA = 80
"""From here on lingua hardly errs, and hardly a sentence of the article's own language comes this far."""
REMEMBERED = 1024

_SMALL_WORDS = {
    "en": """the of and to is are were has have had been with by from that this they their he she his not who which as
        at it would for we you our be but if there what when into about after on near until monday tuesday
        wednesday thursday
        friday saturday sunday january february march may june july october december""",
    "fr": """les du est et sont une au aux dans par pour avec que qui ce cette ces ne pas plus se sa ses leur
    leurs selon
        près contre ont été à elle ils nous vous sur c j qu lundi mardi mercredi jeudi vendredi samedi dimanche janvier
        février mars avril juin juillet août septembre octobre novembre décembre""",
    "es": """los las del y una que por con para se su sus es son fue no como más ha han pero lunes martes miércoles
        jueves viernes sábado domingo""",
    "it": """il lo gli della una che per con si sono è non come più ha hanno ma nel lunedì martedì mercoledì giovedì
        venerdì""",
    "pt": """os das dos uma que por com para se seu sua é são não ao como mais na no mas segunda terça quarta quinta
        sexta""",
}
_WEAK_WORDS = {
    "en": "in an will so was am a no or",
    "fr": "de la le l d des un en on a son s n y il",
    "es": "de la el al un en",
    "it": "di la i le e in un al",
    "pt": "de do da o a e em um",
}
"""Words that other languages or names have as well; each counts half."""
MIN_STRONG = 2
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WEAK = {language: frozenset(words.split()) for language, words in _WEAK_WORDS.items()}


@lru_cache(maxsize=REMEMBERED)
def foreign_language(text: str, expected: str) -> str:
    """The English name of the language of ``text`` if it is surely not ``expected`` (ISO 639-1); else empty.

    Nothing is foreign to a language of which no frequent words are known.
    """
    reading = pack_of(expected).reading
    words = [word.lower() for word in _WORD.findall(text)]
    if not reading.frequent_words or len(words) < MIN_WORDS:
        return ""
    own = reading.frequent_words | pack_of(expected).checking.function_words
    others = [word for word in words if word not in own]
    found, strong, evidence = max((_evidence(words, others, language) for language in _SMALL), key=lambda item: item[2])
    # Words of both languages ("des", "in", "war") speak for neither.
    mine = any(word in own and word not in _SMALL[found] | _WEAK[found] for word in words)
    if not mine and strong >= MIN_STRONG and evidence >= max(MIN_SMALL_WORDS, MIN_SMALL_SHARE * len(words)):
        return language_name(found) if found != expected else ""
    if any(word in own for word in words) or sum(map(len, words)) < MIN_LETTERS_FOR_LINGUA:
        return ""
    code = surely(text, expected)
    return language_name(code) if code else ""


def _evidence(words: Sequence[str], others: Sequence[str], language: str) -> tuple[str, int, float]:
    """The language, how many of its small words there are, and with them the weak ones, which count half.

    ``others`` are those of the words that the expected language does not have.
    """
    strong = sum(map(_SMALL[language].__contains__, others))
    return language, strong, strong + sum(map(_WEAK[language].__contains__, words)) / 2
