"""Argos Translate on a package made from our own model. Runs in an environment of its own; see `argos_setup.py`.

    python benchmarks/runners/argos.py SOURCE OUTPUT

Articles go through `translation.translate(text)`, as its users call it, with its own defaults (int8, beam 4, paragraph
by paragraph). Only its sentence splitter is replaced, at the attribute it has for that: its own wants a download.
"""

from __future__ import annotations

import time

from argostranslate import settings  # type: ignore[import-not-found]  # only in the environment it runs in
from argostranslate.sbd import ISentenceBoundaryDetectionModel  # type: ignore[import-not-found]
from argostranslate.translate import get_translation_from_codes  # type: ignore[import-not-found]
from articles import parser, read_texts, sentences_of, split, tell, write_texts


class OurSentences(ISentenceBoundaryDetectionModel):  # type: ignore[misc]  # the library has no types
    """The splitter all contenders share."""

    def split_sentences(self, text: str) -> list[str]:
        """The sentences of a paragraph."""
        return sentences_of(text.strip())


def main() -> None:
    given = parser("Translate articles with Argos Translate.").parse_args()
    settings.device = given.device
    translation = get_translation_from_codes("de", "en")
    translation.underlying.sentencizer = OurSentences()
    texts = read_texts(given.source, given.articles)
    started = time.perf_counter()
    translated = [translation.translate(text) for text in texts]
    seconds = time.perf_counter() - started
    write_texts(given.output, translated)
    tell([split(text) for text in texts], seconds)


if __name__ == "__main__":
    main()
