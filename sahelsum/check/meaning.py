"""Numbers, names and negation: what the German says and the English must say too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.places import country_of, names_in_english, names_in_german
from sahelsum.quantities import GERMAN_FORMAT, Quantity, english_quantities, german_quantities, missing
from sahelsum.records import Finding, Severity, Translation


def check_numbers(item: Translation) -> Iterator[Finding]:
    """NUM-LOST, NUM-ADDED, NUM-FORMAT: numbers and months that differ, or are written the German way."""
    german, english = german_quantities(item.sentence.text), english_quantities(item.text)
    lost, added = missing(german, english), missing(english, german)
    number = item.sentence.number
    if lost:
        message = f"The English lacks {_kind(lost)} of the German" + (", and has another." if added else ".")
        yield Finding("NUM-LOST", Severity.WARNING, message, number, None, _texts(lost), _texts(added))
    elif added:
        message = f"The English has {_kind(added)} that the German does not."
        yield Finding("NUM-ADDED", Severity.WARNING, message, number, target_value=_texts(added))
    left = GERMAN_FORMAT.findall(item.text)
    if left:
        message = "Thousands are written with a full stop, which reads as a decimal point in English."
        yield Finding("NUM-FORMAT", Severity.WARNING, message, number, target_value=", ".join(left))


def _kind(quantities: list[Quantity]) -> str:
    if all(quantity.calendar for quantity in quantities):
        return "a month"
    return "a number" if len(quantities) == 1 else f"{len(quantities)} numbers"


def _texts(quantities: list[Quantity]) -> str:
    return ", ".join(dict.fromkeys(quantity.text for quantity in quantities))


def check_names(item: Translation) -> Iterator[Finding]:
    """NAME-LOST, NAME-ADDED: a known name, such as ``nigrisch`` translated as ``Nigerian``.

    Only names of ``data/names.toml`` are compared. Another name of the same country settles a name: ``Moscow`` and
    ``Russia`` stand for each other in news.
    """
    german, english = names_in_german(item.sentence.text), names_in_english(item.text)
    lost, added = _unsettled(german, english), _unsettled(english, german)
    number = item.sentence.number
    if lost:
        message = "The English lacks a name of the German" + (", and has another." if added else ".")
        yield Finding("NAME-LOST", Severity.WARNING, message, number, None, ", ".join(lost), ", ".join(added))
    elif added:
        message = "The English has a name that the German does not."
        yield Finding("NAME-ADDED", Severity.WARNING, message, number, target_value=", ".join(added))


def _unsettled(names: frozenset[str], others: frozenset[str]) -> list[str]:
    countries = {country_of(name) for name in others} - {""}
    return sorted(name for name in names - others if country_of(name) not in countries)


_GERMAN_NEGATION = re.compile(
    r"\b(?:nicht(?!\s(?:nur|zuletzt|mehr als|weniger als|einmal|allein|selten))|kein(?:e[nmrs]?)?|niemals|nie|"
    r"niemand(?:en|em)?|nichts|keineswegs|keinesfalls|weder)\b",
    re.IGNORECASE,
)
_ENGLISH_NEGATION = re.compile(
    r"\b(?:not|no|none|nor|neither|never|nobody|nothing|nowhere|cannot|without|lack\w*|fail\w*|refus\w*|reject\w*|"
    r"declin\w*|den(?:y|ies|ied)|unable|unwilling|unlikely|prevent\w*|prohibit\w*|forbid\w*|ban(?:ned|s)?|absen\w+|"
    r"avoid\w*|hardly|barely|scarcely|rarely|instead|rather|except|unless|only|few|little|less|fewer|yet|still|"
    r"remain\w*|free of|stop\w*|ceas\w*|exclud\w*|impossible|insufficient\w*|inadequate\w*|illegal\w*|irregular\w*|"
    r"independen\w+|non\w*|non-\w+|dis(?:agree|appear|approv|believ|connect|continu|lik|miss|obey|respect|satisf|trust)\w*|"
    r"un(?!i|der|til|cles?\b|to\b)\w{3,})\b|n[’']t\b",
    re.IGNORECASE,
)
"""Wide on purpose: every word that can carry a negation settles the German one."""


def check_negation(item: Translation) -> Iterator[Finding]:
    """NEG-LOST: the German denies something, and nothing in the English can carry that."""
    negation = _GERMAN_NEGATION.search(item.sentence.text)
    if negation and not _ENGLISH_NEGATION.search(item.text):
        message = "The German says “not” or “no”; the English may say the opposite."
        yield Finding("NEG-LOST", Severity.WARNING, message, item.sentence.number, source_value=negation.group())
