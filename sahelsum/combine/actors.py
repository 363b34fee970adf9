"""Actors across the folder: groups, institutions and people, with the forms of one name brought together.

The gazetteer has merged what it knows (GSIM and JNIM) when the key facts were found. What is left are people it does
not know: a name with and without accents or middle names, and the surname alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sahelsum.combine.facts import ACTOR_KINDS
from sahelsum.combine.indexes import NamedPlace, index
from sahelsum.language.english import folded
from sahelsum.language.names import known_names
from sahelsum.language.packs import pack_of
from sahelsum.records import Digest, Fact, FactKind, Translation
from sahelsum.records.folder import IndexEntry

_PERSON_KINDS = (FactKind.PERSON, FactKind.NAME)
_NO_PERSON = re.compile(r"\b(?:for|of|and|the|de la|des|für|und)\b|&")
"""Words of the names of organisations (``Center for Strategic and International Studies``)."""
MIN_SURNAME = 4
"""Letters. Shorter ones (``Bah``, ``Ba``) are first names and words as well."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def actors(digests: Sequence[Digest]) -> tuple[IndexEntry, ...]:
    """Index of the actors; a person's entry has the forms under which the articles name them."""
    people = _people(_facts(digests))
    forms: dict[str, set[str]] = defaultdict(set)
    found = [*_full_names(digests, people, forms), *_surnames_alone(digests, people)]
    _add_known_forms(digests, forms)
    return tuple(_with_aliases(entry, forms) for entry in index(found))


def _facts(digests: Sequence[Digest]) -> list[Fact]:
    return [fact for digest in digests for fact in digest.facts if fact.kind in ACTOR_KINDS]


@dataclass(frozen=True, slots=True)
class _People:
    """How names are brought together: each folded full name to the name shown, each sure surname to its bearer."""

    shown: Mapping[str, tuple[str, str]]
    by_surname: Mapping[str, tuple[str, str]]


def _people(facts: Sequence[Fact]) -> _People:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, str] = {}
    for fact in facts:
        key = folded(fact.text)
        spellings[key][fact.text] += len(fact.blocks)
        kinds[key] = FactKind.PERSON.value if fact.kind is FactKind.PERSON else kinds.get(key, fact.kind.value)
    usual = {key: max(sorted(counts), key=counts.__getitem__) for key, counts in spellings.items()}
    people = [key for key, kind in kinds.items() if kind in _PERSON_KINDS and not _NO_PERSON.search(usual[key])]
    whole = _without_middle_names(people)
    shown = {key: (usual[whole.get(key, key)], kinds[whole.get(key, key)]) for key in usual}
    bearers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key in people:
        bearers[key.split()[-1]].add(shown[key])
    sure = {name: next(iter(found)) for name, found in bearers.items() if len(found) == 1 and len(name) >= MIN_SURNAME}
    return _People(shown, sure)


def _without_middle_names(people: Iterable[str]) -> dict[str, str]:
    """``ibrahim keita`` to ``ibrahim boubacar keita``, where just one longer name has its words in their order."""
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in people:
        words = name.split()
        by_ends[words[0], words[-1]].append(name)
    return {
        min(names, key=len): max(names, key=len)
        for names in by_ends.values()
        if len(names) == 2 and len({len(name.split()) for name in names}) == 2 and _in_order(*sorted(names, key=len))
    }


def _in_order(shorter: str, longer: str) -> bool:
    rest = iter(longer.split())
    return all(word in rest for word in shorter.split())


def _full_names(digests: Sequence[Digest], people: _People, forms: dict[str, set[str]]) -> Iterator[NamedPlace]:
    for digest in digests:
        for fact in digest.facts:
            if fact.kind in ACTOR_KINDS:
                name, kind = people.shown[folded(fact.text)]
                forms[name].add(fact.text)
                yield from ((name, kind, digest.article.id, block) for block in fact.blocks)


def _surnames_alone(digests: Sequence[Digest], people: _People) -> Iterator[NamedPlace]:
    """Sentences with the surname of one person of the folder, alone, in the source and in the English."""
    for digest in digests:
        for item in digest.translations:
            for surname in _shared_words(item, people.by_surname):
                name, kind = people.by_surname[surname]
                yield name, kind, digest.article.id, item.sentence.block


def _shared_words(item: Translation, surnames: Mapping[str, object]) -> Iterator[str]:
    """Surnames that stand, with a capital, in both texts: a German noun that looks like one is translated."""
    named = [key for key in _capitalized(item.sentence.text) if key in surnames]
    english = set(_capitalized(item.text)) if named else set()
    yield from (key for key in named if key in english)


def _capitalized(text: str) -> Iterator[str]:
    """The words of a text that have a capital, each spelling once, folded."""
    return (folded(word) for word in dict.fromkeys(_WORD.findall(text)) if word[0].isupper())


def _add_known_forms(digests: Sequence[Digest], forms: dict[str, set[str]]) -> None:
    """The forms of the gazetteer that the articles use, so that a reader finds them there; inflected ones are not."""
    for digest in digests:
        source = pack_of(digest.article.language)
        for item in digest.translations:
            for name, form in source.name_forms(item.sentence.text):
                if form in known_names()[name].forms[source.code]:
                    forms[name].add(form)


def _with_aliases(entry: IndexEntry, forms: Mapping[str, set[str]]) -> IndexEntry:
    """Other forms than the name, accents and letter case aside; a part of the name (``Diop``) says nothing new."""
    others = {folded(form): form for form in sorted(forms.get(entry.name, ()))}
    return replace(entry, aliases=tuple(form for key, form in others.items() if key not in folded(entry.name)))
