"""Who does what to whom in a German sentence, where its cases, its verb or ``von`` leave no doubt.

``Den Minister kritisierte die Kommission`` has the one acted on first; ``wurden … von Bauern angegriffen`` names who
acts last. Of a sentence that its sense alone decides, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sahelsum.language.de.parties import Party, Token, parties, tokens
from sahelsum.language.phrases import REMEMBERED_SENTENCES

_BORDER = re.compile(r"[,;:–—!?()„“”»«]|\.(?=\s|$)")
_PREPOSITIONS = frozenset(
    "an am ans auf aus bei beim bis durch für gegen hinter in im ins mit nach neben ohne seit über unter um vom "
    "von vor wegen während zu zum zur zwischen trotz laut samt angesichts entlang gegenüber nahe statt außer als "
    "pro".split()
)
_POSTPOSITIONS = frozenset(("zufolge", "entgegen", "gegenüber"))
_JOINED = frozenset(("und", "oder", "sowie", "wie"))
_AGENT_PREPOSITIONS = frozenset(("von", "vom", "durch"))
_PASSIVE = re.compile(r"\b(?:wurden?|worden|wird|werden|würden?)\b")
_NO_ACTION = re.compile(
    r"\b(?:\w*gehör|gefall|gefiel|geling|gelang|fehl|bleib|blieb|schuld|ähnel|unterlag|unterlieg|nütz|schad|begegn|droh|gilt|gelt|galt|dien)\w*"
    r"|\b(?:ist|sind|war|waren|sei|seien)\b"
)
"""Verbs whose English has another subject than the German (``gehören``, ``gefallen``, ``fehlen``), and what only is."""
_NOT_A_VERB = frozenset(
    "und oder sowie aber auch der die das den dem des ein eine einen einem einer eines sich".split()
)
_RELATIVE_PATIENT = frozenset(("den", "dem", "denen"))
_RELATIVE_ANY = frozenset(("der", "die", "das"))


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts, and on whom."""

    agent: Party
    patient: Party


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words from one mark to the next, and the parties among them."""

    text: str
    words: Sequence[Token]
    first: int
    last: int
    parties: Sequence[Party]

    def governed(self, party: Party) -> str:
        """The preposition before a party; empty without one."""
        behind = self.words[party.last + 1].text if party.last < self.last else ""
        if behind in _POSTPOSITIONS:
            return behind
        before = self.words[party.first - 1].text.lower() if party.first > self.first else ""
        if before in _JOINED:
            others = [other for other in self.parties if other.last < party.first - 1]
            return self.governed(others[-1]) if others else ""
        return before if before in _PREPOSITIONS else ""

    def attribute(self, party: Party) -> bool:
        """Whether it only says whose another noun is: ``der Sprecher der Armee``."""
        if not party.may_be("gen"):
            return False
        alone = all(reading[2] == "gen" for reading in party.readings)
        return alone or (party.first > self.first and self.words[party.first - 1].text[:1].isupper())

    def joined(self, one: Party, other: Party) -> bool:
        """Whether both do the same, or have the same done to them: ``Armee und Rebellen``."""
        return other.first == one.last + 2 and self.words[one.last + 1].text in _JOINED

    def follows_a_party(self, place: int) -> bool:
        """Whether the word before a place is the last one of a party."""
        return any(party.last == place - 1 and not party.is_place for party in self.parties)

    @property
    def core(self) -> list[Party]:
        """Subjects and objects, as far as they are parties."""
        return [
            party
            for party in self.parties
            if not self.governed(party)
            and not self.attribute(party)
            and not (party.is_place and party.first != self.first)
        ]

    @property
    def passive(self) -> bool:
        return bool(_PASSIVE.search(self.text))


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def roles(german: str) -> tuple[Roles, ...]:
    """Those that are certain. Every wording that is proposed for a sentence is held against them."""
    return tuple(_roles(german))


def _roles(german: str) -> Iterator[Roles]:
    words = tokens(german)
    everyone = parties(german, words)
    if len(everyone) < 2:
        return
    before: _Clause | None = None
    for clause in _clauses(german, words, everyone):
        yield from _of_clause(clause, _antecedent(before, clause))
        before = clause


def _clauses(german: str, words: Sequence[Token], everyone: Sequence[Party]) -> Iterator[_Clause]:
    start = 0
    for end in [*(match.start() for match in _BORDER.finditer(german)), len(german)]:
        inside = [place for place, word in enumerate(words) if start <= word.start < end]
        if inside:
            first, last = inside[0], inside[-1]
            own = [party for party in everyone if first <= party.first and party.last <= last]
            yield _Clause(german[start:end], words, first, last, own)
        start = end + 1


def _antecedent(before: _Clause | None, clause: _Clause) -> Party | None:
    """The party that a relative clause belongs to: the last word before the comma."""
    if before is None or not before.parties or before.parties[-1].last != before.last:
        return None
    first = clause.words[clause.first].text
    used = any(party.first == clause.first for party in clause.parties)
    following = clause.words[clause.first + 1].text if clause.first < clause.last else ""
    if used or first not in _RELATIVE_PATIENT | _RELATIVE_ANY or following[:1].isupper():
        return None
    return before.parties[-1]


def _of_clause(clause: _Clause, antecedent: Party | None) -> Iterator[Roles]:
    yield from _in_nouns(clause)
    if _NO_ACTION.search(clause.text):
        return
    if clause.passive:
        yield from _passive(clause, antecedent)
    elif antecedent is not None:
        yield from _relative(clause, antecedent)
    else:
        yield from _active(clause)


def _in_nouns(clause: _Clause) -> Iterator[Roles]:
    """``der Angriff der Armee auf die Rebellen``."""
    for agent, patient in pairwise(clause.parties):
        place = patient.first - 1
        before = clause.words[agent.first - 1].text if agent.first > clause.first else ""
        if (
            place == agent.last + 1
            and clause.words[place].text in _AIMED
            and _ACTION_NOUN.search(before.lower())
            and all(reading[2] != "nom" for reading in agent.readings)
        ):
            yield Roles(agent, patient)


_AIMED = frozenset(("auf", "gegen", "an", "für"))
_ACTION_NOUN = re.compile(
    r"(?:angriff|angriffe|angriffen|angriffs|anschlag|anschläge|überfall|überfälle|vorwurf|vorwürfe|vorwürfen|klage|klagen|"
    r"kritik|angebot|angebote|appell|forderung|forderungen|drohung|drohungen|sieg|offensive|attacke|attacken|krieg|"
    r"beschwerde|brief|hilfe|lieferung|lieferungen|sanktionen|ultimatum|anzeige|strafanzeige|schlag|vorgehen|protest)$"
)


def _passive(clause: _Clause, antecedent: Party | None) -> Iterator[Roles]:
    """``X wurde von Y …``."""
    agents = [
        party
        for party in clause.parties
        if clause.governed(party) in _AGENT_PREPOSITIONS and not clause.follows_a_party(party.first - 1)
    ]
    patient = next((party for party in clause.core if party.may_be("nom")), antecedent)
    if len(agents) == 1 and patient is not None:
        yield Roles(agents[0], patient)


def _relative(clause: _Clause, antecedent: Party) -> Iterator[Roles]:
    """``der Journalist, den der Gouverneur verklagt hatte``."""
    pronoun = clause.words[clause.first].text
    for party in clause.core[:1]:
        if pronoun in _RELATIVE_PATIENT and party.may_be("nom"):
            yield Roles(party, antecedent)
        elif pronoun in _RELATIVE_ANY and not party.may_be("nom"):
            yield Roles(antecedent, party)
        elif pronoun == "die" and party.number == "sg" and not party.may_be("acc"):
            yield Roles(party, antecedent)


def _active(clause: _Clause) -> Iterator[Roles]:
    if len(clause.core) < 2 or clause.joined(*clause.core[:2]):
        return
    one, other = clause.core[:2]
    if one.may_be("nom") and other.may_be("nom"):
        agent = _by_number(clause, one, other) or one  # as nearly always: the subject first
    elif one.may_be("nom") or other.may_be("nom"):
        agent = one if one.may_be("nom") else other
    else:
        agent = None
    if agent is not None:
        yield Roles(agent, other if agent is one else one)


def _by_number(clause: _Clause, one: Party, other: Party) -> Party | None:
    """Whom the verb behind the first party agrees with: ``Die Rebellen hat die Regierung nie anerkannt``."""
    if one.last >= clause.last or not one.number or not other.number:
        return None
    verb = clause.words[one.last + 1].text
    if one.number == other.number or not verb[0].islower() or verb in _NOT_A_VERB | _PREPOSITIONS:
        return None
    number = "pl" if verb.endswith("n") else "sg"
    return one if one.number == number else other
