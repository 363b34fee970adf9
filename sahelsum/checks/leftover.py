"""What was left standing in the language of the source: whole sentences, function words, single words."""

from __future__ import annotations

from collections.abc import Iterator

from sahelsum.checks.output import plain_words
from sahelsum.checks.thresholds import Thresholds
from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

SAME_WORDS = 5
"""A sentence this long that comes back unchanged was not translated; a shorter one may be all names."""


def check_copy(item: Translation, source: Pack, limits: Thresholds) -> Iterator[Finding]:
    """MT-COPY: the source was left standing; an error for a whole sentence, a warning for a word.

    Without a pack for the language, a sentence is found that came back unchanged, and no single words.
    """
    words, target = plain_words(item.sentence.text), plain_words(item.text)
    function_words = source.checking.function_words
    same = words == target and len(words) >= SAME_WORDS
    left = [word for word in target if word in function_words]
    if same or len(left) >= limits.untranslated_words or source.checking.left_capitals(item.sentence.text, item.text):
        message = f"{source.name} was left untranslated."
        yield Finding("MT-COPY", Severity.ERROR, message, item.sentence.number, target_value=item.text)
        return
    single = ", ".join(source.checking.left_words(item.sentence.text, item.text))
    if single:
        article = "An" if source.name.startswith(("A", "E", "I", "O")) else "A"
        message = f"{article} {source.name} word was left untranslated."
        yield Finding("MT-COPY", Severity.WARNING, message, item.sentence.number, target_value=single)
