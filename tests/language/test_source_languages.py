"""Articles in a language that has no pack: what is still done, and that nothing takes them for German."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.checks import check_sentence
from sahelsum.cli.main import cli
from sahelsum.combine import combine
from sahelsum.language.digits import digits
from sahelsum.language.packs import WITH_PACK, language_name, pack_of
from sahelsum.records import Block, BlockKind, Translation
from sahelsum.render.markdown import folder_page
from sahelsum.render.view_folder import folder_view
from sahelsum.segment import segment
from tests.samples import make_digest, translation

FRENCH = """date 2025-11-14

Mali : le blocus du carburant

Le 14 novembre 2025, au moins 24 soldats maliens ont été tués près de Bamako, a déclaré M. Dupont. Le général J. Diarra
n'a pas commenté. « Nous ne céderons pas », a-t-il dit. Le blocus continue depuis septembre.

Selon l'ONU, 1 500 familles ont fui vers le Niger. Le gouvernement promet 3,5 millions d'euros.
"""
SPANISH = """Níger cierra la frontera

El 3 de abril de 2025 el Sr. García llegó a Niamey con 2.000 soldados. «No hay peligro», dijo. ¿Qué pasará ahora?
Nadie lo sabe.
"""
TEXTS = {"fr": FRENCH, "es": SPANISH}
SAID = "look only at length, repetition, garbled words and numbers in digits: there are no others for"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def run(language: str) -> Path:
    Path("in").mkdir()
    Path("in/article.txt").write_text(TEXTS[language], encoding="utf-8")
    given = ("--source-lang", language, "--no-language-check", "--engine", "echo", "--output", "out")
    result = sahelsum("run", "in", *given)
    assert result.exit_code == 0, result.output
    assert "German" not in result.output
    return Path("out")


@pytest.mark.parametrize(("language", "name"), [("fr", "French"), ("es", "Spanish")])
def test_no_page_takes_an_article_for_german(language: str, name: str) -> None:
    out = run(language)
    page, digest = (Path(out, file).read_text(encoding="utf-8") for file in ("article.md", "digest.md"))
    data = Path(out, "data/article.json").read_text(encoding="utf-8")
    for text in (page, digest, data, Path(out, "run.json").read_text(encoding="utf-8")):
        assert "German" not in text
    assert f'<details lang="{language}"><summary>{name} original</summary>' in page
    assert f"*{name} title: " in page
    assert f"Echo: the {name} itself" in page
    assert f"The checks {SAID} {name}. They cannot tell" in page
    assert f"The automatic checks found nothing. They {SAID} {name}." in digest
    assert f"translated from {name}" in digest
    found = json.loads(data)
    assert found["article"]["language"] == language
    assert [finding["code"] for finding in found["findings"]] == ["SUM-EXTRACTIVE"]


def test_names_and_numbers_that_the_english_has_are_key_facts() -> None:
    facts = {fact["text"] for fact in json.loads((run("fr") / "data/article.json").read_text("utf-8"))["facts"]}
    assert {"Niger", "Bamako", "24 soldats"} <= facts
    assert 'countries:\n- "Niger"' in Path("out/article.md").read_text(encoding="utf-8")


def sentences(text: str, language: str) -> list[str]:
    return [sentence.text for sentence in segment([Block(1, BlockKind.PARAGRAPH, text)], pack_of(language))]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("fr", ["M. Dupont est à Gao.", "Il parle.", "Le général J. Diarra se tait."]),
        ("fr", ["« Non. Jamais », dit-il.", "Voilà !", "Et après ?"]),
        ("es", ["El Sr. García llegó.", "¿Qué pasará?", "¡Nada!"]),
        ("it", ["Il dott. Rossi è arrivato.", "Non parla."]),
        ("xx", ["One sentence.", "Another one."]),
    ],
)
def test_sentences_of_a_language_without_a_pack(language: str, parts: list[str]) -> None:
    assert sentences(" ".join(parts), language) == parts


def test_the_spacing_of_any_language_is_kept() -> None:
    for language, text in TEXTS.items():
        blocks = [Block(number, BlockKind.PARAGRAPH, part) for number, part in enumerate(text.split("\n\n"), 1)]
        joined = {block.number: "" for block in blocks}
        for sentence in segment(blocks, pack_of(language)):
            joined[sentence.block] += sentence.text + sentence.space_after
        assert list(joined.values()) == [block.text for block in blocks]


def codes(french: str, english: str) -> list[str]:
    found = list(check_sentence(translation(1, 1, french, english), pack_of("fr")))
    assert not any("German" in finding.message for finding in found)
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("french", "english", "code"),
    [
        ("Au moins 24 soldats sont morts.", "At least 42 soldiers died.", "NUM-LOST"),
        ("Environ 1 500 familles ont fui.", "About 15,000 families fled.", "NUM-LOST"),
        ("Les soldats sont arrivés à Gao hier soir.", "Les soldats sont arrivés à Gao hier soir.", "MT-COPY"),
        ("L'armée a quitté Gao.", "…", "MT-EMPTY"),
        ("L'armée a quitté Gao.", "The army left Gaouououo.", "MT-GARBLED"),
        ("L'armée a quitté Gao.", "The army left the army left the army left Gao.", "MT-LOOP"),
        ("L'armée malienne a quitté la ville de Gao hier soir, selon des témoins.", "It left.", "LEN-RATIO"),
    ],
)
def test_checks_that_need_no_pack(french: str, english: str, code: str) -> None:
    assert codes(french, english) == [code]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Au moins 24 soldats sont morts.", "At least two dozen soldiers died."),
        ("Environ 1 500 familles, soit 3,5 % du total.", "Some 1,500 families, or 3.5% of the total."),
        ("Le pays a reçu 3,5 millions d'euros.", "The country received €3.5 million."),
        ("Le pays a reçu 2 milliards.", "The country received two billion."),
        ("L'attaque a eu lieu à 14h30, le 1er mai.", "The attack took place at 2:30 pm on 1 May."),
        ("L'attaque a eu lieu à 14 h 30 le 03/05/2025.", "The attack took place at 2:30 pm on 3 May 2025."),
        ("L'armée n'a pas quitté Gao.", "The army left Gao."),
        ("Selon l'armée, le Tchad a cédé 5 km.", "Mali has ceded three miles, or 5 km, on Monday."),
    ],
)
def test_nothing_is_said_that_needs_the_language(french: str, english: str) -> None:
    assert codes(french, english) == []


def test_a_failure_is_told_in_any_language() -> None:
    item = Translation(translation(1, 1, "Il part.", "").sentence, "[not translated] Il part.", failure="it broke")
    assert [finding.code for finding in check_sentence(item, pack_of("fr"))] == ["MT-FAILED"]


def test_a_number_in_digits_counts_in_each_of_its_readings() -> None:
    (number,) = digits("Il y avait 1.500 morts.")
    assert {"1500", "1.5"} <= number.values
    assert digits("le 3.4.2025 à 14:30, 1er G5") == ()


def test_the_commands_take_the_source_language() -> None:
    Path("a.fr").write_text("Au moins 24 soldats sont morts.\nEn mars, il est parti.\n", encoding="utf-8")
    Path("a.en").write_text("At least 42 soldiers died.\nIn May he left.\n", encoding="utf-8")
    checked = sahelsum("check", "a.fr", "a.en", "--source-lang", "fr")
    told = "line 1: NUM-LOST (warning) The English lacks a number of the French. | French: 24\n"
    assert (checked.exit_code, checked.output) == (3, told)
    Path("a.txt").write_text("M. Dupont parle. Il part.\n", encoding="utf-8")
    translated = sahelsum("translate", "a.txt", "--source-lang", "fr", "--engine", "echo")
    assert translated.output == "[echo] M. Dupont parle. [echo] Il part.\n"
    inspected = sahelsum("inspect", "a.txt", "--source-lang", "fr", "--no-language-check")
    assert "1  M. Dupont parle.\n    2  Il part." in inspected.output


def test_the_shipped_terms_are_german() -> None:
    Path("a.fr").write_text("La mission Takuba.\n", encoding="utf-8")
    Path("a.en").write_text("The mission.\n", encoding="utf-8")
    assert sahelsum("check", "a.fr", "a.en", "--source-lang", "fr").output == ""
    assert "TERM-LOST" in sahelsum("check", "a.fr", "a.en").output
    Path("own.csv").write_text("german,english\nforce conjointe,joint force\n", encoding="utf-8")
    Path("a.fr").write_text("La force conjointe arrive.\n", encoding="utf-8")
    own = sahelsum("check", "a.fr", "a.en", "--source-lang", "fr", "--glossary", "own.csv")
    assert "TERM-LOST" in own.output


def test_a_language_is_called_by_its_name() -> None:
    assert [pack_of(code).name for code in ("de", "fr", "ha", "xx")] == ["German", "French", "Hausa", "xx"]
    assert [code for code in WITH_PACK if not pack_of(code).checked] == []
    assert pack_of("fr") is pack_of("fr")
    assert language_name("de") == pack_of("de").name


def test_a_page_of_several_languages_says_which_are_hardly_checked() -> None:
    german, other = make_digest([[("Er kam.", "He came.")]]), make_digest([[("Il vint.", "He came.")]])
    french = replace(other, article=replace(other.article, id="b", language="fr"))
    page = folder_page(folder_view(combine([german, french], (), None)))
    assert f"For French, they {SAID} French." in page
