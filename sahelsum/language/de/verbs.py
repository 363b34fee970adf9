"""German verbs whose prefix turns the sense, in all their forms, with the English they may and may not become.

``einstellen`` stops or hires and never introduces; ``auflösen`` dissolves and never triggers. The verbs stand in
``verbs.toml``. A fault is a known wrong word in the English where none of the allowed ones is.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from sahelsum.language.contrasts import Turned
from sahelsum.language.needles import needed
from sahelsum.language.phrases import REMEMBERED_SENTENCES, any_of, whole_words

_WORD_OR_MARK = re.compile(r"[^\W\d_]+|[.,;:!?–)“”»«\"]")
_CLAUSE_ENDS = frozenset('.,;:!?–)“”»«"') | {"und", "oder", "sowie", "als", "wie", "aber", "um", "weil", "zu", ""}
"""What follows a prefix that stands apart from its verb: the clause is over."""
_DECLENSION = ("", "e", "en", "er", "es", "em")


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """A verb of the table."""

    infinitive: str
    right: str
    wrong: str

    def turned(self, said: str, english: str) -> Turned | None:
        """The fault, if the English has a known wrong word and no right one."""
        if not any(word in english.lower() for word in _needed_words(self.wrong)):
            return None  # nearly always, and seen without a pattern
        told = _pattern(self.wrong).search(english)
        return Turned("verb", said, told.group()) if told and not _pattern(self.right).search(english) else None


@cache  # of a verb that a text has: most of the table is never wanted
def _needed_words(words: str) -> tuple[str, ...]:
    return tuple(map(needed, words.split()))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return whole_words(any_of(words))


@dataclass(frozen=True, slots=True)
class _Index:
    joined: Mapping[str, tuple[Verb, ...]]
    """By a form that is one word."""
    apart: Mapping[str, tuple[tuple[str, Verb], ...]]
    """By the finite form of a verb without its prefix: the prefixes that may follow, with the whole verb."""
    forms: frozenset[str]
    """All forms of both."""


@cache
def table() -> Mapping[str, Any]:
    """``verbs.toml``: ``strong`` forms of base verbs, ``verbs`` with a bar behind a separable prefix."""
    return tomllib.loads(resources.files("sahelsum.language.de").joinpath("verbs.toml").read_text(encoding="utf-8"))


@cache
def _index() -> _Index:
    joined: defaultdict[str, list[Verb]] = defaultdict(list)
    apart: defaultdict[str, list[tuple[str, Verb]]] = defaultdict(list)
    for written, words in table()["verbs"].items():
        right, _, wrong = words.partition(";")
        prefix, bar, base = written.rpartition("|")
        verb = Verb(prefix + base, right, wrong)
        for form in joined_forms(prefix, base):
            joined[form].append(verb)
        for form in finite_forms(base) if bar else ():
            apart[form].append((prefix, verb))
    return _Index(
        {form: tuple(verbs) for form, verbs in joined.items()},
        {form: tuple(verbs) for form, verbs in apart.items()},
        frozenset((*joined, *apart)),
    )


def finite_forms(base: str) -> tuple[str, ...]:
    """Present and past of the third person, also of the subjunctive, and the infinitive: ``stellt``, ``stellten``."""
    stem, strong = _stem(base), _strong(base)
    joint = "e" if stem.endswith(("t", "d", "fn", "dn", "chn", "gn")) else ""
    present = {base, f"{stem}e", f"{stem}{joint}t"}
    if strong:
        third, past, _ = strong
        plural = f"{past}n" if past.endswith("e") else f"{past}en"
        return tuple(present | {third, past, plural})
    return tuple(present | {f"{stem}{joint}te", f"{stem}{joint}ten"})


def joined_forms(prefix: str, base: str) -> Iterator[str]:
    """Every form that is one word: infinitives, finite forms at the end of a clause, participles, the noun in -ung."""
    stem, strong = _stem(base), _strong(base)
    yield from (prefix + form for form in finite_forms(base))
    yield from (f"{prefix}{stem}ung", f"{prefix}{stem}ungen")
    joint = "e" if stem.endswith(("t", "d", "fn", "dn", "chn", "gn")) else ""
    participle = strong[2] if strong else f"{stem}{joint}t" if base.endswith("ieren") else f"ge{stem}{joint}t"
    if not prefix and not strong:
        participle = f"{stem}{joint}t"  # of an inseparable verb, written whole
    if prefix:
        yield f"{prefix}zu{base}"
    yield from (prefix + participle + ending for ending in _DECLENSION)


def _stem(base: str) -> str:
    return base.removesuffix("en") if base.endswith("en") else base.removesuffix("n")


_INSEPARABLE = re.compile("be|ver|er|ent|zer|über|unter|wider|miss")


def _strong(base: str) -> tuple[str, ...]:
    """Third person, past and participle of a strong verb, or of one made of it: ``schieben``, ``verschieben``."""
    strong: dict[str, str] = table()["strong"]
    if base in strong:
        return tuple(strong[base].split())
    prefix = _INSEPARABLE.match(base)
    third, past, participle = strong.get(base[prefix.end() :], "  ").split(" ", 2) if prefix else ("", "", "")
    if prefix is None or not third:
        return ()
    return prefix.group() + third, prefix.group() + past, prefix.group() + participle.removeprefix("ge")


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def verbs_of(german: str) -> tuple[tuple[Verb, str], ...]:
    """The verbs of the table that a text has, each with its wording."""
    if _index().forms.isdisjoint(_WORD_OR_MARK.findall(german.lower())):
        return ()
    as_written = enumerate(_WORD_OR_MARK.findall(german))
    # A capital inside is a noun ("der Einstieg"); that in -ung means what the verb does.
    words = [w.lower() if not at or w[0].islower() or w.endswith(("ung", "ungen")) else w for at, w in as_written]
    return tuple(dict.fromkeys((*_joined(words), *_apart(words))))


def _joined(words: Iterable[str]) -> Iterator[tuple[Verb, str]]:
    joined = _index().joined
    return ((verb, word) for word in words for verb in joined.get(word, ()))


def _apart(words: list[str]) -> Iterator[tuple[Verb, str]]:
    index = _index().apart
    for place, word in enumerate(words):
        for prefix, verb in index.get(word, ()):
            if _ends_clause(words, place, prefix):
                yield verb, f"{word} … {prefix}"


_LONGEST_CLAUSE = 30
"""Words between a verb and its prefix."""


def _ends_clause(words: list[str], place: int, prefix: str) -> bool:
    """Whether the prefix stands behind the verb, at the end of a clause."""
    for at in range(place + 1, min(len(words), place + _LONGEST_CLAUSE)):
        if words[at] in ".;!?":
            return False
        if words[at] == prefix and (at + 1 == len(words) or words[at + 1] in _CLAUSE_ENDS):
            return True
    return False


def turned_verbs(german: str, english: str) -> Iterator[Turned]:
    """Verbs of the text for which a known wrong word stands."""
    found = (verb.turned(said, english) for verb, said in verbs_of(german))
    yield from filter(None, found)
