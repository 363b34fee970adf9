"""Numbers, dates and times that a translation left as German writes them, or gave another value, put right.

Only what can be read in no other way is touched: the figures must be those of the German.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from decimal import Decimal

from sahelsum.language.dates import ENGLISH_MONTHS, Day, has_digit
from sahelsum.language.de.dates import german_days
from sahelsum.language.de.numberwords import GERMAN_SCALES
from sahelsum.language.quantities import canonical
from sahelsum.language.repair import Repair

_BEGIN, _END = r"(?<![\w.,:/-])", r"(?![.,:/]?\d)"
_THOUSANDS = re.compile(rf"{_BEGIN}[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?{_END}")
_SPACED = re.compile(rf"{_BEGIN}[1-9]\d{{0,2}}(?:[\u00a0\u202f' ]\d{{3}})+{_END}")
_DECIMAL = re.compile(rf"{_BEGIN}\d+,\d{{1,2}}{_END}")
_ENGLISH_SCALES = {"million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_SCALE_WORDS = {10**6: "million", 10**9: "billion", 10**12: "trillion"}
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALED_IN_GERMAN = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})\s?(?P<scale>Mio|Mrd|Bio|Millionen|Million|Milliarden?|Billionen|Billion)\b"
)
_SCALED_IN_ENGLISH = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})(?P<space>\s|-|)"
    r"(?P<scale>[Mm]illion|[Bb]illion|[Tt]rillion|mn|bn|(?:Mio|Mrd|Bio)(?:\.(?!$))?|Millionen|Milliarden?|Billionen)"
    r"(?![^\W_])"
)
_MONTHS = "|".join(ENGLISH_MONTHS)
_GERMAN_ORDER = re.compile(rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s(?P<month>{_MONTHS})\b")
_ENGLISH_DAY = re.compile(
    rf"\b(?P<month>{_MONTHS})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))\b"
    rf"|(?<![\d.,])(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month2>{_MONTHS})(?:,?\s(?P<year2>\d{{4}}))\b"
)
_CLOCK_IN_GERMAN = re.compile(r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?\s?Uhr\b")
_CLOCK_IN_ENGLISH = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])\.?m\b(?P<stop>\.?)|\s(?P<word>Uhr|[oO][’']clock|clock)\b)"
)


def german_repairs(german: str, english: str) -> list[Repair]:
    """What is to be put right in ``english``, in order; none overlap."""
    if not has_digit(german) or not has_digit(english):
        return []
    found: list[Repair] = []
    taken = bytearray(len(english))
    for repairs in (_scales, _dates, _clocks, _separators):
        for repair in repairs(german, english):
            if not any(taken[repair.start : repair.end]) and english[repair.start : repair.end] != repair.after:
                taken[repair.start : repair.end] = b"\1" * (repair.end - repair.start)
                found.append(repair)
    return sorted(found, key=lambda repair: repair.start)


def _separators(german: str, english: str) -> Iterator[Repair]:
    """``244.890`` and ``1,5``, where the German has these figures."""
    thousands = {re.sub(r"\D", "", m.group().split(",")[0]): m.group() for m in _all(german, _THOUSANDS, _SPACED)}
    for match in _THOUSANDS.finditer(english):
        whole, _, part = match.group().partition(",")
        if source := thousands.get(whole.replace(".", "")):
            after = whole.replace(".", ",") + (f".{part}" if part else "")
            yield Repair(match.start(), match.end(), after, source)
    decimals = {match.group() for match in _DECIMAL.finditer(german)}
    for match in _DECIMAL.finditer(english):
        if match.group() in decimals:
            yield Repair(match.start(), match.end(), match.group().replace(",", "."), match.group())


def _all(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def _scales(german: str, english: str) -> Iterator[Repair]:
    """``1,2 Bio.`` is 1.2 trillion: another scale than the German's, or its abbreviation, is put right."""
    said = {
        (_german_value(m["number"]), GERMAN_SCALES[m["scale"].lower()]): m for m in _SCALED_IN_GERMAN.finditer(german)
    }
    for match in _SCALED_IN_ENGLISH.finditer(english) if said else ():
        number = _english_number(match["number"])
        word = match["scale"].rstrip(".").lower()
        scale = _ENGLISH_SCALES.get(word)
        sources = [(size, found) for (value, size), found in said.items() if value == canonical(Decimal(number))]
        if len(sources) == 1 and scale != sources[0][0]:
            size, source = sources[0]
            after = f"{number}{match['space'] or ' '}{_SCALE_WORDS[size]}"
            yield Repair(match.start(), match.end(), after, source.group())


def _german_value(number: str) -> str:
    return canonical(Decimal(re.sub(r"\.(?=\d{3}(?!\d))", "", number).replace(",", ".", 1).replace(",", "")))


def _english_number(number: str) -> str:
    """``1,2`` as ``1.2``: English has three figures behind a comma."""
    plain = re.sub(r",(?=\d{3}(?!\d))", "", number).replace(",", ".")
    return plain if plain.count(".") < 2 else plain.replace(".", "")


def _dates(german: str, english: str) -> Iterator[Repair]:
    """``5.6.2024`` is 5 June 2024, and not May 6; ``5. June`` has a full stop too many."""
    days = list(german_days(german))
    named = {(day.day, day.month) for day in days}
    written = {(day.day, day.month, day.year): german[day.start : day.end] for day in days}
    for day in german_days(english) if days else ():
        if day.numeric and (day.day, day.month, day.year) in written:
            yield Repair(day.start, day.end, _words(day), written[day.day, day.month, day.year])
    for match in _GERMAN_ORDER.finditer(english) if days else ():
        if (int(match["day"]), ENGLISH_MONTHS.index(match["month"]) + 1) in named:
            source = f"{match['day']}."
            yield Repair(match.start(), match.end(), f"{match['day']} {match['month']}", source)
    numeric = {(day.day, day.month, day.year): day for day in days if day.numeric}
    for match in _ENGLISH_DAY.finditer(english) if days else ():
        number = int(match["day"] or match["day2"])
        month = ENGLISH_MONTHS.index(match["month"] or match["month2"]) + 1
        year = int(match["year"] or match["year2"])
        swapped = (month, number, year)
        if (number, month) not in named and swapped in numeric:
            yield Repair(match.start(), match.end(), _words(numeric[swapped]), written[swapped])


def _words(day: Day) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _clocks(german: str, english: str) -> Iterator[Repair]:
    """``18:04 Uhr`` is 6:04 p.m. or 18:04, and neither 18:04 p.m. nor 6:04 a.m."""
    said = {(int(m["hour"]), m["minute"] or "00"): m.group() for m in _CLOCK_IN_GERMAN.finditer(german)}
    for match in _CLOCK_IN_ENGLISH.finditer(english) if said else ():
        hour, minute = int(match["hour"]), match["minute"] or "00"
        if match["word"] and match["word"] != "Uhr" and not match["minute"]:
            continue  # "6 o'clock" is English
        meant = _meant(hour, minute, match["half"] or "", said)
        if meant is not None:
            after = _half_day(meant, match["minute"], match["stop"]) if match["half"] else f"{meant}:{minute}"
            yield Repair(match.start(), match.end(), after, said[meant, minute])


def _meant(hour: int, minute: str, half: str, said: Container[tuple[int, str]]) -> int | None:
    """The hour of the German that the English tells wrongly; None if it is right, or no such hour is there."""
    if not half:
        return hour if (hour, minute) in said else None
    if hour > 12:
        return hour if (hour, minute) in said else None
    other = hour % 12 + (0 if half == "p" else 12)
    right = hour % 12 + (12 if half == "p" else 0)
    return other if (other, minute) in said and (right, minute) not in said and other > 12 else None


def _half_day(hour: int, minute: str | None, stop: str) -> str:
    short = (hour + 11) % 12 + 1
    return f"{short}{f':{minute}' if minute else ''} {'p' if hour >= 12 else 'a'}.m{stop or '.'}"
