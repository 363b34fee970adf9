"""What the codes of the checks mean, in words for the reader of a digest, each with an example that is true."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of ``data/codes.toml``. The examples are empty where no text can show the code."""

    code: str
    title: str
    meaning: str
    advice: str
    german: str = ""
    english: str = ""
    summary: str = ""


@cache
def codes() -> dict[str, Code]:
    """All codes, in the order of the file."""
    text = resources.files("sahelsum").joinpath("data/codes.toml").read_text(encoding="utf-8")
    return {code: Code(code, **entry) for code, entry in tomllib.loads(text).items()}
