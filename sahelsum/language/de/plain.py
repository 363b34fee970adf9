"""A German text as a model reads it best."""

from __future__ import annotations

import re

from sahelsum.language.de.capitals import from_capitals
from sahelsum.language.de.gender import plain_persons

_TRILLIONS = re.compile(r"(?<=\d\s)Bio\.(?=\s[a-zäöüß]|\s?[^\s]|$)|(?<=\d)Bio\.")
_BORN = re.compile(r"(?<=\()\s?\*\s?(?=\d)")
_DIED = re.compile(r"(?<=[(;,–-]\s)†\s?(?=\d)|(?<=\()†\s?(?=\d)")


def plain_german(text: str) -> str:
    """Forms for both genders, headlines in capitals, the signs of a biography and ``Bio.`` in plain words."""
    text = _BORN.sub("geboren ", text) if "*" in text else text
    text = _DIED.sub("gestorben ", text) if "†" in text else text
    text = _TRILLIONS.sub("Billionen", text) if "Bio." in text else text
    return from_capitals(plain_persons(text))
