"""The report of a run: counts on the way, entries on disk, JSON piece by piece."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.errors import InputError
from sahelsum.records import ArticleEntry, ArticleState, Finding, Receipt, Severity
from sahelsum.records.jsonstream import Rows, json_pieces
from sahelsum.runs import report as report_module
from sahelsum.runs.report import Entries, Tally

FINDINGS = (Finding("NUM-LOST", Severity.WARNING, "A number is missing.", 3, source_value="24"),)


def entry(number: int, **changes: Any) -> ArticleEntry:
    values = {"id": f"a{number}", "source": f"{number}.txt", "state": ArticleState.DONE, "findings": FINDINGS}
    return ArticleEntry(**{**values, "receipt": Receipt(2, 2, 0, 0, 1, 9, 9, terms_found=number), **changes})


def test_entries_come_back_whole_and_in_order_any_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_module, "IN_MEMORY_BYTES", 100)
    given_entries = [entry(number, message="ü\u2028") for number in range(20)]
    entries = Entries(lambda _: ())
    for item in given_entries:
        entries.append(item)
    assert list(entries) == given_entries
    assert list(entries) == given_entries
    assert (len(entries), list(entries)[7], list(entries)[-1]) == (20, given_entries[7], given_entries[-1])
    assert list(entries.brief())[3] == ("a3", "3.txt")


def test_findings_of_untouched_articles_are_read_only_when_asked_for() -> None:
    asked: list[str] = []

    def findings(name: str) -> tuple[Finding, ...]:
        asked.append(name)
        return FINDINGS

    entries = Entries(findings)
    entries.append(entry(1, findings=()), "data/a1.json")
    assert (len(entries), next(entries.brief())[0], asked) == (1, "a1", [])
    assert next(iter(entries)).findings == FINDINGS
    assert asked == ["data/a1.json"]


def test_data_that_vanish_are_an_error_not_an_empty_list() -> None:
    def vanished(name: str) -> tuple[Finding, ...]:
        raise InputError(f"{name} has vanished.")

    entries = Entries(vanished)
    entries.append(entry(1), "data/a1.json")
    with pytest.raises(InputError, match="a1"):
        list(entries)


def test_the_tally_counts_what_the_closing_line_and_the_exit_code_need() -> None:
    tally = Tally()
    for item in (entry(1, review="check"), entry(2, failed=1), entry(3, state=ArticleState.FAILED, receipt=None)):
        tally.add(item)
    assert tally.states == {ArticleState.DONE: 2, ArticleState.FAILED: 1}
    assert (tally.to_review, tally.incomplete, tally.terms_found) == (1, 1, 3)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON))
def test_json_in_pieces_is_what_the_library_writes_at_once(fields: dict[str, Any]) -> None:
    assert "".join(json_pieces(fields)) == json.dumps(fields, ensure_ascii=False, indent=2)


@given(st.lists(JSON))
def test_each_row_of_a_list_in_pieces_has_a_line(rows: list[Any]) -> None:
    text = "".join(json_pieces({"rows": Rows(lambda: rows), "end": 1}))
    assert json.loads(text) == {"rows": rows, "end": 1}
    lines = text.split("\n")
    assert [json.loads(line.rstrip(",")) for line in lines[2 : 2 + len(rows)]] == rows
    assert len(lines) == (len(rows) + 5 if rows else 4)


def test_entries_in_pieces_are_their_records() -> None:
    entries = Entries(lambda _: ())
    entries.append(entry(1))
    text = "".join(json_pieces({"entries": Rows(lambda: entries)}))
    assert json.loads(text) == {"entries": [json.loads(json.dumps(asdict(entry(1))))]}
