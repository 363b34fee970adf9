"""Units of measure and currencies behind a number, German and English. Data only."""

from __future__ import annotations

from sahelsum.language.phrases import Phrase, Phrases, any_of, phrase

_LENGTHS = "mile miles mi mph feet foot ft yard yards inch* acre acres"
_WEIGHTS = "pound pounds lb lbs ounce ounces oz stone"


def _unit(german: str, english: str, needs: str) -> Phrase:
    """A unit counts only behind a number, or behind ``Millionen`` and number words, most of which end in n."""
    return phrase(rf"(?:(?<=\d )|(?<=\d)|(?<=n ))(?:{german})", any_of(english), needs)


def _added(english: str, german: str, needs: str) -> Phrase:
    """The other way round: an English unit behind a number, with the German words that call for it."""
    return phrase(rf"(?:(?<=\d )|(?<=\d)|(?<=llion ))(?:{any_of(english)})", german, needs)


LOST = Phrases(
    phrase(
        r"Prozent|(?<=\d )%|(?<=\d)%",
        any_of("percent* per_cent % pct half third quarter fifth all full* complet* entire* absolut* total*"),
        "prozent %",
    ),
    _unit("Euro|€", "euro euros € eur", "euro €"),
    _unit("(?:US-)?Dollars?", "dollar dollars $ us$ usd", "dollar"),
    _unit("(?:CFA-)?(?:Francs?|Franken)", "franc francs cfa chf xof", "franc franken"),
    _unit("Pfund", f"{_WEIGHTS} £ gbp kilo*", "pfund"),
    _unit("Rubel", "ruble* rouble* rub", "rubel"),
    _unit("Kilometern?|km", f"kilomet* km* kph k {_LENGTHS}", "kilometer km"),
    _unit("Metern?|Höhenmetern?", f"metre* meter* m {_LENGTHS}", "meter"),
    _unit("Kilogramm|Kilo|kg", f"kilo* kg kgs weigh* {_WEIGHTS}", "kilo kg"),
    _unit("Tonnen", "ton tons tonne tonnes t kilo* tonnage megaton*", "tonnen"),
    _unit("Liter[ns]?", "litre* liter* l gallon* pint* quart*", "liter"),
    _unit("Hektar", "hectare* ha acre*", "hektar"),
    _unit("Grad", "degree* ° °C °F warm* temperat* extent", "grad"),
    _unit("Stunden", "hour* hr hrs h day days round_the_clock around_the_clock", "stunden"),
    _unit("Minuten", "minute* min mins hour*", "minuten"),
)
"""Units after a number, with every English unit they may have been converted to."""
ADDED = Phrases(
    _added("euro euros", r"\w*Euros?\w*|€|EUR", "euro"),
    _added("dollar dollars", r"\w*Dollar\w*|\w*\$|USD", "dollar"),
    _added("franc francs", r"\w*Fran\w+|CHF|FCFA|CFA", "franc"),
    _added("degree degrees °", r"\w*Grad\w*|°\w?|\w*ig", "degree °"),
    _added("metre metres meter meters", r"\w*[Mm]eter\w*|m|km|Fuß|Meilen?", "metre meter"),
    _added("kilometre kilometres kilometer kilometers km", r"\w*[Kk]ilometer\w*|km|Meilen?", "kilomet km"),
    _added("litre litres liter liters", r"\w*[Ll]iter\w*|l", "lit"),
    _added("minute minutes", r"\w*[Mm]in\w*|\w*[Ss]tunde\w*|\w*stündig\w*|\w*[Ss]ekunde\w*|Uhr|h", "minute"),
    _added(
        "percent per_cent",
        r"\w*[Pp]rozent\w*|%|\w*[Hh]älfte|\w*drittel\w*|\w*viertel\w*|\w*fünftel|\w*halbier\w*",
        "percent per_cent",
    ),
)
