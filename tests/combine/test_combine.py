"""Many articles to one digest."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sahelsum.combine import combine, duplicates
from sahelsum.combine.facts import key_facts
from sahelsum.language.de.named_dates import named_dates
from sahelsum.records import (
    ArticleDate,
    DatePrecision,
    Digest,
    Failure,
    Finding,
    Overview,
    OverviewSentence,
    Severity,
    Summary,
    SummaryMethod,
    SummarySentence,
    Support,
)
from sahelsum.records.folder import CombinedDigest
from sahelsum.summarization.overview import overview
from sahelsum.summarization.setup import Prose
from tests.samples import convoy, make_digest


def with_facts(digest: Digest) -> Digest:
    return replace(digest, facts=key_facts(digest.article, digest.translations))


def moscow() -> Digest:
    pairs = [
        [
            (
                "Die Außenminister Sergej Lawrow und Abdoulaye Diop trafen sich am 3.4.2025 in Moskau.",
                "Foreign ministers Sergej Lawrow and Abdoulaye Diop met in Moscow on 3 April 2025.",
            )
        ],
        [("JNIM griff Bamako an. Das Abkommen gilt.", "JNIM attacked Bamako. The agreement holds.")],
    ]
    date = ArticleDate("2025-04", DatePrecision.MONTH, "text")
    return with_facts(make_digest(pairs, article_id="001_moscow", title="Lavrov meets Diop", date=date))


def undated() -> Digest:
    pairs = [[("Am 1. Mai meldete der Tschad 10.000 Flüchtlinge.", "On 1 May, Chad reported 10,000 refugees.")]]
    return with_facts(make_digest(pairs, article_id="002_chad", title="Refugees in Chad"))


def folder(*digests: Digest) -> CombinedDigest:
    return combine(digests or (with_facts(convoy()), moscow(), undated()), (), None)


def test_publications_are_in_the_order_of_their_dates() -> None:
    assert [(entry.date, entry.article_id) for entry in folder().publications] == [
        ("2025-04", "001_moscow"),
        ("2025-11-16", "000_convoy"),
    ]


def test_places_count_for_their_country_and_most_named_come_first() -> None:
    countries = [(entry.name, [mention.article_id for mention in entry.mentions]) for entry in folder().countries]
    assert countries == [
        ("Mali", ["000_convoy", "001_moscow"]),
        ("Chad", ["002_chad"]),
        ("Russia", ["001_moscow"]),
    ]


def test_a_theme_needs_more_than_one_word() -> None:
    themes = {entry.name: [mention.article_id for mention in entry.mentions] for entry in folder().themes}
    assert themes == {
        "Attacks and fighting": ["000_convoy"],
        "Diplomacy and alliances": ["001_moscow"],
    }


def test_what_is_about_a_country_and_a_theme_is_crossed() -> None:
    crossings = {(item.country, item.theme): item.article_ids for item in folder().crossings}
    assert crossings == {
        ("Mali", "Attacks and fighting"): ("000_convoy",),
        ("Mali", "Diplomacy and alliances"): ("001_moscow",),
        ("Russia", "Diplomacy and alliances"): ("001_moscow",),
    }


def test_actors_have_the_company_of_their_paragraphs() -> None:
    actors = {entry.name: (entry.beside, entry.where) for entry in folder().actors}
    assert actors["Sergei Lavrov"] == ((("Abdoulaye Diop", 1),), (("Moscow", 1), ("Russia", 1)))
    assert actors["JNIM"] == ((), (("Bamako", 2), ("Mali", 2)))
    (bamako, _) = folder().places
    assert (bamako.name, bamako.country, bamako.beside) == ("Bamako", "Mali", (("JNIM", 2),))


def test_papers_and_agencies_stand_apart_from_actors() -> None:
    told = person("a", ("JNIM griff an, meldete Reuters.", "JNIM attacked, Reuters reported."))
    combined = combine([told], (), None)
    assert [entry.name for entry in combined.media] == ["Reuters"]
    assert [entry.name for entry in combined.actors] == ["JNIM"]


def test_actors_are_groups_organisations_and_names() -> None:
    actors = [(entry.name, entry.kind, len(entry.mentions)) for entry in folder().actors]
    assert actors == [
        ("JNIM", "armed group", 2),
        ("Abdoulaye Diop", "person", 1),
        ("Sergei Lavrov", "person", 1),
    ]


def test_review_lists_the_worst_first_and_no_information() -> None:
    info = Finding("SUM-EXTRACTIVE", Severity.INFO, "x")
    warning = Finding("NUM-LOST", Severity.WARNING, "y", 1)
    combined = folder(
        replace(undated(), findings=(info,)),
        replace(moscow(), findings=(info, warning)),
        convoy(),
    )
    assert [(item.article_id, item.errors, item.warnings) for item in combined.review] == [
        ("000_convoy", 1, 2),
        ("001_moscow", 0, 1),
    ]
    assert combined.review[0].findings[0].severity is Severity.ERROR
    assert combined.review[1].findings == (warning,)


def test_reprints_are_paired_with_the_first() -> None:
    long = [[(" ".join(f"Wort{number}" for number in range(60)), "x")]]
    first, copy = make_digest(long, article_id="a"), make_digest([*long, *long], article_id="b")
    other = make_digest([[("Ganz anderer Text über ein anderes Thema in einem anderen Land.", "x")]], article_id="c")
    third = make_digest(long, article_id="d")
    found = [(item.kept_id, item.copy_id, item.share) for item in folder(first, copy, other, third).duplicates]
    assert found == [("a", "b", 1.0), ("a", "d", 1.0)]


def test_models_failures_and_overview_are_carried() -> None:
    found = Overview((OverviewSentence("x", ("000_convoy",)),), SummaryMethod.EXTRACTIVE)
    failure = Failure("bad.txt", "empty")
    combined = combine([convoy(), moscow(), undated()], [failure], found)
    assert [model.alias for model in combined.models] == ["nllb-200-600m", "extractive", "sahelsum-de-en"]
    assert combined.failures == (failure,)
    assert combined.overview is found


def test_no_article_at_all() -> None:
    assert combine([], [Failure("bad.txt", "empty")], None).events == ()


def person(article_id: str, *pairs: tuple[str, str]) -> Digest:
    return with_facts(make_digest([[pair] for pair in pairs], article_id=article_id))


def actor_entries(*digests: Digest) -> dict[str, tuple[tuple[str, ...], list[str]]]:
    return {
        entry.name: (entry.aliases, [m.article_id for m in entry.mentions])
        for entry in combine(digests, (), None).actors
    }


def test_the_names_of_one_group_or_person_are_brought_together() -> None:
    assert actor_entries(
        person("a", ("Der GSIM griff an.", "JNIM attacked."), ("Lawrow kam.", "Lavrov came.")),
        person("b", ("Die JNIM siegte.", "JNIM won."), ("Sergej Lawrow ging.", "Sergey Lavrov left.")),
    ) == {"JNIM": (("GSIM",), ["a", "b"]), "Sergei Lavrov": (("Lawrow", "Sergej Lawrow"), ["a", "b"])}


def test_a_surname_alone_counts_for_the_only_bearer_in_the_folder() -> None:
    full = person("a", ("Der Analyst Oumar Dembélé warnt.", "The analyst Oumar Dembele warns."))
    alone = person("b", ("Laut Dembélé droht Hunger.", "According to Dembele, hunger looms."))
    assert actor_entries(full, alone) == {"Oumar Dembele": ((), ["a", "b"])}
    other = person("c", ("Die Ärztin Awa Dembélé widerspricht.", "The doctor Awa Dembélé disagrees."))
    assert actor_entries(full, alone, other) == {"Awa Dembélé": ((), ["c"]), "Oumar Dembele": ((), ["a"])}


def test_middle_names_and_accents_make_no_other_person() -> None:
    short = person("a", ("Moussa Cissé sprach.", "Moussa Cisse spoke."))
    long = person("b", ("Moussa Baba Cissé sprach.", "Moussa Baba Cissé spoke."))
    assert actor_entries(short, long) == {"Moussa Baba Cissé": (("Moussa Cisse",), ["a", "b"])}


def test_a_surname_that_is_a_german_word_is_no_mention() -> None:
    full = person("a", ("Der Sprecher Karl Fischer warnt.", "The spokesman Karl Fischer warns."))
    fishermen = person("b", ("Die Fischer hungern.", "The fishermen are starving."))
    assert actor_entries(full, fishermen) == {"Karl Fischer": ((), ["a"])}


@pytest.mark.parametrize(
    ("german", "expected"),
    [
        ("Am Donnerstag kam er an.", [("2025-11-13", "Am Donnerstag")]),
        ("Er kam am Sonntagabend an.", [("2025-11-16", "am Sonntagabend")]),
        ("In der Nacht zum Freitag griffen sie an.", [("2025-11-14", "In der Nacht zum Freitag")]),
        ("Sie wollen am Donnerstag verhandeln.", []),
        ("Am kommenden Donnerstag tagt der Rat.", []),
        ("Er sagte: „Am Donnerstag kam er.“", []),
        ("Am Donnerstag, 3. April 2025, kam er.", [("2025-04-03", "")]),
        ("Gestern fiel die Stadt.", [("2025-11-15", "Gestern")]),
        ("Im Juli kam er nach Bamako.", [("2025-07", "Im Juli")]),
        ("Seit Ende Oktober ist Ruhe.", [("2025-10", "Seit Ende Oktober")]),
        ("Im Dezember kam er nach Bamako.", []),
        ("Im Dezember vergangenen Jahres kam er.", [("2024-12", "Dezember vergangenen Jahres")]),
        ("Im Februar 2018 kam er.", [("2018-02", "")]),
        ("Im vergangenen Monat kam er.", [("2025-10", "Im vergangenen Monat")]),
        ("Anfang 2024 traten sie aus.", [("2024", "")]),
        ("Die 2000 Soldaten blieben.", []),
        ("Am 31. Juni war nichts.", []),
    ],
)
def test_dates_that_german_news_names(german: str, expected: list[tuple[str, str]]) -> None:
    published = ArticleDate("2025-11-16", DatePrecision.DAY, "text")
    assert [(date.value, date.counted_from) for date in named_dates(german, published)] == expected
    unclear = [(value, words) for value, words in expected if not words]
    assert [(date.value, date.counted_from) for date in named_dates(german, None)] == unclear


def test_a_month_before_the_turn_of_the_year() -> None:
    january = ArticleDate("2026-01", DatePrecision.MONTH, "text")
    assert [date.value for date in named_dates("Im November fiel Kidal, im Mai Gao.", january)] == ["2025-11"]
    assert [date.value for date in named_dates("Im vergangenen Monat fiel Kidal.", january)] == ["2025-12"]


def test_a_date_that_is_none_counts_nothing() -> None:
    broken = ArticleDate("gestern", DatePrecision.DAY, "text")
    assert named_dates("Am Donnerstag und im Juli.", broken) == []


def extractive(_: Prose) -> Summary:
    return Summary((), SummaryMethod.EXTRACTIVE, "no model")


def summed_up(article_id: str, *texts: str) -> Digest:
    sentences = tuple(SummarySentence(text, (1,), Support.STRONG) for text in texts)
    digest = make_digest([[("x", "x")]], article_id=article_id)
    return replace(digest, summary=Summary(sentences, SummaryMethod.EXTRACTIVE))


def test_the_overview_tells_a_reprint_once_and_cites_both() -> None:
    convoys = "A fuel convoy reached the capital Bamako on Monday after weeks of waiting."
    schools = "The schools in the north of the country opened again after the rains had ended."
    made = overview([summed_up("a", convoys), summed_up("b", convoys), summed_up("c", schools)], extractive)
    assert made is not None
    assert [(item.text, item.article_ids) for item in made.sentences] == [(convoys, ("a", "b")), (schools, ("c",))]
    assert made.note == "no model"


def test_the_overview_of_many_articles_is_short_and_of_one_there_is_none() -> None:
    many = [
        summed_up(f"a{number}", f"In town {number} the river {number} rose over its banks.") for number in range(50)
    ]
    made = overview(many, extractive)
    assert made is not None
    assert 3 <= len(made.sentences) <= 6
    assert all(item.article_ids for item in made.sentences)
    assert overview(many[:1], extractive) is None


def test_a_written_overview_cites_the_articles_of_its_evidence() -> None:
    digests = [summed_up("a", "One."), summed_up("b", "Two."), summed_up("c", "One.")]

    def written(prose: Prose) -> Summary:
        assert prose == Prose({1: "One.", 2: "Two."}, owners={1: "a", 2: "b"})
        return Summary((SummarySentence("Both.", (2, 1), Support.PARTIAL, written=True),), SummaryMethod.ABSTRACTIVE)

    made = overview(digests, written)
    assert made is not None
    assert made.sentences == (OverviewSentence("Both.", ("b", "a", "c"), written=True),)


def words_of(seed: int, number: int) -> list[str]:
    dice = random.Random(seed)
    return ["".join(dice.choices("abcdefghij", k=6)) for _ in range(number)]


def text_of(article_id: str, words: Sequence[str]) -> Digest:
    return make_digest([[(" ".join(words) + ".", "English.")]], article_id=article_id)


def copies(*digests: Digest) -> list[tuple[str, str]]:
    return [(item.kept_id, item.copy_id) for item in folder(*digests).duplicates]


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(120, 600), st.integers(40, 600))
def test_a_long_reprint_is_found_by_its_sketch_and_a_stranger_never(seed: int, kept: int, own: int) -> None:
    original, others = words_of(seed, 600), words_of(seed + 20_000, 600)
    reprint = original[:kept] + words_of(seed + 40_000, kept // 3)
    found = copies(text_of("a", original), text_of("b", others[:own]), text_of("c", reprint))
    assert ("a", "c") in found
    assert ("a", "b") not in found


def test_of_a_long_article_only_a_fraction_is_kept_and_short_ones_whole() -> None:
    runs = duplicates._runs(text_of("a", words_of(1, 4_000)))
    assert 0.5 < len(duplicates._sketch(runs)) * duplicates.KEPT_FRACTION / len(runs) < 1.5
    short = duplicates._runs(text_of("b", words_of(1, duplicates.KEPT_WHOLE)))
    assert duplicates._sketch(short) == short


def test_what_a_run_of_words_is_known_by_is_the_same_in_every_process() -> None:
    assert duplicates._runs(text_of("a", ["eins", "zwei", "drei", "vier"])) == {2190985433196164072}
