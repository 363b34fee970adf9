"""Whether a shorter wording of a sentence says nothing that the sentence does not.

A model that shortens can leave out, and it can invent or turn round. What it wrote is taken only if it is plainly the
sentence with parts left out: its content words are words of the sentence, in their order; a number keeps the words
beside it; who says so (*according*, *said*, *allegedly*) is still there; and a word that turns a statement (*not*,
*could*, *if*) is left out only with a whole clause, from one comma to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sahelsum.records import Finish, Hypothesis
from sahelsum.words import content_words

MOST_WORDS_KEPT = 0.9
"""A wording with a larger share of the sentence's words is hardly shorter."""
FEWEST_WORDS_KEPT = 0.35
FEWEST_WORDS = 6
"""Less than this is a headline, or has lost its verb."""
_WORD = re.compile(r"\d[\d.,]*\d|\w+(?:[’']\w+)?")
_BORDER = re.compile(r"[,;:.!?()–—]")
_WHO_SAYS_SO = re.compile(
    r"alleg\w+|report(?:s|ed|edly)?|accord\w+|suspect\w*|suppos\w+|called|presum\w+|purport\w+|apparent(?:ly)?"
    r"|said|say|says|told|tells|stat(?:es|ed)|claim\w*|deni\w+|deny\w*|confirm\w*|accus\w+|announc\w+|warn\w*|believ\w+"
    r"|estimat\w+|expect\w*|think\w*|thought|fear\w*|probably|possibly|perhaps|likely",
    re.IGNORECASE,
)
_TURNING = re.compile(
    r"not|\w+n[’']t|no|nobody|none|never|neither|nor|nothing|without|hardly|barely|scarcely|unlikely|only|except|instead"
    r"|if|unless|would|could|should|may|might|must|can|cannot|against|former\w*|ex|half|almost|nearly"
    r"|plan(?:s|ned|ning)?|want\w*|promis\w+|demand\w*|threat\w*|tried|tries|attempt\w*|fail\w*|refus\w+|reject\w*",
    re.IGNORECASE,
)


def faithful_wordings(sentence: str, hypotheses: Sequence[Hypothesis]) -> list[str]:
    """Those of a model's wordings that keep to the sentence and were not cut off, each once."""
    texts = dict.fromkeys(item.text for item in hypotheses if item.finish is not Finish.LENGTH)
    return [text for text in texts if faithful(sentence, text)]


def faithful(sentence: str, shorter: str) -> bool:
    """Whether the shorter text is the sentence with parts left out; see the head of this module."""
    return (
        _length_fits(sentence, shorter)
        and _whole(sentence, shorter)
        and _in_order(content_words(shorter), content_words(sentence))
        and set(_numbers(shorter)) <= set(_numbers(sentence))
        and _count(_WHO_SAYS_SO, sentence) == _count(_WHO_SAYS_SO, shorter)
        and not _turned(sentence, shorter)
    )


def _length_fits(sentence: str, shorter: str) -> bool:
    before, after = len(sentence.split()), len(shorter.split())
    return max(FEWEST_WORDS, FEWEST_WORDS_KEPT * before) <= after <= MOST_WORDS_KEPT * before


def _whole(sentence: str, shorter: str) -> bool:
    """It ends as the sentence does, and what it opens it closes."""
    return sentence[-1:] == shorter[-1:] and all(shorter.count(a) == shorter.count(b) for a, b in ("“”", "()", "[]"))


def _in_order(words: Sequence[str], within: Sequence[str]) -> bool:
    """Whether the words come in that order among the others."""
    rest = iter(within)
    return all(word in rest for word in words)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """Each number between its neighbours, the empty text at the ends."""
    words = ["", *_words(text), ""]
    return (three for three in zip(words, words[1:], words[2:], strict=False) if three[1][:1].isdigit())


def _count(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if pattern.fullmatch(word))


def _turned(sentence: str, shorter: str) -> bool:
    """Whether a turning word came in, or went without its clause."""
    words, kept = _words(sentence), _words(shorter)
    borders = _borders(sentence)
    for kind, start, end, new_start, new_end in SequenceMatcher(None, words, kept, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if any(_TURNING.fullmatch(word) for word in kept[new_start:new_end]):
            return True
        if any(_TURNING.fullmatch(word) for word in words[start:end]) and not {start, end} <= borders:
            return True
    return False


def _borders(sentence: str) -> set[int]:
    """Before which words, by number from 0, a clause may begin or end; the number of words stands for the end."""
    ends = [match.end() for match in _WORD.finditer(sentence)]
    starts = [match.start() for match in _WORD.finditer(sentence)]
    inside = {n for n, (a, b) in enumerate(zip(ends, starts[1:], strict=False), 1) if _BORDER.search(sentence[a:b])}
    return {0, len(starts), *inside}
