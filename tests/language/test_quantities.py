"""The same number in German and English must come out the same, and only then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.language.de.quantities import german_quantities
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.quantities import missing


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
        ("1.234,5 Tonnen", "1,234.5 tonnes"),
        ("1.234,5 Tonnen", "1234.5 tonnes"),
        ("1,5 Mio. Menschen", "1.5 million people"),
        ("eine Milliarde Euro", "a billion euros"),
        ("zwei Milliarden Euro", "2bn euros"),
        ("drei Billionen Euro", "three trillion euros"),
        ("drei Dutzend Kämpfer", "36 fighters"),
        ("drei Dutzend Kämpfer", "three dozen fighters"),
        ("zwölfhundert Menschen", "1,200 people"),
        ("einhundertfünfundzwanzig Menschen", "one hundred and twenty-five people"),
        ("95 Prozent", "95%"),
        ("0,8 Prozent", "0.8 percent"),
        ("340 bis 500 Millionen Sprecher", "340 million to 500 million speakers"),
        ("zwei bis drei Millionen Jahre", "two million to three million years"),
        ("zwei Millionen bis drei Millionen Jahre", "two to three million years"),
        ("30 bis 40 Kämpfer", "30-40 fighters"),
        ("der 21. Angriff", "the 21st attack"),
        ("das Dritte Korps", "the Third Corps"),
        ("500 US-Dollar", "$500"),
        ("zwischen 2020 und 2023", "between 2020 and 2023"),
        ("das Neunzigfache", "90 times as much"),
        ("der Dreißigjährige Krieg", "the Thirty Years’ War"),
        ("in den dreißiger Jahren", "in the 1930s"),
        ("um halb drei", "at half past two"),
        ("um 11.00 Uhr", "at 11:00"),
        ("um 14.13 Uhr", "at 14.13"),
        ("sich in Acht nehmen", "to be careful"),
        ("in den ersten elf Monaten", "in the first eleven months"),
        ("zwei Einmalzahlungen von je 350 Euro", "two one-off payments of 350 euros each"),
        ("eine Hebamme Anfang dreißig", "a midwife in her early thirties"),
        ("5.00 Uhr: Streik", "5:00: strike"),
        ("außer Acht lassen", "to ignore"),
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
        ("eine Milliarde", "one million", ["eine Milliarde"], ["one million"]),
        ("drei Billionen", "three billion", ["drei Billionen"], ["three billion"]),
        ("1.234,5 Tonnen", "1.2345 tonnes", ["1.234,5"], ["1.2345"]),
        ("drei Dutzend", "two dozen", ["drei Dutzend"], ["two dozen"]),
        ("30 bis 40 Kämpfer", "30 to 50 fighters", ["40"], ["50"]),
        ("95 Prozent", "59 percent", ["95"], ["59"]),
        ("0,8 Prozent", "8 percent", ["0,8"], ["8"]),
        ("in den ersten elf Monaten", "in the first twelve months", ["elf"], ["twelve"]),
        ("um 14.30 Uhr", "at 14:50", ["14.30 Uhr"], ["14:50"]),
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


MANY = 10_000
"""Enough to keep any search that looks at everything before, or at all other numbers, busy for long."""


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("1. ", "1"),
        ("am 1. Januar 2025 ", "month:1"),
        ("einundzwanzig ", "21"),
        ("mehrere hundert ", "100"),
        ("2020/21 ", "2021"),
        ("90er ", "1990"),
        ("14.30 Uhr ", "2"),
    ],
)
def test_a_sentence_may_hold_any_number_of_numbers(unit: str, value: str) -> None:
    found = german_quantities(unit * MANY)
    assert sum(value in quantity.values for quantity in found) == MANY
    assert german_quantities(unit)[0].claim == found[0].claim


def test_a_long_list_hides_no_lost_number() -> None:
    german, english = "1. " * MANY + "Es starben 53 Soldaten.", "1. " * MANY + "35 soldiers died."
    assert differences(german, english) == (["53"], ["35"])


def test_many_english_numbers_are_found_once_each() -> None:
    found = english_quantities("10.000 people, twenty-one men and 7 women in May " * MANY)
    assert len(found) == 4 * MANY
    assert [quantity.text for quantity in found[-4:]] == ["10.000", "twenty-one", "7", "May"]


def test_thousands_without_end_are_read_once() -> None:
    assert english_quantities("1" + ".000" * MANY + ".1")
    assert len(german_quantities("1" + ".000" * MANY)) == 1


def test_a_number_may_have_over_a_million_digits() -> None:
    (quantity,) = german_quantities("1" * 1_100_000 + " Millionen")
    assert len(next(iter(quantity.values))) == 1_100_006


def test_a_number_looks_back_over_whole_words_only() -> None:
    assert all("2021" not in quantity.values for quantity in german_quantities("12020/21"))
    assert not german_quantities("Es waren viele hundert")[-1].claim


def test_number_words_strung_together_are_no_number() -> None:
    assert all(not quantity.claim for quantity in german_quantities("zweihundert" * 1200))
