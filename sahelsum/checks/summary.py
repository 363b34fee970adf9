"""A summary against its article: nothing in it that the article does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sahelsum.language.dates import ENGLISH_MONTHS, date_in_words
from sahelsum.language.english import folded
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.language.packs import pack_of
from sahelsum.language.quantities import Quantity, missing
from sahelsum.records import Article, Finding, Severity, Summary, SummaryMethod, SummarySentence, Support, Translation


def check_summary(article: Article, translations: Sequence[Translation], summary: Summary) -> Iterator[Finding]:
    """SUM-EXTRACTIVE, SUM-EMPTY, SUM-NUM, SUM-NAME, SUM-SUPPORT."""
    if not summary.sentences:
        yield Finding("SUM-EMPTY", Severity.WARNING, f"There is no summary: {summary.note or 'nothing to sum up'}.")
    elif summary.method is SummaryMethod.EXTRACTIVE:
        reason = f": {summary.note}" if summary.note else ""
        message = f"The summary is made of whole sentences of the translation{reason}."
        yield Finding("SUM-EXTRACTIVE", Severity.INFO, message)
        return  # taken from the translation, whose own checks have seen it
    ground = _ground(article, translations)
    for number, sentence in enumerate(summary.sentences, 1):
        yield from _check_summary_sentence(number, sentence, ground)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the article says: its numbers, known names and words, in both languages."""

    quantities: tuple[Quantity, ...]
    names: frozenset[str]
    words: frozenset[str]
    stems: frozenset[str]


def _ground(article: Article, translations: Sequence[Translation]) -> _Ground:
    source = pack_of(article.language)
    date = date_in_words(article.date.value, article.date.precision) if article.date else ""
    metadata = "\n".join((article.title or "", article.credit or "", article.dateline or ""))
    english = (*(item.text for item in translations), date)
    original = (metadata, *(item.sentence.text for item in translations))
    words = frozenset(_folded_words("\n".join((*english, *original))))
    return _Ground(
        # Sentence by sentence: these were read for the checks of the translation already.
        quantities=(
            *(found for text in english for found in english_quantities(text)),
            # Digits of a language nothing is known of may mean too much to settle a number of the summary.
            *(found for text in original if source.checked for found in source.quantities(text)),
        ),
        names=frozenset().union(*map(names_in_english, english), *map(source.names, original)),
        words=words,
        stems=frozenset(word[:_SHORT_STEM] for word in words),
    )


def _check_summary_sentence(number: int, sentence: SummarySentence, ground: _Ground) -> Iterator[Finding]:
    numbers = missing(english_quantities(sentence.text), ground.quantities)
    if numbers:
        texts = ", ".join(quantity.text for quantity in numbers)
        message = "The summary has a number that the article does not."
        yield Finding("SUM-NUM", Severity.WARNING, message, summary_sentence=number, target_value=texts)
    names = _foreign_names(sentence.text, ground)
    if names:
        message = "The summary has a name that the article does not."
        yield Finding("SUM-NAME", Severity.WARNING, message, summary_sentence=number, target_value=", ".join(names))
    if sentence.support is Support.NONE:
        message = "Nothing in the article was found to support this sentence of the summary."
        yield Finding("SUM-SUPPORT", Severity.WARNING, message, summary_sentence=number, target_value=sentence.text)


_CAPITALISED = re.compile(r"(?<![\w’'-])[^\W\d_a-zà-ÿ][^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BEFORE_SENTENCE = re.compile(r"\A\n?|[.!?:]\s+|[“\"„«»(]\s*")
_SHORT_STEM = 5
"""``Malians`` and ``Malian`` share their first letters; names are told apart by at least this many."""


def _foreign_names(text: str, ground: _Ground) -> list[str]:
    """Known names and capitalised words of the summary that the article has in no form."""
    unknown = sorted(names_in_english(text) - ground.names)
    settled = set(_folded_words(" ".join(unknown)))
    sentence_starts = {match.end() for match in _BEFORE_SENTENCE.finditer(text)}
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if match.start() in sentence_starts or names_in_english(word) or word in ENGLISH_MONTHS:
            continue  # known names are compared above, months with the numbers
        parts = _folded_words(word)
        if not all(_in_article(part, ground) or part in settled for part in parts):
            unknown.append(word)
    return list(dict.fromkeys(unknown))


def _in_article(word: str, ground: _Ground) -> bool:
    return word in ground.words or (len(word) >= _SHORT_STEM and word[:_SHORT_STEM] in ground.stems)


def _folded_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", folded(text)) if word != "s"]
