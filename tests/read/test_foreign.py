"""Single sentences in another language: only what is surely foreign."""

from __future__ import annotations

import pytest

from sahelsum.read.foreign import foreign_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("French", "Les rebelles ont attaqué un camp de l'armée dans le nord du pays."),
        ("French", "Dix civils ont été blessés, selon la mairie."),
        ("English", "The rebels attacked an army camp in the north of the country."),
        ("English", "The council will meet on Friday in Dakar."),
        ("Spanish", "Los rebeldes atacaron un cuartel en el norte y se retiraron por la noche."),
        ("", "Die Rebellen griffen ein Lager der Armee im Norden an."),
        ("", "Macron will in Mali an Land"),
        ("", "Bamako, Mopti, Gao, Kidal, Ménaka und Timbuktu"),
        ("", "Groupe de la Paix"),
        ("", "Der Film „Le Grand Voyage“ lief im Kino der Stadt."),
        ("", "Human Rights Watch und Amnesty International fordern Aufklärung"),
        ("", "Frankreich zieht Truppen ab"),
        ("", "Charles de Gaulle, Moussa Dadis Camara, Blaise Compaoré"),
    ],
)
def test_only_what_is_surely_foreign(language: str, text: str) -> None:
    assert foreign_language(text, "de") == language


def test_nothing_is_foreign_to_a_language_of_which_nothing_is_known() -> None:
    assert foreign_language("The rebels attacked an army camp in the north.", "fr") == ""
