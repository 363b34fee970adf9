"""Units of measure and currencies: the number may be right and the thing counted wrong."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.check.phrases import Phrase, any_of, lost_phrases, phrase
from sahelsum.records import Finding, Severity, Translation

_LENGTHS = "mile miles mi mph feet foot ft yard yards inch* acre acres"
_WEIGHTS = "pound pounds lb lbs ounce ounces oz stone"


def _unit(german: str, english: str) -> Phrase:
    """A unit counts only behind a number, or behind ``Millionen`` and number words, most of which end in n."""
    return phrase(rf"(?:(?<=\d )|(?<=\d)|(?<=n ))(?:{german})", any_of(english))


PHRASES = (
    phrase(
        "Prozent",
        any_of(
            "percent* per_cent % pct share half third quarter fifth point points proportion all full* complet* whol* "
            "entire* absolut* total*"
        ),
    ),
    _unit("Euro", "euro euros € eur"),
    _unit("(?:US-)?Dollars?", "dollar dollars $ us$ usd"),
    _unit("(?:CFA-)?(?:Francs?|Franken)", "franc francs cfa chf xof"),
    _unit("Pfund", f"{_WEIGHTS} £ gbp kilo*"),
    _unit("Rubel", "ruble* rouble* rub"),
    _unit("Kilometern?|km", f"kilomet* km* kph k {_LENGTHS}"),
    _unit("Metern?", f"metre* meter* m {_LENGTHS}"),
    _unit("Kilogramm|Kilo|kg", f"kilo* kg kgs weigh* {_WEIGHTS}"),
    _unit("Tonnen", "ton tons tonne tonnes t kilo* tonnage megaton*"),
    _unit("Liter[ns]?", "litre* liter* l gallon* pint* quart*"),
    _unit("Hektar", "hectare* ha acre*"),
    _unit("Grad", "degree* ° °C °F warm* temperat*"),
    _unit("Stunden", "hour* hr hrs h day days round_the_clock around_the_clock"),
    _unit("Minuten", "minute* min mins hour*"),
)
"""Units after a number, with every English unit they may have been converted to."""


def check_units(item: Translation) -> Iterator[Finding]:
    """UNIT-LOST: a currency, ``Prozent`` or a unit of measure that the English lacks."""
    lost = list(lost_phrases(PHRASES, item.sentence.text, item.text))
    if lost:
        message = "The English lacks a unit or currency of the German; the number may count another thing."
        yield Finding("UNIT-LOST", Severity.WARNING, message, item.sentence.number, source_value=", ".join(lost))
