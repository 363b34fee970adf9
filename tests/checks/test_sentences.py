"""Dates, units, quotations, attribution, spelling, words left in German, the model's doubt: real wordings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.checks import check_sentence, violations
from sahelsum.checks.thresholds import DEFAULTS
from sahelsum.language.packs import pack_of
from sahelsum.records import Finding, Severity, Translation
from tests.samples import translation

GERMAN = pack_of("de")


def found(german: str, english: str) -> list[tuple[str, str, str]]:
    """Code and both values of each finding."""
    return [(item.code, item.source_value, item.target_value) for item in findings(german, english)]


def findings(german: str, english: str) -> list[Finding]:
    return list(check_sentence(translation(1, 1, german, english), GERMAN))


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Angriff war am 3. April 2025.", "The attack was on 3 April 2025."),
        ("Der Angriff war am 3. April 2025.", "The attack was on April 3rd, 2025."),
        ("Um 14.30 Uhr fielen Schüsse.", "Shots were fired at 2:30 pm."),
        ("Um 14.30 Uhr fielen Schüsse.", "Shots were fired at 14.30."),
        ("Um 14.30 Uhr fielen Schüsse.", "Shots were fired at 14:30."),
        ("Gegen 14 Uhr fielen Schüsse.", "Shots were fired at around 14:00."),
        ("Um 02:30 Uhr (UTC) fielen Schüsse.", "Shots were fired at 0230 UTC."),
        ("Die Runde beginnt um halb drei.", "The round begins at half past two."),
        ("Im vergangenen Jahr zogen die Truppen ab.", "The troops withdrew last year."),
        ("Im vergangenen Jahr zogen die Truppen ab.", "The troops withdrew in 2024."),
        ("Vor zwei Wochen zogen die Truppen ab.", "The troops withdrew a fortnight ago."),
        ("Vor acht Tagen zogen die Truppen ab.", "The troops withdrew eight days earlier."),
        ("Am Montag zogen die Truppen ab.", "The troops withdrew on Monday."),
        ("Am Montagabend zogen die Truppen ab.", "The troops withdrew on Monday evening."),
        ("Am Sonnabend zogen die Truppen ab.", "The troops withdrew on Saturday."),
        ("In der Nacht zum Sonntag fielen Schüsse.", "Shots were fired on Saturday night."),
        ("Anfang März zogen die Truppen ab.", "The troops withdrew in early March."),
        ("Mitte 2022 zogen die Truppen ab.", "The troops withdrew in mid-2022."),
        ("Ende des Jahres ziehen die Truppen ab.", "The troops will withdraw at the end of the year."),
        ("Die »Bild am Sonntag« berichtet davon.", "The “Bild am Sonntag” reports on it."),
        ('Sie trat bei "Saturday Night Live" auf.', "She appeared on “Saturday Night Live”."),
        ("Auf der Oktobertagung fehlte er.", "He was missing at the October meeting."),
        ("In den dreißiger Jahren war das anders.", "In the 1930s it was different."),
    ],
)
def test_right_dates_raise_nothing(german: str, english: str) -> None:
    assert found(german, english) == []


@pytest.mark.parametrize(
    ("german", "english", "finding"),
    [
        ("Es war am 3. April.", "It was on 4 April.", ("DATE-LOST", "3. April", "4")),
        ("Es war am 3. März.", "It was on 3 June.", ("DATE-LOST", "3. März", "June")),
        ("(Moskau, 3.4.2025)", "(Moscow, 3 April 2024)", ("DATE-LOST", "3.4.2025", "2024")),
        ("Um 14.30 Uhr fielen Schüsse.", "Shots were fired at 4:30 pm.", ("DATE-LOST", "14.30 Uhr", "4:30 pm")),
        ("Am Montag zogen sie ab.", "They withdrew on Tuesday.", ("DATE-LOST", "Am Montag", "Tuesday")),
        ("Im vergangenen Jahr zogen sie ab.", "They withdraw next year.", ("DATE-LOST", "Im vergangenen Jahr", "")),
        ("Vor zwei Wochen zogen sie ab.", "They withdrew two years ago.", ("DATE-LOST", "Vor zwei Wochen", "")),
        ("Gestern zogen sie ab.", "They will withdraw tomorrow.", ("DATE-LOST", "Gestern", "")),
        ("Anfang März zogen sie ab.", "They withdrew in late March.", ("DATE-LOST", "Anfang März", "")),
        ("Kurz danach zogen sie ab.", "They withdrew on Friday.", ("DATE-ADDED", "", "Friday")),
        ("Kurz danach zogen sie ab.", "They withdrew in June.", ("DATE-ADDED", "", "June")),
    ],
)
def test_a_wrong_date_is_one_finding(german: str, english: str, finding: tuple[str, str, str]) -> None:
    assert found(german, english) == [finding]


def test_a_wrong_date_and_a_wrong_number_are_two_findings() -> None:
    german, english = "Am 3. April starben 24 Soldaten.", "On 3 June, 42 soldiers died."
    assert found(german, english) == [("NUM-LOST", "24", "42"), ("DATE-LOST", "3. April", "June")]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die EU zahlt 20 Millionen Euro.", "The EU pays 20 million euros."),
        ("Die EU zahlt 20 Millionen Euro.", "The EU pays €20 million."),
        ("Das kostet 30 US-Dollar.", "It costs US$30."),
        ("Das kostet zehn Milliarden CFA-Francs.", "It costs ten billion CFA."),
        ("Rund 95 Prozent des Treibstoffs kommen von dort.", "Some 95% of the fuel comes from there."),
        ("Rund 50 Prozent des Treibstoffs kommen von dort.", "Half of the fuel, or 50, comes from there."),
        ("Das Dorf liegt 160 km nördlich.", "The village is 160km to the north."),
        ("Er trieb 93 % des Geldes ein.", "He collected 93 per cent of the money."),
        ("Er blieb zu einem gewissen Grad ruhig.", "He stayed calm to some extent."),
    ],
)
def test_right_units_raise_nothing(german: str, english: str) -> None:
    assert found(german, english) == []


@pytest.mark.parametrize(
    ("german", "english", "lost", "added"),
    [
        ("Die EU zahlt 20 Millionen Euro.", "The EU pays 20 million dollars.", "Euro", "dollars"),
        ("Rund 95 Prozent kommen von dort.", "Some 95 degrees come from there.", "Prozent", "degrees"),
        ("Das Dorf liegt 160 Kilometer nördlich.", "The village is 160 minutes to the north.", "Kilometer", "minutes"),
        ("Es kamen 40 Tonnen Getreide an.", "40 litres of grain arrived.", "Tonnen", "litres"),
    ],
)
def test_a_wrong_unit_is_found(german: str, english: str, lost: str, added: str) -> None:
    assert found(german, english) == [("UNIT-LOST", lost, added)]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("»Es ist ruhig«, sagte er.", "“It is calm,” he said."),
        ("»Es ist ruhig«, sagte er.", "'It is calm,' he said."),
        ("„Es ist ruhig“, sagte er.", '"It is calm," he said.'),
        ("Sie nannten es ‚Ruhe vor dem Sturm‘.", "They called it ‘the calm before the storm’."),
        ("Der Frachter »Levante Star« sank.", "The freighter Levante Star sank."),
        ("Es ist ruhig«, sagte er.", "It is calm, he said."),  # its other mark stands in another sentence
    ],
)
def test_kept_quotations_and_bare_names_raise_nothing(german: str, english: str) -> None:
    assert found(german, english) == []


@pytest.mark.parametrize("marks", ["„%s“", "»%s«", '"%s"', "“%s”", "‚%s‘", "«%s»", "›%s‹"])
def test_a_quotation_without_marks_is_found(marks: str) -> None:
    german = marks % "Es ist überall ruhig geblieben" + ", sagte er."
    assert found(german, "It has remained calm everywhere, he said.") == [
        ("QUOTE-LOST", "Es ist überall ruhig geblieben", "")
    ]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Laut der Armee starben zwölf Kämpfer.", "According to the army, twelve fighters died."),
        ("Nach Angaben der Armee starben zwölf Kämpfer.", "The army said twelve fighters had died."),
        ("Der Armee zufolge starben zwölf Kämpfer.", "Twelve fighters died, the army reported."),
        ("Zwölf Kämpfer seien gestorben.", "Twelve fighters had died, he said."),
        ("Mutmaßliche Dschihadisten griffen an.", "Suspected jihadists attacked."),
        ("Er soll Geld gesammelt haben.", "He is alleged to have collected money."),
        ("Sie riefen laut um Hilfe.", "They called loudly for help."),
        ("Ich habe davon gelesen.", "It has come to me."),
        ("Sei es im Norden, sei es im Süden, überall herrscht Not.", "Need is everywhere, north or south."),
    ],
)
def test_kept_attributions_raise_nothing(german: str, english: str) -> None:
    assert [code for code, *_ in found(german, english) if code == "ATTR-LOST"] == []


@pytest.mark.parametrize(
    ("german", "english", "cue", "severity"),
    [
        ("Laut der Armee starben zwölf Kämpfer.", "Twelve fighters died.", "Laut", Severity.WARNING),
        ("Nach Angaben der Armee starben sie.", "They died.", "Nach Angaben", Severity.WARNING),
        ("Offiziellen Angaben zufolge starben sie.", "All of them died there.", "Angaben zufolge", Severity.WARNING),
        ("Mutmaßliche Dschihadisten griffen an.", "Jihadists attacked, it said.", "Mutmaßliche", Severity.WARNING),
        (
            "Nach Regierungsangaben starben zwölf.",
            "Twelve died after that.",
            "Nach Regierungsangaben",
            Severity.WARNING,
        ),
        ("Die Lage sei ruhig, sagte er.", "The situation is calm.", "sagte", Severity.WARNING),
        ("Wie die Zeitung berichtet, ist es dort ruhig.", "The region is calm now.", "berichtet", Severity.WARNING),
        ("Die Lage sei ruhig.", "The situation is calm.", "sei", Severity.INFO),
        ("Die Armee habe den Ort erreicht.", "The army has reached the place.", "habe", Severity.INFO),
        ("Er soll Geld gesammelt haben.", "He has collected money.", "soll", Severity.WARNING),
    ],
)
def test_a_claim_that_reads_as_a_fact_is_found(german: str, english: str, cue: str, severity: Severity) -> None:
    (finding,) = findings(german, english)
    assert (finding.code, finding.source_value, finding.severity) == ("ATTR-LOST", cue, severity)


@pytest.mark.parametrize(
    ("german", "english", "names"),
    [
        ("Er traf General Kalifa Dicko.", "He met General Kalifa Dico.", ("Dicko", "Dico")),
        ("Er traf Sprecher Tembely.", "He met spokesman Tembly.", ("Tembely", "Tembly")),
        ("Er traf Sprecher Moussa Camaras Bruder.", "He met spokesman Moussa Camata’s brother.", ("Camaras", "Camata")),
    ],
)
def test_a_name_with_other_letters_is_found(german: str, english: str, names: tuple[str, str]) -> None:
    assert found(german, english) == [("NAME-SPELLED", *names)]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Er traf Minister Sergej Schoigu.", "He met Minister Sergei Shoigu."),
        ("Er traf Präsident Assimi Goïta.", "He met President Assimi Goita."),
        ("Er traf Präsident Ibrahim Traorés Sprecher.", "He met President Ibrahim Traoré’s spokesman."),
        ("Wenn Soldaten kommen, fliehen alle.", "When Soldiers come, everyone flees."),
        ("Er sprach in der Republik Kongo.", "He spoke in the Republic of the Congo."),
        ("Er sprach im Nachbarland Ruanda.", "He spoke in neighbouring Rwanda."),
        ("Die Internationale Organisation für Migration half.", "The International Organization for Migration helped."),
    ],
)
def test_names_in_their_english_spelling_raise_nothing(german: str, english: str) -> None:
    assert [code for code, *_ in found(german, english) if code == "NAME-SPELLED"] == []


@pytest.mark.parametrize(
    ("german", "english", "left"),
    [
        ("Die Lage ist weiterhin angespannt.", "The situation is weiterhin tense.", "weiterhin"),
        ("Die Truppen wurden abgezogen.", "The troops were abgezogen.", "abgezogen"),
        ("Sie fordern eine Übergangsregierung.", "They demand an Übergangsregierung now.", "Übergangsregierung"),
    ],
)
def test_a_german_word_left_in_is_found(german: str, english: str, left: str) -> None:
    assert found(german, english) == [("MT-COPY", "", left)]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Das ist illegal und brutal.", "That is illegal and brutal."),
        ('Er las den Roman "Der geilste Tag".', 'He read the novel "Der geilste Tag".'),
        ("Er schrieb an info@armee.example am Abend.", "He wrote to info@armee.example in the evening."),
        ("Die Katiba Macina griff an.", "The Katiba Macina attacked."),
    ],
)
def test_words_of_both_languages_titles_and_addresses_raise_nothing(german: str, english: str) -> None:
    assert found(german, english) == []


UNSURE = replace(translation(1, 1, "Die Armee zog ab.", "The army withdrew."), mean_logprob=-1.2)


@pytest.mark.parametrize(("threshold", "codes"), [(0.0, []), (-1.0, ["MT-UNSURE"]), (-1.2, []), (-1.5, [])])
def test_an_unsure_translation_is_found_only_under_the_threshold(threshold: float, codes: list[str]) -> None:
    limits = DEFAULTS.with_model(threshold or None)
    assert [finding.code for finding in check_sentence(UNSURE, GERMAN, limits)] == codes
    assert violations(check_sentence(UNSURE, GERMAN, limits)) == 0


def test_informations_do_not_count_when_wordings_are_compared() -> None:
    assert violations(check_sentence(translation(1, 1, "Die Lage sei ruhig.", "The situation is calm."), GERMAN)) == 0
    assert (
        violations(
            check_sentence(translation(1, 1, "Laut der Armee sei die Lage ruhig.", "The situation is calm."), GERMAN)
        )
        == 1
    )


def test_a_code_can_be_switched_off_but_not_that_of_a_failure() -> None:
    item = translation(1, 1, "Laut der Armee starben 24 Soldaten.", "42 soldiers died.")
    limits = type(DEFAULTS)(disabled=("NUM-LOST",))
    assert [finding.code for finding in check_sentence(item, GERMAN, limits)] == ["ATTR-LOST"]
    with pytest.raises(ValueError, match="MT-FAILED"):
        type(DEFAULTS)(disabled=("MT-FAILED",))


@given(st.text(max_size=150), st.text(max_size=150))
def test_findings_name_the_sentence_and_say_something(german: str, english: str) -> None:
    for finding in check_sentence(Translation(translation(7, 1, german, "").sentence, english), GERMAN):
        assert finding.sentence == 7
        assert finding.message
        assert finding.source_value or finding.target_value


WORDS = st.sampled_from(
    [
        *"Am Montag laut Mali sei habe Euro 20 3. April Präsident Dicko nicht im vergangenen Jahr Prozent".split(),
        *'„“»«",.-',
    ]
)


@given(st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=30))
def test_checking_twice_gives_the_same(german: list[str], english: list[str]) -> None:
    item = translation(1, 1, " ".join(german), " ".join(english))
    assert list(check_sentence(item, GERMAN)) == list(check_sentence(item, GERMAN))


@pytest.mark.parametrize(
    "unit", ["„a ", "»", "Abc Def ", "am Montag ", "soll ", "sei haben ", "1 Euro ", "vor zwei ", "340 bis 500 ", "Äü "]
)
def test_long_sentences_are_checked(unit: str) -> None:
    german, english = unit * 5_000, "Xyz Abd " * 5_000
    assert all(finding.sentence == 1 for finding in check_sentence(translation(1, 1, german, english), GERMAN))
