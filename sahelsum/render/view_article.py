"""The view of one article: what stands on its page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sahelsum.language.packs import language_name
from sahelsum.language.titles import capitalised
from sahelsum.records import (
    Block,
    BlockKind,
    Digest,
    ExtractKind,
    Fact,
    FactKind,
    Finding,
    Receipt,
    Severity,
    Translation,
)
from sahelsum.render.view import (
    FieldValue,
    SentencePlace,
    SummaryView,
    article_facts,
    blocks_by_sentence,
    count,
    model_facts,
    ranked_findings,
    review_counts,
    summary_view,
    what_is_compared,
    written_date,
)

FACT_HEADINGS = {
    "Countries": (FactKind.COUNTRY,),
    "Places": (FactKind.PLACE,),
    "Armed groups": (FactKind.ARMED_GROUP,),
    "Organisations and forces": (FactKind.ORGANISATION,),
    "News media": (FactKind.MEDIUM,),
    "People and other names": (FactKind.PERSON, FactKind.NAME),
    "Numbers": (FactKind.NUMBER,),
    "Dates": (FactKind.DATE,),
    "Themes": (FactKind.THEME,),
}
ACTOR_KINDS = (FactKind.ARMED_GROUP, FactKind.ORGANISATION, FactKind.PERSON, FactKind.NAME)
NAMED_KINDS = (*ACTOR_KINDS, FactKind.COUNTRY, FactKind.PLACE)
"""Facts that have a note of their own, where notes are written."""


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A name, number, date or theme, and the blocks that have it, each with its first sentence."""

    text: str
    places: tuple[SentencePlace, ...]
    named: bool
    """Whether it is an actor or a place, which may have a note of its own."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Key facts under one heading."""

    heading: str
    facts: tuple[KeyFact, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something a reader should look at.

    ``place`` is that of the sentence it concerns, ``summary_sentence`` the number of a sentence of the summary; it
    concerns the whole article where neither is there.
    """

    number: int
    """Its place among the findings of the article, from 1."""
    code: str
    severity: Severity
    message: str
    original: str
    """The value in the original; ``english``: that in the translation or the summary. Empty where there is none."""
    english: str
    sentence: str = ""
    """The whole sentence in the original; ``translation``: in English. Empty where it concerns none."""
    translation: str = ""
    place: SentencePlace | None = None
    summary_sentence: int | None = None

    @property
    def serious(self) -> bool:
        """Whether a reader is warned by it, not only informed."""
        return self.severity is not Severity.INFO


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence in both languages, and what was found at it, worst first."""

    number: int
    original: str
    english: str
    """Empty after a failure: the placeholder that the record has instead is not to be read."""
    failure: str | None = None
    """Why there is no translation; None where there is one."""
    findings: tuple[FindingView, ...] = ()
    human: bool = False
    """Whether a person wrote the translation."""

    @property
    def flagged(self) -> bool:
        """Whether a reader is warned of it."""
        return any(finding.serious for finding in self.findings)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, heading or caption."""

    number: int
    kind: BlockKind
    original: str
    """The whole of it, with the spacing between its sentences."""
    sentences: tuple[SentenceView, ...]
    """Empty if it has no translation, which a reader must be told."""
    photo_credit: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of the table of where the page comes from: one value or several."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The page of one article."""

    id: str
    language: str
    """Code of the language of the original; ``language_name``: what English calls it."""
    language_name: str
    compared: str
    """What the checks do, after "The checks"."""
    fields: Mapping[str, FieldValue]
    title: str
    original_title: str
    """Empty where the article has none."""
    facts: tuple[str, ...]
    url: str
    """Where it can be read, as its source says; empty if it does not."""
    review: str
    """How many serious findings there are; empty without any."""
    licence_notes: tuple[str, ...]
    summary: SummaryView
    key_facts: tuple[KeyFacts, ...]
    blocks: tuple[BlockView, ...]
    findings: tuple[FindingView, ...]
    """All of them, worst first."""
    provenance: tuple[Detail, ...]


def article_view(digest: Digest) -> ArticleView:
    """What stands on the page of an article."""
    blocks = blocks_by_sentence(digest)
    findings = _findings(digest)
    models = (digest.translator, digest.summarizer)
    return ArticleView(
        id=digest.article.id,
        language=digest.article.language,
        language_name=language_name(digest.article.language),
        compared=what_is_compared([digest]),
        fields=_fields(digest),
        title=digest.title,
        original_title=digest.article.title or "",
        facts=article_facts(digest),
        url=digest.article.url or "",
        review=_review(digest),
        licence_notes=tuple(model.licence_note for model in models if model.licence_note),
        summary=summary_view(digest),
        key_facts=tuple(_key_facts(digest, blocks)),
        blocks=tuple(_blocks(digest, findings)),
        findings=findings,
        provenance=tuple(_provenance(digest)),
    )


def _fields(digest: Digest) -> dict[str, FieldValue]:
    """What a vault of notes asks for; what is empty is left out."""
    article = digest.article
    own_title = article.title or ""
    fields: dict[str, FieldValue] = {
        "title": digest.title,
        "aliases": list(dict.fromkeys(filter(None, (digest.title, own_title)))),
        "tags": [_tag(name) for name in _names(digest, (FactKind.THEME,))],
        "countries": _names(digest, (FactKind.COUNTRY,)),
        "places": _names(digest, (FactKind.PLACE,)),
        "actors": _names(digest, ACTOR_KINDS),
        "date": article.date.value if article.date else "",
        "outlet": article.credit or "",
        "url": article.url or "",
        "review": digest.review,
    }
    return {name: value for name, value in fields.items() if value}


def _names(digest: Digest, kinds: Collection[FactKind]) -> list[str]:
    return [fact.text for fact in digest.facts if fact.kind in kinds]


def _tag(theme: str) -> str:
    """A theme as a tag: ``economy-fuel-and-resources``."""
    return re.sub(r"[^\w]+", "-", theme.lower()).strip("-")


def _serious(digest: Digest) -> tuple[int, int]:
    """How many errors and how many warnings."""
    severities = [finding.severity for finding in digest.findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def _review(digest: Digest) -> str:
    return "" if digest.review == "ok" else review_counts(*_serious(digest))


def _key_facts(digest: Digest, blocks: Mapping[int, int]) -> Iterator[KeyFacts]:
    first: dict[int, int] = {}
    for sentence, block in blocks.items():
        first.setdefault(block, sentence)
    for heading, kinds in FACT_HEADINGS.items():
        facts = tuple(_key_fact(fact, first) for fact in digest.facts if fact.kind in kinds)
        if facts:
            yield KeyFacts(heading, facts)


def _key_fact(fact: Fact, first: Mapping[int, int]) -> KeyFact:
    places = tuple(SentencePlace(block, first[block]) for block in fact.blocks if block in first)
    return KeyFact(fact.text, places, fact.kind in NAMED_KINDS)


def _findings(digest: Digest) -> tuple[FindingView, ...]:
    items = {item.sentence.number: item for item in digest.translations}
    return tuple(
        _finding(number, finding, items.get(finding.sentence or 0)) for number, finding in ranked_findings(digest)
    )


def _finding(number: int, finding: Finding, item: Translation | None) -> FindingView:
    place = SentencePlace(item.sentence.block, item.sentence.number) if item else None
    return FindingView(
        number=number,
        code=finding.code,
        severity=finding.severity,
        message=finding.message,
        original=finding.source_value,
        english=finding.target_value,
        sentence=item.sentence.text if item else "",
        translation=item.text if item and item.failure is None else "",
        place=place,
        summary_sentence=None if place else finding.summary_sentence,
    )


def _blocks(digest: Digest, findings: tuple[FindingView, ...]) -> Iterator[BlockView]:
    found: dict[int, list[FindingView]] = defaultdict(list)
    for finding in findings:
        if finding.place:
            found[finding.place.sentence].append(finding)
    sentences: dict[int, list[SentenceView]] = defaultdict(list)
    for item in digest.translations:
        sentences[item.sentence.block].append(_sentence(item, tuple(found.get(item.sentence.number, ()))))
    photo_credits = _caption_credits(digest)
    for block in digest.article.blocks:
        yield _block(block, sentences.get(block.number, []), photo_credits.get(block.number))


def _sentence(translation: Translation, findings: tuple[FindingView, ...]) -> SentenceView:
    sentence, failure = translation.sentence, translation.failure
    english = translation.text if failure is None else ""
    return SentenceView(sentence.number, sentence.text, english, failure, findings, translation.human)


def _block(block: Block, sentences: list[SentenceView], photo_credit: str | None) -> BlockView:
    if block.kind is BlockKind.HEADING and sentences:
        first = sentences[0]
        sentences = [replace(first, english=capitalised(first.english.lstrip())), *sentences[1:]]
    return BlockView(block.number, block.kind, block.text, tuple(sentences), photo_credit)


def _caption_credits(digest: Digest) -> dict[int, str]:
    """Photo credit by caption block, where there is one for each; the provenance lists them in any case."""
    captions = [block.number for block in digest.article.blocks if block.kind is BlockKind.CAPTION]
    photo_credits = [item.text for item in digest.article.extracts if item.kind is ExtractKind.PHOTO_CREDIT]
    return dict(zip(captions, photo_credits, strict=True)) if len(captions) == len(photo_credits) else {}


def _provenance(digest: Digest) -> Iterator[Detail]:
    article = digest.article
    date = article.date
    yield Detail("Source file", (article.source,))
    yield Detail("SHA-256 of the source", (article.sha256,))
    yield Detail("Encoding", (article.encoding,))
    yield Detail("Date", (f"{written_date(date)} (from: {date.origin})" if date else "not given",))
    yield Detail("Title", (_origin_of_title(digest),))
    optional = (("Outlet or credit", article.credit), ("Place", article.dateline), ("Web address", article.url))
    yield from (Detail(label, (value,)) for label, value in optional if value)
    if article.extracts:
        taken = (f"{extract.kind.value}: “{extract.text.strip()}”" for extract in article.extracts)
        yield Detail("Taken out of the running text", tuple(taken))
    if article.metadata:
        yield Detail("Other details of the source", tuple(f"{key}: {value}" for key, value in article.metadata))
    yield Detail("Translator", model_facts(digest.translator))
    yield Detail("Summarizer", model_facts(digest.summarizer))
    yield Detail("Receipt", (_receipt(digest.receipt),))


def _origin_of_title(digest: Digest) -> str:
    if digest.title_origin == "headline":
        return f"written by {digest.summarizer.alias} from the beginning of the article, and checked against it"
    return "translated" if digest.title_origin == "title" else f"made from the {digest.title_origin}"


def _receipt(receipt: Receipt) -> str:
    retried = f", {receipt.retried:,} searched again ({receipt.retry_rescued:,} for the better)"
    terms = (
        f"; glossary terms: {receipt.terms_found:,} as wanted, {receipt.terms_replaced:,} replaced, "
        f"{receipt.terms_lost:,} missing"
    )
    return (
        f"{count(receipt.sentences_in, 'sentence')} in, {receipt.sentences_out:,} out; "
        f"{receipt.failed:,} not translated, {receipt.split:,} translated in parts, {receipt.flagged:,} flagged, "
        f"{receipt.rescued:,} in another wording because the model's first choice failed a check"
        f"{retried if receipt.retried else ''}"
        f"{terms if receipt.terms_found or receipt.terms_replaced or receipt.terms_lost else ''}; "
        f"{count(receipt.source_tokens, 'token')} in, {receipt.target_tokens:,} out"
    )
