"""A tiny random model as one that writes sentences for groups: its words are nonsense, so nothing of it may be used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sahelsum.app.models import Models
from sahelsum.app.settings import Settings
from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import LocatedModel
from sahelsum.records import SummaryMethod
from sahelsum.runs.job import Model, summary_setup
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.headline import headlines
from sahelsum.summarization.setup import GroupMarks, Prose
from tests.fakes import RecordingObserver

ARTICLE = {1: "Armed men attacked a fuel convoy near Bamako on Monday.", 2: "The army said that 24 soldiers had died."}
MARKS = {"sentence": "=", "headline": "#"}


def opened(located: LocatedModel, monkeypatch: pytest.MonkeyPatch, **changes: object) -> Model:
    card = located.card.model_copy(update={"unit": "group", "self_test": None, **changes})
    monkeypatch.setattr(Catalog, "resolve_summarizer", lambda _self, _name: card)
    monkeypatch.setattr(Catalog, "locate", lambda _self, _card, **_: replace(located, card=card))
    model = Models(Settings.model_validate({"self_test": False}), Catalog.load(), None).summarizer()
    assert model is not None
    return model


def test_the_card_says_how_the_model_is_told_what_to_write(
    tiny_summarizer: LocatedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = opened(tiny_summarizer, monkeypatch, marks=MARKS)
    assert model.marks == GroupMarks("=", "#")
    assert not model.by_sentence
    others = opened(tiny_summarizer, monkeypatch, marks={"sentence": "="})
    assert others.marks == GroupMarks("=", "")
    assert others.info.signature != model.info.signature


@pytest.mark.slow
def test_what_a_random_model_writes_is_refused(tiny_summarizer: LocatedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    model = opened(tiny_summarizer, monkeypatch, marks=MARKS)
    setup = summary_setup(model, 2)
    (summary,) = summarize([Prose(ARTICLE)], setup, RecordingObserver())
    (headline,) = headlines([Prose(ARTICLE)], setup)
    model.engine.close()
    assert summary.method is SummaryMethod.EXTRACTIVE
    assert summary.refused
    assert headline.text == ""
