"""When an article was published: in fields, in lines of its own, in pages; and no date where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.language.de.datelines import date_line
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.read.dates import parse_date, parse_stamp
from sahelsum.records import Article

PROSE = (
    "Die malische Armee hat am Montag einen Angriff auf einen Konvoi bei Gao gemeldet. Zwölf Soldaten wurden getötet, "
    "teilte der Generalstab mit."
)
DAY = "2025-03-03"
LINES = """Bamako, 3. März 2025
Bamako/Paris, 03.03.2025 (dpa)
Berlin, den 3. März 2025
03.03.2025, 18:04 Uhr
03.03.2025 - 18.04 Uhr
3. März 2025 um 18:04 Uhr
3. Mrz. 2025
3 März 2025
3.3.25
03. 03. 2025 | 18 Uhr
Mo., 03.03.2025
Montag, den 3. März 2025, 18:04 Uhr MEZ
Stand: 03.03.2025 • 18:04 Uhr
Veröffentlicht am 3. März 2025 um 18:04 Uhr
Veröffentlicht: 03.03.2025, aktualisiert: 04.03.2025
Aktualisiert: 04.03.2025, veröffentlicht am 03.03.2025
Aktualisiert am 3. März 2025, 18:04 Uhr
Zuletzt aktualisiert: 3. März 2025
Erschienen am 3. März 2025 in Tagesschau
Von Anna Muster | 3. März 2025
3. März 2025 – Von Anna Muster und Max Meier
Anna Muster, 03.03.2025, 18:04
taz, 3. 3. 2025
2025-03-03T18:04:00+01:00
2025-03-03 18:04""".split("\n")


def read(folder: Path, name: str, text: str) -> Article:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (found,) = read_articles(find_sources([str(path)])[0], ReadOptions(check_language=False))
    assert isinstance(found, Article), found
    return found


def value(article: Article) -> str | None:
    return article.date.value if article.date else None


@pytest.mark.parametrize("line", LINES)
def test_a_date_line_below_the_title_is_the_date(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, "a.txt", f"Angriff bei Gao\n\n{line}\n\n{PROSE}\n\n{PROSE}\n")
    assert (value(found), found.title) == (DAY, "Angriff bei Gao")
    assert [block.text for block in found.blocks] == [PROSE, PROSE]
    assert line in [extract.text for extract in found.extracts]


@pytest.mark.parametrize(
    "line",
    [
        "Händler, die zum 31.12.2024 in Schwierigkeiten waren, erhalten keine Hilfe.",
        "Am 22. März 2012 hatte die Armee geputscht.",
        "© 1998–2026 Beispiel-Zeitung",
        "Wahlen am 3. März 2025",
        "Der Angriff vom 3. März 2025",
        "Wahltermin: 3. März 2025",
        "Geboren am 3. März 1990",
        "Nr. 12.03.2025",
        "31.02.2025",
    ],
)
def test_a_date_in_the_prose_is_none_of_publication(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, "a.txt", f"Angriff bei Gao\n\n{line}\n\n{PROSE}\n")
    assert value(found) is None


def test_a_line_at_the_end_needs_a_word_that_says_so(tmp_path: Path) -> None:
    filling = "\n\n".join([PROSE] * 6)
    assert value(read(tmp_path, "a.txt", f"{filling}\n\nStand: 3. März 2025\n")) == DAY
    assert value(read(tmp_path, "b.txt", f"{filling}\n\nBamako, 3. März 2025\n")) is None


def test_the_author_on_the_line_of_the_date_is_the_credit(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", f"Angriff bei Gao\n\nVon Anna Muster | 3. März 2025\n\n{PROSE}\n\n{PROSE}\n")
    assert (value(found), found.credit) == (DAY, "Von Anna Muster")


def test_a_dateline_with_its_date(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", f"Angriff bei Gao\n\nBamako, 3. März 2025 (dpa) – {PROSE}\n\n{PROSE}\n")
    assert (value(found), found.dateline, found.credit) == (DAY, "Bamako", "dpa")


@pytest.mark.parametrize(
    "text",
    """Mon, 03 Mar 2025 18:04:00 +0100|Mon, 3 Mar 2025 18:04 GMT|03 Mar 2025|March 3, 2025|Mar 3, 2025, 6:04 PM|
    Monday, March 3, 2025|2025/03/03|2025.03.03|20250303|20250303T180400Z|2025-3-3|2025-03-03T18:04:00.000Z|
    2025-03-03T18:04+01:00|Montag, 3. März 2025, 18:04 Uhr|3. März 2025|1741021440|1741021440000""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_dates_of_fields(text: str) -> None:
    date = parse_stamp(text, "metadata")
    assert date is not None
    assert date.value == DAY


@pytest.mark.parametrize(
    "text", ["3/4/2025", "12345", "99999999999999999999", "gestern", "03/2025x", "Xyz 3, 2025", "20251340"]
)
def test_what_is_no_date_or_has_two_readings_is_none(text: str) -> None:
    assert parse_stamp(text, "metadata") is None


def test_a_number_in_prose_is_no_time_stamp() -> None:
    assert parse_date("1741021440", "text") is None


@pytest.mark.parametrize(
    "key", ["date", "pubDate", "published", "published_at", "datePublished", "article:published_time", "Datum"]
)
def test_usual_names_of_the_date(tmp_path: Path, key: str) -> None:
    found = read(tmp_path, "a.jsonl", json.dumps({"text": PROSE, key: "Mon, 03 Mar 2025 18:04:00 +0100"}))
    assert (value(found), found.metadata) == (DAY, ())


def test_epoch_numbers_in_json(tmp_path: Path) -> None:
    assert value(read(tmp_path, "a.jsonl", json.dumps({"text": PROSE, "date": 1741021440}))) == DAY
    assert value(read(tmp_path, "b.jsonl", json.dumps({"text": PROSE, "date": 1741021440000}))) == DAY


def test_what_cannot_be_read_is_said_and_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", json.dumps({"text": PROSE, "date": "3/4/2025"}))
    assert found.metadata == (("date", "3/4/2025"),)
    assert [finding.code for finding in found.findings] == ["READ-DATE"]
    assert "3/4/2025" in found.findings[0].message


def test_the_day_a_page_was_clipped_or_changed_is_not_that_of_publication(tmp_path: Path) -> None:
    found = read(tmp_path, "a.md", f"---\ncreated: 2025-03-05\nmodified: 2025-03-06\n---\n{PROSE}\n")
    assert value(found) is None


def test_notes_of_a_web_clipper(tmp_path: Path) -> None:
    head = '---\ntitle: Mali\nsource: "https://example.org/mali"\npublished: 2025-03-03\ncreated: 2025-03-05\n---\n'
    body = (
        "Die ~~alte~~ Junta in [[Bamako|der Hauptstadt]] sagt[^1] ==nichts==. %% prüfen %%\n\n[^1]: Laut Mitteilung.\n"
    )
    found = read(tmp_path, "a.md", head + body)
    assert (value(found), found.url, found.credit) == (DAY, "https://example.org/mali", None)
    assert [block.text for block in found.blocks] == [
        "Die alte Junta in der Hauptstadt sagt nichts.",
        "Laut Mitteilung.",
    ]
    assert {"[^1]", "%% prüfen %%", "Bamako"} <= {extract.text for extract in found.extracts}


def test_long_lines_are_looked_at_in_no_time_and_are_no_dates() -> None:
    assert date_line("3. März 2025, " * 40) is None
