"""Number words: right up to the longest there is, and no harm from longer ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sahelsum.language.de.numberwords import LONGEST_NUMBER_WORD, german_word


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("einundzwanzig", 21),
        ("einhundertzwanzig", 120),
        ("zweitausendunddrei", 2003),
        ("siebenhundertsiebenundsiebzigtausendsiebenhundertsiebenundsiebzig", 777_777),
        ("siebenhundertundsiebenundsiebzigtausendundsiebenhundertundsiebenundsiebzig", 777_777),
    ],
)
def test_german_number_words(word: str, value: int) -> None:
    assert len(word) <= LONGEST_NUMBER_WORD
    assert german_word(word) == Decimal(value)


@pytest.mark.parametrize("part", ["zweihundert", "tausend", "hundert", "einund"])
def test_a_word_without_end_is_no_number(part: str) -> None:
    assert german_word(part * 1200) is None
