"""Whether a shorter wording of a sentence says nothing that the sentence does not.

A model that shortens can leave out, and it can invent or turn round. What it wrote is taken only if it is the sentence,
word for word, less whole clauses from one comma to the next; and if who says so (*according*, *said*, *allegedly*) is
still there. A finer cut, of words within a clause, was tried: "Anyone meeting him takes him for the gardener" became
"Anyone meeting him takes him".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from sahelsum.records import Finish, Hypothesis

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


def faithful_wordings(sentence: str, hypotheses: Sequence[Hypothesis]) -> list[str]:
    """Those of a model's wordings that keep to the sentence and were not cut off, each once."""
    texts = dict.fromkeys(item.text for item in hypotheses if item.finish is not Finish.LENGTH)
    return [text for text in texts if faithful(sentence, text)]


def faithful(sentence: str, shorter: str) -> bool:
    """Whether the shorter text is the sentence without some of its clauses; see the head of this module."""
    return (
        _length_fits(sentence, shorter)
        and _whole(sentence, shorter)
        and _who_says_so(sentence) == _who_says_so(shorter)
        and _lacks_only_clauses(sentence, shorter)
    )


def _length_fits(sentence: str, shorter: str) -> bool:
    before, after = len(sentence.split()), len(shorter.split())
    return max(FEWEST_WORDS, FEWEST_WORDS_KEPT * before) <= after <= MOST_WORDS_KEPT * before


def _whole(sentence: str, shorter: str) -> bool:
    """It ends as the sentence does, and what it opens it closes."""
    return sentence[-1:] == shorter[-1:] and all(shorter.count(a) == shorter.count(b) for a, b in ("“”", "()", "[]"))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _who_says_so(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if _WHO_SAYS_SO.fullmatch(word))


def _lacks_only_clauses(sentence: str, shorter: str) -> bool:
    """Whether all words come from the sentence, and what is missing goes from border to border."""
    borders = _borders(sentence)
    steps = SequenceMatcher(None, _words(sentence), _words(shorter), autojunk=False).get_opcodes()
    return all(kind == "equal" or (kind == "delete" and {start, end} <= borders) for kind, start, end, _, _ in steps)


def _borders(sentence: str) -> set[int]:
    """Before which words, by number from 0, a clause may begin or end; the number of words stands for the end."""
    words = list(_WORD.finditer(sentence))
    gaps = (sentence[one.end() : other.start()] for one, other in pairwise(words))
    return {0, len(words), *(number for number, gap in enumerate(gaps, 1) if _BORDER.search(gap))}
