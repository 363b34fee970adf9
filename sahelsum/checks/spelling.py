"""Names that no list has: a German name that comes back with other letters (``Dicko`` as ``Dico``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.english import folded
from sahelsum.language.german import SENTENCE_OPENERS
from sahelsum.language.names import names_in_english, names_in_german
from sahelsum.records import Finding, Severity, Translation

SHORTEST_NAME = 4
"""Letters. Shorter names are too easily alike by chance."""
LONGEST_NAME = 30
MOST_NAMES = 40
"""Names of one sentence that are compared, and their lengths: enough for any real one, and bounds the work."""
_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_A-Z]*[a-zà-ÿ]"
_GERMAN_RUN = re.compile(rf"(?<![\w’'-]){_NAME}(?: {_NAME})+(?![\w-])")
_ENGLISH_NAME = re.compile(rf"(?<![\w’'-]){_NAME}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")

_SOUNDS = (
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
_NO_NAME_ENDING = re.compile(
    r"(?:ien|iens|land|lands|ische[nrsm]?|isch|er|ern|ung|heit|keit|schaft|tion|tionen|ismus|ität|ie|ik|ist|isten|eten|ent|enten|ant"
    r"|anten|atorin|oren|oge|ogen|eur|eure|iese|esen|chen|ale|alen|aler|ales|um)$"
)
"""Endings of countries with an English name of their own, of adjectives, inhabitants, professions and common nouns."""
_INFLECTED = re.compile(r"(?:e|en|es|er|em|s)$")
"""The first of several capitalised words is a name only if it does not look like an adjective or a title."""


def check_spelling(item: Translation, limits: Thresholds) -> Iterator[Finding]:
    """NAME-SPELLED: a name the English does not have, but nearly.

    A German name counts if it stands beside another capitalised word (``Präsident Atallah``, ``Kalifa Dicko``), is in
    no list of known names (:func:`check_names` compares those) and is no common noun that English spells alike.
    """
    german, english = item.sentence.text, item.text
    if not _GERMAN_RUN.search(german):
        return
    present = _all_folded(german)
    unknown = [word for word in _english_names(english) if folded(word) not in present]
    if not unknown:
        return
    pairs = [
        (name, nearest)
        for name in _german_names(german, english)
        if (nearest := _nearest(name, unknown, limits.name_similarity))
    ]
    if pairs:
        message = "A name is spelled otherwise in the English than in the German."
        source, target = (", ".join(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
        yield Finding("NAME-SPELLED", Severity.WARNING, message, item.sentence.number, None, source, target)


def _german_names(german: str, english: str) -> list[str]:
    present = _all_folded(english)
    return [
        name
        for name in dict.fromkeys(name for run in _GERMAN_RUN.findall(german) for name in _names_of(run.split()))
        if SHORTEST_NAME <= len(name) <= LONGEST_NAME
        and not {name, name.removesuffix("s")} & (_COGNATES | _EXONYMS)
        and not _NO_NAME_ENDING.search(name)
        and not {folded(name), folded(name.removesuffix("s")), folded(name.removesuffix("in"))} & present
        and not names_in_german(name)
    ][:MOST_NAMES]


def _names_of(run: list[str]) -> list[str]:
    """The words of a run that may be names; none if only the start of a sentence made it one."""
    words = run[1:] if run[0] in SENTENCE_OPENERS else run
    if len(words) < 2:
        return []
    return words[1:] if _INFLECTED.search(words[0]) else words


def _english_names(english: str) -> list[str]:
    names = dict.fromkeys(_ENGLISH_NAME.findall(english))
    known = [name for name in names if names_in_english(name) or name in ENGLISH_MONTHS or len(name) > LONGEST_NAME]
    return [name for name in names if name not in known][:MOST_NAMES]


def _nearest(name: str, candidates: list[str], similarity: float) -> str:
    """The candidate most like the name, with its first letter; empty if none is alike enough or one sounds the same."""
    sound = _sound(name.removesuffix("s"))
    scored = [
        (SequenceMatcher(None, sound, other, autojunk=False).ratio(), candidate)
        for candidate in candidates
        if (other := _sound(candidate.removesuffix("s")))[:1] == sound[:1]
    ]
    best, candidate = max(scored, default=(0.0, ""))
    return candidate if similarity <= best < 1 else ""


def _all_folded(text: str) -> frozenset[str]:
    """Every word of a text, with and without the s of a genitive or plural."""
    words = [folded(word) for word in _WORD.findall(text)]
    return frozenset((*words, *(word.removesuffix("s") for word in words)))


def _sound(word: str) -> str:
    """The word as it sounds, roughly: letters that stand for one sound are made one."""
    heard = folded(word)
    for letters, sound in _SOUNDS:
        heard = heard.replace(letters, sound)
    return heard
