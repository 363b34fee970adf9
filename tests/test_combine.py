"""Many articles to one digest."""

from __future__ import annotations

from dataclasses import replace

from sahelsum.combine import combine
from sahelsum.facts import key_facts
from sahelsum.folder_records import CombinedDigest, Mention
from sahelsum.records import (
    ArticleDate,
    DatePrecision,
    Digest,
    Failure,
    Finding,
    Overview,
    OverviewSentence,
    Severity,
    SummaryMethod,
)
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


def test_events_are_dated_and_publications_stand_apart() -> None:
    combined = folder()
    assert [(event.date, event.mentions) for event in combined.events] == [
        ("2018-02", (Mention("000_convoy", (4,)),)),
        ("2025-04-03", (Mention("001_moscow", (1,)),)),
        ("2025-11-01", (Mention("000_convoy", (5,)),)),
    ]
    assert [(entry.date, entry.article_id) for entry in combined.publications] == [
        ("2025-04", "001_moscow"),
        ("2025-11-16", "000_convoy"),
    ]


def test_a_day_without_a_year_needs_a_publication_day_shortly_after() -> None:
    digest = moscow()
    sentence = replace(digest.translations[0].sentence, text="Am 1. Dezember war Ruhe.")
    quiet = replace(digest, translations=(replace(digest.translations[0], sentence=sentence),))
    for value, expected in (("2025-01-15", ["2024-12-01"]), ("2025-11-16", []), ("2025-12-01", ["2025-12-01"])):
        article = replace(quiet.article, date=ArticleDate(value, DatePrecision.DAY, "text"))
        assert [event.date for event in folder(replace(quiet, article=article)).events] == expected


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
    overview = Overview((OverviewSentence("x", ("000_convoy",)),), SummaryMethod.EXTRACTIVE)
    failure = Failure("bad.txt", "empty")
    combined = combine([convoy(), moscow(), undated()], [failure], overview)
    assert [model.alias for model in combined.models] == ["nllb-200-600m", "extractive", "sahelsum-de-en"]
    assert combined.failures == (failure,)
    assert combined.overview is overview


def test_no_article_at_all() -> None:
    assert combine([], [Failure("bad.txt", "empty")], None).events == ()
