"""Texts that people report other splitters to cut wrongly; docs/reported-faults.md has where from."""

from __future__ import annotations

import pytest

from sahelsum.language.packs import pack_of
from sahelsum.records import Block, BlockKind
from sahelsum.segment import segment


@pytest.mark.parametrize(
    "sentences",
    [
        [
            "Ich habe am 3. Juni Geburtstag.",
            "Jonas ist Fan vom 1. FC Köln, und du?",
            "Dies ist nun der 17. Versuch.",
            "Friedrich II. war der Sohn von Heinrich VI.",
        ],
        [
            "Der 2. Weltkrieg begann am 1. September 1939.",
            "Am 2. Tag begannen sie mit der Arbeit.",
            "Heiligabend ist am 24., Weihnachten am 25. und Stephanstag am 26. Dezember.",
            "Kommst du am 14. März oder am 15.?",
            "Der 1. Offizier ist direkt dem Kapitän unterstellt.",
        ],
        ["Sie näherte sich Louis.", "„Darf ich mitspielen?“, fragte sie schüchtern.", "Danach ging sie."],
        ["Sie näherte sich Louis.", "»Darf ich mitspielen?«, fragte sie schüchtern.", "Danach ging sie."],
        ["Die Kosten betrugen etwa 5 Mio. Euro.", "Das Land hat 83 Mio. Einwohner.", "Das sind frische Zahlen."],
        ["Alternative Heilmethoden sollte er kennen."],
        ["Er hat eine B(asic) Lizenz und (seit März) Erfahrung im Leiten von Gruppen."],
    ],
)
def test_they_are_cut_rightly(sentences: list[str]) -> None:
    block = Block(1, BlockKind.PARAGRAPH, " ".join(sentences))
    assert [sentence.text for sentence in segment((block,), pack_of("de"))] == sentences
