"""Events: which sentences tell of one, when and where it was, and which reports are of the same event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sahelsum.combine import combine
from sahelsum.combine.facts import key_facts
from sahelsum.records import ArticleDate, BlockKind, DatePrecision, Digest
from sahelsum.records.folder import Event, Toll
from tests.combine.test_combine import moscow, undated, with_facts
from tests.samples import convoy, make_digest

MONDAY = "Bei einem Angriff auf einen Posten bei Ménaka starben am Montag 24 Soldaten."


def article(article_id: str, *german: str, day: str = "2025-11-12", outlet: str = "", english: str = "") -> Digest:
    date = ArticleDate(day, DatePrecision.DAY, "text") if day else None
    pairs = [[(text, english or f"English of {article_id}.")] for text in german]
    digest = make_digest(pairs, article_id=article_id, date=date)
    return with_facts(replace(digest, article=replace(digest.article, credit=outlet or None)))


def events(*digests: Digest) -> tuple[Event, ...]:
    return combine(digests, (), None).events


def killed(event: Event) -> list[tuple[str, str]]:
    return [(c.qualifier, c.value) for report in event.reports for c in report.counts if c.toll is Toll.KILLED]


def test_events_are_in_order_of_time_and_captions_are_none() -> None:
    found = events(with_facts(convoy()), moscow(), undated())
    assert [(event.date, event.place) for event in found] == [
        ("2025-04-03", "Moscow"),
        ("2025-11-01", "Mali"),
        ("", "Bamako"),
        ("--05-01", "Chad"),
    ]
    caption = article("a", "Kämpfer in Kidal (Februar 2018)")
    kinds = tuple(replace(block, kind=BlockKind.CAPTION) for block in caption.article.blocks)
    assert events(replace(caption, article=replace(caption.article, blocks=kinds))) == ()


def test_a_day_without_a_year_needs_a_publication_day_shortly_after() -> None:
    for value, expected in (("2025-01-15", ["2024-12-01"]), ("2025-11-16", []), ("2025-12-01", ["2025-12-01"])):
        assert [event.date for event in events(article("a", "Am 1. Dezember war Ruhe.", day=value))] == expected


def test_an_attack_of_an_undated_article_is_told_with_the_date_it_states() -> None:
    german = "Ein Angriff auf einen malischen Außenposten am 1. November hatte 53 Soldaten das Leben gekostet."
    (event,) = events(article("a", german, day=""))
    assert (event.date, event.precision, event.place, killed(event)) == (
        "--11-01",
        DatePrecision.DAY,
        "Mali",
        [("", "53")],
    )


@pytest.mark.parametrize(
    ("german", "words"),
    [
        ("Zu Wochenbeginn starben bei einem Anschlag bei Gao 24 Soldaten.", "Zu Wochenbeginn"),
        ("Am Montag starben bei Gao 24 Soldaten.", "Am Montag"),
        ("Bei Gao starben in der Nacht zum Freitag 24 Soldaten.", "in der Nacht zum Freitag"),
        ("Bei Gao starben 24 Soldaten.", ""),
    ],
)
def test_words_are_all_that_is_known_of_some_days(german: str, words: str) -> None:
    (event,) = events(article("a", german, day=""))
    assert (event.date, event.counted_from) == ("", words)


def test_a_meeting_on_a_weekday_counts_where_no_day_of_publication_is_known() -> None:
    (event,) = events(article("a", "Lawrow sprach am Donnerstag in Moskau.", day=""))
    assert (event.place, event.counted_from, event.tolls) == ("Moscow", "am Donnerstag", ())
    assert events(article("a", "Lawrow will am Donnerstag in Moskau sprechen.", day="")) == ()
    assert events(article("a", "Lawrow sprach im vergangenen Jahr in Moskau.", day="")) == ()


@pytest.mark.parametrize(
    ("german", "expected"),
    [
        ("In Gao starben mindestens 24 Soldaten.", [(Toll.KILLED, "at least", "24")]),
        ("In Gao starb ein Soldat.", [(Toll.KILLED, "", "1")]),
        ("In Gao starb ein Minister an einem Montag, der Einsatz endete.", []),
        ("In Gao gab es rund 42 Tote und 15 Verletzte.", [(Toll.KILLED, "about", "42"), (Toll.WOUNDED, "", "15")]),
        ("In Gao stieg die Zahl der Toten am Abend auf 42.", [(Toll.KILLED, "", "42")]),
        ("In Gao wurden 17 Extremisten getötet und 70 Motorräder vernichtet.",
         [(Toll.KILLED, "", "17"), (Toll.DESTROYED, "", "70")]),
        ("In Gao fielen zwei Dutzend Soldaten, viele wurden verletzt.", [(Toll.KILLED, "", "24")]),
        ("In Gao starben 24 Prozent der Soldaten.", []),
        ("In Gao wurden nach 24 Stunden die Toten begraben.", []),
        ("In Gao wurden 12 Dörfer von den Toten erlöst.", []),
    ],
)  # fmt: skip
def test_what_a_sentence_counts(german: str, expected: list[tuple[Toll, str, str]]) -> None:
    found = [(c.toll, c.qualifier, c.value) for e in events(article("a", german)) for c in e.best.counts]
    assert found == expected


@pytest.mark.parametrize(
    ("before", "german", "place", "inferred"),
    [
        ("Nichts.", "Am Montag sprach der Minister in Bamako über Paris.", "Bamako", False),
        ("Nichts.", "Am Montag reiste Malis Minister nach Moskau.", "Moscow", False),
        ("In Ménaka ist Krieg.", "Am Montag starb dort ein Soldat aus Frankreich.", "Ménaka", True),
        ("In Mali ist Krieg.", "Am Montag traten sie aus, was Paris erzürnte.", "Mali", True),
        ("Nichts.", "Am Montag starben im ganzen Sahel 24 Soldaten.", "Sahel", False),
        ("Nichts.", "Am Montag starben 24 Soldaten.", "", False),
    ],
)
def test_where_it_was(before: str, german: str, place: str, inferred: bool) -> None:
    (event,) = events(article("a", f"{before} ", german))
    assert (event.place, event.place_inferred) == (place, inferred)


@pytest.mark.parametrize(
    "german",
    [
        "In Ménaka sind am Montag nach Angaben der Armee 31 Soldaten getötet worden.",
        "31 malische Soldaten kamen am 10. November bei Ménaka ums Leben.",
        "Mindestens 20 Soldaten sind am Montag in Ménaka getötet worden.",
        "In Ménaka sind am Montag rund 31 Zivilisten getötet worden.",
    ],
)
def test_reports_of_one_day_in_one_town_are_one_event(german: str) -> None:
    (event,) = events(article("a", MONDAY), article("b", german, day="2025-11-13"))
    assert (event.date, event.place, event.article_ids) == ("2025-11-10", "Ménaka", ("a", "b"))
    assert len(killed(event)) == 2


@pytest.mark.parametrize(
    "german",
    [
        "In Ménaka sind am Sonntag 31 Soldaten getötet worden.",
        "In Gao sind am Montag 31 Soldaten getötet worden.",
        "In Ménaka wurden im Juli 2019 bei Kämpfen 31 Soldaten getötet.",
        "Seit Montag sind in Ménaka insgesamt 310 Soldaten getötet worden.",
        "In Ménaka sprach am Montag der Minister.",
    ],
)
def test_reports_of_other_days_places_or_things_are_not(german: str) -> None:
    assert all(len(event.article_ids) == 1 for event in events(article("a", MONDAY), article("b", german)))


def test_in_a_country_a_day_is_not_enough() -> None:
    one = article("a", "In Mali starben am Montag 24 Soldaten.")
    other = article("b", "In Mali starben am Montag sieben Bauern auf dem Feld.")
    same = article("c", "Am Montag sind in Mali mindestens 24 Soldaten gefallen.")
    assert [event.article_ids for event in events(one, other, same)] == [("a", "c"), ("b",)]


def test_a_report_without_a_date_joins_one_with_much_the_same_words() -> None:
    words = "Angriff bewaffneter Männer auf Marktplatz Händler erschossen"
    dated = article("a", f"Am Montag starben in Ménaka beim {words} 24 Händler.")
    same = article("b", f"In Ménaka starben beim {words} 31 Händler.", day="2025-11-13")
    later = article("c", f"In Ménaka starben beim {words} 31 Händler.", day="2026-03-13")
    assert [event.article_ids for event in events(dated, same)] == [("a", "b")]
    assert [event.article_ids for event in events(dated, later)] == [("a",), ("c",)]


def test_what_an_article_tells_twice_is_one_event() -> None:
    first = "Am Montag starben bei einem Anschlag in Mali mindestens 24 Soldaten."
    (event,) = events(article("a", first, "Dabei fielen zwei Dutzend Soldaten des Zuges."))
    assert [report.sentence for report in event.reports] == [1, 2]


def test_undated_reports_never_bring_two_days_together() -> None:
    words = "Angriff bewaffneter Männer auf Marktplatz Händler erschossen"
    monday = article("a", f"Am Montag starben in Ménaka beim {words} 24 Händler.")
    unknown = article("b", f"In Ménaka starben beim {words} 24 Händler.")
    sunday = article("c", f"Am Sonntag starben in Ménaka beim {words} 24 Händler.")
    days = [{report.article_id for report in event.reports} for event in events(monday, unknown, sunday)]
    assert len(days) == 2
    assert not any({"a", "c"} <= ids for ids in days)


def test_a_sum_over_a_time_is_no_event_of_its_own() -> None:
    (event,) = events(article("a", "Seit Anfang Oktober starben in Mali mehr als hundert Soldaten."))
    assert event.total
    assert killed(event) == [("more than", "100")]


def test_a_reprinted_sentence_is_one_event_with_both_articles() -> None:
    (event,) = events(article("a", MONDAY), article("b", MONDAY))
    assert (event.date, event.counted_from) == ("2025-11-10", "am Montag")
    assert event.article_ids == ("a", "b")


def test_who_says_so_is_told_by_the_sentence_and_its_article() -> None:
    english = "According to government sources, at least 24 soldiers died near Ménaka on Monday."
    german = MONDAY.replace("24", "mindestens 24")
    (event,) = events(article("a", german, outlet="dpa", english=english))
    assert (event.best.claimed_by, event.best.outlet) == ("government sources", "dpa")
    (count,) = event.best.counts
    assert (count.qualifier, count.value, count.what) == ("at least", "24", "soldiers")


def test_what_is_joined_does_not_depend_on_the_order_of_the_articles() -> None:
    digests = [
        article("a", MONDAY),
        article("b", "31 malische Soldaten kamen am 10. November bei Ménaka ums Leben."),
        article("c", "In Mali starben am Montag 24 Soldaten."),
        article("d", "In Gao starben am Montag 24 Soldaten."),
    ]
    forwards = {frozenset(event.article_ids) for event in events(*digests)}
    assert forwards == {frozenset(event.article_ids) for event in events(*reversed(digests))}


@pytest.mark.parametrize(
    "unit",
    [
        "Am Montag starben 24 Soldaten bei Ménaka, ",
        "„Am Montag ",
        "im Juli 1 Soldat ",
        "Oumar Dembélé und ",
        "3. April 2025 und 4. Mai, Anfang 2024, ",
        "Zahl der Toten 24 ",
        "according to ",
    ],
)
def test_endless_sentences_are_read_in_one_go(unit: str) -> None:
    """Each would take minutes if one thing were searched anew for each of the others."""
    found = events(*(article(name, unit * 1000, english=unit * 1000) for name in ("a", "b")))
    assert len(found) <= 12


def test_a_large_group_of_reports_is_one_event() -> None:
    digests = [
        article(f"a{number:03}", f"Bei Ménaka starben am Montag {number} Soldaten der Armee.")
        for number in range(20, 220)
    ]
    (event,) = events(*digests)
    assert len(event.reports) == 200


def test_a_language_without_a_pack_tells_of_no_events() -> None:
    french = article("a", MONDAY)
    other = replace(french.article, language="fr")
    assert events(replace(french, article=other, facts=key_facts(other, french.translations))) == ()
