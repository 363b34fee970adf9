"""Whether a wording has the form of a sentence, or of a headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sahelsum.verification.reading import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, words_of

SENTENCE_WORDS = (7, 42)
"""Of the written sentences of the training data 98 in 100 have no fewer and no more."""
HEADLINE_WORDS = (4, 16)
MOST_OF_GROUP = 1.2
"""A sentence may have so many words for each of its group's."""
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("‘", "‘"))
_OPEN_ENDS = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | {"to", "not", "is", "are", "was", "were", "has", "have", "had"}
_MAY_END = frozenset("in on over off out up down through about before after since under inside outside".split())


def malformed(text: str, sentences: Sequence[str], *, headline: bool = False) -> Iterator[str]:
    """What is wrong with the form."""
    words = words_of(text)
    fewest, most = HEADLINE_WORDS if headline else SENTENCE_WORDS
    if not fewest <= len(text.split()) <= most:
        yield f"{len(text.split())} words"
        return
    if not headline and len(text.split()) > MOST_OF_GROUP * sum(len(each.split()) for each in sentences):
        yield "longer than its sentences"
    if not headline and not text.endswith((".", ".”", '."', ".’")):
        yield "no full stop"
    if headline and text.endswith((".", ",", ":", ";")):
        yield "a full stop"
    if not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in "“‘'":
        yield "no capital"
    if any(text.count(left) != text.count(right) for left, right in _PAIRS) or text.count('"') % 2:
        yield "a bracket or quotation that is not closed"
    if words and words[-1].plain in _OPEN_ENDS - _MAY_END:
        yield f"ends with {words[-1].plain}"
    yield from _repeated([word.plain for word in words if not word.plain.isdigit()])


def _repeated(words: Sequence[str]) -> Iterator[str]:
    """A word twice in a row, or three words that come again."""
    yield from (word for word, following in pairwise(words) if word == following and word not in {"that", "had"})
    triples = list(zip(words, words[1:], words[2:], strict=False))
    yield from (" ".join(triple) for triple in dict.fromkeys(triples) if triples.count(triple) > 1)
