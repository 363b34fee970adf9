"""German that denies: words with a prefix or an ending that negates, double negation, and all that explains a *not*."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from sahelsum.language.phrases import REMEMBERED_SENTENCES, any_of, whole_words

_WORD = re.compile(r"[^\W\d_]+")
_DECLENSION = re.compile(r"(?:e|en|er|es|em|s|n|erweise|heit|keit|igkeit)?")
_LITOTES = re.compile(
    r"\b(?:nicht|keineswegs) (?:ganz |gänzlich |völlig |gerade )?(?P<word>un(?!ter)\w{4,}|ohne)\b|"
    r"\bkein\w{0,2} (?P<noun>un(?!ter)\w{3,}(?:e|en|er|es|em))\b",
    re.IGNORECASE,
)
"""``nicht ungefährlich`` says yes, by way of two noes."""
_FIRST_NOES = ("nicht", "kein")
"""One of which stands in every litotes."""
_WIDE = re.compile(
    r"\b(?:nicht\w*|kein\w*|nie\w*|ohne\w*|weder|nein|kaum|wenig\w*|selten\w*|sondern|nur|erst|bloß|lediglich|außer\w*|"
    r"statt\w*|anstatt|un(?!d\b|s\b|ter\w*|l\b|ser\w*|io\w*|iv\w*|if\w*|garn?\w*|gar\w*)\w{3,}|miss\w+|\w+los(?:e[nrsm]?|igkeit)?|"
    r"fehl\w*|mangel\w*|mangelnd\w*|verweiger\w*|verhinder\w*|verb[oi]\w*|verhüt\w*|verpass\w*|verzicht\w*|vergebens|"
    r"vergeblich\w*|vermeid\w*|verlernt|verneint?\w*|vermiss\w*|schwieg\w*|schweig\w*|stumm\w*|tabu|versag\w*|bestr[ie]\w*|dement\w*|leugn\w*|abgelehnt\w*|ablehn\w*|"
    r"lehnt?e?n?|weiger\w*|scheiter\w*|stopp\w*|frei|weg|fern\w*|leer\w*|schwer\w*|hinder\w*|ausgeschlossen|"
    r"auszuschließen|ausschl\w*|höchstens|maximal|allein\w*|unmöglich|entgegen|kein|noch|bevor|ehe|bis|aus|ab|trotz\w*|trotzdem|"
    r"entfall\w*|ausfall\w*|ausgefallen|einst\w*|eingestellt|alles andere|zu|vorbei|übrig|nirgend\w*|entzog\w*|"
    r"entzieh\w*|unterlassen|ander\w*|irr\w*|vergess\w*|vergaß\w*|ungeachtet|blieb\w* \w* ?aus|gegen\w*|untersag\w*|"
    r"gestrichen|widers\w*|ignor\w*|illegal\w*|im(?:mun|possib)\w*|in(?:akzept|effiz|toler|stabil|kompet|human)\w*|statt|"
    r"raus|dürft\w*|mehr als|verschont?\w*|aufgeben|aufgegeben|egal|gleichgültig|wenngleich|schade|kaputt|weit\w*)\b",
    re.IGNORECASE,
)
"""Whatever may become a *not* in a free translation: then an English *not* is no addition."""


@cache
def table() -> dict[str, str]:
    """``negating.toml``: words, and the English that settles them."""
    return tomllib.loads(resources.files("sahelsum.language.de").joinpath("negating.toml").read_text(encoding="utf-8"))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:5] for word in table())


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def negating_words(german: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of the table that a text has, each with what settles it; not those of a double negation."""
    lower = german.lower()
    words = [word for word in dict.fromkeys(_WORD.findall(lower)) if word[:5] in _beginnings()]
    if not words:
        return ()
    twice = {(match["word"] or match["noun"]).lower() for match in _LITOTES.finditer(german)}
    return tuple((word, _settled(stem)) for word in words if word not in twice for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    for end in range(len(word), 4, -1):
        if word[:end] in table() and _DECLENSION.fullmatch(word[end:]):
            yield word[:end]
            return


@cache  # a word of the table each
def _settled(stem: str) -> re.Pattern[str]:
    return whole_words(any_of(table()[stem]))


def double_negation(german: str) -> str:
    """The words of ``nicht ungefährlich``; empty if there is no such pair."""
    lower = german.lower()
    match = _LITOTES.search(german) if any(word in lower for word in _FIRST_NOES) else None
    return match.group() if match else ""


def may_deny(german: str) -> bool:
    """Whether anything in a text can be the reason of a *not* in English."""
    return _WIDE.search(german) is not None
