"""Whole articles in every format and encoding, and every way in which reading can fail."""

from __future__ import annotations

import builtins
import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.language.packs import pack_of
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.read.decode import decode
from sahelsum.read.jsonlines import read_lines
from sahelsum.read.language import other_language
from sahelsum.records import Article, ExtractKind, Failure

SEEDS = Path(__file__).parents[2] / "seeds"
GERMAN = (
    "Die Regierung in Bamako hat am 3. März neue Gespräche über die Lage im Norden angekündigt. "
    "Beobachter sind skeptisch, ob die Rebellen daran teilnehmen werden. "
)
ENGLISH = (
    "The government of Mali said on Monday that it had received new equipment from Russia. "
    "The opposition asked for early elections and an end to the fighting in the north. "
)


def read(path: Path, **options: Any) -> list[Article | Failure]:
    return [result for source in find_sources([str(path)]) for result in read_articles(source, ReadOptions(**options))]


def article(path: Path, **options: Any) -> Article:
    (result,) = read(path, **options)
    assert isinstance(result, Article), result
    return result


def failure(path: Path, **options: Any) -> str:
    (result,) = read(path, **options)
    assert isinstance(result, Failure), result
    return result.message


def save(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("stem", "date", "credit", "dateline", "headings", "captions"),
    [
        ("000_21a7c099a1aad2e0", "2025-11-16", None, None, ["Gezielte Anschläge", "Russlands Präsenz"], 0),
        ("001_21810a1278fde07b", "2025-09-17", "Newsletter Businessinsider", None, [], 0),
        (
            "002_8ca5774a777f5161",
            None,
            None,
            None,
            [
                "Anti-Islamisten-Operation missglückt",
                "An der Grenze kämpfen nur noch Regierungsgegner mit den Islamisten",
            ],
            1,
        ),
        (
            "003_b11584190c4d334a",
            "2026-03-10",
            "africa.businessinsider",
            None,
            ["Strategische Neuausrichtung der US-Sahelpolitik"],
            0,
        ),
        ("004_378a34bc2fd6e492", "2025-04", "AFP/jW", "Moskau", [], 1),
    ],
)
def test_seeds(
    stem: str, date: str | None, credit: str | None, dateline: str | None, headings: list[str], captions: int
) -> None:
    found = article(SEEDS / f"{stem}.txt")
    assert found.id == stem
    assert (found.date.value if found.date else None) == date
    assert (found.credit, found.dateline, found.title) == (credit, dateline, None)
    assert [block.text for block in found.blocks if block.kind == "heading"] == headings
    assert sum(block.kind == "caption" for block in found.blocks) == captions
    assert found.sha256 == hashlib.sha256((SEEDS / f"{stem}.txt").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("codec", "recorded"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("cp850", "cp850"),
        ("mac_roman", "mac-roman"),
    ],
)
def test_encodings_are_found_and_recorded(tmp_path: Path, codec: str, recorded: str) -> None:
    found = article(save(tmp_path, "a.txt", (GERMAN + "Größe, Süden, Straße.").encode(codec)))
    assert found.encoding == recorded
    assert found.blocks[0].text == GERMAN + "Größe, Süden, Straße."


@given(st.binary(max_size=300))
def test_decoding_any_bytes_gives_text_or_an_input_error(data: bytes) -> None:
    from sahelsum.errors import InputError

    try:
        decode(data, pack_of("de")).text.encode("utf-8", "surrogatepass")
    except InputError as error:
        said = str(error)
    else:
        said = "text"
    assert "text" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "white space"),
        ("\ufeff\u200b\u00a0".encode(), "white space"),
        (b"\x00\x01\x02\xff" * 50, "binary"),
        (bytes(range(1, 9)) * 40, "binary"),
        (b"date 2025-11-16", "no text besides"),
        (b"x" * 2000, "--max-article-bytes"),
        (b"x" * 2000, "max_article_bytes"),
        ((ENGLISH * 3).encode(), "English, not German"),
        ((ENGLISH * 3).encode(), "--source-lang en"),
    ],
)
def test_failures_say_what_is_wrong(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in failure(save(tmp_path, "a.txt", content), max_bytes=1500)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = save(tmp_path, "a.txt", GERMAN)
    path.chmod(0)
    assert "no permission" in failure(path)


def test_no_permission_is_a_failure_of_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = save(tmp_path, "a.txt", GERMAN)
    monkeypatch.setattr(os, "open", refuse)
    assert "no permission to read it" in failure(path)


def test_a_pipe_in_a_folder_never_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    assert "not a regular file" in failure(tmp_path)


def test_another_language_can_be_asked_for(tmp_path: Path) -> None:
    path = save(tmp_path, "a.txt", ENGLISH * 3)
    assert article(path, source_language="en").language == "en"
    assert article(path, check_language=False).language == "de"


@pytest.mark.parametrize("text", [GERMAN * 6 + ENGLISH * 3, "Bamako, Mali: Assimi Goïta, JNIM."])
def test_mostly_german_and_very_short_texts_pass(tmp_path: Path, text: str) -> None:
    article(save(tmp_path, "a.txt", text))


MARKDOWN = """---
title: "Mali: Krise"
date: 2025-04
author: Anna Muster
source: taz
url: https://example.org/a?b=1
---
# Überschrift im Text

Ein *wichtiger* [Verweis](https://example.org/x) und `Code` über
die **Lage** im Norden des Landes, die weiter angespannt bleibt.

## Die Folgen

> Ein Zitat über zwei
> Zeilen, das bleibt.

- erster Punkt
- zweiter Punkt

1. November 2025 war der Tag der Wahl.

![Soldaten in Gao](gao.png)
"""


def test_markdown(tmp_path: Path) -> None:
    found = article(save(tmp_path, "a.md", MARKDOWN), check_language=False)
    assert found.title == "Mali: Krise"
    assert found.date is not None
    assert (found.date.value, found.date.precision, found.date.origin) == ("2025-04", "month", "front matter")
    assert (found.credit, found.url) == ("taz", "https://example.org/a?b=1")
    assert found.metadata == (("author", "Anna Muster"),)
    assert [(block.kind.value, block.text) for block in found.blocks] == [
        ("heading", "Überschrift im Text"),
        (
            "paragraph",
            "Ein wichtiger Verweis und Code über die Lage im Norden des Landes, die weiter angespannt bleibt.",
        ),
        ("heading", "Die Folgen"),
        ("paragraph", "Ein Zitat über zwei Zeilen, das bleibt."),
        ("paragraph", "erster Punkt"),
        ("paragraph", "zweiter Punkt"),
        ("paragraph", "1. November 2025 war der Tag der Wahl."),
        ("caption", "Soldaten in Gao"),
    ]
    markup = [extract.text for extract in found.extracts if extract.kind is ExtractKind.MARKUP]
    assert markup == ["https://example.org/x", "gao.png"]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("a: &x [1]\nb: *x", "anchor"),
        ("a: !!python/object/apply:os.system [id]", "tag"),
        ("[" * 5000, "nested"),
        ("a: " + "x" * 70_000, "over"),
    ],
)
def test_hostile_front_matter_is_refused(tmp_path: Path, front: str, said: str) -> None:
    assert said in failure(save(tmp_path, "a.md", f"---\n{front}\n---\n{GERMAN}"))


@pytest.mark.parametrize(
    "front", ["title: A\ntitle: B", 'title: A\n"title ": B', "title: A: x\ntitle: B", "more:\n  - {title: A, title: B}"]
)
def test_front_matter_with_a_key_twice_is_refused(tmp_path: Path, front: str) -> None:
    told = failure(save(tmp_path, "a.md", f"---\n{front}\n---\n{GERMAN}"))
    assert "its front matter's field 'title' is there more than once" in told


@pytest.mark.parametrize(
    ("front", "title", "metadata"),
    [
        ("title: Mali: Krise im Norden\nauthor: Anna", "Mali: Krise im Norden", {"author": "Anna"}),
        ("author: A: B\ntitle: 'Mali: Krise'", "Mali: Krise", {"author": "A: B"}),
        ('title: "Mali": Krise', '"Mali": Krise', {}),
        ("title: [Mali] Krise\ntags:\n  - Mali\n  - 'Gao'", "[Mali] Krise", {"tags": '["Mali", "Gao"]'}),
        ("title: Mali: Krise\nabout: |\n  Eine: Zeile\n  noch eine", "Mali: Krise", {"about": "Eine: Zeile noch eine"}),
        ("title: @Mali\n# a comment: x\nsomething else", "@Mali", {"front matter": "something else"}),
        ("\ttitle: Mali\ntitle: Mali: Krise", "Mali: Krise", {"front matter": "title: Mali"}),
    ],
)
def test_front_matter_that_is_no_yaml_is_read_line_by_line(
    tmp_path: Path, front: str, title: str, metadata: dict[str, str]
) -> None:
    found = article(save(tmp_path, "a.md", f"---\n{front}\ndate: 2025-03-03\n---\n{GERMAN}"))
    assert found.title == title
    assert found.date is not None
    assert found.date.value == "2025-03-03"
    assert dict(found.metadata) == metadata
    assert [block.text for block in found.blocks] == [GERMAN.strip()]
    assert [finding.code for finding in found.findings] == ["READ-FIELDS"]


def test_text_between_two_rules_is_no_front_matter(tmp_path: Path) -> None:
    prose = "Bamako: Die Armee sagt: Es gab Tote.\nDas Dorf wurde zerstört."
    found = article(save(tmp_path, "a.md", f"---\n{prose}\n\n---\n{GERMAN}"))
    assert "Das Dorf wurde zerstört." in " ".join(block.text for block in found.blocks)
    assert not found.findings


def test_front_matter_values_stay_as_written(tmp_path: Path) -> None:
    front = "date: 2025-13-40\nurl: javascript:alert(1)\nlive: no\ntags: [a, b]"
    found = article(save(tmp_path, "a.md", f"---\n{front}\n---\n{GERMAN}"))
    assert (found.date, found.url) == (None, None)
    assert dict(found.metadata) == {
        "date": "2025-13-40",
        "url": "javascript:alert(1)",
        "live": "no",
        "tags": '["a", "b"]',
    }


def test_deep_markdown_is_refused_not_dropped(tmp_path: Path) -> None:
    assert "nested" in failure(save(tmp_path, "a.md", ">" * 300 + GERMAN))


@given(
    st.lists(st.sampled_from(["Wort", "*fett*", "# T", "> Z", "- P", "1. N", "    ein", "<b>x</b>", "|", "\n", "\n\n"]))
)
def test_markdown_loses_no_letters(pieces: list[str]) -> None:
    from sahelsum.read.markdown import parse_markdown

    text = " ".join(pieces)
    parsed = parse_markdown(text)
    kept = "".join([draft.text for draft in parsed.drafts] + [extract.text for extract in parsed.extracts])
    letters = [character for character in text if character.isalnum()]
    assert sorted(letters) == sorted(character for character in kept if character.isalnum())


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Mali in der Krise | taz</title>'
        '<meta property="og:site_name" content="taz"><meta property="og:title" content="Mali in der Krise">'
        '<meta property="article:published_time" content="2025-11-16T10:00:00Z">'
        '<link rel="canonical" href="https://example.org/mali"></head><body><nav><a href="/">Start</a></nav>'
        f"<article><h1>Mali in der Krise</h1>{body}</article><footer>Impressum</footer></body></html>"
    )


def test_html(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    found = article(save(tmp_path, "a.html", page(f"<p>{GERMAN}</p><h2>Die Folgen</h2><p>{GERMAN}</p>" * 2)))
    assert (found.title, found.url) == ("Mali in der Krise", "https://example.org/mali")
    assert found.date is not None
    assert (found.date.value, found.date.origin) == ("2025-11-16", "metadata")
    assert (found.credit or "").lower() == "taz"
    assert [block.kind.value for block in found.blocks] == ["paragraph", "heading", "paragraph"] * 2
    assert all("Impressum" not in block.text and "Start" not in block.text for block in found.blocks)


def test_html_uses_its_own_charset(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    text = page(f"<p>{GERMAN}</p>" * 3).replace("utf-8", "iso-8859-1")
    found = article(save(tmp_path, "a.htm", text.encode("iso-8859-1")))
    assert found.encoding == "iso8859-1"
    assert "März" in found.blocks[0].text


def test_html_without_an_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    assert "no article text" in failure(save(tmp_path, "a.html", "<html><body></body></html>"))


def test_html_without_trafilatura(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name.startswith("trafilatura"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install 'sahelsum[html]'" in failure(save(tmp_path, "a.html", page(GERMAN)))


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_json_lines(tmp_path: Path) -> None:
    first = {"text": GERMAN, "title": "Titel", "date": "2025-04", "source": "taz", "id": "Größe/1", "score": 3}
    path = save(tmp_path, "news.jsonl", lines(first) + "\n" + lines({"text": GERMAN}))
    one, two = read(path)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.id, one.title, one.credit, one.source) == ("Groesse-1", "Titel", "taz", "news.jsonl, line 1")
    assert one.metadata == (("score", "3"),)
    assert (two.id, two.source) == ("news-00003", "news.jsonl, line 3")
    assert two.sha256 == hashlib.sha256(json.dumps({"text": GERMAN}, ensure_ascii=False).encode()).hexdigest()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": ', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ('{"title": "x"}', '"text" is missing'),
        ('{"text": 5}', "not a string"),
        ('{"text": " "}', "is empty"),
        ("[" * 100_000, "nested"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "number too long"),
        ('{"text": "' + "x" * 200_000 + '"}', "--max-article-bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, said: str) -> None:
    path = save(tmp_path, "n.jsonl", lines({"text": GERMAN}) + line + "\n" + lines({"text": GERMAN}))
    before, bad, after = read(path, max_bytes=150_000)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, Failure)
    assert bad.source == "n.jsonl, line 2"
    assert said in bad.message


def test_json_lines_ids_are_unique_and_stable(tmp_path: Path) -> None:
    save(tmp_path, "x.txt", GERMAN)
    save(tmp_path, "n.jsonl", lines({"text": GERMAN, "id": "x"}, {"text": GERMAN, "id": "x"}))
    results = read(tmp_path)
    stems = [result.id for result in results if isinstance(result, Article)]
    assert len(set(stems)) == 3
    assert "x" in stems
    assert [result.id for result in read(tmp_path) if isinstance(result, Article)] == stems


def test_json_lines_without_lines(tmp_path: Path) -> None:
    assert "empty" in failure(save(tmp_path, "n.jsonl", "\n\n"))


class Endless(io.RawIOBase):
    """A stream of one endless line of ``total`` bytes that counts the most that was asked for at once."""

    def __init__(self, total: int) -> None:
        self.left = total
        self.most = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        self.most = max(self.most, wanted)
        self.left -= wanted
        return b"x" * wanted


def test_long_lines_are_not_held_in_memory() -> None:
    stream = Endless(10_000_000)
    found: Iterator[Any] = read_lines(stream, 1000)  # type: ignore[arg-type]
    (line,) = found
    assert (line.data, line.size) == (None, 10_000_000)
    assert stream.most <= 1002


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = save(tmp_path, "n.jsonl", lines({"text": GERMAN}) + "{broken\n")
    (source,) = find_sources([str(path)])
    assert isinstance(next(read_articles(source, ReadOptions())), Article)


@pytest.mark.parametrize(
    "fields", ['"note": "A", "note": "B"', '"note": "A", " note\\u00a0": "B"', '"more": [{"note": 1, "note": 1}]']
)
def test_json_with_a_key_twice_is_refused(tmp_path: Path, fields: str) -> None:
    told = failure(save(tmp_path, "n.jsonl", f'{{"text": {json.dumps(GERMAN)}, {fields}}}\n'))
    assert "its field 'note' is there more than once" in told


def test_a_second_text_is_refused_and_the_next_line_is_read(tmp_path: Path) -> None:
    twice = f'{{"text": {json.dumps(GERMAN)}, "text ": "Anderer Text."}}\n'
    bad, good = read(save(tmp_path, "n.jsonl", twice + lines({"text": GERMAN})))
    assert isinstance(bad, Failure)
    assert "'text'" in bad.message
    assert isinstance(good, Article)


def test_a_long_or_odd_key_is_told_in_short_and_without_its_codes(tmp_path: Path) -> None:
    key = json.dumps("\x1b[31m" + "x" * 500)
    told = failure(save(tmp_path, "n.jsonl", f'{{"text": "T", {key}: 1, {key}: 2}}\n'))
    assert told.isprintable()
    assert len(told) < 200


def test_an_id_like_a_device_of_windows(tmp_path: Path) -> None:
    assert article(save(tmp_path, "n.jsonl", lines({"text": GERMAN, "id": "con.txt"}))).id == "article-con.txt"


@pytest.mark.parametrize("depth", [10, 300, 900, 960, 990, 5000])
def test_deep_nesting_is_kept_or_refused(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    (result,) = read(save(tmp_path, "n.jsonl", f'{{"text": {json.dumps(GERMAN)}, "deep": {deep}}}\n'))
    if isinstance(result, Failure):
        assert "nested too deeply" in result.message
    else:
        assert result.metadata == (("deep", deep),)


def test_plain_german_is_known_without_the_language_models(monkeypatch: pytest.MonkeyPatch) -> None:
    german = "Die Armee ist nach einem Angriff auf einen Konvoi im Norden, der über die Grenze kam, abgezogen. "

    def refuse(expected: str) -> None:
        raise AssertionError(f"models loaded for {expected}")

    monkeypatch.setattr("sahelsum.read.language._detector", refuse)
    assert other_language(german * 20, "de") is None
    with pytest.raises(AssertionError):
        other_language("The army left the town after an attack on a convoy in the north of the country. " * 20, "de")
    with pytest.raises(AssertionError):
        other_language(german * 20, "en")
