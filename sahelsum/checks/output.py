"""What can be wrong with a translation by its looks: missing, cut, looping, copied, far too short or long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from operator import eq

from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Finish, Severity, Translation

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
ENDS = ".!?"
_WORD_OR_END = re.compile(rf"{WORD.pattern}|[{ENDS}](?=\s)")
"""The end of a sentence counts as a word: ``a cyclical event. A cyclical event is`` is no loop."""


def check_failed(item: Translation) -> Iterator[Finding]:
    """MT-FAILED, MT-EMPTY: there is no translation."""
    number, text = item.sentence.number, item.sentence.text
    if item.failure is not None:
        message = f"This sentence was not translated: {item.failure}"
        yield Finding("MT-FAILED", Severity.ERROR, message, number, source_value=text)
    elif not WORD.search(item.text) and WORD.search(text):
        yield Finding("MT-EMPTY", Severity.ERROR, "The translation has no words.", number, source_value=text)


def check_cut(item: Translation, _source: Pack) -> Iterator[Finding]:
    """MT-CUT: the model was stopped before it had finished."""
    if item.finish is Finish.LENGTH:
        message = "The model was stopped at its length limit; the end of this sentence may be missing."
        yield Finding("MT-CUT", Severity.ERROR, message, item.sentence.number, target_value=item.text[-TAIL_CHARS:])


TAIL_CHARS = 60
"""Enough of the end of a sentence to find it."""


SHORT_LOOP_TIMES = 3
"""A run of ``loop_words`` words said twice on the spot is a loop (``in the north in the north``). Shorter ones are one
from the third time on: ``more and more and more`` is the second."""
SPREAD_LOOP_WORDS = 4
SPREAD_LOOP_TIMES = 3
"""Four words that come three times in one sentence, though not side by side, are a loop as well."""


def check_loop(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    """MT-LOOP: the translation repeats words where the source does not."""
    loop = _loop(_words(item.text), limits.loop_words)
    if loop and not _loop(_words(item.sentence.text), limits.loop_words):
        message = f"The translation repeats itself, which the {source.name} does not; some of the content may be lost."
        yield Finding("MT-LOOP", Severity.ERROR, message, item.sentence.number, target_value=loop)


DOUBLED_LETTERS = 5
"""Two equal words this long, side by side, are a slip of the model; shorter ones occur (``had had``, ``that that``)."""
_STUTTER = re.compile(r"\b\w*?([a-zäöüß]{2,4})\1\1\w*|\b\w*?([a-zäöüß])\2\2\w*")
_PERHAPS_STUTTER = re.compile(r"([a-zäöüß]{1,4})\1\1")
"""All that can make the other pattern match, and found in less than half of the time."""
_PLAIN_WORD = re.compile(r"\w+")
_INNER_CAPITAL = re.compile(r"\b\w*[a-zäöüß][A-ZÄÖÜ]\w*")
_SMALL_BEFORE_CAPITAL = re.compile(r"[a-zäöüß][A-ZÄÖÜ]")
"""All that can make the other pattern match, and much faster found."""


def check_garbled(item: Translation, _source: Pack) -> Iterator[Finding]:
    """MT-GARBLED: words that are no words (``reconnaissueueueue``, ``WagnerLeute``) or stand twice."""
    source = item.sentence.text
    odd = [match.group() for pattern in _odd_patterns(item.text) for match in pattern.finditer(item.text)]
    if odd:
        # Letter case aside: "YouTube" is "Youtube". All words at once, since a search for each of them is slow.
        folded = source.casefold()
        source_words = set(_PLAIN_WORD.findall(folded))
        odd = [word for word in odd if word.casefold() not in source_words and word.casefold() not in folded]
    if not _doubled(_words(source)):
        odd += [f"{word} {word}" for word in _doubled(_words(item.text))]
    if odd:
        message = "The translation has words that are garbled or doubled."
        values = ", ".join(dict.fromkeys(odd))
        yield Finding("MT-GARBLED", Severity.WARNING, message, item.sentence.number, target_value=values)


def _odd_patterns(text: str) -> Iterator[re.Pattern[str]]:
    if _PERHAPS_STUTTER.search(text):
        yield _STUTTER
    if _SMALL_BEFORE_CAPITAL.search(text):
        yield _INNER_CAPITAL


def _doubled(words: Sequence[str]) -> list[str]:
    return [first for first, second in pairwise(words) if first == second and len(first) >= DOUBLED_LETTERS]


def plain_words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word for word in _words(text) if word not in ENDS]


@lru_cache(maxsize=2)  # the two texts of a sentence, which one check after the other takes apart
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD_OR_END.findall(text.lower()))


LONGEST_LOOP_WORDS = 12


def _loop(words: Sequence[str], loop_words: int) -> str:
    """The repeated words, empty if there are none."""
    if len(words) - len(set(words)) < 2:
        return ""  # each kind of loop says two words or more again
    for size in range(1, min(LONGEST_LOOP_WORDS, len(words) // 2) + 1):
        start = _first_loop(words, size, 2 if size >= loop_words else SHORT_LOOP_TIMES)
        if start is not None:
            return " ".join(words[start : start + size])
    grams = Counter(tuple(words[i : i + SPREAD_LOOP_WORDS]) for i in range(len(words) - SPREAD_LOOP_WORDS + 1))
    gram, most = max(grams.items(), key=lambda entry: entry[1], default=((), 0))
    return " ".join(gram) if most >= SPREAD_LOOP_TIMES else ""


def _first_loop(words: Sequence[str], size: int, times: int) -> int | None:
    """Where ``size`` words first stand ``times`` times on the spot: as many in a row equal the word ``size`` later."""
    in_a_row = 0
    for place, same in enumerate(map(eq, words, islice(words, size, None)), 1):
        in_a_row = in_a_row + 1 if same else 0
        if in_a_row == size * (times - 1):
            return place - in_a_row
    return None


def check_length(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    """LEN-RATIO: the translation is far shorter or longer than the source."""
    original, english = len(item.sentence.text.strip()), len(item.text.strip())
    if original < limits.min_chars_for_ratio and english < 2 * limits.min_chars_for_ratio:
        return
    ratio = english / max(original, 1)
    if ratio < limits.shortest_ratio:
        yield _length_finding(item, f"far shorter than the {source.name}; something may be missing", original, english)
    elif ratio > limits.longest_ratio:
        yield _length_finding(
            item, f"far longer than the {source.name}; something may have been added", original, english
        )


def _length_finding(item: Translation, what: str, original: int, english: int) -> Finding:
    return Finding(
        code="LEN-RATIO",
        severity=Severity.WARNING,
        message=f"The translation is {what}.",
        sentence=item.sentence.number,
        source_value=f"{original} characters",
        target_value=f"{english} characters",
    )
