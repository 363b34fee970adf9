"""What German says to give a statement as somebody's claim, each with the English that can carry it."""

from __future__ import annotations

import re

from sahelsum.language.english_saying import SAYING
from sahelsum.language.phrases import Phrases, any_of, phrase, whole_words

_SOURCES = (
    r"(?:[A-ZÄÖÜ][\w-]*-?)?(?:[Aa]ngaben?|[Aa]ussagen?|[Ii]nformationen|[Bb]erichten|[Ss]chätzungen|[Ee]inschätzung)|"
    "Darstellung|Meinung|Ansicht|Auffassung|Erkenntnissen|Worten"
)
"""Also as the end of another word: ``nach Regierungsangaben``."""
_REPORTED = (
    "sagten?|sagt|erklärten?|betonten?|berichteten?|berichtet|berichten|teilten? .{0,80} mit|kritisierten?|warnten?|"
    "behaupteten?|meldeten?|schrieb|schreibt|versicherten?|vermuteten?|verlautete"
)
_CLAIMING = "will|wollen|soll|sollen"
_HAVING_DONE = (
    r"\b(?:[a-zäöüß]{0,8}ge[a-zäöüß]{2,}(?:t|en)|(?:be|ver|er|ent|zer|miss|über|unter)[a-zäöüß]+(?:t|en)|[a-zäöüß]+iert)"
    r"(?: worden)? (?:haben|sein)\b"
)
"""``wollen … abgeschossen haben``, ``soll … veruntreut haben``: what somebody claims, or is said to have done."""
CLAIMS = Phrases(
    # The adjective "laut" (loud) is followed by none of these.
    phrase(
        r"[Ll]aut(?= (?:[A-ZÄÖÜ»„\"]|de[mrsn] |eine[mrs]? |ihm |ihr |ihnen |ersten |eigenen ))",
        any_of(SAYING),
        "laut_",
    ),
    phrase(
        rf"[Nn]ach (?:[a-zäöü]+en )?(?:{_SOURCES})|[Aa]ngaben zufolge|zufolge|heißt es|hieß es",
        any_of(SAYING),
        "nach_ zufolge heißt_es hieß_es",
    ),
    phrase(
        _REPORTED,
        any_of(SAYING),
        "sagt erklärte betonte berichte teilte kritisierte warnte behauptete meldete schr versicherte vermutete "
        "verlautete",
    ),
    phrase(
        rf"(?:{_CLAIMING})(?= [^.!?;]{{1,160}}?{_HAVING_DONE})",
        any_of(f"{SAYING} may might likely thought seem* perhaps possibl*"),
        "will_ wollen_ soll_ sollen_",
    ),
    phrase(
        r"[Aa]ngeblich\w*|[Mm]utmaßlich\w*",
        any_of(
            "accus* alleg* apparent* assum* believ* charged claim* evident* likely may maybe might ostensib* perhaps "
            "possibl* potential* presum* probabl* purport* reportedly rumo* said_to seem* so-called suppos* suspect* "
            "suspicion* think* thought would-be"
        ),
        "angeblich mutmaßlich",
    ),
)
"""Words that say by themselves that it is somebody's claim."""
_HEARSAY = re.compile(r"\bsoll(?:en)?\b(?=[^.!?]{1,200}\b(?:haben|sein|worden)\b)")
_SUBJUNCTIVES = tuple(
    "sei seien habe werde könne müsse wolle dürfe gebe gehe komme stehe laufe liege bleibe lasse halte bringe fehle "
    "handle brauche führe drohe gelte".split()
)
_SUBJUNCTIVE = whole_words(any_of(" ".join(_SUBJUNCTIVES)), any_case=False)
"""Konjunktiv I in the third person, where its form is its own."""
_NO_SUBJUNCTIVE = whole_words(
    "[Ii]ch|[Ss]ei es|es sei denn|[Ss]eien Sie|[Aa]ls (?:sei|habe|werde|könne|müsse)|[Ww]ie dem auch sei|als ob|möge"
)


def hearsay(german: str) -> str:
    """The ``soll`` of ``soll … haben``, or the Konjunktiv I; empty if there is none."""
    found = _HEARSAY.search(german) or _subjunctive(german)
    return found.group() if found else ""


def _subjunctive(german: str) -> re.Match[str] | None:
    found = _SUBJUNCTIVE.search(german) if any(word in german for word in _SUBJUNCTIVES) else None
    return None if found and _NO_SUBJUNCTIVE.search(german) else found
