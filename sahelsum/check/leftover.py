"""German that was left standing: whole sentences, function words, single words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.records import Finding, Severity, Translation
from sahelsum.thresholds import Thresholds

GERMAN_ONLY = frozenset(
    """
    und der das dem ist nicht mit von für auf eine einen einem einer sich wurde wurden auch bei nach zum zur über sind
    haben wird werden durch aus als noch nur oder aber wie dass zwischen gegen unter seit bis wenn sie ich wir ihr
    """.split()
)
"""German function words that are no English words."""
SAME_WORDS = 5
"""A sentence this long that comes back unchanged was not translated; a shorter one may be all names."""
_ALIKE = frozenset(
    """
    absolute abstract active alternative also arm arrogant bald band bank best bilateral bitter blank blind blond brief
    brutal clever cool damn dank defensive demonstrative depressive destructive digital dominant dual effective elegant
    emotional end experimental explosive exquisite extensive extreme fair fast fatal fest feudal final fine firm fit
    flat flexible form formal frank fundamental global gold golden gold-plated grand grave gut half hell her hier high
    hinder horizontal human ideal ignorant illegal immense immun imposant impulsive individual info informative
    initiative innovative instrumental integral intelligent intensive intern international intuitive irrational kind
    lang last latent legal legislative liberal like live links loyal maximal marginal mass massive mental mild militant
    minimal minus mobile moderate modern monumental moral multilateral multinational naive national native negative
    network neutral normal offensive offline okay online open operative optimal oral pair parallel park passive patent
    permanent plan plus popular positive potent primitive private prima prominent radio rank rational real reform
    regional relative relevant remote repressive rest rigid rosa rund same satt sensible separate sexy sinister smart
    solar sonor sozial stabil stand statements strict strikt subversive super symbolise team tender toast tolerant
    total trend transparent transnational trivial uniform universal urban vegan verbal vertical vertikal virtual vital
    wage wand warm warn was were wild will winter wolf worse wurst zone wall west nord fort hunger arms baker
    interview interviews manager minister partner drone drones version chance mission operation report reports
    september november april august region system video film test start stop trainer sport student studio
    """.split()
)
"""Words that both languages write alike in lower case."""
_SMALL_WORD = re.compile(r"(?<![\w’'./@-])[a-zäöüß]{4,}+(?![\w’'/@-]|\.\w)")
_NOUN_ENDINGS = "ungen?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|ität(?:en)?|ismus"
_NOUN = re.compile(rf"(?<=[a-z] )[A-ZÄÖÜ][a-zäöüß]{{3,40}}(?:{_NOUN_ENDINGS})(?![\w-])(?! [A-ZÄÖÜ])")
"""German nouns with an ending that no English word has, unless beside another capital: that is a name."""
_QUOTED = re.compile(r"[“\"«»„‘](?:[^“”\"«»„‘’]{1,200})[”\"«»“’]")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def check_copy(item: Translation, limits: Thresholds) -> Iterator[Finding]:
    """MT-COPY: German was left standing; an error for a whole sentence, a warning for a word."""
    source, target = _words(item.sentence.text), _words(item.text)
    left = [word for word in target if word in GERMAN_ONLY]
    if (source == target and len(source) >= SAME_WORDS) or len(left) >= limits.untranslated_words:
        message = "German was left untranslated."
        yield Finding("MT-COPY", Severity.ERROR, message, item.sentence.number, target_value=item.text)
        return
    words = _left_words(item)
    if words:
        message = "A German word was left untranslated."
        yield Finding("MT-COPY", Severity.WARNING, message, item.sentence.number, target_value=", ".join(words))


def _left_words(item: Translation) -> list[str]:
    """Words that stand in both texts: of the small ones those that are no English ones, of the nouns the clear ones.

    A small letter shows that the word is no name. What stands between quotation marks may be a title, and is left out.
    """
    german, english = item.sentence.text, _QUOTED.sub(" ", item.text)
    small = set(_SMALL_WORD.findall(german)) - _ALIKE
    nouns = set(_NOUN.findall(german))
    return [
        *(word for word in dict.fromkeys(_SMALL_WORD.findall(english)) if word in small),
        *(word for word in dict.fromkeys(_NOUN.findall(english)) if word in nouns),
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
