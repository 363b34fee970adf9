"""A job: the models, settings and sources of a run, and how the parts of the translation work together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sahelsum import __version__
from sahelsum.checks import check_sentence, violations
from sahelsum.checks.estimate import Calibration
from sahelsum.checks.thresholds import DEFAULTS, Thresholds
from sahelsum.checks.unsupported_facts import unsupported_facts
from sahelsum.engines.base import Engine, signature_key
from sahelsum.glossary import Glossary
from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.protocols import Corrected, Memory, NoMemory, nothing_corrected
from sahelsum.read import ReadOptions
from sahelsum.read.foreign import foreign_language
from sahelsum.read.sources import Source
from sahelsum.records import ModelInfo, Translation
from sahelsum.records.folder import EVERYTHING, Selection
from sahelsum.runs.artefacts import PLAIN, Style
from sahelsum.runs.codehash import code_sha256
from sahelsum.segment import split_clauses
from sahelsum.summarization.setup import GroupMarks, SummarySetup
from sahelsum.translation import Judgement, Retry, TranslationSetup
from sahelsum.translation.prepared import prepare
from sahelsum.translation.repair import repaired

EXTRACTIVE = ModelInfo(
    alias="extractive",
    name="Sentences chosen, none written",
    revision="",
    licence="",
    engine="sahelsum",
    signature=signature_key({"method": "coverage", "version": 1}),
)


AUTOMATIC = -1
"""For ``shard_articles``: large runs are parted, others are not."""


@dataclass(frozen=True, slots=True)
class Model:
    """An engine with what the reader must know of it, and its memory."""

    engine: Engine
    info: ModelInfo
    memory: Memory
    low_logprob: float | None = None
    """Mean log-probability under which its texts are doubtful, where it was measured."""
    calibration: Calibration | None = None
    """Tells how probable it is that a sentence misleads, where judges have read its translations."""
    retries: tuple[Retry, ...] = ()
    """Further attempts of a translator at sentences that the checks find fault with."""
    by_sentence: bool = False
    """Of a summarizer: it shortens one sentence at a time."""
    corrected: Corrected = nothing_corrected
    """Of a translator: the sentences for which people gave the English."""
    marks: GroupMarks | None = None
    """Of a summarizer: it writes one sentence for a group of them."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a run needs; all of it handed in."""

    sources: Sequence[Source]
    output: Path
    read: ReadOptions
    translator: Model
    summarizer: Model | None
    """None stands for the extractive method."""
    batch_tokens: int = 1024
    summary_sentences: int = 3
    force: bool = False
    refuse_nonsense: bool = False
    """Whether an article has failed of which the checks find most sentences wrong: a broken model must not pass."""
    checks: Thresholds = DEFAULTS
    glossary: Glossary = field(default_factory=Glossary)
    shard_articles: int = AUTOMATIC
    """Articles of each part of the output; 0: all in one folder."""
    selection: Selection = EVERYTHING
    """Which articles the pages across articles are about; all of them get pages of their own."""
    style: Style = PLAIN

    @property
    def limits(self) -> Thresholds:
        """The thresholds of the checks for this translator."""
        return self.checks.with_model(self.translator.low_logprob)

    @property
    def recipe(self) -> str:
        """Hash of all that shapes a digest, the source aside. Batch size and worker count do not."""
        return signature_key(
            {
                "version": __version__,
                "code": code_sha256(),
                "translator": self.translator.info.signature,
                "summarizer": self.summarizer_info.signature,
                "summary sentences": self.summary_sentences,
                "source language": self.read.source_language,
                "check language": self.read.check_language,
                "checks": self.limits.model_dump_json(),
                "calibration": repr(self.translator.calibration),
                "glossary": self.glossary.key,
                "wikilinks": str(self.style.wikilinks),
                "retries": ", ".join(retry.name for retry in self.translator.retries),
            }
        )

    @property
    def summarizer_info(self) -> ModelInfo:
        """What the reader must know of the way summaries are made."""
        return self.summarizer.info if self.summarizer else EXTRACTIVE


def translation_setup(
    model: Model, source: Pack, glossary: Glossary, limits: Thresholds, batch_tokens: int
) -> TranslationSetup:
    """The translate stage with the checks and the glossary in it: both choose among the wordings of the model.

    What a wording has as its source has it is put right first, so that neither finds fault with that.
    """

    def judge(item: Translation) -> Judgement:
        findings = tuple(check_sentence(item, source, limits))
        return Judgement(violations(findings) + glossary.violations(item), findings)

    def amend(item: Translation) -> Translation:
        return repaired(glossary.amended(item), source)

    def preference(item: Translation) -> int:
        return glossary.preference(item) + len(item.repaired)

    return TranslationSetup(
        engine=model.engine,
        memory=model.memory,
        split=partial(split_clauses, source=source),
        batch_tokens=batch_tokens,
        judge=judge,
        prepare=partial(prepare, source=source, foreign=partial(foreign_language, expected=source.code)),
        preference=preference,
        amend=amend,
        estimate=model.calibration.misleading if model.calibration else lambda _: None,
        corrected=model.corrected,
        retries=model.retries,
    )


def summary_setup(model: Model | None, sentences: int) -> SummarySetup:
    """The summarize stage with that model, asked for so many sentences; None stands for the extractive method."""
    split = partial(split_clauses, source=pack_of("en"))  # what is summed up is English
    if model is None:
        return SummarySetup(None, NoMemory(), split, sentences)
    return SummarySetup(
        engine=model.engine,
        memory=model.memory,
        split=split,
        sentences=sentences,
        by_sentence=model.by_sentence,
        marks=model.marks,
        low_logprob=model.low_logprob,
        unsupported_facts=unsupported_facts,
    )
