"""Events in German, and what is counted in them."""

from __future__ import annotations

import re

from sahelsum.language.pack import Figures

_EVENTS = {
    "killed": "getötet|tötet|tote[nr]?\\b|todesopfer|gestorben|sterben|starb|ums? leben|umgekommen|gefallen|ermordet|"
    "erschossen|hingerichtet|umgebracht|leben gekostet",
    "wounded": "verletzt|verwundet",
    "abducted": "entführ|verschlepp|geisel",
    "displaced": "vertrieben|geflohen|flüchte|flohen|flucht",
    "captured": "gefangen|festgenommen|verhaftet|inhaftiert",
    "destroyed": "zerstört|vernichtet|verbrannt|in brand|ausgebrannt",
    "closed": "geschlossen",
}
_EVENT = re.compile("|".join(f"(?P<{name}>{stems})" for name, stems in _EVENTS.items()), re.IGNORECASE)
_PARTS_OF_EVENTS = (
    "töt tote todes storb sterb star leben umgek gefallen mord erschoss gericht umgebr verletz verwund entführ schlepp "
    "geisel vertrieb flo flücht fluch gefangen genommen haft zerstör vernicht brannt brand geschlossen"
).split()
"""Whatever the pattern finds has one of these in it, and to look for them is much faster."""
_UNITS = {
    "tote": "menschen",
    "toten": "menschen",
    "todesopfer": "menschen",
    "personen": "menschen",
    "opfer": "menschen",
    "geflüchtete": "flüchtlinge",
    "zivilpersonen": "zivilisten",
    "dschihadisten": "kämpfer",
    "islamisten": "kämpfer",
    "extremisten": "kämpfer",
    "terroristen": "kämpfer",
    "tanklaster": "tanklastwagen",
}
"""Words for the same thing; dative plurals are brought to the nominative beforehand."""
_MEASURES = frozenset(
    "prozent prozentpunkte kilometer meter kilo kilogramm tonne tonnen liter hektar grad euro dollar franc francs "
    "cfa-franc uhr tag tage woche wochen monat monate jahr jahre stunde stunden minute minuten mal januar februar märz "
    "april mai juni juli august september oktober november dezember millionen milliarden".split()
)
"""Lengths, sums and times are measured of many things; what is counted is mostly one."""
_UNIT = re.compile(r"\s(?:[a-zäöüß-]+\s){0,2}?(?P<unit>[A-ZÄÖÜ][\wäöüß-]+)")
_AT_LEAST = re.compile(r"\b(?:mindestens|wenigstens|mehr als|über)\s$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:höchstens|maximal|bis zu|weniger als|unter|fast|knapp)\s$", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:rund|etwa|ungefähr|circa|ca\.|gut|schätzungsweise|knapp|fast)\s$", re.IGNORECASE)


def _thing_of(word: str) -> str:
    """What is counted, as a nominative; empty for a measure."""
    if word in _MEASURES or word.removesuffix("n") in _MEASURES:
        return ""
    dative = word.endswith(("rn", "ln", "en")) and word[:-1] in _UNITS.values()
    return _UNITS.get(word, _UNITS.get(word.removesuffix("n"), word[:-1] if dative else word))


FIGURES = Figures(
    event=_EVENT,
    parts_of_events=tuple(_PARTS_OF_EVENTS),
    unit=_UNIT,
    thing_of=_thing_of,
    at_least=_AT_LEAST,
    at_most=_AT_MOST,
    roughly=_ROUGHLY,
)
