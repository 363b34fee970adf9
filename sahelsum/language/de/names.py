"""Known names in German text, whatever their ending or compound."""

from __future__ import annotations

import re
from functools import lru_cache

from sahelsum.language.names import REMEMBERED_SENTENCES, NameRules, found_names

GERMAN_NAMES = NameRules(
    code="de",
    ending="(?:e?s|er)?",  # the genitive; who or what is from there (``Pariser``)
    letters={"ß": "(?:ß|ss)"},  # as the Swiss write
    before_country=re.compile("[Nn]ord(?:ost|west)?|[Ss]üd(?:ost|west)?|[Oo]st|[Ww]est|[Zz]entral"),
    first_letters=frozenset("NnSsOoWwZz"),
    country_ending="(?:e?s)?",
)
"""``Nordmali`` and ``südlibysch`` name the country."""


def names_in_german(text: str) -> frozenset[str]:
    """The entries, by English name, that a German text names."""
    return frozenset(name for name, _ in forms_in_german(text))


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def forms_in_german(text: str) -> frozenset[tuple[str, str]]:
    """The entries that a German text names, each with the form it uses (``JNIM`` with ``GSIM``)."""
    return frozenset(found_names(text, GERMAN_NAMES))
