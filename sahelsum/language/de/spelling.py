"""German names that no list has, and the letters that German and English write one foreign name with."""

from __future__ import annotations

import re

from sahelsum.language.de.names import names_in_german
from sahelsum.language.de.words import SENTENCE_OPENERS
from sahelsum.language.english import folded

SHORTEST_NAME = 4
"""Letters. Shorter names are too easily alike by chance."""
LONGEST_NAME = 30
_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_A-Z]*[a-zà-ÿ]"
NAME_RUN = re.compile(rf"(?<![\w’'-]){_NAME}(?: {_NAME})+(?![\w-])")

SOUNDS = (
    ("tsch", "c"), ("dsch", "j"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "c"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("gh", "g"), ("qu", "kv"), ("ou", "u"), ("oe", "o"), ("ae", "a"), ("ue", "u"),
    ("ks", "x"), ("w", "v"), ("j", "i"), ("y", "i"), ("k", "c"), ("q", "c"), ("z", "s"), ("ß", "ss"), ("ii", "i"),
)  # fmt: skip
"""German and English write one foreign name in two ways: ``Lawrow`` and ``Lavrov``, ``Baschir`` and ``Bashir``."""

_COGNATES = frozenset(
    """
    Abitur Admiral Akademie Armee Assistent Autor Bank Baron Bischof Block Boulevard Bruder Chef Club Dezember Direktor
    Distrikt Doktor Dollar Engel Familie Februar Film Fraktion Front General Gouverneur Gruppe Hafen Haus Herr Herzog
    Hotel Ingenieur Initiative Institut Januar Journalist Juli Juni Kabinett Kaiser Kanal Kapitän Kardinal Katholik
    Kirche Kolonel Komitee Kommandant Kommissar Kommission Konferenz Kongress Konsul Koordinator Korrespondent Leutnant
    Major Manager Markt Marschall Maschine Mathematik Militär Minister Mission Mitte Mittel Monat Museum Musik Mutter
    Nationalpark Norden Offizier Oktober Oper Operation Osten Palast Papst Park Parlament Partei Partner Pilot Polizei
    Präsident Präsidentin Premier Prinz Prinzessin Professor Programm Projekt Prozent Rabbi Radio Rebell Redakteur
    Regierung Regime Region Republik Richter Roman Sänger Schule See Sekretär Senat Senator Sergeant Soldat Sommer
    Sport Staat Staaten Stadion Stadt Student Süden Team Technik Theater Trainer Universität Vater Verein Westen Winter
    Zentrum Zone Zoo Allianz Union Bundes Europa Christen Christ Muslim Muslime Juden Islam Moschee Demokraten Demokrat
    Republikaner Republikanern Sozialdemokraten Liberale Liberalen Grünen Bürgermeister Kriminal Mission Agentur
    Organisation Nation Nationen Akte Station Straße Platz Garten Reporter Sprecher Stern Insel Fluss Berg Brigade
    Bataillon Kompanie Korps Division Regiment Konzern Medien Digital Familien Artikel Serie Saison Liga Finale Musiker
    Athlet Biathlet Katholiken Preis Provinz Staates Moderatorin Kommandeur
    Psychologe Soziologe Biologe Historiker Philosoph Politiker Physiker Chemiker Mathematiker Techniker Mechaniker
    """.split()
)
"""German nouns that English spells nearly alike."""
_EXONYMS = frozenset(
    """
    Athen Belgrad Charkiw Dschibuti Genf Havanna Kapstadt Kaukasus Kiew Kopenhagen Krim Libanon Lissabon Luxemburg
    Mailand Mossul Neapel Nord Nürnberg Odessa Peking Pjöngjang Prag Ruanda Sankt Simbabwe Singapur Straßburg Süd Ost
    Teheran Tripolis Venedig Warschau West Tunesien Damaskus Katar Abeba Statuts Antarktis Arktis Jemen Sudan Kongo
    """.split()
)
"""Places with an English name that is nearly the German one, beside those of ``data/names.toml``."""
_NO_NAMES = _COGNATES | _EXONYMS
_NO_NAME_ENDING = re.compile(
    r"(?:ien|iens|land|lands|ische[nrsm]?|isch|er|ern|ung|heit|keit|schaft|tion|tionen|ismus|ität|ie|ik|ist|isten|eten|ent|enten|ant"
    r"|anten|atorin|oren|oge|ogen|eur|eure|iese|esen|chen|ale|alen|aler|ales|um)$"
)
"""Endings of countries with an English name of their own, of adjectives, inhabitants, professions and common nouns."""
_INFLECTED = re.compile(r"(?:e|en|es|er|em|s)$")
"""The first of several capitalised words is a name only if it does not look like an adjective or a title."""


def unlisted_names(german: str, english: frozenset[str]) -> list[str]:
    """Names of a text that are not among the English words, which are given folded.

    A name counts if it stands beside another capitalised word (``Präsident Atallah``, ``Kalifa Dicko``), is in no list
    of known names and is no common noun that English spells alike.
    """
    return [
        name
        for name in dict.fromkeys(name for run in NAME_RUN.findall(german) for name in _names_of(run.split()))
        if SHORTEST_NAME <= len(name) <= LONGEST_NAME
        and name not in _NO_NAMES
        and name.removesuffix("s") not in _NO_NAMES
        and not _NO_NAME_ENDING.search(name)
        and not {folded(name), folded(name.removesuffix("s")), folded(name.removesuffix("in"))} & english
        and not names_in_german(name)
    ]


def _names_of(run: list[str]) -> list[str]:
    """The words of a run that may be names; none if only the start of a sentence made it one."""
    words = run[1:] if run[0] in SENTENCE_OPENERS else run
    if len(words) < 2:
        return []
    return words[1:] if _INFLECTED.search(words[0]) else words
