"""JSON sidecars: the whole record comes back, and damage is told in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sahelsum.errors import InputError
from sahelsum.output.sidecar import digest_from_json, digest_json
from tests.samples import convoy, hostile

PRINTABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def test_the_record_survives() -> None:
    assert digest_from_json(digest_json(convoy())) == convoy()


@settings(max_examples=40, deadline=None)
@given(PRINTABLE)
def test_the_record_survives_whatever_the_text(text: str) -> None:
    assert digest_from_json(digest_json(hostile(text))) == hostile(text)


def test_it_reads_well_and_ends_with_a_new_line() -> None:
    text = digest_json(convoy())
    assert text.endswith("}\n")
    content = json.loads(text)
    assert list(content)[:4] == ["format", "review", "article", "title"]
    assert content["review"] == "check"
    assert "Gezielte Anschläge" in text


def test_lone_surrogates_can_be_written() -> None:
    digest_json(hostile("\ud800")).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged"),
        ("[]", "format"),
        ("{}", "format"),
        ('{"format": "sahelsum-digest-0"}', "format"),
        ('{"format": "sahelsum-digest-1"}', "damaged at 'article'"),
        (digest_json(convoy()).replace('"warning"', '"awful"'), "damaged at 'findings.0.severity'"),
        ("[" * 100_000, "damaged"),
    ],
)
def test_damage_is_told_in_words(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        digest_from_json(text)
    assert "run again" in str(raised.value)
