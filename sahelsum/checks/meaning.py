"""Numbers, names and negation: what the German says and the English must say too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sahelsum.checks.differences import differences
from sahelsum.language.names import country_of, known_names, names_in_english, names_in_german
from sahelsum.language.quantities import GERMAN_FORMAT
from sahelsum.records import FactKind, Finding, Severity, Translation


def check_numbers(item: Translation) -> Iterator[Finding]:
    """NUM-LOST, NUM-ADDED, NUM-FORMAT: numbers that differ, or are written the German way."""
    found = differences(item.sentence.text, item.text)
    number, lost, added = item.sentence.number, ", ".join(found.lost_numbers), ", ".join(found.added_numbers)
    if lost:
        message = f"The English lacks {_counted(found.lost_numbers)} of the German"
        message += ", and has another." if added else "."
        yield Finding("NUM-LOST", Severity.WARNING, message, number, None, lost, added)
    elif added:
        message = f"The English has {_counted(found.added_numbers)} that the German does not."
        yield Finding("NUM-ADDED", Severity.WARNING, message, number, target_value=added)
    left = GERMAN_FORMAT.findall(item.text)
    if left:
        message = "Thousands are written with a full stop, which reads as a decimal point in English."
        yield Finding("NUM-FORMAT", Severity.WARNING, message, number, target_value=", ".join(left))


def _counted(numbers: Sequence[str]) -> str:
    return "a number" if len(numbers) == 1 else f"{len(numbers)} numbers"


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
    """Names without a counterpart. A person stands for no country: the minister's name does not say whose he is."""
    countries = {country_of(name) for name in others if known_names()[name].kind is not FactKind.PERSON} - {""}
    return sorted(name for name in names - others if country_of(name) not in countries)


_GERMAN_NEGATION = re.compile(
    r"\b(?:nicht(?!\s(?:nur|zuletzt|mehr als|weniger als|einmal|allein|selten))|kein(?:e[nmrs]?)?|niemals|nie|"
    r"niemand(?:en|em)?|nichts|keineswegs|keinesfalls|weder)\b",
    re.IGNORECASE,
)
_ENGLISH_NEGATION = re.compile(
    r"\b(?:not|no|none|nor|neither|never|nobody|nothing|nowhere|cannot|without|lack\w*|fail\w*|refus\w*|reject\w*|"
    r"declin\w*|den(?:y|ies|ied)|unable|unwilling|unlikely|prevent\w*|prohibit\w*|forbid\w*|ban(?:ned|s)?|absen\w+|"
    r"avoid\w*|hardly|barely|scarcely|rarely|except|unless|few|little|fewer|free of|"
    r"ignor\w*|seldom|rather than|hard to|difficult\w*|struggl\w*|despite|abort\w*|(?!neverthe|nonethe|regard)\w+less|"
    r"less than|exempt\w*|than (?:at |in )?any|"
    r"in(?:ability|accura|activ|adequa|capab|capac|complet|correct|effectiv|effic|explica|flex|secur|toler|visib)\w*|"
    r"stop\w*|ceas\w*|exclud\w*|impossible|insufficient\w*|inadequate\w*|illegal\w*|irregular\w*|"
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
