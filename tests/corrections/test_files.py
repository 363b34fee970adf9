from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.corrections import read_corrections
from sahelsum.corrections.files import MAX_CHARS
from sahelsum.errors import InputError
from sahelsum.records.corrections import Correction

ENTRY = {"article": "a", "sentence": 3, "language": "de", "source": "Der Satz.", "before": "x", "text": "The sentence."}


def saved(path: Path, *entries: object, format_: str = "sahelsum-corrections-1") -> Path:
    path.write_text(json.dumps({"format": format_, "corrections": entries}), encoding="utf-8")
    return path


def test_what_the_reading_room_saves_is_read(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.json", ENTRY, {**ENTRY, "source": "Zwei.", "text": " Two\n  things. "})
    assert read_corrections(file) == [
        Correction("de", "Der Satz.", "The sentence."),
        Correction("de", "Zwei.", "Two things."),
    ]


def test_the_last_correction_of_a_sentence_counts(tmp_path: Path) -> None:
    file = saved(tmp_path / "c.json", ENTRY, {**ENTRY, "source": "Der  Satz.", "text": "This sentence."})
    assert [each.text for each in read_corrections(file)] == ["This sentence."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"text": "   "},
        {"text": None},
        {"language": "../.."},
        {"language": 7},
        {"text": "x" * (MAX_CHARS + 1)},
        {"source": ["a"]},
    ],
)
def test_an_entry_that_cannot_be_used_is_named_by_its_number(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match="correction 2 needs language"):
        read_corrections(saved(tmp_path / "c.json", ENTRY, {**ENTRY, **wrong}))


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"corrections": 1}', "[" * 100_000, '{"format": "other", "corrections": []}']
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Path, content: str) -> None:
    file = tmp_path / "c.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.json is not"):
        read_corrections(file)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="is not a file"):
            read_corrections(path)
