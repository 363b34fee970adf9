"""Negation: a *not* that is lost, that was added, that stood in a prefix, or that one of two noes has become."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

_ENGLISH_NEGATION = re.compile(
    r"\b(?:not|no|none|nor|neither|never|nobody|nothing|nowhere|cannot|without|lack\w*|fail\w*|refus\w*|reject\w*|"
    r"declin\w*|den(?:y|ies|ied|ying)|unable|unwilling|unlikely|prevent\w*|prohibit\w*|forbid\w*|ban(?:ned|s)?|absen\w+|"
    r"avoid\w*|hardly|barely|scarcely|rarely|except|unless|few|little|fewer|free of|"
    r"ignor\w*|seldom|rather than|hard to|difficult\w*|struggl\w*|despite|abort\w*|(?!neverthe|nonethe|regard)\w+less|"
    r"less than|exempt\w*|yet to|barr(?:ed|ing)|bars|block\w*|beyond|outlaw\w*|boycott\w*|far from|instead|"
    r"reluctan\w*|miss(?:ed|es|ing)|than (?:at |in )?any|"
    r"in(?:ability|accura|activ|adequa|capab|capac|complet|correct|effectiv|effic|explica|flex|secur|signific|stabil|toler|visib)\w*|"
    r"stop\w*|ceas\w*|exclud\w*|impossible|insufficient\w*|inadequate\w*|illegal\w*|irregular\w*|"
    r"independen\w+|non\w*|non-\w+|dis(?:agree|appear|approv|believ|connect|continu|lik|miss|obey|respect|satisf|trust)\w*|"
    r"un(?!i|der|til|cles?\b|to\b)\w{3,})\b|n[’']t\b",
    re.IGNORECASE,
)
"""Wide on purpose: every word that can carry a negation settles that of the source."""
_PLAIN_NOT = re.compile(
    r"(?=[nc])(?:\b(?:not(?! (?:only|least|just|far|long|to mention|later|more than|fewer|less|quite|all|"
    r"alone|until|even|yet|one|so)\b)"
    r"|never(?!theless)|cannot|no longer|nobody|no one|no(?! (?:longer|doubt|later|more than|fewer|less|sooner|matter|"
    r"mistake|wonder|\d)))\b|n[’']t\b)",
    re.IGNORECASE,
)
_IDIOM = re.compile(
    r"whether or not|if not\b|not? ?\.|why not|can[’']t help|No\.|\bno,|more often than not", re.IGNORECASE
)
_QUESTION_TAG = re.compile(r"\b\w+n[’']t \w+\?")


def check_negation(item: Translation, source: Pack) -> Iterator[Finding]:
    """NEG-LOST, NEG-ADDED, NEG-PREFIX: what is denied must stay denied, and nothing else may become so."""
    text, english, number = item.sentence.text, item.text, item.sentence.number
    negation = source.checking.negation.search(text)
    twice = source.checking.double_negation(text)
    if negation and not twice and not _ENGLISH_NEGATION.search(english):
        message = f"The {source.name} says “not” or “no”; the English may say the opposite."
        yield Finding("NEG-LOST", Severity.WARNING, message, number, source_value=negation.group())
    if twice and _denies_once(english):
        message = f"The {source.name} denies twice and so affirms; the English denies once."
        yield Finding("NEG-PREFIX", Severity.WARNING, message, number, None, twice, _one_not(english))
    lost = ", ".join(_lost_prefixes(text, english, source))
    if lost:
        message = f"A word of the {source.name} negates by its prefix or ending; nothing in the English does."
        yield Finding("NEG-PREFIX", Severity.WARNING, message, number, source_value=lost)
    added = _one_not(english)  # most texts have none: asked first
    if added and not (source.checking.may_deny(text) or _IDIOM.search(english) or _QUESTION_TAG.search(english)):
        message = f"The English says “not” or “no”; nothing in the {source.name} does."
        yield Finding("NEG-ADDED", Severity.WARNING, message, number, target_value=added)


def _lost_prefixes(text: str, english: str, source: Pack) -> Iterator[str]:
    words = source.checking.negating_words(text)
    if words and not _ENGLISH_NEGATION.search(english):
        yield from (word for word, settled in words if not settled.search(english))


def _one_not(english: str) -> str:
    found = _PLAIN_NOT.search(english)
    return found.group() if found else ""


def _denies_once(english: str) -> bool:
    """Whether a text has one word that denies, and that one a plain *not*."""
    return _PLAIN_NOT.search(english) is not None and len(_ENGLISH_NEGATION.findall(english)) == 1
