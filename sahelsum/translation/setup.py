"""What the stage works with, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sahelsum.engines.base import Engine, Search
from sahelsum.protocols import Corrected, Memory, nothing_corrected
from sahelsum.records import Finding, Translation
from sahelsum.translation.prepared import Prepared

Splitter = Callable[[str, Callable[[str], bool]], list[str]]
"""Cuts a text into pieces that each fit; their concatenation is the text. See ``segment.split_clauses``."""


@dataclass(frozen=True, slots=True)
class Retry:
    """A further attempt at the sentences whose every wording has violations."""

    name: str
    memory: Memory
    """Bound to what shapes this attempt: its outputs are not those of the first one."""
    search: Search | None = None
    clauses: Callable[[str], list[str]] | None = None
    """Cuts a text into the pieces that are translated one by one; those it leaves whole are not tried."""
    only: str = ""
    """The code of the finding that calls for it; empty: any violation does."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is visibly wrong with a wording: how much, which is what wordings are compared by, and what."""

    violations: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationSetup:
    """What the stage works with."""

    engine: Engine
    memory: Memory
    """Bound to the engine's signature."""
    split: Splitter
    """Cuts texts over the engine's limit."""
    batch_tokens: int
    """Source tokens in one batch, the unit that is committed to the memory."""
    prepare: Callable[[str], Prepared] = Prepared
    """What the model is given in a sentence's place. The memory knows its outputs by that, so rules may change."""
    judge: Callable[[Translation], Judgement] = lambda _: Judgement()
    """Says what is wrong with a translation. Among the n-best the one with the least is taken."""
    preference: Callable[[Translation], int] = lambda _: 0
    """Decides, the less the better, between wordings with as many violations."""
    amend: Callable[[Translation], Translation] = lambda item: item
    """What is replaced in a wording, visibly, before it is judged; what is held back has its marks there still."""
    estimate: Callable[[Translation], float | None] = lambda _: None
    """How probable it is that the chosen wording misleads, 0 to 1."""
    corrected: Corrected = nothing_corrected
    """What people have written comes before any wording of a model."""
    retries: tuple[Retry, ...] = ()
    """Attempts after the first, in this order, each at the sentences that still have violations."""


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """Translations in the order of the sentences, and how many of the texts came from where."""

    translations: tuple[Translation, ...]
    findings: tuple[tuple[Finding, ...], ...]
    """What the judge found at each of them."""
    computed: int
    remembered: int
    retry_seconds: float = 0.0
    """Time that the attempts after the first took."""
