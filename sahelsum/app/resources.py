"""What the settings name and a command needs: the file of the translation memory, the glossary."""

from __future__ import annotations

from pathlib import Path

from sahelsum import paths
from sahelsum.app.settings import Settings
from sahelsum.glossary import Glossary, load_glossary
from sahelsum.language.packs import pack_of


def memory_path(settings: Settings) -> Path:
    """Where the translation memory is."""
    return paths.expanded(settings.memory_path) if settings.memory_path else paths.cache_dir() / "memory.sqlite"


def glossary_of(settings: Settings) -> Glossary:
    """The glossary of the settings; the shipped terms are in it if they are of the source language.

    Raises:
        ConfigError: a file cannot be read or has an entry that cannot be used.
    """
    language = settings.source_language
    shipped = settings.shipped_glossary and pack_of(language).has_glossary
    return load_glossary([paths.expanded(name) for name in settings.glossary], shipped=shipped, language=language)
