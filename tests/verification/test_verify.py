# ruff: noqa: E501 - a wording on each line
"""Right and wrong wordings, line by line. ``benchmarks/data/fused.tsv`` has others, which nobody looked at while the
rules were written."""

from __future__ import annotations

import pytest

from sahelsum.records import Reason
from sahelsum.verification.verify import objection, objections

AMBUSH = (
    "Armed men attacked a fuel convoy near the Malian capital Bamako on Monday.",
    "According to the army, at least 24 soldiers and three civilians were killed in the ambush.",
)
PLEDGE = (
    "Germany wants to give Niger 30 million euros for schools, Development Minister Anna Weber said in Niamey.",
    "She did not comment on the detained president.",
)
TRIAL = (
    "A court in Dakar sentenced the opposition politician Moussa Diop to five years in prison on Friday.",
    "His lawyers deny that he took money from abroad.",
)
FLOOD = (
    "The Niger river burst its banks in Niamey in August.",
    "31 people drowned, and around 12,000 residents had to leave their homes.",
    "The government has not declared a state of emergency.",
)
COUP = (
    "Soldiers overthrew President Ali Sow in the night to Thursday and took him to a barracks in Kati.",
    "The African Union could suspend the country, a diplomat in Addis Ababa said.",
)
CASES = {
    "ambush": AMBUSH,
    "pledge": PLEDGE,
    "trial": TRIAL,
    "flood": FLOOD,
    "coup": COUP,
}


@pytest.mark.parametrize(
    ("group", "wording"),
    [
        (
            "ambush",
            "At least 24 soldiers and three civilians were killed in an attack on a fuel convoy near Bamako, according to the army.",
        ),
        (
            "ambush",
            "An ambush on a fuel convoy near Bamako on Monday killed at least 24 soldiers, according to the army.",
        ),
        ("ambush", "Gunmen attacked a fuel convoy near Bamako on Monday, and the army says at least 24 soldiers died."),
        (
            "ambush",
            "At least 24 soldiers died when armed men attacked a fuel convoy near the Malian capital, the army said.",
        ),
        (
            "pledge",
            "Germany wants to give Niger 30 million euros for schools, its development minister said in Niamey.",
        ),
        (
            "pledge",
            "Minister Anna Weber, who said Germany wants to give Niger 30 million euros for schools, did not comment on the detained president.",
        ),
        ("trial", "A Dakar court sentenced opposition politician Moussa Diop to five years in prison on Friday."),
        (
            "trial",
            "Opposition politician Moussa Diop was sentenced to five years in prison by a court in Dakar on Friday.",
        ),
        (
            "trial",
            "Moussa Diop was jailed for five years in Dakar on Friday, and his lawyers deny that he took money from abroad.",
        ),
        ("flood", "31 people drowned in Niamey in August, when the Niger river burst its banks."),
        (
            "flood",
            "Around 12,000 residents of Niamey had to leave their homes when the Niger burst its banks in August.",
        ),
        ("flood", "The government has not declared a state of emergency although 31 people drowned in Niamey."),
        ("coup", "Soldiers overthrew President Ali Sow in the night to Thursday."),
        (
            "coup",
            "President Ali Sow was overthrown by soldiers in the night to Thursday and taken to a barracks in Kati.",
        ),
        (
            "coup",
            "The African Union could suspend the country after soldiers overthrew President Ali Sow, a diplomat said.",
        ),
    ],
)
def test_a_supported_wording_may_stand(group: str, wording: str) -> None:
    assert list(objections(wording, CASES[group])) == []


@pytest.mark.parametrize(
    ("reason", "group", "wording"),
    [
        (Reason.FORM, "ambush", "Armed men attacked a fuel convoy near the"),
        (Reason.FORM, "ambush", "Armed men attacked a convoy."),
        (Reason.FORM, "ambush", "Armed men attacked a fuel convoy near the capital near the capital near the capital."),
        (Reason.FORM, "ambush", "Armed men attacked attacked a fuel convoy near the Malian capital Bamako on Monday."),
        (Reason.FORM, "ambush", "According to the army, “at least 24 soldiers were killed in the ambush near Bamako."),
        (Reason.COPIED, "ambush", AMBUSH[0]),
        (Reason.NAME, "ambush", "Armed men attacked a fuel convoy near Ouagadougou on Monday."),
        (Reason.NAME, "ambush", "Armed men of Katiba Macina attacked a fuel convoy near the Malian capital on Monday."),
        (Reason.NAME, "trial", "A court in Dakar sentenced the opposition politician Moussa Traoré to five years in prison."),
        (Reason.NAME, "pledge", "France wants to give Niger 30 million euros for schools, a minister said in Niamey."),
        (Reason.NUMBER, "ambush", "According to the army, at least 42 soldiers were killed in an ambush near Bamako."),
        (Reason.NUMBER, "ambush", "According to the army, at least 24 civilians were killed in an ambush near Bamako."),
        (Reason.NUMBER, "ambush", "According to the army, three soldiers were killed in an ambush near Bamako."),
        (Reason.NUMBER, "ambush", "According to the army, 24 soldiers were killed in an ambush near Bamako on Monday."),
        (Reason.NUMBER, "ambush", "According to the army, up to 24 soldiers were killed in an ambush near Bamako."),
        (Reason.NUMBER, "flood", "31 people drowned and 120,000 residents had to leave their homes in Niamey."),
        (Reason.NUMBER, "trial", "A court in Dakar sentenced a second opposition politician to five years in prison."),
        (Reason.UNIT, "pledge", "Germany wants to give Niger 30 million dollars for schools, a minister said in Niamey."),
        (Reason.UNIT, "trial", "A court in Dakar sentenced Moussa Diop to five months in prison on Friday."),
        (Reason.DATE, "ambush", "Armed men attacked a fuel convoy near the Malian capital on Tuesday."),
        (Reason.DATE, "flood", "The Niger river burst its banks in Niamey in September, and 31 people drowned."),
        (Reason.DATE, "coup", "Soldiers overthrew President Ali Sow last week and took him to a barracks in Kati."),
        (Reason.NEGATION, "pledge", "Minister Anna Weber commented in Niamey on the detained president."),
        (Reason.NEGATION, "flood", "The government has declared a state of emergency after 31 people drowned in Niamey."),
        (Reason.NEGATION, "ambush", "Armed men did not attack a fuel convoy near the Malian capital on Monday."),
        (Reason.NEGATION, "trial", "His lawyers say that Moussa Diop took money from abroad."),
        (Reason.CERTAINTY, "pledge", "Germany gave Niger 30 million euros for schools, a minister said in Niamey."),
        (Reason.CERTAINTY, "coup", "The African Union suspended the country, a diplomat in Addis Ababa said."),
        (Reason.ATTRIBUTION, "ambush", "At least 24 soldiers and three civilians were killed in an ambush near Bamako."),
        (Reason.ATTRIBUTION, "ambush", "At least 24 soldiers were killed in an ambush near Bamako, according to civilians."),
        (Reason.ROLES, "coup", "President Ali Sow overthrew soldiers in the night to Thursday in a barracks in Kati."),
        (Reason.ROLES, "trial", "The opposition politician Moussa Diop sentenced a court in Dakar on Friday."),
        (Reason.ROLES, "ambush", "A fuel convoy attacked armed men near the Malian capital on Monday."),
        (Reason.ROLES, "ambush", "Armed men were attacked by a fuel convoy near the Malian capital on Monday."),
        (Reason.WORD, "ambush", "Armed men attacked a fuel convoy with drones near the Malian capital on Monday."),
        (Reason.WORD, "trial", "A court in Dakar acquitted the opposition politician Moussa Diop on Friday."),
        (Reason.WORD, "pledge", "Germany wants to lend Niger 30 million euros for hospitals, a minister said in Niamey."),
    ],
)  # fmt: skip
def test_a_wrong_wording_is_refused_and_told_why(reason: Reason, group: str, wording: str) -> None:
    assert reason in {item.reason for item in objections(wording, CASES[group])}


@pytest.mark.parametrize(
    ("reason", "wording"),
    [
        (None, "At least 24 soldiers killed in ambush near Bamako, army says"),
        (None, "Gunmen attack fuel convoy near Malian capital"),
        (Reason.FORM, "Gunmen attack fuel convoy near Malian capital."),
        (Reason.ATTRIBUTION, "At least 24 soldiers killed in ambush near Bamako"),
        (Reason.NAME, "Gunmen attack fuel convoy near Timbuktu"),
    ],
)
def test_a_headline_is_held_to_the_same(reason: Reason | None, wording: str) -> None:
    found = objection(wording, AMBUSH, headline=True)
    assert (found.reason if found else None) == reason


def test_the_first_objection_names_what_gave_rise_to_it() -> None:
    found = objection("Armed men attacked a fuel convoy near Ouagadougou on Monday.", AMBUSH)
    assert found is not None
    assert (found.reason, found.detail) == (Reason.NAME, "Ouagadougou")
