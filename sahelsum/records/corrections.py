"""What a person has corrected."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence and the English that a person gave it."""

    language: str
    """ISO 639-1 code of the language of ``source``."""
    source: str
    text: str

    @property
    def key(self) -> str:
        """The sentence as it is looked for: white space does not tell one from another."""
        return one_line(self.source)


def one_line(text: str) -> str:
    """A text with one space for each run of white space, and none at its ends."""
    return " ".join(text.split())
