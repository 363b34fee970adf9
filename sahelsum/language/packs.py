"""The source languages: the pack of each one that has one, and what English calls the others."""

from __future__ import annotations

from functools import cache

from sahelsum.language.pack import Pack

LANGUAGE_NAMES = {
    "am": "Amharic", "ar": "Arabic", "bm": "Bambara", "cs": "Czech", "da": "Danish", "de": "German", "en": "English",
    "es": "Spanish", "fa": "Persian", "ff": "Fula", "fi": "Finnish", "fr": "French", "ha": "Hausa", "hu": "Hungarian",
    "it": "Italian", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "so": "Somali", "sv": "Swedish", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian",
    "wo": "Wolof", "zh": "Chinese",
}  # fmt: skip
WITH_PACK = ("de",)


@cache
def pack_of(language: str) -> Pack:
    """The pack of a language, by its ISO 639-1 code; for one without, a pack that knows its name alone."""
    if language == "de":
        from sahelsum.language.de.pack import GERMAN  # noqa: PLC0415 - many patterns, only where they are wanted

        return GERMAN
    return Pack(language, language_name(language))


def language_name(language: str) -> str:
    """What English calls a language; of one not listed here its code."""
    return LANGUAGE_NAMES.get(language, language)
