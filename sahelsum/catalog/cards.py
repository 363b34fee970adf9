"""Model cards: what a model is, where it is, how to run it, and how good it was measured to be.

A card is a small TOML file, untrusted like any file from elsewhere: it is validated here and can only point, never run.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sahelsum.catalog.generation import Generation

PLACEHOLDER = "{text}"
"""In a prompt, where the text goes."""
Quality = Literal["fast", "balanced", "best"]
Unit = Literal["article", "sentence", "group"]
Kind = Literal["sentence", "headline"]
Alias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
HubId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")]
ServerUrl = Annotated[str, Field(pattern=r"^https?://[^\s@]+$")]
"""Without user name or password: the address is part of what digests say about their making."""
FolderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Revision = Annotated[str, Field(pattern=r"^([0-9a-f]{40})?$")]


class Task(StrEnum):
    """What a model does."""

    TRANSLATE = "translate"
    SUMMARIZE = "summarize"


class EngineName(StrEnum):
    """The runtimes a model can run on."""

    AUTO = "auto"
    CTRANSLATE2 = "ctranslate2"
    TRANSFORMERS = "transformers"
    SERVER = "server"
    ECHO = "echo"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*")
    @classmethod
    def _no_control_characters(cls, value: object) -> object:
        """Cards are shown on terminals and in digests: no escape sequences, no hidden or direction-changing signs."""
        if isinstance(value, str) and not value.replace("\n", "").replace("\t", "").isprintable():
            raise ValueError("must not contain control characters")
        return value


class Location(_Strict):
    """Where the weights are: exactly one of the four."""

    bundled: FolderName | None = None
    """Folder beside the card, inside ``models/``."""
    path: Path | None = None
    """Local directory laid out like a hub snapshot."""
    hub: HubId | None = None
    revision: Revision = ""
    """Commit of the hub repository; empty: pinned at the first fetch."""
    server: ServerUrl | None = None
    """Base URL of an OpenAI-compatible server, such as ``http://localhost:11434/v1``."""
    model: str = ""
    """The model's name on that server."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in ("bundled", "path", "hub", "server") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of bundled, path, hub, server (found: {', '.join(given) or 'none'})")
        return self


class Backward(_Strict):
    """A model of the opposite direction that helps to put the hypotheses in order."""

    model: Alias
    weight: float = Field(gt=0, le=5)
    """Of its mean log-probability per token beside that of the translator; ``benchmarks/backward.py`` compares some."""
    hypotheses: dict[Quality, Annotated[int, Field(ge=2, le=32)]]
    """How many of a sentence's hypotheses it judges; at a quality level that is not named it is not asked."""


class Estimate(_Strict):
    """Weights that turn a translator's scores into the probability that a sentence misleads its reader.

    Fitted by ``benchmarks/estimate.py`` to verdicts of judges on this model's own translations.
    """

    intercept: float
    mean_logprob: float
    log_doubt: float
    log_length: float
    judged: int = Field(ge=1)
    """Sentences that the judges read."""


class SelfTest(_Strict):
    """A known input and words its output must contain (in any letter case): catches broken weights at start-up."""

    input: str
    expect: tuple[str, ...]


class Measured(_Strict):
    """One measured figure with the command that measured it."""

    dataset: str
    metric: str
    score: float
    command: str
    signature: str = ""


class ModelCard(_Strict):
    """A validated model card."""

    alias: Alias
    name: str
    task: Task
    family: str
    """Architecture: the ``model_type`` of the model's ``config.json``; ``server`` for a remote one."""
    engines: tuple[EngineName, ...]
    """Runtimes that can run it, preferred first."""
    location: Location
    source_languages: tuple[str, ...] = ("de",)
    target_language: str = "en"
    licence: str
    licence_note: str = ""
    """Shown in every digest made with the model, such as a ban on commercial use."""
    description: str = ""
    size_mb: int = Field(ge=0)
    parameters_millions: float = Field(ge=0)
    limit_tokens: int = Field(ge=8)
    """Longest input in the model's tokens, special tokens and prefix not counted."""
    unit: Unit = "article"
    """What a summarizer takes at once: an article, which it sums up; a sentence, which it shortens; or a group of
    sentences, for which it writes one."""
    marks: dict[Kind, str] = {}
    """Of a model for groups: what is put before the text to say what shall be written. Without a mark for headlines it
    writes none."""
    prefix: str = ""
    """Text put before every input, such as ``summarize: ``."""
    source_code: str = ""
    target_code: str = ""
    """Language codes of many-language models, such as ``deu_Latn``."""
    system_prompt: str = ""
    """Instruction for models behind a server; of a decoder-only one here, what its system message says."""
    prompt: str = ""
    """What a decoder-only model is asked, with ``{text}`` where the text goes; empty: what its task asks."""
    generation: dict[Quality, Generation] = {}
    low_logprob: Annotated[float, Field(ge=-20, lt=0)] | None = None
    """Mean log-probability a token under which a translation is doubtful; measured by ``benchmarks/confidence.py``."""
    estimate: Estimate | None = None
    backward: Backward | None = None
    self_test: SelfTest | None = None
    measured: tuple[Measured, ...] = ()

    @field_validator("prompt")
    @classmethod
    def _has_one_place_for_the_text(cls, value: str) -> str:
        if value and value.count(PLACEHOLDER) != 1:
            raise ValueError(f"must have {PLACEHOLDER} once, where the text goes")
        return value

    def generation_for(self, quality: Quality) -> Generation:
        """Settings of a quality level; of ``balanced``, then of the defaults, where the card has none."""
        return self.generation.get(quality) or self.generation.get("balanced") or Generation()


@dataclass(frozen=True, slots=True)
class LocatedModel:
    """A card together with the weights found for it.

    ``directory`` is None for servers and for echo. ``weights_sha256`` covers every file that shapes the output
    (weights, tokenizer, config); ``revision`` is the hub commit, ``bundled`` or ``local``.
    """

    card: ModelCard
    directory: Path | None
    weights_sha256: str
    revision: str
