"""The glossary: what it finds, what it replaces, what it tells; and the files it is read from."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.app.settings import load_config
from sahelsum.cli.main import cli
from sahelsum.errors import ConfigError
from sahelsum.glossary import Glossary, Term, load_glossary, read_terms, shipped_terms
from sahelsum.glossary.files import MAX_GLOSSARY_BYTES
from sahelsum.glossary.wordings import article_for, plural
from sahelsum.records import Hypothesis, ModelInfo, Output, Sentence, Severity, Translation
from sahelsum.runs.job import Model
from sahelsum.translation import Retry
from tests.fakes import DictMemory, FakeEngine

SHIPPED = load_glossary()


def item(german: str, english: str) -> Translation:
    return Translation(Sentence(7, 1, german), english)


def names(german: str, glossary: Glossary = SHIPPED) -> list[str]:
    return [hit.term.name for hit in glossary.hits(german)]


def codes(german: str, english: str, glossary: Glossary = SHIPPED) -> list[str]:
    return [finding.code for finding in glossary.findings(glossary.amended(item(german, english)))]


@pytest.mark.parametrize(
    ("german", "expected"),
    [
        ("Die Blauhelme verlassen Gao.", ["Blauhelme"]),
        ("Vier Blauhelmsoldaten starben.", ["Blauhelm"]),
        ("Er sprach mit der Übergangsregierung.", ["Übergangsregierung"]),
        ("Das Mandat der Vereinten Nationen endet.", ["Vereinte Nationen"]),
        ("Ein Sprecher des Auswärtigen Amtes bestätigte es.", ["Auswärtiges Amt"]),
        ("Der Islamische Staat in der Größeren Sahara", ["Islamischer Staat in der Größeren Sahara"]),
        ("Kämpfer des Islamischen Staats", ["Islamischer Staat"]),
        ("Uno-Truppen und UNO-Soldaten", ["Uno"]),
        ("Dschihadistische Gruppen", ["dschihadistische"]),
        ("in mehreren Hungersnöten", ["Hungersnot"]),
        ("Selbstmordattentäterinnen", ["Selbstmordattentäter"]),
        ("Die Putschisten setzten Generäle ab.", ["Putschist"]),
        ("Sahelländern droht Dürre.", ["Sahelstaat", "Dürre"]),
        ("Putsch, Putsch und noch ein Putsch", ["Putsch"]),
        # No terms: parts of longer words, other words with the same letters.
        ("Die Putschgefahr wächst.", []),
        ("vor dem Obersten Gericht", []),
        ("Es ist ein Drohnenführer.", []),
        ("uns gefällt das", []),
    ],
)
def test_terms_are_found_in_any_form_and_nowhere_else(german: str, expected: list[str]) -> None:
    assert names(german) == expected


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Blauhelme verlassen Gao.", "The UN peacekeepers are leaving Gao."),
        ("Die Blauhelme verlassen Gao.", "The blue helmets are leaving Gao."),
        ("Ein Luftangriff traf den Markt.", "An airstrike hit the market."),
        ("Ein Luftangriff traf den Markt.", "An air-strike hit the market."),
        ("Die Milizen zogen ab.", "The militias withdrew."),
        ("Die Söldner zogen ab.", "The mercenaries withdrew."),
        ("Die Entführung dauerte Wochen.", "He was abducted for weeks."),
        ("Der Außenminister reiste ab.", "Foreign Minister Diop departed."),
        ("Das Ende der Junta", "The junta’s end"),
        ("Laut Uno hungern viele.", "According to the U.N., many are hungry."),
        ("Das Prinzip der Nichteinmischung", "The principle of noninterference"),
    ],
)
def test_an_accepted_wording_in_any_form_satisfies(german: str, english: str) -> None:
    assert names(german)
    assert codes(german, english) == []


def test_an_abbreviation_counts_only_as_written() -> None:
    assert codes("Kämpfer des Islamischen Staates", "Fighters of IS") == []
    assert codes("Kämpfer des Islamischen Staates", "A fighter is here") == ["TERM-LOST"]


def test_a_missing_term_is_told_with_the_german_words() -> None:
    (finding,) = SHIPPED.findings(item("Sie gerieten in mehrere Hinterhalte.", "They got into several backs."))
    assert (finding.code, finding.severity, finding.sentence) == ("TERM-LOST", Severity.WARNING, 7)
    assert finding.source_value == "Hinterhalte"
    assert "ambush" in finding.message
    assert SHIPPED.violations(item("Sie gerieten in mehrere Hinterhalte.", "They got into several backs.")) == 1


def test_a_name_that_the_checks_have_told_is_not_told_again() -> None:
    lost = item("Die Ecowas tagt.", "The community meets.")
    assert [finding.code for finding in SHIPPED.findings(lost)] == ["TERM-LOST"]
    assert list(SHIPPED.findings(lost, told=["ECOWAS"])) == []


@pytest.mark.parametrize(
    ("german", "english", "expected"),
    [
        ("das Afrikakorps", "the Afrika Corps", "the Africa Corps"),
        ("das Afrikakorps", "the Afrikakorps", "the Africa Corps"),
        ("Entwicklungsländer", "the development countries", "the developing countries"),
        ("drei Staatschefs", "three state chiefs", "three heads of state"),
        ("die Uno-Truppen", "A Uno force", "A UN force"),
        ("eine Sprengfalle", "a blasting trap", "an improvised explosive device"),
        ("Ein Binnenstaat", "Inland state in the Sahel.", "Landlocked country in the Sahel."),
        ("Ein Binnenstaat im Sahel", "Mali: an inland state in the Sahel.", "Mali: a landlocked country in the Sahel."),
        ("Staatsstreiche", "two state strokes", "two coups"),
        ("Die Mission Barchane", "the “Barchane” mission", "the “Barkhane” mission"),
        ("dschihadistische Gruppen", "the dschihadist groups", "the jihadist groups"),
        ("Die Waffenruhe hält.", "It is calm. Weapons rest holds.", "It is calm. Ceasefire holds."),
    ],
)
def test_a_wrong_wording_is_replaced_and_the_replacement_told(german: str, english: str, expected: str) -> None:
    amended = SHIPPED.amended(item(german, english))
    assert amended.text == expected
    (finding,) = SHIPPED.findings(amended)
    assert (finding.code, finding.severity) == ("TERM-REPLACED", Severity.INFO)
    (record,) = amended.replaced
    assert finding.target_value == f"{record[1]} → {record[2]}"
    assert SHIPPED.preference(amended) == 1
    assert SHIPPED.violations(amended) == 0


def test_a_german_name_is_replaced_though_a_right_wording_stands_beside_it() -> None:
    amended = SHIPPED.amended(
        item("Der russische Minister (Moskau, 3. April)", "The Russian minister (Moskau, 3 April)")
    )
    assert amended.text == "The Russian minister (Moscow, 3 April)"
    assert amended.replaced == (("Moskau", "Moskau", "Moscow"),)


def test_nothing_is_replaced_where_it_need_not_be() -> None:
    right = item("Das Afrikakorps und der Putsch", "The Africa Corps, once the Afrika Corps, and the coup")
    assert SHIPPED.amended(right) is right
    no_term = item("Der Kongress tagt.", "The inland state meets.")
    assert SHIPPED.amended(no_term) is no_term
    failed = replace(item("Das Afrikakorps", "[not translated] Das Afrikakorps"), failure="broken")
    assert SHIPPED.amended(failed) is failed
    assert list(SHIPPED.findings(failed)) == []


def test_a_german_noun_of_unsure_number_is_told_not_replaced() -> None:
    left = item("Die Menschenrechtler protestierten.", "The Menschenrechtler protested.")
    assert SHIPPED.amended(left) is left
    assert SHIPPED.violations(left) == 1


def test_counts_a_term_once_a_sentence() -> None:
    items = [
        item("Putsch auf Putsch", "Coup after coup"),
        item("Das Afrikakorps blieb.", "The Afrika Corps stayed."),
        item("Ein Hinterhalt", "A back"),
        replace(item("Ein Hinterhalt", "…"), failure="broken"),
    ]
    counts = SHIPPED.count([SHIPPED.amended(each) for each in items])
    assert (counts.found, counts.replaced, counts.lost) == (1, 1, 1)


@given(st.sampled_from(shipped_terms()), st.text(max_size=20), st.text(max_size=20))
def test_amending_twice_changes_nothing_more(term: Term, before: str, after: str) -> None:
    english = term.wrong[0] if term.wrong else term.name
    once = SHIPPED.amended(item(f"{before} {term.name} {after}", f"{before} {english} {after}"))
    assert SHIPPED.amended(once) == once


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_pass(german: str, english: str) -> None:
    amended = SHIPPED.amended(item(german, english))
    assert len(list(SHIPPED.findings(amended))) >= SHIPPED.violations(amended)


@pytest.mark.parametrize(
    ("word", "expected"), [("coup", "coups"), ("militia group", "militia groups"), ("mercenary", "mercenaries")]
)
def test_plurals(word: str, expected: str) -> None:
    assert plural(word) == expected
    assert plural("ambush") == "ambushes"
    assert plural("armed forces") == "armed forces"


@pytest.mark.parametrize(("word", "expected"), [("UN force", "a"), ("IED", "an"), ("NGO", "an"), ("uranium", "a")])
def test_articles(word: str, expected: str) -> None:
    assert article_for(word) == expected
    assert article_for("explosive device") == "an"
    assert article_for("landlocked country") == "a"


class TestShipped:
    def test_there_are_many_terms_and_each_satisfies_itself(self) -> None:
        assert len(shipped_terms()) >= 300
        for term in shipped_terms():
            for spelling in (*term.german, *term.forms):
                hits = SHIPPED.hits(f"Es geht um {spelling}.")
                assert [hit.term.name for hit in hits] == [term.name], spelling
            assert SHIPPED.missing(item(f"Es geht um {term.name}.", f"It is about {term.wanted}.")) == [], term.name

    def test_no_wrong_wording_is_accepted_as_well(self) -> None:
        for term in shipped_terms():
            for wrong in term.wrong:
                if wrong not in term.german:
                    missing = SHIPPED.missing(item(f"Es geht um {term.name}.", f"It is about {wrong}."))
                    assert [hit.term for hit in missing] == [term], wrong

    def test_no_wrong_plural_becomes_a_singular(self) -> None:
        for term in shipped_terms():
            plurals = {plural(wrong) for wrong in term.wrong if plural(wrong) != wrong} & set(term.wrong)
            assert not plurals or plural(term.wanted) == term.wanted, plurals

    def test_every_wrong_wording_is_replaced(self) -> None:
        for term in shipped_terms():
            for wrong in term.wrong:
                amended = SHIPPED.amended(item(f"Es geht um {term.name}.", f"It is about {wrong}."))
                assert amended.replaced, wrong
                assert SHIPPED.missing(amended) == [], wrong


OWN = """
[[term]]
german = "Gruppe für die Unterstützung"
english = ["Support Group", "support group*"]

[[term]]
german = ["Afrikakorps"]
english = "Africa Corps (formerly Wagner)"
wrong = ["Africa Corps"]

[[term]]
german = "Le Monde"
keep = true
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


class TestFiles:
    def test_own_terms_come_on_top(self, own: Path) -> None:
        both = load_glossary([own])
        assert len(both.terms) == len(SHIPPED.terms) + 2
        assert both.amended(item("das Afrikakorps", "the Africa Corps")).text == "the Africa Corps (formerly Wagner)"
        assert codes("laut Le Monde", "according to the world", both) == ["TERM-LOST"]
        assert codes("laut Le Monde", "according to Le Monde", both) == []
        assert len(load_glossary([own], shipped=False).terms) == 3
        moved = own.with_name("moved.toml")
        moved.write_bytes(own.read_bytes())
        assert load_glossary([moved]).key == both.key
        assert len({glossary.key for glossary in (SHIPPED, both, load_glossary(), load_glossary([own]))}) == 2

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_a_table_says_the_same(self, tmp_path: Path, own: Path, delimiter: str) -> None:
        rows = [
            ["german", "english", "wrong", "keep"],
            ["Gruppe für die Unterstützung", "Support Group|support group*", "", ""],
            ["Afrikakorps", "Africa Corps (formerly Wagner)", "Africa Corps", "no"],
            ["", "", "", ""],
            ["Le Monde", "", "", "yes"],
        ]
        table = tmp_path / "own.csv"
        table.write_text("\r\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
        assert [replace(term, origin="") for term in read_terms(table)] == [
            replace(term, origin="") for term in read_terms(own)
        ]

    @pytest.mark.parametrize(
        ("text", "place", "reason"),
        [
            ("[[term]]\ngerman = 1\n", "line 1", "german"),
            ("[[term]]\ngerman = 'A'\nenglish = 'a'\n[[term]]\nenglish = 'b'\n", "line 4", "german is missing"),
            ("[[term]]\ngerman = 'A'\n", "line 1", "english is missing"),
            ("[[term]]\ngerman = 'A'\nenglish = []\n", "line 1", "english is missing"),
            ("[[term]]\ngerman = 'A'\nenglish = 'a*'\n", "line 1", "no star"),
            ("[[term]]\ngerman = 'A*'\nenglish = 'a'\n", "line 1", "star"),
            ("[[term]]\ngerman = 'A'\nenglish = ['a', 'b****']\n", "line 1", "too many stars"),
            ("[[term]]\ngerman = 'A'\nenglish = 'a'\nenglisch = 'b'\n", "line 1", "Did you mean"),
            ("[[term]]\ngerman = 'A'\nenglish = 'a'\ncase = 'yes'\n", "line 1", "case"),
            ('[[term]]\ngerman = "A\\u001b[31m"\nenglish = "a"\n', "line 1", "control characters"),
            (f"[[term]]\ngerman = '{'A' * 200}'\nenglish = 'a'\n", "line 1", "more than 120"),
            ("[[term]]\ngerman = '»A'\nenglish = 'a'\n", "line 1", "must begin with a letter"),
            ("[[term]]\ngerman = 'A'\nkeep = true\nenglish = 'a'\n", "line 1", "keep = true"),
            ("[[term]]\ngerman = 'A'\nenglish = 'a'\n[[term]]\ngerman = 'A'\nenglish = 'b'\n", "line 4", "line 1"),
            ("x = 1\n", "line 1", "[[term]]"),
            ("[[term]\n", "line 1", "not valid TOML"),
            ("term = 3\n", "", "[[term]]"),
            ("", "", "no entry"),
        ],
    )
    def test_a_broken_file_is_refused_with_its_line(self, tmp_path: Path, text: str, place: str, reason: str) -> None:
        file = tmp_path / "broken.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_terms(file)
        assert str(file) in str(caught.value)
        assert place in str(caught.value)
        assert reason in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "place", "reason"),
        [
            ("german;englisch\nA;a\n", "line 1", "Did you mean"),
            ("A,a\n", "line 1", "must name the columns"),
            ("english\na\n", "line 1", "must name the columns"),
            ("german,german\na,b\n", "line 1", "each once"),
            ("german,english\nA,a\nB,b,c\n", "line 3", "3 cells"),
            ("german,english\nA,a\n\n,b\n", "line 4", "german is missing"),
            ("german,english,keep\nA,a,perhaps\n", "line 2", "keep"),
            ('german,english\n"A,a\n', "line 2", "not a valid table"),
            ("", "line 1", "must name the columns"),
        ],
    )
    def test_a_broken_table_is_refused_with_its_line(self, tmp_path: Path, text: str, place: str, reason: str) -> None:
        file = tmp_path / "broken.csv"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_terms(file)
        assert f"{file}, {place}" in str(caught.value)
        assert reason in str(caught.value)

    def test_what_is_no_readable_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "latin.toml").write_bytes(b"# \n# \xfc\n")
        (tmp_path / "huge.toml").write_bytes(b"#" * (MAX_GLOSSARY_BYTES + 1))
        for name, reason in (
            ("latin.toml", "line 2: not UTF-8"),
            ("huge.toml", "larger than"),
            ("none.toml", "cannot"),
        ):
            with pytest.raises(ConfigError, match=reason):
                read_terms(tmp_path / name)
        with pytest.raises(ConfigError, match="not a regular file"):
            read_terms(tmp_path)

    @given(st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
        for name in ("any.toml", "any.csv"):
            file = tmp_path_factory.mktemp("any") / name
            file.write_bytes(data)
            with contextlib.suppress(ConfigError):
                assert read_terms(file)


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


class TestCommand:
    def test_list_names_all_terms(self, own: Path) -> None:
        assert len(sahelsum("glossary", "list").stdout.splitlines()) == len(shipped_terms())
        rows = [
            json.loads(line)
            for line in sahelsum("glossary", "list", "--glossary", str(own), "--json").stdout.splitlines()
        ]
        assert rows[-1]["german"] == ["Le Monde"]
        assert rows[-1]["origin"] == str(own)

    def test_show_tells_what_a_word_means(self) -> None:
        said = sahelsum("glossary", "show", "Blauhelmsoldaten").stdout
        assert "UN peacekeeper" in said
        assert "shipped" in said

    def test_show_names_the_nearest_term(self) -> None:
        result = sahelsum("glossary", "show", "Sprengfale")
        assert result.exit_code == 2
        assert "Sprengfalle" in result.stderr

    def test_check_prints_what_a_file_means(self, own: Path) -> None:
        result = sahelsum("glossary", "check", str(own))
        assert result.exit_code == 0
        assert "Le Monde" in result.stdout
        assert "Afrikakorps" in result.stdout
        assert "takes the place" in result.stdout

    def test_check_refuses_a_broken_file(self, own: Path) -> None:
        own.write_text(OWN + "\n[[term]]\ngerman = 'X'\n", encoding="utf-8")
        result = sahelsum("glossary", "check", str(own))
        assert result.exit_code == 2
        assert "english is missing" in result.stderr

    def test_terms_count_in_anybodys_translation(
        self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.de").write_text("Laut Le Monde starb er in einem Hinterhalt.\nDie Ecowas tagt.\n", encoding="utf-8")
        Path("a.en").write_text("According to the world he died in a back.\nIt meets.\n", encoding="utf-8")

        def told(*options: str) -> list[tuple[str, str]]:
            result = sahelsum("check", "a.de", "a.en", "--json", *options)
            rows = [json.loads(line) for line in result.stdout.splitlines()]
            return [(row["code"], row["german"]) for row in rows]

        assert told() == [("TERM-LOST", "Hinterhalt"), ("NAME-LOST", "ECOWAS")]
        assert ("TERM-LOST", "Le Monde") in told("--glossary", str(own))
        assert told("--no-shipped-glossary") == [("NAME-LOST", "ECOWAS")]
        Path("sahelsum.toml").write_text('shipped_glossary = false\nglossary = ["own.toml"]\n', encoding="utf-8")
        assert told()[0] == ("TERM-LOST", "Le Monde")

    def test_a_run_uses_them_and_says_so(self, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("in").mkdir()
        Path("in/a.txt").write_text("Das Afrikakorps blieb in Gao. Zwei Hinterhalte galten ihm.", encoding="utf-8")
        options = ["run", "in", "-o", "out", "--engine", "echo", "--no-memory", "--no-language-check"]
        result = sahelsum(*options, "--glossary", str(own))
        assert "0 terms as wanted, 1 replaced, 1 missing" in result.stderr
        page = Path("out/a.md").read_text(encoding="utf-8")
        assert "Africa Corps (formerly Wagner) blieb" in page
        manifest = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
        assert manifest["settings"]["glossary"] == {"value": [str(own)], "origin": "flag"}
        assert manifest["glossary"]["terms"] == len(shipped_terms()) + 2
        assert manifest["articles"][0]["receipt"]["terms_replaced"] == 1

    def test_translate_uses_them(self, own: Path) -> None:
        options = ["translate", "--engine", "echo", "--no-memory", "--json", "--glossary", str(own)]
        result = CliRunner().invoke(cli, options, input="Das Afrikakorps blieb.\n")
        row = json.loads(result.stdout)
        assert row["translation"] == "[echo] Das Africa Corps (formerly Wagner) blieb."
        assert result.stderr.count("Glossary: 'Afrikakorps' → 'Africa Corps (formerly Wagner)' (Afrikakorps)") == 1
        assert row["replaced"] == [["Afrikakorps", "Afrikakorps", "Africa Corps (formerly Wagner)"]]

    def test_a_glossary_that_is_not_there_is_a_usage_error(self, tmp_path: Path) -> None:
        options = ["translate", "--engine", "echo", "--no-memory", "--glossary", str(tmp_path / "none.csv")]
        result = CliRunner().invoke(cli, options, input="Das Afrikakorps blieb.\n")
        assert result.exit_code == 2
        assert "none.csv: the glossary cannot be read" in result.stderr

    def test_settings_take_a_list_a_text_for_the_environment_and_nothing_else(self, tmp_path: Path) -> None:
        empty = {"cwd": tmp_path, "user_dir": tmp_path}
        assert load_config({}, env={"SAHELSUM_GLOSSARY": f"a.csv{os.pathsep}b.toml"}, **empty).settings.glossary == (
            "a.csv",
            "b.toml",
        )
        assert load_config({"glossary": ()}, env={}, **empty).origins["glossary"] == "default"
        (tmp_path / "sahelsum.toml").write_text("glossary = [1]\n", encoding="utf-8")
        with pytest.raises(ConfigError, match=r"line 1: glossary = .* a list of files"):
            load_config({}, env={}, **empty)


def test_the_benchmark_counts_terms_and_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    benchmark = importlib.import_module("glossary")
    pairs = [("Das Afrikakorps blieb.", "The Africa Corps stayed."), ("Ein Hinterhalt war es.", "It was an ambush.")]
    english = {pairs[0][0]: "The Afrika Corps stayed.", pairs[1][0]: "It was a back."}
    engine = FakeEngine(english.__getitem__)
    memory = DictMemory()
    again = Retry("again", DictMemory({pairs[1][0]: Output(4, (Hypothesis("It was an ambush.", 4),))}))
    info = ModelInfo("fake", "Fake", "r1", "Apache-2.0", "fake", "")
    rows = list(benchmark.tables({"ours": pairs}, Model(engine, info, memory, retries=(again,))))
    assert "| ours | 2 | 2 | 2 | 0 | 1 | 1 | 0 |" in rows
    assert any(row.startswith("| ours | 1 | 1 | 1 | 0 |") for row in rows)
