"""German expressions of time, each with the English words of which one must be there. Data only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.de.words import MONTHS, WEEKDAYS
from sahelsum.language.phrases import Phrase, Phrases, any_of, phrase

_YEAR = r"(?:19|20)\d\d"
_PAST = any_of("last past previous prior preceding ago earlier recent* latest before since former yester* over_the")
_COMING = any_of("next coming following upcoming forthcoming later ahead future soon subsequent* after will tomorrow")
_CURRENT = any_of("this current* so_far present today now year’s year's week’s week's month’s month's")
_EARLY = any_of("early earlier beginning* begin began start* first outset turn_of onset opening since")
_MIDDLE = any_of("mid mid-* half* middle*")
_LATE = any_of("late later latest end ends ended ending close last final* turn_of by until conclusion")
_PERIODS = "Jahre?s?|Monats?|Woche|Sommer|Herbst|Winter|Frühjahr"
_GENITIVES = "(?:des|der|dieses|dieser|nächsten|kommenden) (?:Jahres|Monats|Woche|Jahrhunderts)"
_SPAN = rf"(?:{'|'.join(name.capitalize() for name in MONTHS)}|{_YEAR}|{_GENITIVES})"

_LENGTHS = {
    "Tag": any_of("day days daily week* fortnight* hour hours weekend month*"),
    "Woche": any_of("week weeks weekly fortnight* month* day days weekend"),
    "Monat": any_of("month months monthly quarter* year* week weeks half"),
    "Jahr": any_of("year years yearly annual* decade decades centur* month months age aged old season* anniversary")
    + rf"|\d+s|{_YEAR}",
}
"""Units of time with what a good translation may make of them: ``acht Tage`` is ``a week``."""
_COUNTS = (
    r"(?:\d+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|einem|einer|mehreren?|einigen?|wenigen?|vielen)"
)

_DAYS = [name for name in WEEKDAYS if name != "Sonnabend"]
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY_PARTS = "früh|vormittag|mittag|nachmittag|abend|nacht|morgen"
_BEFORE_DAY = "(?i:am|vom|zum|bis|seit|ab|den|vergangenen|letzten|kommenden|nächsten)"


def _weekday(index: int) -> Phrase:
    """``in der Nacht zum Sonntag`` is ``on Saturday night``; ``am Sonntag`` of a report may be ``yesterday``."""
    day = _DAYS[index] if _DAYS[index] != "Samstag" else "(?:Samstag|Sonnabend)"
    english, before = _ENGLISH_DAYS[index], _ENGLISH_DAYS[index - 1]
    months = "|".join(ENGLISH_MONTHS)
    return phrase(
        rf"(?:{_BEFORE_DAY} )+{day}(?:{_DAY_PARTS})?s?",
        rf"{english}s?|{english[:3]}|weekend\w*|yesterday|today|tomorrow|{before} (?:night|evening)|{months}",
        f"{_DAYS[index].lower()} sonnabend",
    )


PHRASES = Phrases(
    phrase("gestern", any_of("yesterday* last_night previous_day day_before night_before"), "gestern", any_case=True),
    phrase("vorgestern", any_of("before_yesterday two_days yesterday days_ago"), "vorgestern", any_case=True),
    phrase("übermorgen", any_of("after_tomorrow two_days tomorrow"), "übermorgen", any_case=True),
    phrase(
        rf"(?:[Ii]m|[Vv]om|am|[Dd]es|[Ii]n|[Vv]or|aus) (?:der |dem )?(?:vergangenen|letzten|vorigen) (?:{_PERIODS})",
        f"{_PAST}|{_YEAR}",
        "vergangenen letzten vorigen",
    ),
    phrase(
        r"Vorjahr(?:es)?|Vormonats?|Vorwoche|Vortags?|Vortage",
        rf"{_PAST}|{_YEAR}|year-on-year|\w*day",
        "vorjahr vormonat vorwoche vortag",
    ),
    phrase(
        rf"(?:[Ii]m|[Vv]om|am|[Dd]es|[Ii]n|[Aa]b|[Zz]um) (?:der )?(?:kommenden|nächsten) (?:{_PERIODS})",
        f"{_COMING}|{_YEAR}",
        "kommenden nächsten",
    ),
    phrase(r"[Dd]iese[rms] (?:Jahr|Jahres|Woche|Monat|Monats)", f"{_CURRENT}|{_YEAR}", "diese"),
    phrase(f"Anfang {_SPAN}", _EARLY, "anfang_"),
    phrase(f"Mitte {_SPAN}", _MIDDLE, "mitte_"),
    phrase(f"Ende {_SPAN}", _LATE, "ende_"),
    *(
        phrase(
            rf"(?:[Vv]or|[Ss]eit|[Nn]ach|[Ii]n|innerhalb von) {_COUNTS} {unit}(?:e|en|n)?", lengths, f"_{unit.lower()}"
        )
        for unit, lengths in _LENGTHS.items()
    ),
    *map(_weekday, range(len(_DAYS))),
)

_ADDED = tuple(
    (re.compile(rf"\b{english}\b"), re.compile(f"{day}|{following}|Sonnabend", re.IGNORECASE))
    for english, day, following in zip(_ENGLISH_DAYS, _DAYS, [*_DAYS[1:], _DAYS[0]], strict=True)
)


def added_weekdays(german: str, english: str) -> Iterator[str]:
    """Weekdays that only the English has; that the German has the day after (``in der Nacht zum``) is enough.

    One in English, as in a title (``Saturday Night Live``), is enough as well.
    """
    for named, settled in _ADDED if "day" in english else ():
        found = named.search(english)
        if found and not settled.search(german) and found.group() not in german:
            yield found.group()
