"""A number that kept its figure and changed its unit: 30 Kilometer are 19 miles, never 30 miles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.contrasts import Turned

_OTHER_UNITS = (
    # German unit; English units of another size.
    ("kilomet", r"(?:km|Kilometern?)", r"(?:miles?|mi|met(?:re|er)s?|m|feet|foot)"),
    ("km", r"(?:km|Kilometern?)", r"(?:miles?|mi|met(?:re|er)s?|m|feet|foot)"),
    ("meter", r"Metern?", r"(?:feet|foot|ft|yards?|kilomet(?:re|er)s?|km|miles?|centimet(?:re|er)s?)"),
    ("kilo", r"(?:Kilogramm|Kilo|kg)", r"(?:pounds?|lbs?|tonn?e?s?|grams?)"),
    ("kg", r"(?:Kilogramm|Kilo|kg)", r"(?:pounds?|lbs?|tonn?e?s?|grams?)"),
    ("tonne", r"Tonnen?", r"(?:pounds?|kilos?|kg|kilograms?|lbs?)"),
    ("hektar", r"Hektar", r"(?:acres?|square (?:kilomet(?:re|er)|mile)s?)"),
    ("quadratkilomet", r"Quadratkilometern?", r"(?:square miles?|hectares?|acres?|kilomet(?:re|er)s?(?! square))"),
    ("liter", r"Litern?", r"(?:gallons?|barrels?|pints?|cubic met(?:re|er)s?)"),
    ("grad", r"Grad", r"(?:degrees? Fahrenheit|°F)"),
    ("stunde", r"Stunden", r"(?:minutes?|days?|weeks?)"),
    ("minute", r"Minuten", r"(?:hours?|seconds?|days?)"),
    ("tag", r"Tagen?", r"(?:weeks?|months?|years?|hours?)"),
    ("woche", r"Wochen", r"(?:days?|months?|years?)"),
    ("monat", r"Monaten?", r"(?:weeks?|days?|years?)"),
    ("jahr", r"Jahren?", r"(?:months?|weeks?|days?|decades?)"),
    ("prozentpunkt", r"Prozentpunkten?", r"(?:per cent|percent|%)(?!\w|[ -]points?)"),
)
_DIGIT = re.compile(r"\d")
_COMPILED = tuple(
    (need, re.compile(rf"(?<![\d.,])(\d[\d.,]*)\s?({german})\b"), english) for need, german, english in _OTHER_UNITS
)


def turned_measures(german: str, english: str) -> Iterator[Turned]:
    """Numbers that stand before one unit in German and before one of another size in English."""
    if not _DIGIT.search(german):
        return
    lower = german.lower()
    for need, pattern, units in _COMPILED:
        for match in pattern.finditer(german) if need in lower else ():
            number = _english_figure(match.group(1))
            told = re.search(rf"(?<![\d.,]){number}(?:\s|-)?{units}(?![\w])", english, re.IGNORECASE)
            if told and not re.search(rf"(?<![\d.,]){number}\s?{match.group(2)}\b", english):
                yield Turned("measure", match.group(), told.group())


def _english_figure(figure: str) -> str:
    """A pattern for ``1.200`` as ``1,200`` or ``1200``, and for ``2,5`` as ``2.5``."""
    whole, comma, part = figure.strip(".,").replace(".", "").partition(",")
    return r",?".join(whole) + (rf"\.{part}" if comma else "")
