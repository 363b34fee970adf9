"""Translations in which two parties have changed places: who acts in German is acted on in English."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.language.contrasts import Turned
from sahelsum.language.de.roles import roles
from sahelsum.language.english_roles import acts_first


def exchanged_parties(german: str, english: str) -> Iterator[Turned]:
    """Each pair whose roles are certain on both sides and not the same."""
    for pair in roles(german):
        if acts_first(english, pair.agent.english, pair.patient.english) is False:
            yield Turned("roles", f"{pair.agent.noun} → {pair.patient.noun}", "the other way round")
