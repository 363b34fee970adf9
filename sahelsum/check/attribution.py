"""Attribution: what the German gives as somebody's word must not become a plain fact in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.check.phrases import any_of, whole_words
from sahelsum.records import Finding, Severity, Translation

_SOURCES = any_of(
    "Angabe Angaben Aussage Aussagen Darstellung Einschätzung Meinung Ansicht Auffassung Informationen Berichten "
    "Schätzungen Erkenntnissen Worten"
)
_EXPLICIT = whole_words(
    # The adjective "laut" (loud) is followed by neither of these.
    r"[Ll]aut(?= (?:[A-ZÄÖÜ»„\"]|de[mrsn] |eine[mrs]? |ihm |ihr |ihnen |ersten |eigenen ))"
    rf"|[Nn]ach (?:[a-zäöü]+en )?(?:{_SOURCES})|[Aa]ngaben zufolge|zufolge|[Aa]ngeblich\w*|[Mm]utmaßlich\w*"
    "|heißt es|hieß es",
    any_case=False,
)
"""Words that say by themselves that it is somebody's claim."""
_HEARSAY = re.compile(r"\bsoll(?:en)?\b(?=[^.!?]{1,200}\b(?:haben|sein|worden)\b)")
_SUBJUNCTIVE = whole_words(
    any_of(
        "sei seien habe werde könne müsse wolle dürfe gebe gehe komme stehe laufe liege bleibe lasse halte bringe "
        "fehle handle brauche führe drohe gelte"
    ),
    any_case=False,
)
"""Konjunktiv I in the third person, where its form is its own."""
_NO_SUBJUNCTIVE = whole_words(
    "[Ii]ch|[Ss]ei es|es sei denn|[Ss]eien Sie|[Aa]ls (?:sei|habe|werde|könne|müsse)|[Ww]ie dem auch sei|als ob|möge"
)

CARRIERS = """
    accord* account* accus* acknowledg* add added adding adds admit* agree* alleg* announc* answer* apparent* appeal*
    argu* as_per ask* assert* assess* assum* assur* based believ* call* charg* cite cited cites citing claim* comment*
    complain* conced* conclu* confirm* consider* contend* convinc* could criti* data declar* demand* denied denies deny
    describ* disclos* discuss* document* emphasi* estimat* evident* expect* explain* fear* figure figures find finds
    forecast* formula found guess* hear* heard hope hoped hopes hoping if indicat* inform* information insist* justif*
    knew know known knows learn* likely maintain* mention* may might note noted notes noting obvious* opinion* ostensib*
    pledg* point* possibl* potential* prais* predict* presum* probabl* promis* promot* propos* prosecut* publish*
    purport* quot* read* reason* recall* recommend* reject* remark* repl* report* request* respon* reveal* rumo*
    said saw say* see seem* self-* shared should show* so-called source sources speak* spoke* state* stating stress*
    studies study suggest* suppos* survey* suspect* talk* tell* term testi* thank* think* thought threat* told urg*
    view* vow* want wanted wants warn* whether word words worr* would writ* wrote perhaps are_to is_to was_to were_to
"""
"""Every English word that can leave a statement with somebody, or leave it open."""
_CARRIED = re.compile(rf"{whole_words(any_of(CARRIERS)).pattern}|[“”\"«»]|(?<!\w)['‘](?=\w)", re.IGNORECASE)
"""Quotation marks do so as well."""


def check_attribution(item: Translation) -> Iterator[Finding]:
    """ATTR-LOST: the German says that it is somebody's claim, or hearsay, and nothing in the English can carry that.

    ``laut``, ``zufolge``, ``nach Angaben`` and the like give a warning. The Konjunktiv I and ``soll … haben`` give an
    information only: in a report that goes on for sentences, English need not say ``he said`` in each.
    """
    if _CARRIED.search(item.text):
        return
    german = item.sentence.text
    explicit = _EXPLICIT.search(german)
    found = explicit or _HEARSAY.search(german) or _subjunctive(german)
    if found:
        severity = Severity.WARNING if explicit else Severity.INFO
        message = "The German gives this as somebody's claim; the English states it as a fact."
        yield Finding("ATTR-LOST", severity, message, item.sentence.number, source_value=found.group())


def _subjunctive(german: str) -> re.Match[str] | None:
    return None if _NO_SUBJUNCTIVE.search(german) else _SUBJUNCTIVE.search(german)
