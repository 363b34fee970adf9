"""How German denies and quotes, and names a year by its distance. Data only."""

from __future__ import annotations

import re

NEGATION = re.compile(
    r"\b(?=[nkw])(?:nicht(?!\s(?:nur|zuletzt|mehr als|weniger als|einmal|allein|selten|"
    r"auszuschließen|zu überhören|zu übersehen))|kein(?:e[nmrs]?)?|niemals|nie|"
    r"niemand(?:en|em)?|nichts|keineswegs|keinesfalls|weder)\b",
    re.IGNORECASE,
)
MAX_QUOTE_CHARS = 600
"""A quotation within one sentence is shorter; the bound keeps a text of nothing but opening marks cheap to read."""
_INSIDE = rf"[^„“”»«\"‚‘’›‹]{{1,{MAX_QUOTE_CHARS}}}"
QUOTATION = re.compile(
    rf"„(?P<low>{_INSIDE})[“”\"]|»(?P<french>{_INSIDE})«|«(?P<swiss>{_INSIDE})»|“(?P<high>{_INSIDE})[”“]"
    rf"|\"(?P<straight>{_INSIDE})\"|‚(?P<single>{_INSIDE})[‘’]|›(?P<guillemet>{_INSIDE})‹"
)
RELATIVE_YEAR = re.compile(r"(?:vergangen|letzt|vorig|dies|kommend|nächst)e[mnrs] Jahre?s?\b|\bVorjahr|\bheuer\b")
