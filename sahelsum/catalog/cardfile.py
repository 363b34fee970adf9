"""Reading one model card from its TOML file, which may come from anywhere."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

from pydantic import ValidationError

from sahelsum import paths
from sahelsum.catalog.cards import Location, Measured, ModelCard, SelfTest
from sahelsum.catalog.generation import Generation
from sahelsum.errors import ConfigError
from sahelsum.suggest import did_you_mean

MAX_CARD_BYTES = 65_536
"""A card is a page of text; anything far larger is not a card, and is not parsed."""

_KNOWN_KEYS = sorted(
    {key for part in (ModelCard, Location, SelfTest, Measured) for key in part.model_fields}
    | {field.name for field in dataclasses.fields(Generation)}
)


def read_table(file: Path) -> dict[str, object]:
    """The TOML table in ``file``.

    Raises:
        ConfigError: the file cannot be read, is too large, is not UTF-8, or is not TOML.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_CARD_BYTES + 1)
        if len(data) > MAX_CARD_BYTES:
            raise ConfigError(f"{file}: larger than {MAX_CARD_BYTES} bytes, so it is not a model card.")
        return tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: the model card cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}; TOML must be UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}.") from error


def parse_card(table: dict[str, object], file: Path) -> ModelCard:
    """The card in a TOML table; ``file`` is named in errors and is the base of a relative path.

    Raises:
        ConfigError: a key is unknown, missing or wrong; all of them are named.
    """
    try:
        card = ModelCard.model_validate(table)
    except ValidationError as error:
        raise ConfigError(f"{file}: {_describe(error)}", hint="See models/README.md for the keys of a card.") from error
    return _with_absolute_path(card, file.parent)


def _with_absolute_path(card: ModelCard, base: Path) -> ModelCard:
    if card.location.path is None:
        return card
    path = base.absolute() / paths.expanded(str(card.location.path))
    return card.model_copy(update={"location": card.location.model_copy(update={"path": path})})


def _describe(error: ValidationError) -> str:
    return "; ".join(_describe_one(item["loc"], item["type"], item["msg"]) for item in error.errors())


def _describe_one(location: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(map(str, location))
    if kind == "extra_forbidden":
        return f"unknown key {key!r}. {did_you_mean(str(location[-1]), _KNOWN_KEYS)}".rstrip()
    return f"{key or 'card'}: {message}."
