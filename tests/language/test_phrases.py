"""Phrases and events: what a text needs before it is searched is in everything that the search would find."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sahelsum.combine.reports import _tolls
from sahelsum.language.de.attribution import CLAIMS
from sahelsum.language.de.figures import FIGURES
from sahelsum.language.de.timewords import PHRASES
from sahelsum.language.de.units import ADDED, LOST
from sahelsum.language.phrases import Phrase, Phrases, lost_phrases, phrase

ALL = (*PHRASES.entries, *LOST.entries, *ADDED.entries, *CLAIMS.entries)
LETTERS = st.sampled_from(f"{string.ascii_letters}{string.digits}äöüÄÖÜß €%$°.,»„-")


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.needs[0])
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_found_has_what_is_needed(entry: Phrase, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(entry.said, alphabet=LETTERS))
    assert any(needed in text.lower() for needed in entry.needs)


@given(data=st.data())
def test_what_tells_of_an_event_has_one_of_the_parts(data: st.DataObject) -> None:
    text = data.draw(st.from_regex(FIGURES.event, alphabet=LETTERS))
    assert list(_tolls(text, FIGURES))


def test_a_text_without_what_is_needed_is_not_searched() -> None:
    entry = phrase("Haus", "house", "haus")
    assert list(lost_phrases(Phrases(entry), "das Haus", "the tent")) == ["Haus"]
    assert list(lost_phrases(Phrases(phrase("Haus", "house", "boot")), "das Haus", "the tent")) == []
