"""One glossary entry, validated: a file of entries may come from anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sahelsum.suggest import did_you_mean

SHIPPED = "shipped"
"""Origin of the terms that come with sahelsum; that of others is their file."""
MAX_WORDING_CHARS = 120
"""Longer than any term; a text of this length in a glossary is a mistake."""
MAX_WORDINGS = 40
"""Wordings of one kind in one entry."""
MAX_STARS = 3
"""Stars in one wording: each lets the search go back, so many of them would make it slow."""


@dataclass(frozen=True, slots=True)
class Term:
    """A German term and its English.

    ``german`` holds spellings of one thing, the first one is shown; ``english`` the wanted wording first, then others
    that are as right, in which ``*`` stands for any ending. ``forms`` are German forms that no rule makes. ``wrong``
    are English wordings that are replaced by the wanted one. ``case``: letters must be exactly as written.
    """

    german: tuple[str, ...]
    english: tuple[str, ...]
    forms: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    case: bool = False
    origin: str = SHIPPED

    @property
    def name(self) -> str:
        """The German term as it is shown."""
        return self.german[0]

    @property
    def wanted(self) -> str:
        """The English wording that is preferred, and put in where a wrong one is replaced."""
        return self.english[0]


class EntryError(ValueError):
    """An entry cannot be used; the message says why, the reader of the file adds where."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _clean(text: str) -> str:
    text = text.strip()
    if not text.isprintable():
        raise ValueError("has control characters")
    if not re.search(r"\w", text):
        raise ValueError("has no letter")
    if len(text) > MAX_WORDING_CHARS:
        raise ValueError(f"has more than {MAX_WORDING_CHARS} characters")
    return text


def _no_star(text: str) -> str:
    if "*" in text:
        raise ValueError(f"{text!r} has a star, which only accepted English wordings may have, from the second on")
    return text


def _opens_with_word(text: str) -> str:
    if not re.match(r"\w", text):
        raise ValueError(f"{text!r} must begin with a letter or a digit")
    return text


def _few_stars(text: str) -> str:
    if text.count("*") > MAX_STARS or "**" in text:
        raise ValueError(f"{text!r} has too many stars; at most {MAX_STARS}, none beside another")
    return text


_Wording = Annotated[str, AfterValidator(_clean)]
_Exact = Annotated[_Wording, AfterValidator(_no_star)]
_German = Annotated[_Exact, AfterValidator(_opens_with_word)]
_Open = Annotated[_Wording, AfterValidator(_few_stars)]
_Some = BeforeValidator(_as_list)
_Exacts = Annotated[tuple[_Exact, ...], _Some, Field(max_length=MAX_WORDINGS, strict=False)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    german: Annotated[tuple[_German, ...], _Some, Field(min_length=1, max_length=MAX_WORDINGS, strict=False)]
    english: Annotated[tuple[_Open, ...], _Some, Field(max_length=MAX_WORDINGS, strict=False)] = ()
    forms: Annotated[tuple[_German, ...], _Some, Field(max_length=MAX_WORDINGS, strict=False)] = ()
    wrong: _Exacts = ()
    keep: bool = False
    case: bool = False


KEYS = tuple(_Entry.model_fields)


def parse_term(raw: object, origin: str) -> Term:
    """The term that a table of a glossary file describes.

    Raises:
        EntryError: a key is unknown, missing or has a value that cannot be used.
    """
    try:
        entry = _Entry.model_validate(raw)
    except ValidationError as error:
        raise EntryError(_described(error)) from error
    english = entry.english or (entry.german if entry.keep else ())
    if not english:
        raise EntryError("english is missing; give it, or keep = true for a term that stays as it is")
    if "*" in english[0]:
        raise EntryError(f"the first English wording is put into texts, so it has no star: {english[0]!r}")
    if entry.keep and english[0] not in entry.german:
        raise EntryError(f"keep = true leaves the term as it is, but english wants {english[0]!r}")
    return Term(entry.german, english, entry.forms, entry.wrong, entry.case, origin)


def _described(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    key = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return f"there is no key {key!r}. {did_you_mean(key, KEYS)}".rstrip()
    if first["type"] == "missing":
        return f"{key} is missing"
    return f"{key or 'the entry'}: {first['msg'].removeprefix('Value error, ')}"
