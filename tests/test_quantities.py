"""The same number in German and English must come out the same, and only then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.quantities import english_quantities, german_quantities, missing


def differences(german: str, english: str) -> tuple[list[str], list[str]]:
    source, target = german_quantities(german), english_quantities(english)
    return [item.text for item in missing(source, target)], [item.text for item in missing(target, source)]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("mehr als 10.000 Menschen", "more than 10,000 people"),
        ("mehr als 10.000 Menschen", "more than ten thousand people"),
        ("mindestens einhundert Kraftfahrer", "at least one hundred drivers"),
        ("mindestens einhundert Kraftfahrer", "at least 100 drivers"),
        ("mindestens 100 Kraftfahrer", "at least a hundred drivers"),
        ("zwei Dutzend Soldaten", "two dozen soldiers"),
        ("zwei Dutzend Soldaten", "24 soldiers"),
        ("ein Dutzend Soldaten", "twelve soldiers"),
        ("Dutzende Soldaten", "dozens of soldiers"),
        ("mehrere hundert Soldaten", "hundreds of soldiers"),
        ("nicht zu hundert Prozent sichern", "cannot be fully secured"),
        ("1,5 Millionen Menschen", "1.5 million people"),
        ("1,5 Millionen Menschen", "1,500,000 people"),
        ("eine halbe Million Menschen", "half a million people"),
        ("2,3 Mrd. Euro", "2.3 billion euros"),
        ("rund 1100 Soldaten", "around 1,100 soldiers"),
        ("10 000 Flüchtlinge", "10,000 refugees"),
        ("(Moskau, 3.4.2025)", "(Moscow, 3 April 2025)"),
        ("(Moskau, 3.4.2025)", "(Moscow, April 3rd, 2025)"),
        ("(Moskau, 3.4.2025)", "(Moscow, 3.4.2025)"),
        ("am 1. November", "on November 1"),
        ("am 1. November", "on the first of November"),
        ("Anfang November", "in early November"),
        ("um 14.30 Uhr", "at 2:30 p.m."),
        ("um 20 Uhr", "at 8 pm"),
        ("die beiden Länder", "the two countries"),
        ("zwei Länder", "both countries"),
        ("die 3. Division", "the third division"),
        ("die dritte Division", "the 3rd division"),
        ("der zweijährige Einsatz", "the two-year mission"),
        ("einundzwanzig Tage", "twenty-one days"),
        ("zweitausenddreihundert Tote", "2,300 dead"),
        ("2020/21", "2020-2021"),
        ("in den 90er Jahren", "in the 1990s"),
        ("Einer der Soldaten", "One of the soldiers"),
        ("die G5-Staaten", "the G5 states"),
        ("ein Jahrzehnt", "ten years"),
        ("Sie mag warten.", "She may wait."),
    ],
)
def test_equal_numbers_raise_no_alarm(german: str, english: str) -> None:
    assert differences(german, english) == ([], [])


@pytest.mark.parametrize(
    ("german", "english", "lost", "added"),
    [
        ("53 Soldaten", "35 soldiers", ["53"], ["35"]),
        ("mindestens einhundert Fahrer", "at least 200 drivers", ["einhundert"], ["200"]),
        ("1,5 Millionen", "15 million", ["1,5 Millionen"], ["15 million"]),
        ("drei Länder", "four countries", ["drei"], ["four"]),
        ("am 1. November", "on 1 October", ["1. November"], ["October"]),
        ("im Juli", "in June", ["Juli"], ["June"]),
        ("seit 2014", "since", ["2014"], []),
        ("viele Soldaten", "17 soldiers", [], ["17"]),
        ("zwei Millionen", "two billion", ["zwei Millionen"], ["two billion"]),
    ],
)
def test_different_numbers_are_found(german: str, english: str, lost: list[str], added: list[str]) -> None:
    assert differences(german, english) == (lost, added)


@given(st.integers(min_value=2, max_value=10**9))
def test_thousands_marks_agree_for_every_number(number: int) -> None:
    english = f"{number:,} people"
    assert differences(f"{number:,} Menschen".replace(",", "."), english) == ([], [])


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for quantity in (*german_quantities(text), *english_quantities(text)):
        assert quantity.text == text[quantity.start : quantity.end]
