"""German words that a translation left standing."""

from __future__ import annotations

import re
from collections.abc import Iterator

GERMAN_ONLY = frozenset(
    """
    und der das dem ist nicht mit von für auf eine einen einem einer sich wurde wurden auch bei nach zum zur über sind
    haben wird werden durch aus als noch nur oder aber wie dass zwischen gegen unter seit bis wenn sie ich wir ihr
    """.split()
)
"""German function words that are no English words."""
_ALIKE = frozenset(
    """
    absolute abstract absurd active administrative aggressive also alternative anonymous anti apps april archaic
    arms arrogant august baker bald band bang bank basis beginner beige best bilateral bitten bitter bizarre
    blank blind block blond blonde boot brand brave brief bring brutal bunker camp cetera chance change chat
    check chef clan classic clever code container cool countdown crew curate damn dank data deal defensive
    definite definitive demonstrative depressive design destructive device dies digital diverse dominant
    download drill drone drones dual effective elegant element email emotional experimental explosive exquisite
    extensive extreme facto fade fair fallen falls fast fatal favorite fest feudal film filter final finale fine
    firm flat flexible form formal fort fragile frank from fundamental gang gangs genre global gold golden grand
    grave half halt hand handle hell herb high hinder hold horizontal human hunger hybrid ideal ignorant illegal
    immense immun import impotent impulsive inclusive indifferent individual info informative initiative
    innovative instrumental integral intelligent intensive inter intern international internet interview
    interviews intuitive irrational irrelevant irreversible item kamikaze kilo kind label lang last latent
    lateral leader leasing legal legislative level liberal like limit linear links list live lobby location
    loyal lynch manager marginal maritime marketing mass massive match matt maximal medium mental mentor
    messenger mild milder militant minimal minister minus mission mobile model modem moderate moderator modern
    monster monumental moral motto move multilateral multinational naive national native near negative nest
    netto network neutral news nomad nord normal november nude null offensive office offline okay omen online
    open operation operative optimal optional oral orange pair paradox parallel park partner passive patent path
    permanent persistent pest pilot pine pink plan plant plus pool popular portal positive post poster potent
    power practice prima primitive private prominent prompt proportional provider pure qualitative quantitative
    quasi quick quote radio raid rally range rank rapid rating rational raucous real rebel redundant reform
    region regional rein relative relevant remote rental report reports repressive reset rest reverse rigid
    robust roman romantic rosa route routine rund sale same sang sank satt scan script security seller sensible
    separate september server service sexual sexy shared show sing single sinister slogan smart snob software
    solar solo sonor sorry spam sport spot sprang spring squad stand stands stank star stark start state
    statements status still stop stream stress strict string student studio stunt subversive super support surf
    survival sweet swing symbolise symptom system tags task taxi team tender terrible terror test text ticket
    tiger tight titan toast token tolerant tool total tour track trainer transnational transparent travel trend
    trivial true tsunami turbo tweet tycoon unfair unified uniform universal update upgrade urban user utopia
    variable vegan verb verbal version versus vertical veto video viral virtual visa vision vital volt volume
    wage wall wand warlord warm warn website were west wild will wind windows wink with worker workshop worse
    wurst yacht your zero zone zoom
    """.split()
)
"""Words that both languages write alike in lower case."""
_NOUNS = frozenset(
    """
    Abkommen Anschlag Anschläge Angriff Angriffe Armee Aufstand Bevölkerung Bewohner Botschafter Bundesregierung
    Bürger Bürgermeister Bürgerkrieg Dörfer Einsatz Einwohner Flüchtling Flüchtlinge Flüchtlingen Flüchtlingslager
    Flughafen Frieden Friedensvertrag Gebiet Gebiete Gefangene Gefangenen Gefecht Gefechte Geisel Geiseln Gericht
    Gesetz Gespräche Gewalt Grenze Grenzen Grenzgebiet Gruppe Gruppen Gipfel Hauptstadt Hubschrauber Jahr Jahre Jahren
    Kämpfe Kämpfer Kämpfern Konvoi Kräfte Kriege Krise Länder Menschen Miliz Milizen Ministerpräsident Monate
    Nachbarland Normen Partei Parteien Polizei Putsch Putschisten Raketen Rebellen Regierung Regierungen
    Regierungschef Schule Schulen Sicherheitskräfte Söldner Söldnern Soldat Soldaten Sprecher Staat Staaten
    Staatsstreich Stadt Städte Stützpunkt Stützpunkte Streitkräfte Tage Tote Toten Treffen Truppe Truppen Überfall
    Übergangsregierung Verbände Verletzte Verletzten Vertrag Verträge Vertreter Volk Waffe Waffen Waffenruhe Wahlen
    Woche Wochen Zivilisten Zölle Verhandlungen Vertriebene Kundgebung Präsidentschaftswahl Bündnis Händler Ärzte
    Abzug
    """.split()
)
"""Frequent nouns of the news that are no English words and no names: standing alone, or as the last part of a word."""
_TAILS = frozenset(
    "nah nahe naher nahen treu treue treuer treuen freundlich freundliche freundlichen feindlich feindliche kritisch "
    "kritische nahes gestützt gestützte gestützten geführt geführte geführten weit frei bezogen".split()
)
"""Last parts of adjectives: ``junta-nah``."""
_PART = re.compile(r"(?<=[\w.])-([A-ZÄÖÜ]?[a-zäöüß]{3,})(?![\w’'-])")
_CAPITAL_WORD = re.compile(r"(?<![\w’'./@-])[A-ZÄÖÜ][a-zäöüß]{2,}(?![\w’'/@-]|\.\w)")
_SHORT_WORD = re.compile(
    r"(?<![\w’'./@-])(?:und|mit|für|nicht|ist|wird|wurde|sich|auch|bei|nach|zur|zum|über|sind|"
    r"durch|aus|noch|oder|aber|wie|dass|gegen|seit|wenn|wir|ich|kein|eine|einen|einem|im|vom|beim|das)(?![\w’'/@-]|\.\w)"
)
_OPENER = re.compile(
    r"(?:^|[.!?:]\s)(Mit|Im|Am|Vom|Zum|Zur|Auf|Für|Nach|Bei|Beim|Und|Aber|Ich|Wir|Es|Ein|Eine|Einen|Wie|Wer|Wenn|"
    r"Weil|Aus|Gegen|Seit|Durch|Über|Unter|Vor|Nicht|Kein|Keine|Wird|Sind|Hat|Auch|Noch|Nur|Ohne|Bis|Dass|"
    r"Dieser?|Diese|"
    r"(?:Die|Der|Das)(?= [a-z]))(?= )"
)
"""German words at the beginning of an English sentence; articles before a small letter only: papers are called so."""
_SMALL_WORD = re.compile(r"(?<![\w’'./@-])[a-zäöüß]{4,}+(?![\w’'/@-]|\.\w)")
_NOUN_ENDINGS = "ung(?:en)?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|ität(?:en)?|ismus"
_NOUN = re.compile(rf"(?<=[a-z] )[A-ZÄÖÜ][a-zäöüß]{{3,40}}(?:{_NOUN_ENDINGS})(?![\w-])(?! [A-ZÄÖÜ])")
"""German nouns with an ending that no English word has, unless beside another capital: that is a name."""
_ADDRESS = re.compile(r"\w{2,10}://\S+")
_QUOTED = re.compile(r"[“\"«»„‘](?:[^“”\"«»„‘’]{1,200})[”\"«»“’]")


def left_words(german: str, english: str) -> list[str]:
    """Words that stand in both texts: of the small ones those that are no English ones, of the nouns the clear ones.

    A small letter shows that the word is no name. What stands between quotation marks may be a title, and is left out.
    """
    english = _ADDRESS.sub(" ", _QUOTED.sub(" ", english))
    small = set(_SMALL_WORD.findall(german)) - _ALIKE
    nouns = set(_NOUN.findall(german))
    found = (
        *(word for word in dict.fromkeys(_SMALL_WORD.findall(english)) if word in small),
        *(word for word in dict.fromkeys(_NOUN.findall(english)) if word in nouns),
        *_clipped(german, english),
    )
    return list(dict.fromkeys(found))


def _clipped(german: str, english: str) -> Iterator[str]:
    """Short words, common nouns, parts of compounds and openers, in the letter case of either text."""
    told = frozenset(_ANY_WORD.findall(german.lower()))
    for match in _SHORT_WORD.finditer(english):
        if match.group() in told and not _within_name(english, match):
            yield match.group()
    yield from (word for word in _CAPITAL_WORD.findall(english) if _is_noun(word) and word.lower() in told)
    yield from (f"-{part}" for part in _PART.findall(english) if part in _NOUNS or part in _TAILS)
    yield from (opener for opener in _OPENER.findall(english) if opener.lower() in told)
    yield from _adjectives(told, english)


_NOUN_ENDS = tuple(noun.lower() for noun in _NOUNS if len(noun) > 5)


def _is_noun(word: str) -> bool:
    """Whether a word is one of the nouns, or ends in one: ``Drohnenangriffe``."""
    return word in _NOUNS or word.lower().endswith(_NOUN_ENDS)


_ANY_WORD = re.compile(r"[^\W\d_]+")
_ADJECTIVE = re.compile(r"(?<![\w’'./@-])[a-zäöüß]{6,}(?:treu|nah|lich|isch|haft|los|bar|sam|gen|ung)(?![\w’'/@-])")


def _adjectives(told: frozenset[str], english: str) -> Iterator[str]:
    """Adjectives that lost the ending they had in German: ``regierungstreu``."""
    for word in _ADJECTIVE.findall(english):
        if word not in _ALIKE and any(word + ending in told for ending in ("e", "en", "er", "es", "em")):
            yield word


def _within_name(english: str, match: re.Match[str]) -> bool:
    """Whether a capital stands on both sides: ``Ärzte ohne Grenzen``, ``Frankfurter Allgemeine und Welt``."""
    before, after = english[: match.start()].split()[-1:], english[match.end() :].split()[:1]
    return bool(before and after and before[0][:1].isupper() and after[0][:1].isupper())


CAPITALS_AT_LEAST = 3
"""Words of a heading in capitals that must stand in both texts for it to count as untranslated."""


def left_capitals(german: str, english: str) -> bool:
    """Whether a heading in capitals came back as German, perhaps with words lost on the way."""
    if not english.isupper() or not german.isupper():
        return False
    words = [word for word in _ANY_WORD.findall(english) if len(word) > 1]
    told = frozenset(_ANY_WORD.findall(german))
    same = [word for word in words if word in told and word.lower() not in _ALIKE]
    return len(same) >= CAPITALS_AT_LEAST and len(same) * 2 > len(words)
