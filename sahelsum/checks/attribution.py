"""Attribution: what the German gives as somebody's word must not become a plain fact in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.checks.phrases import Phrases, any_of, lost_phrases, phrase, whole_words
from sahelsum.checks.quotes import QUOTATION_MARK
from sahelsum.records import Finding, Severity, Translation

_SOURCES = (
    r"(?:[A-ZÄÖÜ][\w-]*-?)?(?:[Aa]ngaben?|[Aa]ussagen?|[Ii]nformationen|[Bb]erichten|[Ss]chätzungen|[Ee]inschätzung)|"
    "Darstellung|Meinung|Ansicht|Auffassung|Erkenntnissen|Worten"
)
"""Also as the end of another word: ``nach Regierungsangaben``."""
_SAYING = """
    accord* account* acknowledg* accus* add added adding adds admit* alleg* announc* argu* as_per ask* assert*
    assess* assum* assur* believ* call* charg* cite cited cites citing claim* comment* complain* conced* conclu*
    confirm* consider* contend* criti* declar* denied denies deny describ* disclos* document* emphasi* estimat*
    expect* explain* express* finds forecast* found hear* heard hold holds indicat* inform* insist* justif* learn*
    learned maintain* mention* note noted notes noting opinion* point* predict* presum* promis* propos* publish*
    purport* put quot* rate rated read* recall* recommend* reject* remark* repl* report* respon* reveal* rumo* said
    say* see sees seen shared show* so-called source sources speak* spoke* state* stating stress* suggest* suppos*
    survey* suspect* talk* tell* testi* think* thought told urg* view* vow* warn* word words writ* wrote apparent*
    evident* ostensib* judg* regard* based
"""
"""English words that leave a statement with somebody."""
_REPORTED = (
    "sagten?|sagt|erklärten?|betonten?|berichteten?|berichtet|berichten|teilten? .{0,80} mit|kritisierten?|warnten?|"
    "behaupteten?|meldeten?|schrieb|schreibt|versicherten?|vermuteten?|verlautete"
)
EXPLICIT = Phrases(
    # The adjective "laut" (loud) is followed by none of these.
    phrase(
        r"[Ll]aut(?= (?:[A-ZÄÖÜ»„\"]|de[mrsn] |eine[mrs]? |ihm |ihr |ihnen |ersten |eigenen ))",
        any_of(_SAYING),
        "laut_",
    ),
    phrase(
        rf"[Nn]ach (?:[a-zäöü]+en )?(?:{_SOURCES})|[Aa]ngaben zufolge|zufolge|heißt es|hieß es",
        any_of(_SAYING),
        "nach_ zufolge heißt_es hieß_es",
    ),
    phrase(
        _REPORTED,
        any_of(_SAYING),
        "sagt erklärte betonte berichte teilte kritisierte warnte behauptete meldete schr versicherte vermutete "
        "verlautete",
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

_OPEN = """
    agree* answer* appeal* convinc* could data demand* discuss* fear* figure figures find formula guess*
    hope hoped hopes hoping if information knew know known knows likely may might obvious* pledg* possibl* potential*
    prais* probabl* promot* prosecut* reason* request* saw seem* self-* should studies study thank* threat* want wanted
    wants whether worr* would perhaps are_to is_to was_to were_to
"""
"""Further English words that leave a statement open, or tell of somebody's mind."""
_CARRIED = re.compile(rf"{whole_words(any_of(_SAYING + _OPEN)).pattern}|{QUOTATION_MARK.pattern}", re.IGNORECASE)


def check_attribution(item: Translation) -> Iterator[Finding]:
    """ATTR-LOST: the German says that it is somebody's claim, or hearsay, and nothing in the English can carry that.

    ``laut``, ``zufolge``, ``nach Angaben`` and ``sagte`` give a warning. The Konjunktiv I and ``soll … haben`` give an
    information only: in a report that goes on for sentences, English need not say ``he said`` in each.
    """
    german = item.sentence.text
    explicit = tuple(lost_phrases(EXPLICIT, german, item.text))
    if explicit and QUOTATION_MARK.search(item.text):
        explicit = ()
    weak = None if explicit else _HEARSAY.search(german) or _subjunctive(german)
    if weak and _CARRIED.search(item.text):
        weak = None
    if explicit or weak:
        severity = Severity.WARNING if explicit else Severity.INFO
        message = "The German gives this as somebody's claim; the English states it as a fact."
        value = ", ".join(explicit) if explicit else weak.group() if weak else ""
        yield Finding("ATTR-LOST", severity, message, item.sentence.number, source_value=value)


def _subjunctive(german: str) -> re.Match[str] | None:
    found = _SUBJUNCTIVE.search(german) if any(word in german for word in _SUBJUNCTIVES) else None
    return None if found and _NO_SUBJUNCTIVE.search(german) else found
