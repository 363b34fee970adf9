"""What must not be translated is not: whatever the model does, it comes out byte for byte or fails visibly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.protocols import NoMemory
from sahelsum.records import Hypothesis, Output
from sahelsum.translation import TranslationResult, TranslationSetup, translate
from sahelsum.translation.prepared import prepare
from sahelsum.translation.repair import repaired
from tests.fakes import DictMemory, FakeEngine, RecordingObserver, sentences, split_words

GERMAN = pack_of("de")


def no_language(_: str) -> str:
    return ""


def through(engine: FakeEngine, *texts: str, memory: DictMemory | None = None) -> TranslationResult:
    setup = TranslationSetup(
        engine,
        memory or NoMemory(),
        split_words,
        50,
        prepare=lambda text: prepare(text, GERMAN, no_language),
        amend=lambda item: repaired(item, GERMAN),
    )
    return translate(sentences(*texts), setup, RecordingObserver())


def answer(text: str) -> str:
    """A model that keeps what it is given but for letters it does not know, and addresses."""
    return "".join(char if char.isascii() or char in "äöüÄÖÜßéèïç„“" else "." for char in text.replace("://", " "))


HELD = [
    "https://www.zeitung.example/politik/hilfe_2024.html?ref=start&id=9",
    "www.hilfe.example",
    "redaktion@zeitung.example",
    "doi:10.5555/xyz.9876",
    r"D:\Berichte\Lage_v3.pdf",
    "file:///srv/lage.txt",
    "t.me/lage_kanal",
    "./daten/lage.csv",
    "arXiv:2401.54321",
    "−3",
    "Mali→Niger",
    "/srv/daten/lage.csv",
    "12° 39' N, 8° 0' W",
    "#SahelHeute",
    "@amt_mali",
    "🇲🇱",
    "→",
    "→→ ✅",
    "Yıldız",
    "Wałęsa",
    "Газета",
    "النيجر",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ",
]


def loses_marks(text: str) -> str:
    return "".join(char for char in text if char.isalpha() or char == " ").lower()


@pytest.mark.parametrize("model", [answer, str.upper, loses_marks, lambda _: "nothing of it"])
@pytest.mark.parametrize("held", HELD)
def test_it_comes_out_as_it_went_in_with_any_model(held: str, model: object) -> None:
    engine = FakeEngine(model)  # type: ignore[arg-type]
    (item,) = through(engine, f"Die Armee nennt {held} im Bericht.").translations
    assert item.failure is None
    assert held in item.text
    assert not any(held in text for call in engine.calls for text in call)


URLS = st.from_regex(
    r"https://[a-z]{1,8}\.(?:org|de|ml)(?:/[A-Za-z0-9_()%-]{1,6}){0,3}(?:\?[a-z]=[0-9]{1,3})?", fullmatch=True
)
WORDS = st.sampled_from("Die Armee meldet Gao Mali X1 X2 und 12 (siehe oder: Erdoğan Росатом Moskau".split())
MODELS = st.sampled_from(
    [answer, str.upper, loses_marks, str.lower, lambda text: text[: len(text) // 2], lambda _: "X1 X1"]
)


@given(st.lists(st.one_of(URLS, WORDS), min_size=1, max_size=8), MODELS)
def test_every_address_of_the_source_is_in_the_output(words: list[str], model: object) -> None:
    text = " ".join(words)
    (item,) = through(FakeEngine(model), text).translations  # type: ignore[arg-type]
    assert item.failure is not None or all(word in item.text for word in words if word.startswith("https://"))
    assert item.failure is None or "[not translated]" in item.text


TEXTS = st.text(st.sampled_from("aZé1 .,:/@#→ğЯم→−°²✅_„“()X's-\\"), max_size=40)


@given(TEXTS)
def test_what_is_held_comes_back_to_its_place(text: str) -> None:
    prepared = prepare(text, Pack("xx", "Unknown", letters=GERMAN.letters), no_language)
    assert prepared.kept or prepared.restored(prepared.query) == text
    assert "".join(part for part, _ in prepared.parts()) == prepared.query


def test_a_name_reaches_the_model_in_letters_it_knows_and_gets_its_own_back() -> None:
    engine = FakeEngine(lambda text: text.replace("Erdogans Rede", "Erdogan's speech"))
    (item,) = through(engine, "Erdoğans Rede war kurz.").translations
    assert engine.calls == [["Erdogans Rede war kurz."]]
    assert item.text == "Erdoğan's speech war kurz."


def test_a_code_of_the_text_is_not_taken_for_ours() -> None:
    (item,) = through(FakeEngine(str), "Der X1 zeigt → und X1.").translations
    assert item.text == "Der X1 zeigt → und X1."


def test_where_a_mark_is_lost_the_parts_are_translated_and_it_says_so() -> None:
    engine = FakeEngine(lambda text: text.replace("X1", "").upper())
    (item,) = through(engine, "Mehr dazu steht unter https://a.example/b und hier.").translations
    assert item.text == "MEHR DAZU STEHT UNTER https://a.example/b UND HIER."
    assert item.pieced
    assert item.parts == 2


def test_a_part_that_fails_makes_the_sentence_fail_visibly() -> None:
    engine = FakeEngine(lambda text: "" if text.startswith("und") else "lost")
    (item,) = through(engine, "Mehr steht unter https://a.example/b und hier.").translations
    assert item.failure
    assert "https://a.example/b" in item.text


@pytest.mark.parametrize("word", ["Donau" * 1000, "QmFzZTY0" * 20 + "=="])
def test_what_is_too_long_for_a_word_is_not_searched_for(word: str) -> None:
    engine = FakeEngine(answer)
    (item,) = through(engine, f"Die Armee nennt {word} im Bericht.").translations
    assert word in item.text
    assert all(len(query) < len(word) for call in engine.calls for query in call)


def test_the_longest_words_of_german_are_translated() -> None:
    word = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"
    engine = FakeEngine(answer)
    through(engine, f"Die Armee nennt die {word} im Bericht.")
    assert any(word in query for call in engine.calls for query in call)


@pytest.mark.parametrize("text", ["* * *", "-----", "•••", "~~~~", "…", "👍 👍", "https://a.example/b", "#Mali #Niger"])
def test_what_has_nothing_to_translate_needs_no_model(text: str) -> None:
    engine = FakeEngine()
    (item,) = through(engine, text).translations
    assert (item.text, engine.calls, bool(item.kept)) == (text, [], True)


def test_signs_at_the_edges_are_no_part_of_the_sentence() -> None:
    engine = FakeEngine()
    (item,) = through(engine, "• Die Armee greift an! 🔥 #Mali").translations
    assert engine.calls == [["Die Armee greift an!"]]
    assert item.text == "• DIE ARMEE GREIFT AN! 🔥 #Mali"


def test_the_memory_knows_an_output_by_what_the_model_was_given() -> None:
    memory = DictMemory({"Mehr unter X1.": Output(3, (Hypothesis("More at X1.", 3),))})
    engine = FakeEngine()
    made = through(engine, "Mehr unter www.a.example.", "Mehr unter www.b.example.", memory=memory)
    assert [item.text for item in made.translations] == ["More at www.a.example.", "More at www.b.example."]
    assert (engine.calls, made.computed, made.remembered) == ([], 0, 1)


def test_a_sentence_in_another_language_stays_and_says_so() -> None:
    prepared = prepare("Selon l'armée, le calme est revenu.", GERMAN, lambda _: "French")
    assert (prepared.query, prepared.kept) == ("Selon l'armée, le calme est revenu.", "French")


def test_a_quotation_in_another_language_is_held() -> None:
    def french(text: str) -> str:
        return "French" if text.startswith("La") else ""

    prepared = prepare("Er rief: „La lutte n'est pas finie“, und ging.", GERMAN, french)
    assert prepared.query == "Er rief: „X1“, und ging."
    assert prepared.restored("He shouted “X1” and left.") == "He shouted “La lutte n'est pas finie” and left."


def test_a_language_without_a_pack_may_have_any_letters() -> None:
    prepared = prepare("Президент Росатома в Бамако.", pack_of("ru"), no_language)
    assert prepared.query == "Президент Росатома в Бамако."


def test_ordinary_sentences_reach_the_model_as_they_are() -> None:
    for text in ("Die Helfer (z. B. aus Mali/Niger) zogen ab: „Es ist 3/4 voll.“", "Côte d’Ivoire, 10.000 Mann, 5 %."):
        assert prepare(text, GERMAN, no_language).query == text


def test_numbers_are_put_right_visibly_but_not_in_addresses() -> None:
    (item,) = through(FakeEngine(str), "Es sind 12.500 Leute, siehe www.a.example/12.500/x.").translations
    assert item.text == "Es sind 12,500 Leute, siehe www.a.example/12.500/x."
    assert item.repaired == (("12.500", "12.500", "12,500"),)
