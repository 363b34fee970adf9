"""Settings, and where each one came from.

Later sources win: defaults, the user's ``config.toml``, ``./sahelsum.toml``, ``SAHELSUM_*`` in the environment, flags.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic.fields import FieldInfo

from sahelsum import paths
from sahelsum.catalog.cards import EngineName, Quality
from sahelsum.checks.thresholds import Thresholds
from sahelsum.errors import ConfigError
from sahelsum.suggest import did_you_mean

PROJECT_FILE = "sahelsum.toml"
USER_FILE = "config.toml"
ENV_PREFIX = "SAHELSUM_"
MAX_CONFIG_BYTES = 1_000_000
"""Far above any settings file; a larger one is not read."""
_OTHER_VARIABLES = frozenset({paths.CONFIG_DIR_VARIABLE, paths.CACHE_DIR_VARIABLE, paths.API_KEY_VARIABLE})
_FLAGS = {
    "memory_path": "--memory",
    "use_memory": "--no-memory",
    "source_language": "--source-lang",
    "check_language": "--no-language-check",
    "shipped_glossary": "--no-shipped-glossary",
    "shard_articles": "--shard",
    "countries": "--country",
    "actors": "--actor",
}
"""Settings whose flag has another name."""
_SEPARATORS = {"glossary": os.pathsep, "countries": ",", "actors": ","}
"""What stands between the elements of a list in a variable of the environment."""
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
_EXPECTED = {
    "translator": "the alias of a model or the path of its folder",
    "summarizer": 'the alias of a model, the path of its folder, "auto" or "extractive"',
    "source_language": 'two letters, such as "de"',
    "device": '"auto", "cpu", "cuda" or "mps"',
    "output": "the path of a folder",
    "memory_path": "the path of a file, or an empty text",
    "glossary": 'a list of files, such as ["terms.toml"]',
    "since": 'a date such as "2026-03-01", "2026-03" or "2026", or an empty text',
    "countries": 'a list of countries by their English names, such as ["Mali", "Niger"]',
    "actors": 'a list of names, such as ["JNIM", "Lavrov"]',
    "checks.disabled": 'a list of codes of findings, such as ["QUOTE-LOST"], but not MT-FAILED or MT-EMPTY',
}


GivenText = Annotated[str, Field(min_length=1)]


class Settings(BaseModel):
    """Every setting with its default. The descriptions are the comments of ``sahelsum config init``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    translator: str = Field(
        "sahelsum-de-en", min_length=1, description="Translation model: alias, or path of a folder."
    )
    summarizer: str = Field(
        "auto",
        min_length=1,
        description='Summary model: alias or path; "auto": the bundled one, if any; "extractive": chosen sentences.',
    )
    engine: EngineName = Field(
        EngineName.AUTO, strict=False, description='Runtime; "auto": the first of the model card that works here.'
    )
    quality: Quality = Field("balanced", description="How hard to search for a good wording.")
    source_language: str = Field(
        "de", pattern=r"^[a-z]{2}$", description='Language of the articles: two letters, such as "de".'
    )
    check_language: bool = Field(True, description="Refuse articles in another language.")
    device: str = Field(
        "auto",
        pattern=r"^(auto|cpu|cuda|mps)$",
        description='"auto", "cpu", "cuda" (one of several: CUDA_VISIBLE_DEVICES) or "mps".',
    )
    workers: int = Field(0, ge=0, le=256, description="Parallel workers with one thread each; 0: one per usable core.")
    ray_actors: int = Field(0, ge=0, le=10_000, description="Workers of a run with --ray; 0: all that fit.")
    batch_tokens: int = Field(
        0, ge=0, le=65_536, description="Source tokens per batch; less needs less memory; 0: what suits the machine."
    )
    output: Path = Field(Path("outputs"), strict=False, description="Folder for the digests.")
    html: bool = Field(False, description="Make the reading room too: site/index.html, for a browser.")
    offline: bool = Field(False, description="Never use the network, not even for `models fetch`.")
    use_memory: bool = Field(True, description="Keep translations and use them again.")
    memory_path: str = Field("", description="File of the translation memory; empty: in the cache folder.")
    max_article_bytes: int = Field(
        1_000_000, ge=1_000, le=1_000_000_000, description="Articles larger than this are refused."
    )
    shard_articles: int = Field(
        -1,
        ge=-1,
        le=100_000,
        description="Part the output into folders of so many articles; 0: never; -1: of 1,000 if there are over 5,000.",
    )
    since: str = Field(
        "",
        pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$",
        description="digest.md is about articles published since then; empty: about all.",
    )
    countries: tuple[GivenText, ...] = Field(
        (), strict=False, max_length=50, description="digest.md is about articles on one of these countries."
    )
    actors: tuple[GivenText, ...] = Field(
        (), strict=False, max_length=50, description="digest.md is about articles that name one of these actors."
    )
    wikilinks: bool = Field(
        False, description="Link the names of actors and places to notes on them, as in an Obsidian vault."
    )
    summary_sentences: int = Field(3, ge=1, le=10, description="Sentences a summary aims at.")
    glossary: tuple[GivenText, ...] = Field(
        (), strict=False, max_length=20, description="Your own glossaries, on top of the shipped one: TOML or CSV."
    )
    shipped_glossary: bool = Field(True, description="Use the terms that come with sahelsum.")
    self_test: bool = Field(True, description="Check each model on known sentences before use.")
    checks: Thresholds = Field(
        Thresholds(), description="When a check speaks up; docs/checks.md says what was measured."
    )

    @field_validator("*")
    @classmethod
    def _no_control_characters(cls, value: object) -> object:
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str | Path) and not str(text).isprintable() for text in texts):
            raise ValueError("control characters")
        return value

    @field_validator("since")
    @classmethod
    def _real_date(cls, value: str) -> str:
        """A month has a number from 1 to 12, and its days."""
        if value:
            datetime.date.fromisoformat(value + "-01" * (2 - value.count("-")))
        return value

    @field_validator("output", mode="before")
    @classmethod
    def _real_folder(cls, value: object) -> object:
        """An empty text would mean the current folder: nobody writes that on purpose."""
        if value == "":
            raise ValueError("empty")
        return paths.expanded(value) if isinstance(value, str) else value


TABLES: dict[str, type[BaseModel]] = {"checks": Thresholds}
"""Settings that are tables of their own, in every file as ``[checks]``."""
KEYS = (
    *(key for key in Settings.model_fields if key not in TABLES),
    *(f"{table}.{key}" for table, model in TABLES.items() for key in model.model_fields),
)
"""Every setting, those of a table as ``table.key``."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force.

    ``origins`` has for every key (``table.key`` within a table) where its value came from, in words for the user.
    """

    settings: Settings
    origins: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Values of one source, with the words that lead the user to each of them."""

    origin: str
    values: dict[str, object]
    places: dict[str, str]


def load_config(
    flags: Mapping[str, object],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] = os.environ,
    user_dir: Path | None = None,
) -> Config:
    """Combine all sources of settings.

    Args:
        flags: values from the command line by setting name; None means that the flag was not given.
        cwd: folder in which ``sahelsum.toml`` is looked for; None: the current one.
        env: the environment. An empty variable counts as not set.
        user_dir: the user's configuration folder; None: the usual one.

    Raises:
        ConfigError: a file cannot be read or is not TOML, a key is unknown, or a value is not allowed.
    """
    layers = (
        _file_layer((user_dir or paths.config_dir(env)) / USER_FILE, "user file"),
        _file_layer((cwd or Path.cwd()) / PROJECT_FILE, "project file"),
        _env_layer(env),
        _flag_layer(flags),
    )
    values: dict[str, object] = {}
    origins = dict.fromkeys(KEYS, "default")
    for layer in layers:
        for key, value in layer.values.items():
            values[key] = _checked(key, value, layer.places[key])
            origins[key] = layer.origin
    return Config(Settings.model_validate(_nested(values)), origins)


def flat(settings: Mapping[str, object]) -> dict[str, object]:
    """Settings with those of a table as ``table.key``, as ``origins`` has them."""
    found: dict[str, object] = {}
    for key, value in settings.items():
        if key in TABLES and isinstance(value, Mapping):
            found |= {f"{key}.{name}": inner for name, inner in value.items()}
        else:
            found[key] = value
    return found


def _nested(settings: Mapping[str, object]) -> dict[str, object]:
    """The opposite of :func:`flat`."""
    found: dict[str, Any] = {}
    for key, value in settings.items():
        table, _, name = key.rpartition(".")
        if table in TABLES:
            found.setdefault(table, {})[name] = value
        else:
            found[key] = value
    return found


def _field(key: str) -> FieldInfo:
    table, _, name = key.rpartition(".")
    return (TABLES[table] if table else Settings).model_fields[name]


def template() -> str:
    """A settings file with every key, its explanation and its default, each commented out so that nothing changes."""
    lines = ["# Settings of sahelsum. Remove the # before a setting to change it; flags and SAHELSUM_* go before it."]
    for key in KEYS:
        table, _, name = key.rpartition(".")
        if table and f"[{table}]" not in lines:
            lines += ["", f"# {Settings.model_fields[table].description}", f"[{table}]"]
        field = _field(key)
        lines += ["", f"# {field.description} Takes {expected_value(key)}.", f"#{name} = {toml_value(field.default)}"]
    return "\n".join(lines) + "\n"


def toml_value(value: object) -> str:
    """A setting's value as TOML has it."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    # Settings hold no control characters, so JSON's way of writing a string is TOML's too.
    return json.dumps(str(value), ensure_ascii=False)


def expected_value(key: str) -> str:
    """What a setting takes, in words: ``a whole number from 0 to 256``."""
    if key in TABLES:
        return f"a table: the line [{key}] and below it its settings"
    field = _field(key)
    choices = _choices(field.annotation)
    if choices:
        return "one of " + ", ".join(f'"{choice}"' for choice in choices)
    if field.annotation is bool:
        return "true or false"
    if field.annotation in {int, float}:
        limits = {type(rule).__name__: rule for rule in field.metadata}
        kind = "a whole number" if field.annotation is int else "a number"
        return f"{kind} from {limits['Ge'].ge} to {limits['Le'].le}"
    return _EXPECTED[key]


def _choices(annotation: object) -> tuple[str, ...]:
    if annotation is EngineName:
        return tuple(EngineName)
    return typing.get_args(annotation) if typing.get_origin(annotation) is typing.Literal else ()


def _file_layer(file: Path, origin: str) -> _Layer:
    text = _read(file)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(
            f"{file}: not valid TOML: {error}.", hint="Mend that line, or see: sahelsum config init"
        ) from (error)
    values = flat(table)
    return _Layer(f"{origin} {file}", values, {key: _place(file, text, key) for key in values})


def _read(file: Path) -> str:
    try:
        if file.exists() and not file.is_file():
            raise ConfigError(f"{file}: not a regular file, so it is not read as settings.", hint="Move it away.")
        with file.open("rb") as stream:
            data = stream.read(MAX_CONFIG_BYTES + 1)
        if len(data) > MAX_CONFIG_BYTES:
            raise ConfigError(f"{file}: larger than {MAX_CONFIG_BYTES} bytes, so it is not read as settings.")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}; TOML must be UTF-8.") from error


def _place(file: Path, text: str, key: str) -> str:
    """``file, line 3`` for a key or table; the file alone where the key is written in an unusual way."""
    start = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(key.rpartition(".")[2])}["']?\s*[=.\]]""")
    for number, line in enumerate(text.splitlines(), start=1):
        if start.match(line):
            return f"{file}, line {number}"
    return str(file)


def _env_layer(env: Mapping[str, str]) -> _Layer:
    names = [name for name in sorted(env) if name.startswith(ENV_PREFIX) and name not in _OTHER_VARIABLES]
    given = {name.removeprefix(ENV_PREFIX).lower(): name for name in names if env[name].strip()}
    values = {key: _from_text(key, env[name].strip()) for key, name in given.items()}
    return _Layer("environment", values, {key: f"environment variable {name}" for key, name in given.items()})


def _from_text(key: str, text: str) -> object:
    """The value of the type that the setting has; the text itself, to be refused later, where it is none."""
    field = Settings.model_fields.get(key)
    if field is not None and field.annotation is bool:
        return True if text.lower() in _TRUE else False if text.lower() in _FALSE else text
    if key in _SEPARATORS:
        return [part.strip() for part in text.split(_SEPARATORS[key])]
    if field is not None and field.annotation is int and re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    return text


def _flag_layer(flags: Mapping[str, object]) -> _Layer:
    values = {key: value for key, value in flags.items() if value not in (None, ())}
    return _Layer("flag", values, {key: _FLAGS.get(key, f"--{key.replace('_', '-')}") for key in values})


def _checked(key: str, value: object, place: str) -> object:
    if key not in KEYS and key not in TABLES:
        raise ConfigError(
            f"{place}: there is no setting {key!r}. {did_you_mean(key, KEYS)}".rstrip(),
            hint="All settings: sahelsum config show",
        )
    try:
        return flat(dict(Settings.model_validate(_nested({key: value})).model_dump()))[key]
    except ValidationError as error:
        raise ConfigError(f"{place}: {key} = {value!r} cannot be used; expected {expected_value(key)}.") from error
