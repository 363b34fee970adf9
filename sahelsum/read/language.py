"""Is this text in the language it should be in? By lingua, over a few samples, so that cost does not grow with length.

The samples vote: an article that is mostly German passes with its English quotations, whatever it opens with.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sahelsum.language.packs import pack_of

if TYPE_CHECKING:
    from lingua import LanguageDetector

_WORD = re.compile(r"\w+")
CANDIDATES = ("de", "en", "fr", "es", "it", "nl", "pl", "pt", "da", "sv", "nb", "ar", "ru", "tr", "cs", "hu")
"""ISO 639-1 codes told apart: German, and what an analyst of the Sahel is likely to mix in by mistake.

Fewer candidates make lingua faster and surer; the language the user named is added to them.
"""

SAMPLES = 8
SAMPLE_CHARACTERS = 240
"""Two or three sentences, which lingua hardly ever gets wrong; the samples outvote one."""

ENOUGH = 2
"""If the first sample and the one in the middle are as expected, the others are not looked at."""

MIN_LETTERS = 60
"""Below this many letters nothing is refused: names and places look like any language."""

MIN_CONFIDENCE = 0.8
"""Mean confidence, 0 to 1, below which nothing is refused: the reader of a false refusal has lost an article."""

PLAIN_SHARE = 0.1
"""Of words that only the expected language has often. A sample with fewer of them goes to lingua."""
PLAIN_WORDS = 3
"""So many, too: a window may be short."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The language most samples are in, by how many of them, and lingua's mean confidence in it (0 to 1)."""

    language: str
    name: str
    confidence: float
    votes: int
    samples: int


def other_language(text: str, expected: str) -> Verdict | None:
    """The language ``text`` is in if that is surely not ``expected`` (ISO 639-1); None if it is, or in doubt.

    Refused is a text only if it has at least ``MIN_LETTERS`` letters, fewer than half of its samples are in
    ``expected``, not both of the two that are looked at first, and the most frequent other language has a mean
    confidence of at least ``MIN_CONFIDENCE``.
    A language lingua does not know is never refused.
    """
    if sum(character.isalpha() for character in text[: SAMPLES * SAMPLE_CHARACTERS]) < MIN_LETTERS:
        return None
    samples = _quick_first(_samples(text))
    frequent = pack_of(expected).reading.frequent_words
    if frequent and all(_is_plain(sample, frequent) for sample in samples[:ENOUGH]):
        return None  # without lingua and its 100 MB
    detector = _detector(expected)
    if detector is None:
        return None
    votes: list[tuple[str, str, float]] = []
    counts: Counter[str] = Counter()
    for sample in samples:
        if vote := _vote(detector, sample):
            votes.append(vote)
            counts[vote[0]] += 1
        if counts[expected] == len(votes) >= ENOUGH or counts[expected] * 2 >= len(samples):
            return None  # whatever the others say: most of the time of reading an article
    if not votes or counts[expected] * 2 >= len(votes):
        return None
    language = max(counts, key=lambda code: (code != expected, counts[code]))
    chosen = [(name, confidence) for code, name, confidence in votes if code == language]
    mean = sum(confidence for _, confidence in chosen) / len(chosen)
    verdict = Verdict(language, chosen[0][0], mean, len(chosen), len(votes))
    return verdict if language != expected and mean >= MIN_CONFIDENCE else None


SURELY = 0.98
"""Confidence in another language from which a single sentence is taken to be in it."""


def surely(text: str, expected: str) -> str:
    """The ISO 639-1 code of the language ``text`` is in by lingua, if it is hardly ``expected``; else empty."""
    detector = _detector(expected)
    vote = _vote(detector, text) if detector else None
    return vote[0] if vote and vote[0] != expected and vote[2] >= SURELY else ""


def _is_plain(sample: str, frequent: frozenset[str]) -> bool:
    words = _WORD.findall(sample.lower())
    found = sum(word in frequent for word in words)
    return found >= max(PLAIN_WORDS, PLAIN_SHARE * len(words))


def _samples(text: str) -> list[str]:
    """Up to ``SAMPLES`` windows spread evenly over ``text``; all of it if it is short."""
    if len(text) <= SAMPLE_CHARACTERS:
        return [text]
    count = min(SAMPLES, -(-len(text) // SAMPLE_CHARACTERS))
    step = (len(text) - SAMPLE_CHARACTERS) / (count - 1)
    return [text[round(i * step) : round(i * step) + SAMPLE_CHARACTERS] for i in range(count)]


def _quick_first(samples: list[str]) -> list[str]:
    """The first, the one in the middle, then the others."""
    first, *others = samples
    if others:
        others.insert(0, others.pop(len(samples) // 2 - 1))
    return [first, *others]


def _vote(detector: LanguageDetector, sample: str) -> tuple[str, str, float] | None:
    values = detector.compute_language_confidence_values(sample)
    if not values or values[0].value == 0:
        return None
    best = values[0]
    return best.language.iso_code_639_1.name.lower(), best.language.name.title(), best.value


@cache
def _detector(expected: str) -> LanguageDetector | None:
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 - 100 MB of models, only when checking

    wanted = {*CANDIDATES, expected}
    languages = [language for language in Language.all() if language.iso_code_639_1.name.lower() in wanted]
    if all(language.iso_code_639_1.name.lower() != expected for language in languages):
        return None
    builder = LanguageDetectorBuilder.from_languages(*sorted(languages, key=lambda language: language.name))
    # It then counts runs of three letters alone, as it does anyway from 120 letters on. For shorter texts it would load
    # four more models of each language, 300 MB in all.
    return builder.with_low_accuracy_mode().build()
