"""From the wordings of a term to patterns that find them, whatever their ending, in the text and in its English.

The rules of English are simple and lean towards silence; those of the other language are in its pack.
"""

from __future__ import annotations

import re

from sahelsum.glossary.terms import Term
from sahelsum.language.pack import Pack
from sahelsum.language.spelled import any_apostrophe, as_spelled

LONGEST_ENDING = 20
"""Most letters that a star stands for."""
_VOWEL_SOUND = re.compile(r"(?!uni|use|euro?|one\b|once\b|ewe|ura)[aeiou]", re.IGNORECASE)
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel sound, as in ``an NGO``."""


def source_pattern(term: Term, source: Pack) -> str:
    """A pattern for all forms of a term in its own language, without regard to what stands around it."""
    spellings = [source.term_pattern(spelling, term.case) for spelling in term.german]
    listed = [as_spelled(form) for form in term.forms]
    return "|".join(sorted([*spellings, *listed], key=len, reverse=True))


def english_pattern(term: Term) -> re.Pattern[str]:
    """A pattern that finds any accepted English wording."""
    return _compiled([_english_wording(wording, case=term.case) for wording in term.english])


def wrong_pattern(term: Term, source: Pack) -> re.Pattern[str] | None:
    """A pattern that finds what may be replaced: a listed wrong wording, or the term itself.

    The term itself is taken only where its number is sure, so that ``the Söldner`` does not become one mercenary.
    """
    wordings = [_wrong_wording(wording, case=term.case) for wording in sorted(term.wrong, key=len, reverse=True)]
    names = [name for name in term.german if source.number_is_sure(name)]
    standing = [rf"{as_spelled(name)}s?" for name in sorted(names, key=len, reverse=True) if name not in term.english]
    return _compiled([*wordings, *standing]) if wordings or standing else None


def _compiled(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


def _english_wording(wording: str, *, case: bool) -> str:
    stem, ending = _english_ending(wording)
    return _cased(_loose(stem) + ending + "(?:['’]s?)?", wording, case=case)


def _wrong_wording(wording: str, *, case: bool) -> str:
    stem, ending = (wording, "") if case or wording.endswith("s") else _english_ending(wording)
    return _cased(_loose(stem) + ending, wording, case=case)


def _cased(pattern: str, wording: str, *, case: bool) -> str:
    """An abbreviation counts only as written: ``IS`` is not ``is``."""
    exact = case or not any(letter.islower() for letter in wording)
    return pattern if exact else f"(?i:{pattern})"


def _loose(wording: str) -> str:
    """A wording with its stars, and with a hyphen as good as a space: ``air-strike``, ``non-interference``."""
    escaped = any_apostrophe(re.escape(wording).replace(r"\*", rf"\w{{0,{LONGEST_ENDING}}}"))
    return escaped.replace(r"\-", "[ -]?").replace(r"\ ", r"[\s-]{1,3}")


def _english_ending(wording: str) -> tuple[str, str]:
    """What of a wording never changes, and a pattern for its end in singular and plural."""
    if wording.endswith("*"):
        return wording, ""
    if _ends_in_consonant_y(wording):
        return wording[:-1], "(?:y|ies)"
    return wording, "(?:e?s)?"


def _ends_in_consonant_y(wording: str) -> bool:
    return wording.endswith("y") and wording[-2:-1] not in set("aeiou")


def plural(wording: str) -> str:
    """The English plural by the common rules; a wording that ends in -s or is of people stays."""
    head, of, rest = wording.partition(" of ")
    if of:
        return f"{plural(head)}{of}{rest}"
    if wording.endswith(("s", "people")):
        return wording
    if _ends_in_consonant_y(wording):
        return f"{wording[:-1]}ies"
    return wording + ("es" if wording.endswith(("sh", "ch", "x", "z")) else "s")


def article_for(wording: str) -> str:
    """``a`` or ``an``, by the sound ``wording`` begins with."""
    first = re.split(r"[\s-]", wording)[0]
    if first.isupper() and len(first) > 1:
        return "an" if first[0] in _VOWEL_LETTERS else "a"
    return "an" if _VOWEL_SOUND.match(wording) else "a"
