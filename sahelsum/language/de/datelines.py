"""Lines of an article that say when it appeared, in the forms that German papers use.

``Bamako, 3. März 2025``, ``03.03.2025, 18:04 Uhr``, ``Stand: 3.3.25``, ``Von Anna Muster | Mo., 3. Mrz. 2025``. A line
is one only if nothing else stands on it: a sentence with a date in it says when something happened.
"""

from __future__ import annotations

import re

from sahelsum.language.de.words import MONTHS, WEEKDAYS
from sahelsum.language.pack import DateLine

MAX_CHARACTERS = 160
"""A line with author, two dates and two times has about a hundred."""

SHORT_MONTHS = {
    **{name[:3]: number for name, number in MONTHS.items()},
    "mrz": 3,
    "mär": 3,
    "maer": 3,
    "maerz": 3,
    "sept": 9,
    "jän": 1,
    "feber": 2,
}
_MONTH = "|".join(sorted([*MONTHS, *SHORT_MONTHS], key=len, reverse=True))
_DAY_NAME = "|".join([*WEEKDAYS, "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"])
_WEEKDAY = rf"(?:(?:am|vom)\s+)?(?:{_DAY_NAME})\b\.?,?\s+(?:(?:den|dem)\s+)?"
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:{_WEEKDAY})?(?:(?:am|vom|den|dem)\s+)?"
    rf"(?:(?P<day>\d{{1,2}})\.?\s?(?P<name>{_MONTH})\b\.?,?\s?(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?P<iso_y>(?:19|20)\d\d)[-/](?P<iso_m>\d{1,2})[-/](?P<iso_d>\d{1,2})(?:T(?=\d)|(?!\d))"
    rf"|(?P<month_name>{_MONTH})\b\.?\s(?P<month_year>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\b(?:um|gegen|ab)\s+)?(?<!\d)(?:[01]?\d|2[0-4])(?:[:.][0-5]\d){1,2}(?:\.\d+)?(?:Z\b|[+-]\d\d:?\d\d)?\s*(?:Uhr|h)?\b"
    r"|(?:\bum\s+)?(?<!\d)(?:[01]?\d|2[0-4])\s+Uhr\b|\(?\b(?:MESZ|MEZ|CEST|CET|GMT|UTC)\b\)?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:(?:zuerst\s+|erstmals\s+|online\s+)?(?:ver(?:ö|oe)ffentlicht|publiziert|erschienen|erstellt|gepostet|online)"
    r"(?:\s+(?:am|seit|um))?|(?:erscheinungs|ver(?:ö|oe)ffentlichungs|publikations)?datum|ver(?:ö|oe)ffentlichung|"
    r"ausgabe(?:\s+vom)?|vom|date|published(?:\s+on)?)\b:?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:(?:zuletzt|letzte|letztmals)\s+)?(?:aktualisiert|aktualisierung|ge(?:ä|ae)ndert|(?:ä|ae)nderung|bearbeitet|"
    r"(?:letzter\s+)?stand|updated?|upd\.)(?:\s+(?:am|um|vom))?\b:?",
    re.IGNORECASE,
)
_FILLING = re.compile(r"\b(?:am|um|von|und|den|dem|vom|seit)\b|[\s|,;:.·•●/()\[\]–—-]+", re.IGNORECASE)
_NAME = r"[A-ZÄÖÜÀ-Þ][\w.’'-]+"
_BYLINE = r"(?:(?:Von|Text:|Autor(?:in)?:|Redaktion:?|[Ii]n|[Ii]m|[Bb]ei|[Aa]uf)(?!\w)\s*(?:der\s)?)"
_PEOPLE = (
    rf"{_NAME}(?:[ ](?:(?:von|van|de|al|der)[ ])?{_NAME}){{0,3}}"
    rf"(?:(?:\s(?:und|&)|/)\s*{_NAME}(?:[ ]{_NAME}){{0,3}}){{0,3}}"
)
_AUTHOR = re.compile(
    rf"{_BYLINE}?{_PEOPLE}|(?!am|um|in|im|ab|bis|vor|und|die|der|das)[a-z]{{2,4}}(?:/[A-Za-z]{{2,4}})*"
)
_AUTHOR_AT_DATE = re.compile(rf"{_BYLINE}{_PEOPLE}")
_SIGNED = re.compile(rf"\bVon\s{_NAME}")
_SEPARATED = re.compile(r"\s*[|·•●()\n]\s*|\s+[–—-]\s+|,\s*|\s*/\s*")
_DATE_MARK = "\0"
"""Stands for a date in what is left of a line."""
_READING_TIME = re.compile(
    r"(?:Lesezeit|Lesedauer):?\s*(?:ca\.\s*)?\d+\s*(?:Minuten?|Min\.?)|\d+\s*Min\.?\s*(?:Lesezeit)?", re.IGNORECASE
)


def date_line(text: str) -> DateLine | None:
    """The date of a line that is nothing but a date, its time, a label, a place and an author; else None."""
    if len(text) > MAX_CHARACTERS or not any(map(str.isdigit, text)):
        return None
    found = list(_DATE.finditer(text))
    if not found or len(found) > 3:
        return None
    rest = _READING_TIME.sub("|", _DATE.sub(_DATE_MARK, text))
    published, updated = _PUBLISHED.search(rest), _UPDATED.search(rest)
    rest = _UPDATED.sub("", _PUBLISHED.sub("", _TIME.sub("", rest)))
    if not all(_is_name(part) for part in _SEPARATED.split(rest)):
        return None
    said = published or updated or _SIGNED.search(rest)
    return DateLine(*_parts(_chosen(found, text)), labelled=bool(said))


def _chosen(found: list[re.Match[str]], text: str) -> re.Match[str]:
    """The first that is not behind a word for an update; if all are, the first."""
    return next((date for date in found if not _UPDATED.search(_before(date, found, text))), found[0])


def _before(date: re.Match[str], found: list[re.Match[str]], text: str) -> str:
    place = found.index(date)
    return text[found[place - 1].end() if place else 0 : date.start()]


def _is_name(part: str) -> bool:
    """Whether a part between separators is a name, or nothing; one beside a date must be said to be an author's."""
    bare = _FILLING.sub(" ", part.replace(_DATE_MARK, " ")).strip() and part.replace(_DATE_MARK, " ").strip(" .:;")
    form = _AUTHOR_AT_DATE if _DATE_MARK in part else _AUTHOR
    return not bare or bool(form.fullmatch(bare))


def _parts(date: re.Match[str]) -> tuple[str | None, str, str]:
    if date["d"]:
        return date["d"], date["m"], date["y"] if len(date["y"]) == 4 else f"20{date['y']}"
    if date["iso_y"]:
        return date["iso_d"], date["iso_m"], date["iso_y"]
    if date["month_name"]:
        return None, _month(date["month_name"]), date["month_year"]
    return date["day"], _month(date["name"]), date["year"]


def _month(name: str) -> str:
    lower = name.lower()
    return str(MONTHS.get(lower) or SHORT_MONTHS[lower])
