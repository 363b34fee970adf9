"""Who does it and to whom: the words on either side of each verb, in a wording and in its group.

Without a parser, so only what is plain counts: a verb that both have, and words on its other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sahelsum.language.english_verbs import BE, root
from sahelsum.verification.matching import Group, Place
from sahelsum.verification.reading import (
    ADVERBS,
    CONJUNCTIONS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    SUBJECTS,
    Word,
    words_of,
)

_FARTHEST = 14
"""Words looked at on either side of a verb."""
_TOGETHER = 6
"""Words of one thing, ``the envoy, Joaquim Salgado of Mozambique``, stand at most so far apart."""
_NO_AGENT = frozenset(root(word) for word in "die perish drown collapse vanish disappear".split())
"""What is told of the subject of these happens to it."""
_SUBORDINATING = frozenset("after before since until as because".split())
"""With a noun between them and the verb they open its clause."""
_ATTACKING = frozenset(
    root(word)
    for word in "attack raid ambush storm shoot fire bomb shell strike open blow explode abduct kidnap".split()
)
_WITH_VERB = frozenset("on to at for against with into over up out off down".split())
_WITHIN = frozenset("of about around over near than".split())
_ANYBODY = frozenset(
    "organisation group company government country man woman agency ministry party team two people person they".split()
)
"""*The organisation* is whoever was named before."""
_STOPS = CONJUNCTIONS - {"and", "or"} | {"who", "which", "that", "said", "says"}


@dataclass(frozen=True, slots=True)
class Roles:
    """The words of content of who does it and of what it is done to; empty where that cannot be told."""

    agent: tuple[Word, ...]
    patient: tuple[Word, ...]


def roles_of(words: Sequence[Word], verb: Word) -> Roles:
    """The roles at a verb."""
    left, right = _left(words, verb), _right(words, verb)
    if verb.passive or verb.root in _NO_AGENT:
        return Roles(_by(words, verb), left)
    if verb.bare and not right:
        return Roles((), ())  # "rebels seized in Gao", "rebels attacked in Gao"
    return Roles(left, right)


def _left(words: Sequence[Word], verb: Word) -> tuple[Word, ...]:
    """The noun before a verb, with what belongs to it; what stands after a preposition is not its head."""
    earlier = _joined_verb(words, verb)
    if earlier:
        return _left(words, earlier)
    found: list[Word] = []
    start = max(0, verb.place - _FARTHEST)
    for word in reversed([each for each in words[start : verb.place] if each.clause != _inserted(words, verb)]):
        if word.plain in _STOPS and (found or word.plain not in SUBJECTS):
            break
        if found and (word.verb or word.plain in _SUBORDINATING or found[-1].clause != word.clause):
            break
        if word.plain in PREPOSITIONS and not _of_number(words, word.place) and (word.plain != "of" or not found):
            if not found and not any(each.content for each in words[word.place + 1 : verb.place]):
                return ()  # "after attacking", "for fear of being caught"
            found = []  # "the head of the hospital in Gao": Gao is not who does it
        elif word.content and not word.verb:
            found.append(word)
    return tuple(reversed(found))


def _joined_verb(words: Sequence[Word], verb: Word) -> Word | None:
    """The earlier verb that shares its subject: ``attacked a convoy and killed 24``, or ``, killing 24``."""
    before = [word for word in words[: verb.place] if word.plain not in ADVERBS | HAVE | BE | MODALS]
    participle = verb.plain.endswith("ing") and bool(before) and before[-1].clause != verb.clause
    if not before or not (participle or before[-1].plain in {"and", "but", "or"}):
        return None
    return next((word for word in reversed(before) if word.verb), None)


def _inserted(words: Sequence[Word], verb: Word) -> int:
    """The clause between commas right before a verb: ``Weber, who had come from Berlin, did not comment``; or -1."""
    same = [word for word in words[: verb.place] if word.clause == verb.clause and word.content]
    return verb.clause - 1 if not same and verb.clause > 1 else -1


def _right(words: Sequence[Word], verb: Word) -> tuple[Word, ...]:
    """The noun behind a verb, or behind its preposition (``called on the rebels``), up to the next border."""
    found: list[Word] = []
    behind = words[verb.place + 1 : verb.place + 1 + _FARTHEST]
    for place, word in enumerate(behind):
        border = word.clause != verb.clause or word.verb or word.plain in MODALS | BE | HAVE
        if place == 0 and word.plain in _WITH_VERB and not border:
            continue
        if border or word.plain in _STOPS or (word.plain in PREPOSITIONS - _WITHIN and not _of_number(behind, place)):
            break
        if word.content and not _is_time(word):
            found.append(word)
    return tuple(found)


def _of_number(words: Sequence[Word], place: int) -> bool:
    """Whether this belongs to ``more than 100``, ``at least 24``."""
    return any(not word.content and word.plain[0].isdigit() for word in words[place + 1 : place + 3])


def _is_time(word: Word) -> bool:
    return word.plain.endswith("day") and word.capital


def _by(words: Sequence[Word], verb: Word) -> tuple[Word, ...]:
    """Who is named with ``by`` behind a passive."""
    for word in words[verb.place + 1 : verb.place + 1 + _FARTHEST]:
        if word.clause != verb.clause or word.verb:
            break
        if word.plain == "by":
            return _right(words, word)
    return ()


def turned(text: str, group: Group) -> Iterator[str]:
    """Verbs with somebody else before or behind them than in the group."""
    own = words_of(text)
    for verb in own:
        if not verb.content or (verb.capital and verb.place):
            continue
        places = [place for place in group.places(verb) if group.word(place).verb]
        if not places or not (verb.verb or _stands_as_verb(own, verb)):
            continue
        told = roles_of(own, verb)
        if not any(_agree(told, place, group) for place in places):
            yield verb.text


def _stands_as_verb(words: Sequence[Word], word: Word) -> bool:
    """The present tense of headlines, which only the group's verb gives away."""
    if not word.place or word.place + 1 == len(words):
        return False
    following = words[word.place + 1]
    auxiliary = following.plain in MODALS | BE | HAVE or following.verb
    return words[word.place - 1].content and word.plain.endswith("s") and not auxiliary


def _agree(told: Roles, place: Place, group: Group) -> bool:
    number, _ = place
    verb = group.word(place)
    known = roles_of(group.sentences[number], verb)
    return not (
        _elsewhere(told.agent, known.agent, known.patient, number, group)
        or _elsewhere(told.patient, known.patient, known.agent, number, group)
        or (known.patient and not known.agent and _from_afar(told.agent, place, group))
    )


def _elsewhere(told: Sequence[Word], same: Sequence[Word], opposite: Sequence[Word], number: int, group: Group) -> bool:
    """Whether the words told stand in the other role, or in none though the group names somebody in this one."""
    named = [word for word in told if word.plain not in _ANYBODY]
    places = {place for word in named for place in group.own_places(word)}
    here = {(number, word.place) for word in same if len(same) > 1 or word.plain not in _ANYBODY}
    there = {(number, word.place) for word in opposite}
    if not places or places & here or (not places & there and _one_thing(places, here, group)):
        return False
    return bool(places & there) or bool(here)


def _from_afar(agent: Sequence[Word], place: Place, group: Group) -> bool:
    """Whether whom the group does not name as doing it stands in other sentences alone, or is whom it is done to.

    Whoever attacks may be said to have killed those who died in the attack.
    """
    places = [spot for word in agent for spot in group.own_places(word)]
    near = [at for number, at in places if number == place[0]]
    words = group.sentences[place[0]]
    aimed_at = not any(preposition_of(words, words[at]) not in {"to", "against", "for"} for at in near)
    return bool(places) and aimed_at and not any(_attacks(group, spot) for spot in places)


def _attacks(group: Group, place: Place) -> bool:
    """Whether the word at a place is who attacks."""
    words = group.sentences[place[0]]
    return any(
        verb.verb and verb.root in _ATTACKING and any(word.place == place[1] for word in roles_of(words, verb).agent)
        for verb in words
    )


def _one_thing(places: set[Place], here: set[Place], group: Group) -> bool:
    """Whether words stand so near each other somewhere that they may mean one thing (``the envoy, Salgado``)."""
    again = {place for spot in here for place in group.own_places(group.word(spot))}
    return any(
        one == other and abs(at - spot) <= _TOGETHER and not _verb_between(group.sentences[one], at, spot)
        for one, at in places
        for other, spot in again
    )


def _verb_between(words: Sequence[Word], one: int, other: int) -> bool:
    return any(word.verb for word in words[min(one, other) + 1 : max(one, other)])


_OPPOSITE = {
    "from": frozenset("in at to into near".split()),
    "to": frozenset({"from"}),
    "into": frozenset({"from"}),
    "in": frozenset({"from"}),
    "at": frozenset({"from"}),
    "against": frozenset({"by", "from"}),
}


def preposition_of(words: Sequence[Word], word: Word) -> str:
    """The preposition that a noun stands behind, *of* passed over; empty where a verb or a border comes first."""
    for before in reversed(words[max(0, word.place - _TOGETHER) : word.place]):
        if before.clause != word.clause or before.verb:
            return ""
        if before.plain in PREPOSITIONS - {"of"}:
            return before.plain
    return ""


def moved(text: str, group: Group) -> Iterator[str]:
    """Names behind a preposition whose opposite they have in the group: *from Sudan* that was *in Sudan*."""
    own = words_of(text)
    for word in own:
        opposite = _OPPOSITE.get(preposition_of(own, word), frozenset())
        if not word.capital or not opposite:
            continue
        known = {preposition_of(group.sentences[at], group.sentences[at][spot]) for at, spot in group.places(word)}
        if known and known <= opposite:
            yield word.text
