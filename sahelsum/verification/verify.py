"""Whether a wording may stand for a group of sentences: the checks in their order, the first that objects says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sahelsum.records import Reason
from sahelsum.verification.attribution import denied_claims, lost_claims, other_holders
from sahelsum.verification.bearing import added_no, denials, open_as_fact
from sahelsum.verification.facts import foreign_dates, foreign_names, foreign_numbers, foreign_units
from sahelsum.verification.form import malformed
from sahelsum.verification.matching import Group, group_of
from sahelsum.verification.roles import moved, turned
from sahelsum.verification.setting import misplaced
from sahelsum.verification.wording import foreign_words, mixed_words

Check = Callable[[str, Group], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a wording may not stand, and the words that gave rise to it."""

    reason: Reason
    detail: str


CHECKS: tuple[tuple[Reason, Check], ...] = (
    (Reason.NUMBER, foreign_numbers),
    (Reason.UNIT, foreign_units),
    (Reason.DATE, foreign_dates),
    (Reason.WORD, foreign_words),
    (Reason.NEGATION, denials),
    (Reason.NEGATION, added_no),
    (Reason.NEGATION, denied_claims),
    (Reason.CERTAINTY, open_as_fact),
    (Reason.ATTRIBUTION, lost_claims),
    (Reason.ATTRIBUTION, other_holders),
    (Reason.ROLES, turned),
    (Reason.ROLES, moved),
    (Reason.MIXED, misplaced),
    (Reason.MIXED, mixed_words),
)
"""In the order in which they are made; before them form and names, which are others for headlines."""


def objection(text: str, sentences: Sequence[str], *, headline: bool = False) -> Objection | None:
    """The first reason against a wording; None if it may stand.

    Args:
        text: what a model wrote.
        sentences: the English sentences that it was written for.
        headline: whether it is to be a headline: shorter, without a full stop.
    """
    return next(objections(text, sentences, headline=headline), None)


def objections(text: str, sentences: Sequence[str], *, headline: bool = False) -> Iterator[Objection]:
    """Every reason against a wording."""
    group = group_of(tuple(sentences))
    yield from (Objection(Reason.FORM, detail) for detail in malformed(text, sentences, headline=headline))
    if not headline and _plain(text) in {_plain(sentence) for sentence in sentences}:
        yield Objection(Reason.COPIED, "")
    yield from (Objection(Reason.NAME, detail) for detail in foreign_names(text, group, headline=headline))
    for reason, check in CHECKS:
        yield from (Objection(reason, detail) for detail in check(text, group))


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
