"""From the wordings of a term to patterns that find them, whatever their ending, in German and in English text.

The rules are simple and lean towards silence: a form they miss costs nothing, a word they take by mistake a false
alarm. Forms that no rule makes, such as plurals with an umlaut, are listed in the entry.
"""

from __future__ import annotations

import re

from sahelsum.glossary.terms import Term

SHORTEST_ADJECTIVE = 5
"""Shorter lower-case words inside a term (``der``, ``für``, ``ohne``) are not inflected."""
LONGEST_ENDING = 20
"""Most letters that a star stands for."""
_ADJECTIVE_ENDING = re.compile(r"(?:e|er|es|en|em)$")
_NO_NUMBER_MARK = ("er", "el", "en")
"""Nouns with these ends look alike in singular and plural: ``Söldner``."""
_VOWEL_SOUND = re.compile(r"(?!uni|use|euro?|one\b|once\b|ewe|ura)[aeiou]", re.IGNORECASE)
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel sound, as in ``an NGO``."""


def german_pattern(term: Term) -> str:
    """A pattern for all German forms of a term, without regard to what stands around it."""
    spellings = [_german_spelling(spelling, case=term.case) for spelling in term.german]
    listed = [_spaced(form) for form in term.forms]
    return "|".join(sorted([*spellings, *listed], key=len, reverse=True))


def _german_spelling(spelling: str, *, case: bool) -> str:
    words = spelling.split()
    last = len(words) - 1
    parts = [
        re.escape(word) + ("s?" if i == last else "") if case else _inflected(word, is_last=i == last)
        for i, word in enumerate(words)
    ]
    first = parts[0]
    if not case and first[0].islower():
        # An adjective may open a sentence.
        parts[0] = f"[{first[0]}{first[0].upper()}]{first[1:]}"
    return _any_apostrophe(r"\s+".join(parts))


def _any_apostrophe(pattern: str) -> str:
    return re.sub("['’]", "['’]", pattern)


def _inflected(word: str, *, is_last: bool) -> str:
    """An adjective with any ending, or a noun with the endings -s, -es, -n, -en, -e, -er, -ern, -nen."""
    if not word.isalpha() or word.isupper():
        return re.escape(word) + "s?"
    adjective = word[0].islower() or not is_last
    if adjective and len(word) >= SHORTEST_ADJECTIVE and _ADJECTIVE_ENDING.search(word):
        return re.escape(_ADJECTIVE_ENDING.sub("", word)) + "(?:e[rsnm]?)?"
    if word[0].islower():
        return re.escape(word)
    if word.endswith("e"):
        return re.escape(word) + "[nrsm]?"
    if word.endswith("in"):
        return re.escape(word) + "(?:nen)?"
    return re.escape(word) + "(?:s|es|e|n|en|er|ern)?"


def _spaced(wording: str) -> str:
    return _any_apostrophe(re.escape(wording).replace(r"\ ", r"\s+"))


def english_pattern(term: Term) -> re.Pattern[str]:
    """A pattern that finds any accepted English wording."""
    return _compiled([_english_wording(wording, case=term.case) for wording in term.english])


def wrong_pattern(term: Term) -> re.Pattern[str] | None:
    """A pattern that finds what may be replaced: a listed wrong wording, or the German term itself.

    The German term is taken only where its number is sure, so that ``the Söldner`` does not become one mercenary.
    """
    wordings = [_wrong_wording(wording, case=term.case) for wording in sorted(term.wrong, key=len, reverse=True)]
    names = [name for name in term.german if not name.endswith(_NO_NUMBER_MARK) and not name[0].islower()]
    german = [rf"{_spaced(name)}s?" for name in sorted(names, key=len, reverse=True) if name not in term.english]
    return _compiled([*wordings, *german]) if wordings or german else None


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
    escaped = _any_apostrophe(re.escape(wording).replace(r"\*", rf"\w{{0,{LONGEST_ENDING}}}"))
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
