"""Records of summaries, of one article and across articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Support(StrEnum):
    """How well the article supports a summary sentence."""

    STRONG = "strong"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary with the numbers of the source sentences that support it, best first."""

    text: str
    evidence: tuple[int, ...]
    support: Support
    written: bool = False
    """A model wrote it for the sentences of its evidence, and it was verified against them."""


class Reason(StrEnum):
    """Why a sentence that a model wrote for a group of sentences is not used."""

    FORM = "form"
    """It is cut, too short or long, repeats itself, or does not close what it opens."""
    COPIED = "copied"
    """It is one of the sentences, word for word."""
    NAME = "name"
    NUMBER = "number"
    """A number that the group lacks, or that counts something else there, or with another bound (``at least``)."""
    UNIT = "unit"
    DATE = "date"
    NEGATION = "negation"
    CERTAINTY = "certainty"
    """What the group has as a plan, a demand or a possibility is told as a fact."""
    ATTRIBUTION = "attribution"
    """What the group has as somebody's word is told as a fact, or as the word of somebody else."""
    ROLES = "roles"
    """Who does it and to whom is not what the group says."""
    WORD = "word"
    """A word that the group does not have, nor one that is known to stand for it."""
    MIXED = "mixed"
    """Words stand together that the group has in different places."""
    PROBABILITY = "probability"
    """The model itself finds it improbable."""
    FIGURES = "figures"
    """Articles disagree about a figure, and it does not name each of them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wording of a model that is not used: why, what gave rise to it, and the sentences it was written for."""

    text: str
    reason: Reason
    detail: str
    evidence: tuple[int, ...]
    headline: bool = False


class SummaryMethod(StrEnum):
    """How a summary was made."""

    ABSTRACTIVE = "abstractive"
    EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, its method, and why it is not abstractive where it could not be."""

    sentences: tuple[SummarySentence, ...]
    method: SummaryMethod
    note: str = ""
    rounds: int = 1
    """Rounds of map-reduce: 1 where the article fitted the model at once."""
    refused: tuple[Refusal, ...] = ()
    """What a model that writes a sentence for a group wrote in vain."""

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def written(self) -> int:
        """How many of the sentences a model wrote for a group of sentences."""
        return sum(sentence.written for sentence in self.sentences)

    @property
    def refused_by_reason(self) -> dict[Reason, int]:
        """How many wordings were refused for each reason, most first."""
        return dict(Counter(item.reason for item in self.refused).most_common())


@dataclass(frozen=True, slots=True)
class OverviewSentence:
    """A sentence of the overview across all articles, with the ids of the articles it rests on."""

    text: str
    article_ids: tuple[str, ...]
    written: bool = False
    """As in :class:`SummarySentence`."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview across all articles, made from their summaries."""

    sentences: tuple[OverviewSentence, ...]
    method: SummaryMethod
    note: str = ""
