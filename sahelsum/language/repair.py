"""A number or date of an English text that is put right, with what it was and what the source has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """``after`` is to stand in the place of ``english[start:end]``; ``source`` is what the source has."""

    start: int
    end: int
    after: str
    source: str
