"""Themes by German words (``themes.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def themes() -> dict[str, tuple[str, ...]]:
    """Each theme with its stems, in lower case."""
    text = resources.files("sahelsum").joinpath("language/de/themes.toml").read_text(encoding="utf-8")
    listed: dict[str, list[str]] = tomllib.loads(text)["themes"]
    return {name: tuple(stem.lower() for stem in stems) for name, stems in listed.items()}
