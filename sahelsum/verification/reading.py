"""An English sentence as its words, with what can be told of them without a parser: verbs, passives, clauses.

Rough on purpose: a wording that is misread is refused, and a sentence of the article stands in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sahelsum.language.english import FUNCTION_WORDS
from sahelsum.language.english_numbers import NUMBER_WORDS
from sahelsum.language.english_verbs import BE, PAST_FORMS, root

REMEMBERED = 1024
"""A group is held against several wordings, one after the other."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_BORDER = re.compile(r"[,;:()\[\]]|\s[–—-]\s|[“”\"]")
_APOSTROPHE_ENDING = re.compile(r"[’'](?:s|t|re|ve|ll|d|m)?$", re.IGNORECASE)

HAVE = frozenset("has have had having".split())
MODALS = frozenset("will would could can may might must should shall cannot".split())
DETERMINERS = frozenset(
    "the a an its his her their our my this these those that some any no every each all both several many more most "
    "another other such new former own".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from with to into onto over under near between among against during after before since until "
    "through across towards toward around about above below behind within without outside inside via per as than amid "
    "despite because following including".split()
)
SUBJECTS = frozenset("i you he she it we they who which that".split())
CONJUNCTIONS = frozenset("and or but while although though because if when whereas nor so unless whether".split())
ADVERBS = frozenset("not also already still never now then again only even just long yet ever once".split())
_MORE_FUNCTION_WORDS = frozenset(
    "cannot nobody nothing none everyone everything someone something others including despite amid unlike besides via "
    "unless whereas aboard besides merely mostly partly mainly notably nearly anyway themselves himself herself".split()
)
"""They say how things hang together; what they deny or leave open is checked elsewhere."""
_NO_CONTENT = FUNCTION_WORDS | _MORE_FUNCTION_WORDS | NUMBER_WORDS
_BEFORE_PARTICIPLES = frozenset("by after before while when".split())
_VERB_FOLLOWS = frozenset("the a an its his her their that them him it us".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence."""

    text: str
    plain: str
    """In lower case, without ``’s``."""
    root: str
    place: int
    """Its number in the sentence, from 0."""
    clause: int
    """The number of the stretch between punctuation marks that it stands in."""
    start: int
    end: int
    content: bool
    """Whether it is neither a number nor a function word."""
    verb: bool = False
    passive: bool = False
    """A participle that tells what is done to its subject."""
    bare: bool = False
    """A past form that, without a word for *have* or *be*, may be either."""

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a sentence, in order."""
    plain = [_plain(place, match) for place, match in enumerate(_WORD.finditer(text))]
    clauses = _clauses(text, plain)
    bare = [_with_clause(word, clause) for word, clause in zip(plain, clauses, strict=True)]
    return tuple(_with_verb(bare, place) for place in range(len(bare)))


def _plain(place: int, match: re.Match[str]) -> Word:
    word = match.group()
    plain = _APOSTROPHE_ENDING.sub("", word).lower().replace("'", "’")
    negated = word.lower().endswith(("n’t", "n't"))
    content = not (plain in _NO_CONTENT or plain[0].isdigit() or negated)
    return Word(word, "not" if negated else plain, root(plain), place, 0, match.start(), match.end(), content)


def _clauses(text: str, words: list[Word]) -> list[int]:
    numbers, clause, end = [], 0, 0
    for word in words:
        clause += _BORDER.search(text, end, word.start) is not None
        numbers.append(clause)
        end = word.end
    return numbers


def _with_clause(word: Word, clause: int) -> Word:
    return Word(word.text, word.plain, word.root, word.place, clause, word.start, word.end, word.content)


def _with_verb(words: list[Word], place: int) -> Word:
    word = words[place]
    before = _before(words, place)
    verb = word.content and _is_verb(words, place, before)
    participle = _is_past(word)
    by = any(each.plain == "by" for each in words[place + 1 : place + 2])
    passive = verb and participle and (before in BE or before in {"got", "get"} or (by and before not in HAVE))
    bare = verb and participle and not passive and before not in HAVE
    return Word(
        word.text, word.plain, word.root, place, word.clause, word.start, word.end, word.content, verb, passive, bare
    )


def _before(words: list[Word], place: int) -> str:
    """The word before, adverbs passed over; empty at the beginning."""
    for word in reversed(words[max(0, place - 4) : place]):
        if word.plain not in ADVERBS and not word.plain.endswith("ly"):
            return word.plain
    return ""


def _is_past(word: Word) -> bool:
    return word.plain.endswith("ed") or word.plain in PAST_FORMS


def _is_verb(words: list[Word], place: int, before: str) -> bool:
    word = words[place]
    following = words[place + 1].plain if place + 1 < len(words) else ""
    if (word.capital and place > 0) or word.plain in PREPOSITIONS or word.plain == "according":
        return False
    if before in MODALS or before in {"do", "does", "did"}:
        return True
    if before == "to":
        return not word.plain.endswith("s")
    if _is_past(word):
        return before in BE | HAVE or _is_finite_past(words, place, before, following)
    if word.plain.endswith("ing"):
        return before in BE | HAVE | _BEFORE_PARTICIPLES or (place > 0 and words[place - 1].clause != word.clause)
    return before not in BE | HAVE and _is_present(words, place, before, following)


def _is_finite_past(words: list[Word], place: int, before: str, following: str) -> bool:
    """Whether a past form is no adjective: ``Armed men``, ``attacked armed men``, ``18 suspected members``."""
    if place == 0 or (_is_past(words[place - 1]) and words[place - 1].content):
        return following == "by"
    counted = before.isdigit() or before in NUMBER_WORDS
    return not counted and before not in DETERMINERS and before not in PREPOSITIONS - {"by", "as"}


def _is_present(words: list[Word], place: int, before: str, following: str) -> bool:
    """Whether a base form, or one with an s, is a verb: ``the trader blames the``, ``traders blame the``."""
    plain = words[place].plain
    singular = plain.endswith("s") and not plain.endswith("ss")
    if before in SUBJECTS:
        return singular or before in {"they", "we", "you"}
    object_follows = following in _VERB_FOLLOWS or following.isdigit()
    if not (object_follows and place > 0 and words[place - 1].content):
        return False
    return singular != words[place - 1].plain.endswith("s")
