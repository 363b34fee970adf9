"""Views: every text as it came, references in place of links, and nothing of any markup."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum

import pytest

from sahelsum.combine import combine
from sahelsum.records import (
    BlockKind,
    Digest,
    Failure,
    Overview,
    OverviewSentence,
    Severity,
    SummaryMethod,
    Support,
)
from sahelsum.records.folder import NOTHING, Part
from sahelsum.render.view import SentencePlace, folded, latest
from sahelsum.render.view_article import ArticleView, article_view
from sahelsum.render.view_events import EventView, event_view, most_telling
from sahelsum.render.view_folder import FolderView, folder_view
from sahelsum.render.view_names import note_views
from sahelsum.render.view_rows import Articles
from sahelsum.render.view_shards import shards_view
from tests.combine.test_combine import moscow, undated, with_facts
from tests.samples import HOSTILE, SUMMARIZER, TRANSLATOR, convoy, hostile, make_digest


def texts(value: object) -> Iterator[str]:
    """Every text in a view, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts([*value, *value.values()])
    elif dataclasses.is_dataclass(value):
        yield from texts([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)
    else:
        assert value is None or isinstance(value, (int, float, bool, Enum))


def across(digests: list[Digest]) -> FolderView:
    ids = tuple(digest.article.id for digest in digests)
    sentences = (OverviewSentence("A convoy reached Bamako.", ids[:1]), OverviewSentence("A claim.", ()))
    failure = Failure("empty.txt", "The file is empty.")
    return folder_view(combine(digests, [failure], Overview(sentences, SummaryMethod.EXTRACTIVE, "no model")))


def convoy_view() -> ArticleView:
    return article_view(convoy())


OURS = re.compile(r"[\\`*#<>\[\]|{}&⚠¶„]|\.md\b|%20|://|\bp\d\b|\n")
"""Signs of markup, marks, anchors, targets and lay-out: none of these samples has any of its own."""


@pytest.mark.parametrize("digest", [convoy(), moscow(), undated()], ids=lambda digest: digest.article.id)
def test_the_view_of_an_article_has_no_markup_of_its_own(digest: Digest) -> None:
    plain = replace(digest, article=replace(digest.article, url=None))
    assert [text for text in texts(article_view(plain)) if OURS.search(text)] == []


def test_the_views_across_articles_have_no_markup_of_their_own() -> None:
    plain = replace(convoy(), article=replace(convoy().article, url=None))
    folder = across([with_facts(plain), moscow(), undated()])
    top = shards_view([Part("part-0001", replace(NOTHING, articles=1, countries=(("Mali", 1),)))], [TRANSLATOR])
    assert [text for view in (folder, top) for text in texts(view) if OURS.search(text)] == []


def without_quotation(text: str) -> str:
    """The text without what came from outside; of a hash, only the beginning is shown."""
    return text.replace(HOSTILE, "").replace(HOSTILE[:12], "")


@pytest.mark.parametrize("view", [article_view(hostile()), across([hostile(), moscow()])], ids=["article", "folder"])
def test_a_hostile_article_stands_in_the_view_as_it_came(view: ArticleView | FolderView) -> None:
    """Neither quoted nor turned into markup: that is the printer's work, and it must be done once."""
    found = list(texts(view))
    assert sum(HOSTILE in text for text in found) > 15
    assert [text for text in map(without_quotation, found) if OURS.search(text)] == []


def test_summary_sentences_refer_to_sentences_and_blocks() -> None:
    summary = convoy_view().summary
    assert [sentence.evidence for sentence in summary.sentences] == [
        (SentencePlace(block=1, sentence=1),),
        (SentencePlace(block=3, sentence=4), SentencePlace(block=1, sentence=1)),
        (),
    ]
    assert [sentence.support for sentence in summary.sentences] == [Support.STRONG, Support.PARTIAL, Support.NONE]


def test_evidence_that_the_article_does_not_have_is_left_out() -> None:
    digest = convoy()
    sentence = replace(digest.summary.sentences[0], evidence=(99, 1))
    view = article_view(replace(digest, summary=replace(digest.summary, sentences=(sentence,))))
    assert view.summary.sentences[0].evidence == (SentencePlace(1, 1),)


def test_sentences_stand_in_pairs_with_what_was_found_at_them() -> None:
    first, heading, third, caption, _ = convoy_view().blocks
    assert [(pair.number, pair.original) for pair in first.sentences] == [
        (1, "Die Junta-nahen Medien atmeten auf, als ein Konvoi die malische Hauptstadt Bamako erreichte."),
        (2, "JNIM hat mindestens einhundert Kraftfahrer ermordet."),
    ]
    assert first.original == " ".join(pair.original for pair in first.sentences)
    assert [[finding.code for finding in pair.findings] for pair in first.sentences] == [[], ["NUM-LOST"]]
    assert [pair.flagged for pair in first.sentences] == [False, True]
    assert heading.kind is BlockKind.HEADING
    assert (third.sentences[1].failure, third.sentences[1].english) == ("the model gave an empty translation", "")
    assert caption.photo_credit == "Souleymane AG ANARA/ AFP"


def test_findings_are_worst_first_each_with_its_place() -> None:
    found = convoy_view().findings
    assert [(item.severity, item.code, item.place, item.summary_sentence) for item in found] == [
        (Severity.ERROR, "MT-FAILED", SentencePlace(3, 5), None),
        (Severity.WARNING, "SUM-SUPPORT", None, 3),
        (Severity.WARNING, "NUM-LOST", SentencePlace(1, 2), None),
    ]
    assert (found[2].original, found[2].english) == ("einhundert", "200")
    assert [item.number for item in found] == [1, 2, 3]
    assert found[2].sentence == "JNIM hat mindestens einhundert Kraftfahrer ermordet."
    assert convoy_view().summary.sentences[2].finding == 2


def test_what_is_to_review_stands_with_its_sentence_errors_first() -> None:
    rows = across([with_facts(convoy()), moscow()]).review.shown
    assert [(row.severity, row.article.number, row.finding, row.original, row.english) for row in rows] == [
        (Severity.ERROR, 1, 1, "Tankstellen standen still.", ""),
        (Severity.WARNING, 1, 2, "", "The blockade is over."),
        (
            Severity.WARNING,
            1,
            3,
            "JNIM hat mindestens einhundert Kraftfahrer ermordet.",
            "JNIM has murdered at least 200 drivers.",
        ),
    ]


def test_countries_and_themes_are_one_matrix() -> None:
    matrix = across([with_facts(convoy()), moscow(), undated()]).matrix
    assert matrix.themes == ("Attacks and fighting", "Diplomacy and alliances")
    assert matrix.rows == (("Mali", 2, (1, 1)), ("Chad", 1, (0, 0)), ("Russia", 1, (0, 1)))


def event_rows(*digests: Digest) -> list[EventView]:
    return [event_view(event, Articles(digests)) for event in combine(digests, (), None).events]


def test_numbers_of_an_event_are_told_once_where_nobody_differs() -> None:
    german = "Bei Ménaka starben am 1. November 2025 {} Soldaten."
    pairs = {"a": german.format("15"), "b": german.format("15"), "c": german.format("mindestens 42")}
    digests = [make_digest([[(text, "15 soldiers died.")]], article_id=name) for name, text in pairs.items()]
    (same,) = event_rows(*digests[:2])
    assert [(f.qualifier, f.value, f.what, f.sources) for f in same.killed] == [("", 15, "soldiers", ())]
    (differing,) = event_rows(*digests)
    assert [(f.qualifier, f.value, f.sources) for f in differing.killed] == [
        ("", 15, ("article 1", "article 2")),
        ("at least", 42, ("article 3",)),
    ]
    assert [(item.article.id, item.sentence) for item in differing.reports] == [("a", 1), ("b", 1), ("c", 1)]


def test_of_too_many_events_those_of_several_articles_and_the_latest_are_shown() -> None:
    german = "Am {}. Oktober 2025 starben bei Ménaka {} Soldaten."
    days = [make_digest([[(german.format(day, day + 20), "x")]], article_id=f"a{day}") for day in range(1, 20)]
    again = make_digest([[(german.format(3, 99), "x")]], article_id="again")
    shown = most_telling(combine([*days, again], (), None).events, frozenset(), 3)
    assert [event.date for event in shown] == ["2025-10-03", "2025-10-18", "2025-10-19"]
    shown = most_telling(combine([*days, again], (), None).events, frozenset({"a5"}), 2)
    assert [event.date for event in shown] == ["2025-10-03", "2025-10-05"]


def test_a_name_of_another_form_has_a_note_that_leads_to_the_usual_one() -> None:
    pairs = {
        "a": ("Moussa Cissé sprach.", "Moussa Cisse spoke."),
        "b": ("Moussa Baba Cissé sprach.", "Moussa Baba Cissé spoke."),
    }
    digests = [with_facts(make_digest([[pair]], article_id=name)) for name, pair in pairs.items()]
    notes = {note.name: note for note in note_views(combine(digests, (), None))}
    assert notes["Moussa Cisse"].same_as == "Moussa Baba Cissé"
    assert [item.article.id for item in notes["Moussa Baba Cissé"].mentions.shown] == ["a", "b"]


def test_what_only_informs_flags_nothing() -> None:
    digest = convoy()
    findings = tuple(replace(finding, severity=Severity.INFO) for finding in digest.findings)
    view = article_view(replace(digest, findings=findings))
    assert view.review == ""
    assert not any(pair.flagged for block in view.blocks for pair in block.sentences)
    assert any(pair.findings for block in view.blocks for pair in block.sentences)


def test_a_block_without_translation_has_no_pairs() -> None:
    digest = make_digest([[("Gut.", "Good.")], [("Verloren.", "Lost.")]])
    view = article_view(replace(digest, translations=digest.translations[:1]))
    assert [len(block.sentences) for block in view.blocks] == [1, 0]
    assert view.blocks[1].original == "Verloren."


def test_a_heading_begins_with_a_capital() -> None:
    view = article_view(make_digest([[("Angriffe", " targeted attacks")]], kinds={1: BlockKind.HEADING}))
    assert view.blocks[0].sentences[0].english == "Targeted attacks"


def test_the_view_of_a_folder_refers_to_articles_and_blocks() -> None:
    view = across([with_facts(convoy()), moscow(), undated()])
    (convoy_row, *_) = view.articles.shown
    assert (convoy_row.article.id, convoy_row.article.number) == ("000_convoy", 1)
    assert convoy_row.summary.sentences[0].evidence == (SentencePlace(1, 1),)
    jnim = view.actors.shown[0]
    assert [(item.article.id, item.sentence) for item in jnim.mentions.shown] == [("000_convoy", 1), ("001_moscow", 2)]
    assert [[article.number for article in sentence.articles.shown] for sentence in view.overview.sentences] == [
        [1],
        [],
    ]


def test_how_a_summary_was_made_is_told_by_all_or_by_each() -> None:
    same = across([moscow(), undated()])
    assert same.common_method
    assert [row.summary.method for row in same.articles.shown] == ["", ""]
    each = across([convoy(), moscow()])
    assert each.common_method == ""
    assert [bool(row.summary.method) for row in each.articles.shown] == [False, True]


def test_lists_fold_what_is_over_their_limit_and_never_a_handful() -> None:
    assert folded(range(5), 4).rest == []
    assert (folded(range(6), 4).shown, folded(range(6), 4).rest) == ([0, 1, 2, 3], [4, 5])
    assert (latest(range(6), 4).shown, latest(range(6), 4).rest) == ([2, 3, 4, 5], [0, 1])


def test_models_are_named_first() -> None:
    view = shards_view([], [TRANSLATOR, SUMMARIZER])
    assert [model[0] for model in view.models] == [TRANSLATOR.name, SUMMARIZER.name]


def test_a_sentence_without_end_is_seen_to_be_cut_in_a_table() -> None:
    german = "Am 1. Mai 2025 starben bei Gao 24 Soldaten " + "mehr " * 400
    (row,) = event_rows(make_digest([[(german, german)]]))
    assert row.text.endswith("mehr …")
    assert row.text == row.original
    assert len(row.text) < 610
