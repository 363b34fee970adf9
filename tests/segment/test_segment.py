"""Sentences and clauses: nothing lost, and the tricky borders of German news."""

from __future__ import annotations

import runpy
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.errors import EngineError
from sahelsum.language.packs import pack_of
from sahelsum.records import Block, BlockKind
from sahelsum.segment import segment, split_at_clauses, split_clauses, split_sentences

GERMAN = pack_of("de")

BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "segmentation.py"))
CASES: tuple[str, ...] = BENCHMARK["CASES"]


@pytest.mark.parametrize("case", CASES)
def test_tricky_case(case: str) -> None:
    assert BENCHMARK["by_us"](case) == case.split(" | ")


def test_the_table_is_large_and_ours_is_better() -> None:
    report = BENCHMARK["report"]()
    assert len(CASES) >= 60
    assert f"sahelsum {len(CASES)}" in report.splitlines()[-1]


@pytest.mark.parametrize(
    "case",
    [
        "Es starben mehr als 10.000. | Mali trauert.",
        "Das ist eine neue Art. | Die Armee staunt.",
        "Es waren mehr als 77. 000 Tote. | Mali trauert.",
        "C. Wenn du gehst, gehe ich. | Das ist klar.",
        "Der Wert stieg von 3 auf 19. | Mali jubelt.",
        "Es war das 21. Jahrhundert. | Alles war neu.",
        "Die Einfuhr kostet 1,4 Bio. Franc, rund 2 Mrd. Euro. | Mali zahlt.",
        "Siehe S. 12, Bd. 3 und Art. 5. | Mali klagt.",
        "Er studiert Bio. | Die Armee lacht.",
        "Das Gesetz gilt seit Montag. | Art. 7 bleibt ausgesetzt.",
        "Der Vertrag gilt. | Abs. 3 nennt Fristen. | Ziff. 9 nennt Strafen.",
        "Der Erlass liegt vor. | Kap. 2 verbietet Vereine. | Anm. 5 nennt Ausnahmen. | Lit. b fehlt.",
        "Das Lager ist klein. | Max. 40 Leute finden Platz.",
        "Das Gericht hat entschieden. | Rn. 21 nennt Gründe. | Tz. 8 auch.",
        "Am Do., 5. Juni, trifft sich der Rat. | Er will beraten.",
        "Am Mi. 11. Sept. kamen sie. | Am So., 2. Nov., gingen sie.",
        "Das war so. | 30 Menschen starben.",
        "Moussa Sow (* 3. Mai 1950; † 9. Juni 2020) war Minister. | Er starb in Gao.",
        "Er traf Hptm. Sow, Olt. Keita und Gen. Diarra. | Danach ging er.",
        "Es gilt u. a. für Hirten, z. B. Nomaden, d. h. Familien, i. d. R. Frauen, sog. Helfer bzw. Ärzte.",
        "Das folgt aus Art. 3 Abs. 2 i. V. m. Art. 5 des Gesetzes. | Mehr nicht.",
        "Es starben rd. 50 Leute, ggf. mehr, evtl. Soldaten, vgl. Bericht.",
    ],
)
def test_more_borders(case: str) -> None:
    assert [sentence for sentence, _ in split_sentences(case.replace(" | ", " "), GERMAN)] == case.split(" | ")


def test_long_quotations_are_split_and_short_ones_are_not() -> None:
    short = "Er sagte: „Ich gehe. Du bleibst.“"
    long = "Er sagte: „" + "Wir haben lange gewartet und nichts ist geschehen. " * 4 + "Jetzt gehen wir.“"
    assert len(split_sentences(short, GERMAN)) == 1
    assert len(split_sentences(long, GERMAN)) == 5


def test_an_unclosed_quotation_does_not_swallow_the_rest() -> None:
    assert len(split_sentences("Er sagte: „Ich gehe. Dann ging er. Niemand folgte ihm.", GERMAN)) == 3


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.CAPTION])
def test_headings_and_captions_are_one_sentence_unless_clearly_several(kind: BlockKind) -> None:
    one = Block(1, kind, "Treffen der Minister (Moskau, 3.4.2025)")
    two = Block(2, kind, "Das Treffen war kurz. Danach reiste Diop ab.")
    assert [sentence.block for sentence in segment([one, two], GERMAN)] == [1, 2, 2]


def test_numbers_run_over_all_blocks() -> None:
    blocks = [Block(1, BlockKind.PARAGRAPH, "Eins. Zwei."), Block(2, BlockKind.PARAGRAPH, "Drei.")]
    sentences = segment(blocks, GERMAN)
    assert [(sentence.number, sentence.block, sentence.text) for sentence in sentences] == [
        (1, 1, "Eins."),
        (2, 1, "Zwei."),
        (3, 2, "Drei."),
    ]
    assert segment([], GERMAN) == ()


PIECES = st.sampled_from(
    ["Im", "19.", "Jahrhundert", "Paul", "II.", "z. B.", "„", "“", "»", "«", '"', "(", ")", "…", "...", "Mio.", "Die",
     "Armee", "ging.", "Ja!", "Was?", "\n", "  ", "3.4.2025", "10.000", "usw.", "A.", "al-Qaida", ".", "\u2028", "\x1c"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map(" ".join))


@given(TEXTS, st.sampled_from(BlockKind))
def test_sentences_and_spaces_give_back_the_block(text: str, kind: BlockKind) -> None:
    sentences = segment([Block(1, kind, text)], GERMAN)
    if not text.strip():
        assert sentences == ()
        return
    assert "".join(sentence.text + sentence.space_after for sentence in sentences) == text
    assert all(sentence.text.strip() for sentence in sentences)
    assert all(not sentence.space_after.strip() for sentence in sentences)
    assert [sentence.number for sentence in sentences] == list(range(1, len(sentences) + 1))


@given(TEXTS, st.integers(1, 40))
def test_clauses_fit_and_give_back_the_text(text: str, limit: int) -> None:
    def fits(piece: str) -> bool:
        return len(piece) <= limit

    try:
        pieces = split_clauses(text, fits, GERMAN)
    except EngineError:
        # Only a character with more marks or modifiers than the limit allows cannot be split.
        kept_together = "\u200d\r\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
        assert any(unicodedata.category(character)[0] == "M" or character in kept_together for character in text)
        return
    assert "".join(pieces) == text
    assert all(fits(piece) for piece in pieces)
    assert all(pieces) or not text


@given(st.text(st.sampled_from("aeo\u0308\u0301\u0323"), min_size=1, max_size=30))
def test_marks_stay_with_their_letter(text: str) -> None:
    text = "x" + text
    marks = max((len(run) for run in "".join(c if unicodedata.combining(c) else " " for c in text).split()), default=0)
    for piece in split_clauses(text, lambda piece: len(piece) <= marks + 1, GERMAN):
        assert not unicodedata.combining(piece[0])


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Er ging nach Hause; sie blieb noch da.", 25, ["Er ging nach Hause; ", "sie blieb noch da."]),
        ("Er ging weg, weil es schon dunkel war.", 30, ["Er ging weg, ", "weil es schon dunkel war."]),
        ("Alte Männer, junge Frauen – alle kamen.", 30, ["Alte Männer, junge Frauen – ", "alle kamen."]),
        ("Soldaten und Zivilisten", 15, ["Soldaten ", "und Zivilisten"]),
        ("Regierungstruppen", 10, ["Regierun", "gstruppen"]),
    ],
)
def test_clauses_are_cut_at_the_best_border(text: str, limit: int, expected: list[str]) -> None:
    assert split_clauses(text, lambda piece: len(piece) <= limit, GERMAN) == expected


def test_cuts_are_balanced() -> None:
    text = "a, " + "wort " * 40
    first = split_clauses(text, lambda piece: len(piece) <= 120, GERMAN)[0]
    assert len(first) > 60


def test_nothing_fits() -> None:
    with pytest.raises(EngineError, match="no room for even one character"):
        split_clauses("ab", lambda piece: False, GERMAN)


def test_very_long_input_is_split_without_deep_recursion() -> None:
    pieces = split_clauses("wort, " * 20_000, lambda piece: len(piece) <= 100, GERMAN)
    assert "".join(pieces) == "wort, " * 20_000


@pytest.mark.parametrize(
    "case",
    [
        "Die Armee erklärte am Montag in Bamako, | dass sie den Ort nach zwei Tagen verlassen habe.",
        "Erst kamen die Soldaten aus dem Süden; | dann kamen die Kämpfer aus dem Norden.",
        "Die drei Staaten im Sahel hatten es eilig – | doch in Brüssel wartete man noch immer ab.",
        # No clause, or too little on one side.
        "Mali, Niger und Burkina Faso verließen im Januar die Gemeinschaft.",
        "Er sagte, dass die Truppen aus Frankreich das Land verlassen hätten.",
    ],
)
def test_sentences_are_cut_at_every_clause(case: str) -> None:
    pieces = split_at_clauses(case.replace("| ", ""), GERMAN)
    assert [piece.strip() for piece in pieces] == case.split(" | ")


@given(st.text(st.sampled_from("ab ,.;:–\nund weil"), max_size=300))
def test_clauses_lose_nothing_and_none_is_short(text: str) -> None:
    pieces = split_at_clauses(text, GERMAN)
    assert "".join(pieces) == text
    assert len(pieces) == 1 or min(map(len, pieces)) >= 30
