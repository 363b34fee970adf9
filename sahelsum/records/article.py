"""One immutable record per stage. A stage takes the record of the stage before and returns its own.

Everything here is plain data: no methods that do work, no heavy imports. The JSON sidecars are these records, so a
field's name is part of the output format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sahelsum.records.summary import Summary


class DatePrecision(StrEnum):
    """How much of a date the source gave."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """A publication date, exactly as precise as its source: ``2025-11-16``, ``2025-04`` or ``2025``."""

    value: str
    precision: DatePrecision
    origin: str
    """Where it was found: ``text``, ``front matter``, ``metadata``."""


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a sub-heading or a picture caption, in reading order.

    ``number`` counts from 1 over all blocks; a page calls it ``¶3``.
    """

    number: int
    kind: BlockKind
    text: str
    run_in: bool = False
    """True for a sub-heading that stood at the start of its paragraph without a line break."""


class ExtractKind(StrEnum):
    """What was taken out of the running text; nothing is dropped, so each is kept."""

    DATE = "date"
    CREDIT = "credit"
    PHOTO_CREDIT = "photo credit"
    DATELINE = "dateline"
    MARKUP = "markup"
    FOOTNOTE_MARK = "footnote mark"
    BOILERPLATE = "not the article"
    """Offers and notes of the publisher: subscriptions, newsletters, funding, copyright."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece of the source that is metadata, not prose, with its exact wording."""

    kind: ExtractKind
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read."""

    id: str
    """Stem of its output files: safe as a file name, unique within a run."""
    source: str
    """Where it came from, for people: path relative to the given folder, with the line for JSON Lines."""
    sha256: str
    """Hash of the bytes it was read from, hexadecimal."""
    encoding: str
    language: str
    """ISO 639-1 code, as identified or as the user said."""
    blocks: tuple[Block, ...]
    title: str | None = None
    date: ArticleDate | None = None
    credit: str | None = None
    """Outlet, agency or other source credit."""
    dateline: str | None = None
    url: str | None = None
    extracts: tuple[Extract, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    """Front matter or JSON fields without a place of their own, kept as text."""
    findings: tuple[Finding, ...] = ()
    """What a reader should know of how it was read: characters repaired, text left out."""
    left_out: int = 0
    """Visible characters of a web page, white space not counted, that are outside the article."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One source sentence. ``number`` counts from 1 over the article; ``block`` is its block's number.

    The number is the anchor (``^s12``) in the page.
    """

    number: int
    block: int
    text: str
    space_after: str = ""
    """The white space between this sentence and the next; joining text and space gives back the block."""


class Finish(StrEnum):
    """Why a model stopped writing."""

    STOP = "stop"
    """It ended the text itself."""
    LENGTH = "length"
    """It ran into the output bound: the text may be cut."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text a model proposed."""

    text: str
    tokens: int
    """Output tokens, the end mark not counted."""
    mean_logprob: float | None = None
    """Mean natural-log probability per output token; None where the runtime gives none."""
    finish: Finish = Finish.STOP


@dataclass(frozen=True, slots=True)
class Output:
    """What an engine returns for one input: the hypotheses, best model score first, never empty."""

    source_tokens: int
    hypotheses: tuple[Hypothesis, ...]
    parts: int = 1
    """In how many pieces the input went through the model: 1 unless it was over the limit and was split."""

    @property
    def best(self) -> Hypothesis:
        """The hypothesis with the best model score."""
        return self.hypotheses[0]


@dataclass(frozen=True, slots=True)
class Translation:
    """A source sentence with its one translation, or with a visible failure."""

    sentence: Sentence
    text: str
    source_tokens: int = 0
    target_tokens: int = 0
    mean_logprob: float | None = None
    finish: Finish = Finish.STOP
    parts: int = 1
    rank: int = 1
    """Place among the model's hypotheses: over 1 where a lower one was taken because less was wrong with it."""
    attempts: int = 1
    """Searches made, over 1 where every wording of the first had violations; ``attempt`` gave the text."""
    attempt: int = 1
    replaced: tuple[tuple[str, str, str], ...] = ()
    """What the glossary replaced: source term, English before, English after."""
    repaired: tuple[tuple[str, str, str], ...] = ()
    """Numbers and dates put right: as the source has them, English before, English after."""
    kept: str = ""
    """Why the text is that of the source and no model was asked: the language it is in, or that it has no words."""
    misleading: float | None = None
    """Estimated probability, 0 to 1, that it misleads; None without a calibration of the model, or a score."""
    pieced: bool = False
    """Its parts were translated one by one, because no wording kept what must not change."""
    human: bool = False
    """A person wrote the text: a correction that the translation memory knows."""
    failure: str | None = None
    """What went wrong, if the sentence could not be translated; ``text`` then holds a visible placeholder."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should look at, with its place and both values."""

    code: str
    severity: Severity
    message: str
    sentence: int | None = None
    """Number of the source sentence, None if it concerns the summary or the whole article."""
    summary_sentence: int | None = None
    """Number, from 1, of the summary sentence it concerns."""
    source_value: str = ""
    target_value: str = ""

    @property
    def serious(self) -> bool:
        """Whether a reader is warned by it, not only informed."""
        return self.severity is not Severity.INFO


@dataclass(frozen=True, slots=True)
class Receipt:
    """The account of one article: what went in and what came out."""

    sentences_in: int
    sentences_out: int
    failed: int
    split: int
    """Sentences over the model's limit, translated in parts and rejoined."""
    flagged: int
    source_tokens: int
    target_tokens: int
    rescued: int = 0
    """Sentences for which a lower-ranked hypothesis was taken, because the checks found less wrong with it."""
    retried: int = 0
    """Sentences searched again, since every wording had violations; ``retry_rescued``: with success."""
    retry_rescued: int = 0
    terms_found: int = 0
    """Glossary terms, once a sentence: put into English by the model; ``replaced`` afterwards; ``lost``."""
    terms_replaced: int = 0
    terms_lost: int = 0


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model as the reader needs to know it."""

    alias: str
    name: str
    revision: str
    licence: str
    engine: str
    signature: str
    """Hash of the engine's full signature; the manifest holds the whole of it."""
    licence_note: str = ""


class FactKind(StrEnum):
    """What a key fact is."""

    COUNTRY = "country"
    PLACE = "place"
    ARMED_GROUP = "armed group"
    ORGANISATION = "organisation"
    MEDIUM = "news medium"
    """A paper, a broadcaster or an agency: who tells, not who acts."""
    PERSON = "person"
    """Somebody well known, by the usual English spelling."""
    NAME = "name"
    """Another person or name, which the source and the English text spell alike."""
    NUMBER = "number"
    DATE = "date"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, number, date or theme of the article, with the numbers of the blocks that have it."""

    kind: FactKind
    text: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything about one finished article; written as JSON and rendered as Markdown."""

    article: Article
    title: str
    """English title: the translated title, else one made from the first sentence."""
    title_origin: str
    """``title`` if the article has one, ``headline`` if a model wrote one, else ``first sentence``."""
    translations: tuple[Translation, ...]
    summary: Summary
    findings: tuple[Finding, ...]
    receipt: Receipt
    translator: ModelInfo
    summarizer: ModelInfo
    facts: tuple[Fact, ...] = ()
    recipe: str = ""
    """Hash of the models' signatures, the settings and the version that made the digest."""
    processor: str = ""
    """The kind of processor it was made on: another may choose other wordings."""

    @property
    def flagged(self) -> frozenset[int]:
        """The numbers of the sentences that a person should look at."""
        return frozenset(each.sentence for each in self.findings if each.serious and each.sentence is not None)

    @property
    def review(self) -> str:
        """``check`` if a person should look at it before use, else ``ok``."""
        return "check" if any(finding.serious for finding in self.findings) else "ok"


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be done, and why."""

    source: str
    message: str


class ArticleState(StrEnum):
    """What a run did with an article."""

    DONE = "done"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """Its digest was edited by hand and left alone."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One line of the manifest."""

    id: str
    source: str
    state: ArticleState
    message: str = ""
    review: str = ""
    sentences: int = 0
    failed: int = 0
    findings: tuple[Finding, ...] = ()
    receipt: Receipt | None = None
