"""Whether a shorter wording of a sentence says nothing that the sentence does not.

A model that shortens can leave out, and it can invent or turn round. What it wrote is taken only if it is plainly the
sentence with parts left out: its content words are words of the sentence, in their order; the words that turn a
statement (*not*, *allegedly*, *according*, *if*) are all still there; and a number keeps the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sahelsum.records import Finish, Hypothesis
from sahelsum.words import content_words

MOST_WORDS_KEPT = 0.9
"""A wording with a larger share of the sentence's words is hardly shorter."""
FEWEST_WORDS_KEPT = 0.35
FEWEST_WORDS = 6
"""Less than this is a headline, or has lost its verb."""
_WORD = re.compile(r"\d[\d.,]*\d|\w+(?:[’']\w+)?")
_TURNING = re.compile(
    r"not|\w+n[’']t|no|nobody|none|never|neither|nor|nothing|without|hardly|barely|scarcely|unlikely|only|except|instead"
    r"|if|unless|would|could|should|may|might|must|can|cannot|perhaps|possibly|probably|likely|apparent(?:ly)?"
    r"|alleg\w+|report(?:s|ed|edly)?|accord\w+|suspect\w*|suppos\w+|so-called|presum\w+|purport\w+"
    r"|said|say|says|told|tells|stat(?:es|ed)|claim\w*|deni\w+|deny\w*|confirm\w*|accus\w+|announc\w+|warn\w*|believ\w+"
    r"|estimat\w+|expect\w*|think\w*|thought|fear\w*|threat\w*|plan(?:s|ned|ning)?|want\w*|promis\w+|demand\w*|call(?:s|ed)"
    r"|tried|tries|attempt\w*|fail\w*|refus\w+|reject\w*|former\w*|ex|half|almost|nearly|against|before|after|until|since",
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
        and list(_turning(sentence)) == list(_turning(shorter))
        and set(_numbers(shorter)) <= set(_numbers(sentence))
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


def _turning(text: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.findall(text) if _TURNING.fullmatch(word))


def _numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """Each number between its neighbours, the empty text at the ends."""
    words = ["", *(word.lower() for word in _WORD.findall(text)), ""]
    return (
        (before, word, after)
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
        if word[:1].isdigit()
    )
