"""Dates in words, as exact as they were given."""

from __future__ import annotations

import pytest

from sahelsum.language.dates import date_in_words, resolve
from sahelsum.language.de.dates import german_days
from sahelsum.records import DatePrecision


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        ("2025-11-16", DatePrecision.DAY, "16 November 2025"),
        ("2025-04-03", DatePrecision.DAY, "3 April 2025"),
        ("2025-04", DatePrecision.MONTH, "April 2025"),
        ("2025", DatePrecision.YEAR, "2025"),
        ("2025-13", DatePrecision.MONTH, "2025-13"),
        ("soon", DatePrecision.DAY, "soon"),
    ],
)
def test_a_date_is_written_with_its_precision(value: str, precision: DatePrecision, words: str) -> None:
    assert date_in_words(value, precision) == words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("(Moskau, 3.4.2025)", [(3, 4, 2025)]),
        ("am 3. April 2025 und am 1. November", [(3, 4, 2025), (1, 11, None)]),
        ("am 31. Februar, Version 3.4, 10.000 Leute, im Juli", []),
    ],
)
def test_days_in_german_text(text: str, days: list[tuple[int, int, int | None]]) -> None:
    assert [(day.day, day.month, day.year) for day in german_days(text)] == days


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("3. April 2025", None, "2025-04-03"),
        ("1. November", "2025-11-16", "2025-11-01"),
        ("30. Dezember", "2025-01-02", "2024-12-30"),
        ("1. November", None, None),
        ("1. Mai", "2025-11-16", None),
        ("29. Februar", "2025-03-10", None),
    ],
)
def test_a_day_without_a_year_is_resolved_only_where_it_is_clear(
    text: str, published: str | None, day: str | None
) -> None:
    (found,) = german_days(text)
    assert resolve(found, published) == day
