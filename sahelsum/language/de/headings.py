"""German headings run into their paragraph ("Russlands Präsenz Gleichzeitig toben …").

They are told by German spelling. A noun phrase without a verb opens the paragraph, and right after it comes a function
word with a capital letter, which only the start of a sentence can give it. A wrong split damages two texts and a missed
one only leaves a clumsy sentence, so each rule leans towards not splitting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sahelsum.language.de.words import (
    ADVERBS,
    ARTICLES,
    CONJUNCTIONS,
    MODAL_VERBS,
    MONTHS,
    POLITE_OR_THIRD_PERSON,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SENTENCE_OPENERS,
    WEEKDAYS,
)

MAX_RUN_IN_WORDS = 6
MIN_RUN_IN_REST = 60
"""Characters of prose that must follow a run-in heading: it heads a paragraph, not a remark."""

_WORD = re.compile(r"[^\W\d_][\w’'/-]*(?:\.(?=\w))?[\w’'-]*$")

_CONNECTORS = frozenset(
    "der die das den dem des und oder in im an am auf aus bei beim für gegen mit ohne statt nach um "
    "über unter von vom vor zu zum zur zwischen durch seit trotz als ein eine einer eines".split()
)
_BEFORE_ADJECTIVE = _CONNECTORS - {"und", "oder", "als"}
_ADJECTIVE = re.compile(r"[^\W\d_]{2,}(?:e|en|er|es|em)$")

# Nouns of quantity are capitalised anywhere ("sie töteten Dutzende"), so they need the further proof that a complete
# clause with its verb in second place follows.
_QUANTITIES = frozenset("Dutzende Hunderte Tausende Hunderttausende Zehntausende Millionen Milliarden".split())
_AUXILIARIES = frozenset(
    """war waren wurde wurden ist sind hat haben hatte hatten wird werden kann können konnte konnten muss
    müssen musste mussten soll sollen will wollen flohen fliehen starben sterben leben lebten""".split()
)
_CLAUSE_WORDS = frozenset(
    "der die das den dem des ihrer ihre seiner seine dieser von in im aus weitere weiterer".split()
)

# Words that take a name after them: a capitalised article may be part of it ("Wochenzeitung Die Zeit").
_NAMING = re.compile(
    r"(?:zeitung|magazin|blatt|partei|sender|portal|agentur|film|buch|roman|serie|organisation|gruppe|bewegung|bündnis|"
    r"stiftung|verein|initiative|projekt|operation|mission|kampagne|band|sendung|podcast|studie|bericht|zeitschrift|"
    r"plattform|dienst|hotel|restaurant|lied|album|verlag|verband|netzwerk|fraktion|vorsitzende[rn]?|chef|chefin)$",
    re.IGNORECASE,
)
_NAMED_BY_ARTICLE = frozenset(
    "Linke Linken Zeit Welt Spiegel Standard Presse Erste Ersten Grünen Grüne Rote Weiße Tageszeitung "
    "Basis Heimat Stern Volk Partei".split()
)
_TITLES = frozenset(
    "Präsident Präsidentin General Oberst Minister Ministerin Außenminister Verteidigungsminister Kanzler "
    "Kanzlerin Herr Herrn Frau Staatschef Premierminister Premier Juntachef König Papst Sprecher Sprecherin".split()
)

# Not taken as the sign of a new sentence: they stand with capitals inside names ("Ärzte Ohne Grenzen", "Von der
# Leyen"), or may be the polite form.
_UNSURE_OPENERS = POLITE_OR_THIRD_PERSON | frozenset(
    "Von Vom Zu Für Ohne An Um Vor Ein Und Oder Als Alle Weiter Nicht "
    "Noch Morgen Bis Wohl Parallel So Selbst Nur Beide Da Ab Weil".split()
)
_OPENERS = (SENTENCE_OPENERS - _UNSURE_OPENERS) | _QUANTITIES
_VERB_MUST_FOLLOW = ADVERBS - {"Nachdem", "Seitdem"}
_NOUN_PHRASE_FOLLOWS = ARTICLES | POSSESSIVES | PREPOSITIONS
_CLAUSE_FOLLOWS = PRONOUNS | CONJUNCTIONS | MODAL_VERBS


def run_in_heading_end(text: str) -> int:
    """How many characters at the start of a paragraph are a run-in heading; 0 if none surely are."""
    words = [(found.group(), found.start()) for found in re.finditer(r"\S+", text[: 40 * MAX_RUN_IN_WORDS])]
    plain = [word for word, _ in words]
    for count in range(1, min(MAX_RUN_IN_WORDS, len(words) - 2) + 1):
        if not _may_be_in_heading(plain, count - 1):
            return 0
        if plain[count] in _OPENERS:
            start = words[count][1]
            sure = len(text) - start >= MIN_RUN_IN_REST and _is_noun_phrase(plain[:count])
            return start - 1 if sure and _opens_sentence(plain[:count], plain[count:]) else 0
    return 0


def _may_be_in_heading(words: Sequence[str], place: int) -> bool:
    """Nouns and names, small words that join them, and an adjective between a small word and its noun; no verbs."""
    word = words[place]
    if not _WORD.match(word):
        return False
    if word[0].isupper():
        return place == 0 or word not in _OPENERS
    if place == 0:
        return False
    if word in _CONNECTORS:
        return True
    follows = place + 1 < len(words) and words[place + 1][0].isupper() and words[place + 1] not in _OPENERS
    return bool(_ADJECTIVE.match(word)) and words[place - 1] in _BEFORE_ADJECTIVE and follows


def _is_noun_phrase(words: Sequence[str]) -> bool:
    last = words[-1]
    if not last[0].isupper() or last in SENTENCE_OPENERS or _NAMING.search(last):
        return False
    # One word is too little to go by: "Wochenlang Die", "Heute Im" may be slips of the keyboard, and a name of one
    # word before a capital is common ("Boko Haram", "Al Jazeera").
    return (
        len(words) >= 2 and words[0] not in _TITLES and words[0] not in ADVERBS | PRONOUNS | CONJUNCTIONS | MODAL_VERBS
    )


def _opens_sentence(heading: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether what follows the opener is what grammar wants there."""
    opener, following = rest[0], rest[1]
    if opener in _QUANTITIES:
        return heading[0].endswith(("e", "er", "es")) and _verb_comes_second(rest[1:])
    if opener in ARTICLES and (following.rstrip(",.") in _NAMED_BY_ARTICLE):
        return False
    if opener == "Am":
        return following[0].isdigit() or following.rstrip(",") in WEEKDAYS or following[0].islower()
    if opener in _NOUN_PHRASE_FOLLOWS and opener not in _VERB_MUST_FOLLOW:
        return following[0].isalnum() or following[0] in '„»"“'
    if opener in _CLAUSE_FOLLOWS and opener not in _VERB_MUST_FOLLOW:
        return following[0].isalnum()
    return following[0].islower() and following.rstrip(",.").capitalize() not in MONTHS


def _verb_comes_second(words: Sequence[str]) -> bool:
    """Whether a common verb follows within a few nouns and their small words: "Dutzende ihrer Kollegen waren"."""
    for word in words[:6]:
        if word in _AUXILIARIES:
            return True
        if not (word[0].isupper() and word.isalpha()) and word not in _CLAUSE_WORDS:
            return False
    return False
