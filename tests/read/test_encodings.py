"""No silent mojibake: bytes that fit no encoding, old labels, text garbled before it came here, entities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.language.packs import pack_of
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.read.decode import decode, decode_html
from sahelsum.read.markup import plain_text
from sahelsum.read.mojibake import mend_mojibake
from sahelsum.records import Article, Severity

DE = pack_of("de")
PROSE = "Die Behörden in Ségou prüfen die Vorwürfe."


def codes(article: Article) -> list[str]:
    return [finding.code for finding in article.findings]


def read(folder: Path, name: str, data: str | bytes) -> Article:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (found,) = read_articles(find_sources([str(path)])[0], ReadOptions(check_language=False))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("bad", [b"\xff", b"\xfc", b"\xc3", b"\x93", b"\xe2\x80", b"\xf0\x9f"])
@pytest.mark.parametrize("place", [0, len("Die "), 10_000])
def test_utf8_with_a_stray_byte_is_utf8_and_says_so(bad: bytes, place: int) -> None:
    data = PROSE.encode()
    decoded = decode(data[:place] + bad + data[place:], DE)
    assert decoded.encoding == "utf-8"
    assert [finding.severity for finding in decoded.findings] == [Severity.WARNING]
    assert all(word in decoded.text for word in ("Ségou", "prüfen", "Vorwürfe"))


def test_a_pasted_letter_of_another_encoding_is_that_letter() -> None:
    decoded = decode((PROSE * 2).encode() + b" Die Gr\xfc\xdfe und die S\xf6ldner.", DE)
    assert decoded.text.endswith("Die Grüße und die Söldner.")
    assert "3 bytes" in decoded.findings[0].message


def test_an_old_encoding_is_not_taken_for_damaged_utf8() -> None:
    decoded = decode(PROSE.encode("cp1252"), DE)
    assert (decoded.text, decoded.encoding, decoded.findings) == (PROSE, "cp1252", ())


def test_an_encoding_without_evidence_is_told() -> None:
    decoded = decode(b"Die Regierung sagt nichts \xa5 und geht", DE)
    assert decoded.encoding == "cp1252"
    assert [finding.code for finding in decoded.findings] == ["READ-ENCODING"]


@pytest.mark.parametrize("label", ["latin1", "ISO-8859-1", "iso-8859-15", "us-ascii", "windows-1252"])
def test_old_labels_of_web_pages_mean_windows_1252(label: str) -> None:
    text = "„Nein“, sagte er – 5 € … ‚nie‘, in Süden"
    decoded = decode_html(f'<meta charset="{label}"><p>'.encode() + text.encode("cp1252"), DE)
    assert decoded.text.endswith(text)


def test_a_page_in_latin_9_without_such_bytes_is_what_it_says() -> None:
    data = b'<meta charset="iso-8859-15"><p>' + "Größe: 5 €".encode("iso-8859-15")
    assert decode_html(data, DE).text.endswith("Größe: 5 €")


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("Der AuÃŸenminister schweigt.", "Der Außenminister schweigt."),
        ("â€žNeinâ€œ, sagte er â€“ in SÃ©gou.", "„Nein“, sagte er – in Ségou."),
        ("Die Ã\x9cbergangsregierung", "Die Übergangsregierung"),
        ("Die DÃƒÂ¼rre im SÃƒÂ¼den", "Die Dürre im Süden"),
    ],
)
def test_mojibake_is_repaired_and_told(garbled: str, right: str) -> None:
    mended, findings = mend_mojibake(f"{PROSE}\n{garbled}\n")
    assert mended == f"{PROSE}\n{right}\n"
    assert [finding.code for finding in findings] == ["READ-REPAIRED"]


def test_right_text_is_left_alone() -> None:
    text = "„Größe“ – Łukasz, Erdoğan, Çà et là, déjà, naïve, Росатом, 10 °C, ½, ²"
    assert mend_mojibake(text) == (text, ())


def test_lost_characters_are_a_warning(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "Die D\ufffdrre trifft S\ufffdgou und das ganze Land.")
    assert [(finding.code, finding.serious) for finding in found.findings] == [("READ-CHARS", True)]


def test_mojibake_in_json_lines_is_repaired_in_title_and_text(tmp_path: Path) -> None:
    record = {"title": "DÃ¼rre", "text": "Die DÃ¼rre trifft viele."}
    found = read(tmp_path, "a.jsonl", json.dumps(record))
    assert (found.title, found.blocks[0].text) == ("Dürre", "Die Dürre trifft viele.")
    assert codes(found) == ["READ-REPAIRED"]


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("Mali &amp; Niger", "Mali & Niger"),
        ("&bdquo;Für&ldquo; &#8222;x&#8220; &#x2013; hei&szlig;", "„Für“ „x“ – heiß"),
        ("<p>Eins <b>und</b> zwei.</p><p>Drei.</p>", "\n\nEins und zwei.\n\n\n\nDrei.\n\n"),
        ("&lt;p&gt;F&amp;uuml;r Mali&lt;/p&gt;", "\n\nFür Mali\n\n"),
        ("Eins.<br/>Zwei.", "Eins.\nZwei."),
        ("<p>Eins\nzwei.</p><!-- x -->", "\n\nEins zwei.\n\n "),
        ("<b>Eins</b> <!-- zwei", "Eins <!-- zwei"),
        ("Im Jahr 2023<sup>4</sup>", "Im Jahr 2023⁴"),
        ("R&D <3, <name@example.org>, 5 < 6 > 4, AT&T;", "R&D <3, <name@example.org>, 5 < 6 > 4, AT&T;"),
    ],
)
def test_entities_and_tags_of_plain_text(given: str, plain: str) -> None:
    assert plain_text(given) == plain


def test_json_lines_with_html_is_read_as_its_text(tmp_path: Path) -> None:
    record = {
        "title": "Mali &amp; Niger",
        "text": "<p>F&uuml;r <a href='x'>Mali</a>.</p><ul><li>Eins</li><li>Zwei</li></ul>",
    }
    found = read(tmp_path, "a.jsonl", json.dumps(record))
    assert found.title == "Mali & Niger"
    assert [block.text for block in found.blocks] == ["Für Mali.", "Eins", "Zwei"]


def test_some_control_characters_do_not_make_a_text_binary(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "1.\x1f\x1fDie Armee zieht ab.\x1d2.\x1fDie S\x02öldner bleiben. " + PROSE * 3)
    assert found.blocks[0].text.startswith("1. Die Armee zieht ab. 2. Die Söldner bleiben.")


def test_a_few_nul_bytes_are_dropped(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", PROSE + "\0" + PROSE).blocks[0].text == PROSE + PROSE


def test_a_picture_is_still_binary() -> None:
    from sahelsum.errors import InputError

    with pytest.raises(InputError, match="text"):
        decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0" + bytes(range(256)) * 4, DE)
