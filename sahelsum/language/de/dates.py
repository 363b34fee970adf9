"""Days and months as German writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.dates import Day, has_digit, iso_day
from sahelsum.language.de.words import MONTHS

_MONTH_NAMES = "|".join(MONTHS)
_GERMAN_DAY = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?(?:(?P<name>{_MONTH_NAMES})\b(?:\s(?P<year>\d{{4}})\b)?"
    r"|(?P<month>\d{1,2})\.\s?(?P<full>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)


def names_month(text: str) -> bool:
    """Whether a German text has the name of a month in it, in any letter case, as a word or as part of one."""
    lower = text.lower()
    return any(month in lower for month in MONTHS)


def german_days(text: str) -> Iterator[Day]:
    """Every day of the calendar that the text names with day and month, in order."""
    if not has_digit(text):
        return
    for match in _GERMAN_DAY.finditer(text):
        month = MONTHS[match["name"].lower()] if match["name"] else int(match["month"])
        year = match["year"] or match["full"]
        found = Day(
            match.start(), match.end(), int(match["day"]), month, int(year) if year else None, not match["name"]
        )
        # 2024 was a leap year: it has every day that any year has.
        if iso_day(found.year or 2024, month, found.day):
            yield found
