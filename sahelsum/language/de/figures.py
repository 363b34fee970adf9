"""Events in German, and what is counted in them."""

from __future__ import annotations

import re

from sahelsum.language.de.words import MONTHS
from sahelsum.language.pack import Figures

_EVENTS = {
    "killed": "getötet|tötet|tote[nrs]?\\b|todesopfer|gestorben|sterben|starb|ums? leben|umgekommen|gefallen|fielen|"
    "ermordet|ermordung|tötung|erschossen|hingerichtet|umgebracht|leben gekostet|zum opfer|massaker",
    "wounded": "verletzt|verwundet",
    "abducted": "entführ|verschlepp|geisel",
    "displaced": "vertrieben|geflohen|flüchte|flohen|flucht",
    "captured": "gefangen|festgenommen|verhaftet|inhaftiert",
    "destroyed": "zerstört|vernichtet|verbrannt|in brand|ausgebrannt",
    "closed": "geschlossen",
}
_EVENT = re.compile("|".join(f"(?P<{name}>{stems})" for name, stems in _EVENTS.items()), re.IGNORECASE)
_PARTS_OF_EVENTS = (
    "töt tote todes storb sterb star leben umgek fallen fielen opfer massak mord erschoss gericht umgebr verletz "
    "verwund entführ schlepp geisel vertrieb flo flücht fluch gefangen genommen haft zerstör vernicht brannt brand "
    "geschlossen"
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
_LIVING = re.compile(
    r"(?:mensch|person|opfer|tote|zivilist|zivilistinne|soldat|soldatinne|polizist|gendarm|kämpfer|rebell|milizionär|"
    r"angreifer|attentäter|söldner|männer|mann|frau|kind|kinder|mädchen|junge|schüler|schülerinne|lehrer|bewohner|"
    r"einwohner|angehörige|mitglieder|kräfte|truppe|blauhelm|mitarbeiter|helfer|fahrer|bauer|hirte|händler|migrant|"
    r"flüchtling|marine|beamte|journalist|geisel|pilot|offizier|gläubige|pilger|arbeiter|ausländer|tourist|deutsche|"
    r"franzose|russe|amerikaner|vertriebene|zivilbevölkerung|verletzte|verwundete|gefangene|getötete|verdächtige|"
    r"demonstrant|anhänger|fischer|goldsucher|familie|passagier|insasse|sanitäter|priester|geistliche|bürger)"
    r"(?:e?[ns]?)$"
)
_MONTHS = "|".join(name.capitalize() for name in MONTHS)
_LAST_YEAR = r"(?:vergangenen|letzten|laufenden|vorigen)"
_TOTAL = re.compile(
    rf"^Seit\b|\b(?:[Ss]eit (?:Anfang|Mitte|Ende|Beginn|Jahresbeginn|Jahr|(?:19|20)\d\d|{_MONTHS})\b|"
    r"(?:[Ii]nsgesamt|[Bb]islang|[Bb]isher|[Jj]ährlich)\b|"
    rf"[Ii]m {_LAST_YEAR} Jahr\b|[Ii]n diesem Jahr\b|[Jj]edes Jahr\b|pro Jahr\b|[Ii]nnerhalb\b|[Bb]innen\b|"
    rf"[Ii]n den {_LAST_YEAR}\b|[Ss]tatistik|[Vv]on (?:19|20)\d\d bis\b|[Zz]wischen (?:19|20)\d\d und\b)"
)
_NUMBER_OF = re.compile(
    r"\b[Zz]ahl der (?:Toten|Todesopfer|Opfer|Getöteten|Verletzten|Verwundeten|Entführten|Vertriebenen)\b[^,.;:]{0,60}$"
)
_BEFORE_PLACE = re.compile(
    r"\b(?:[Ii]n|[Bb]ei|[Nn]ahe|[Uu]m|[Nn]ach|[Aa]us|[Nn]ördlich|[Ss]üdlich|[Öö]stlich|[Ww]estlich|[Ii]m|[Vv]on)\s"
    r"(?:(?:der|dem|den|einem|einer)\s)?(?:[A-ZÄÖÜ]\w+\s)?$"
)
_THERE = re.compile(r"\b(?:[Dd]ort|[Hh]ier)\b")


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
    living=_LIVING,
    one=re.compile(r"eine?[mnrs]?", re.IGNORECASE),
    number_of=_NUMBER_OF,
    total=_TOTAL,
    before_place=_BEFORE_PLACE,
    there=_THERE,
)
