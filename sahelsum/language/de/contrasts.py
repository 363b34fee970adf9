"""German and English words for meanings that exclude each other: the table is ``contrasts.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from sahelsum.language.contrasts import Axis, Contrasts, pole


@cache
def contrasts() -> Contrasts:
    """The axes of the table, in its order."""
    text = resources.files("sahelsum.language.de").joinpath("contrasts.toml").read_text(encoding="utf-8")
    return Contrasts(
        *(
            Axis(entry["kind"], tuple(pole(name, words) for name, words in entry["poles"].items()))
            for entry in tomllib.loads(text)["axis"]
        )
    )
