"""Numbers and names: what the source says and the English must say too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sahelsum.checks.differences import differences
from sahelsum.language.digits import digits
from sahelsum.language.english_quantities import FULL_STOP_THOUSANDS, english_quantities
from sahelsum.language.names import country_of, known_names, names_in_english
from sahelsum.language.pack import Pack
from sahelsum.language.quantities import missing
from sahelsum.records import FactKind, Finding, Severity, Translation


def check_numbers(item: Translation, source: Pack) -> Iterator[Finding]:
    """NUM-LOST, NUM-ADDED, NUM-FORMAT: numbers that differ, or are written as other languages write them."""
    found = differences(item.sentence.text, item.text, source)
    number, lost, added = item.sentence.number, ", ".join(found.lost_numbers), ", ".join(found.added_numbers)
    if lost:
        message = f"The English lacks {_counted(found.lost_numbers)} of the {source.name}"
        message += ", and has another." if added else "."
        yield Finding("NUM-LOST", Severity.WARNING, message, number, None, lost, added)
    elif added:
        message = f"The English has {_counted(found.added_numbers)} that the {source.name} does not."
        yield Finding("NUM-ADDED", Severity.WARNING, message, number, target_value=added)
    left = FULL_STOP_THOUSANDS.findall(item.text)
    if left:
        message = "Thousands are written with a full stop, which reads as a decimal point in English."
        yield Finding("NUM-FORMAT", Severity.WARNING, message, number, target_value=", ".join(left))


def check_digits(item: Translation, source: Pack) -> Iterator[Finding]:
    """NUM-LOST for a language that nothing is known of: a number in digits that the English has in no way."""
    told = (*english_quantities(item.text), *digits(item.text))
    lost = tuple(dict.fromkeys(number.text for number in missing(digits(item.sentence.text), told)))
    if lost:
        message = f"The English lacks {_counted(lost)} of the {source.name}."
        yield Finding("NUM-LOST", Severity.WARNING, message, item.sentence.number, source_value=", ".join(lost))


def _counted(numbers: Sequence[str]) -> str:
    return "a number" if len(numbers) == 1 else f"{len(numbers)} numbers"


def check_names(item: Translation, source: Pack) -> Iterator[Finding]:
    """NAME-LOST, NAME-ADDED: a known name, such as ``nigrisch`` translated as ``Nigerian``.

    Only names of ``data/names.toml`` are compared. Another name of the same country settles a name: ``Moscow`` and
    ``Russia`` stand for each other in news.
    """
    named, english = source.names(_no_currency(item.sentence.text)), names_in_english(_no_currency(item.text))
    lost, added = _unsettled(named, english), _unsettled(english, named)
    if _BODY.search(item.text):
        lost = [name for name in lost if known_names()[name].kind not in _BODIES]
    number = item.sentence.number
    if lost:
        message = f"The English lacks a name of the {source.name}" + (", and has another." if added else ".")
        yield Finding("NAME-LOST", Severity.WARNING, message, number, None, ", ".join(lost), ", ".join(added))
    elif added:
        message = f"The English has a name that the {source.name} does not."
        yield Finding("NAME-ADDED", Severity.WARNING, message, number, target_value=", ".join(added))


_BODIES = (FactKind.ORGANISATION, FactKind.MEDIUM)
_BODY = re.compile(
    r"\b(?:the|this|its|African) (?:\w+ )?(?:bloc|alliance|organi[sz]ation|grouping|world body|union)\b", re.IGNORECASE
)
"""What English calls an organisation instead of saying its name again."""


def _no_currency(text: str) -> str:
    """``US$ 60`` names no country."""
    return text.replace("US$", "$") if "US$" in text else text


def _unsettled(names: frozenset[str], others: frozenset[str]) -> list[str]:
    """Names without a counterpart. A person stands for no country: the minister's name does not say whose he is."""
    countries = {country_of(name) for name in others if known_names()[name].kind is not FactKind.PERSON} - {""}
    return sorted(name for name in names - others if country_of(name) not in countries)
