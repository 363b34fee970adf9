"""Names that no list has: a name that comes back with other letters (``Dicko`` as ``Dico``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.english import folded
from sahelsum.language.names import names_in_english
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

LONGEST_NAME = 30
"""Letters."""
MOST_NAMES = 40
"""Names of one sentence that are compared, and their lengths: enough for any real one, and bounds the work."""
REMEMBERED_WORDS = 4096
"""News repeat their words."""
_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_A-Z]*[a-zà-ÿ]"
_ENGLISH_NAME = re.compile(rf"(?<![\w’'-]){_NAME}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")


def check_spelling(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    """NAME-SPELLED: a name the English does not have, but nearly.

    Which words of the source are such names, the pack tells; those of the gazetteer are compared by ``check_names``.
    """
    text, english = item.sentence.text, item.text
    if not source.checking.name_run.search(text):
        return
    present = _all_folded(text)
    unknown = [word for word in _english_names(english) if _folded_word(word) not in present]
    if not unknown:
        return
    names = islice(source.checking.unlisted_names(text, _all_folded(english)), MOST_NAMES)
    pairs = [(name, near) for name in names if (near := _nearest(name, unknown, source, limits.name_similarity))]
    if pairs:
        message = f"A name is spelled otherwise in the English than in the {source.name}."
        told, target = (", ".join(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
        yield Finding("NAME-SPELLED", Severity.WARNING, message, item.sentence.number, None, told, target)


def _english_names(english: str) -> list[str]:
    names = dict.fromkeys(_ENGLISH_NAME.findall(english))
    return list(islice((name for name in names if len(name) <= LONGEST_NAME and not _is_listed(name)), MOST_NAMES))


@lru_cache(maxsize=REMEMBERED_WORDS)
def _is_listed(name: str) -> bool:
    return name in ENGLISH_MONTHS or bool(names_in_english(name))


def _nearest(name: str, candidates: Sequence[str], source: Pack, similarity: float) -> str:
    """The candidate most like the name, with its first letter; empty if none is alike enough or one sounds the same."""
    sound = _sound(name.removesuffix("s"), source)
    scored = [
        (SequenceMatcher(None, sound, other, autojunk=False).ratio(), candidate)
        for candidate in candidates
        if (other := _sound(candidate.removesuffix("s"), source))[:1] == sound[:1]
    ]
    best, candidate = max(scored, default=(0.0, ""))
    return candidate if similarity <= best < 1 else ""


@lru_cache(maxsize=2)  # of a sentence and its wording
def _all_folded(text: str) -> frozenset[str]:
    """Every word of a text, with and without the s of a genitive or plural."""
    words = {_folded_word(word) for word in _WORD.findall(text)}
    return frozenset(words.union(word.removesuffix("s") for word in words))


@lru_cache(maxsize=REMEMBERED_WORDS)
def _folded_word(word: str) -> str:
    return folded(word)


def _sound(word: str, source: Pack) -> str:
    """The word as it sounds, roughly: letters that stand for one sound are made one."""
    heard = folded(word)
    for letters, sound in source.checking.sounds:
        heard = heard.replace(letters, sound)
    return heard
