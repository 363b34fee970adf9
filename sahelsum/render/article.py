"""The page of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sahelsum.language.packs import language_name, pack_of
from sahelsum.language.titles import capitalised
from sahelsum.records import (
    Block,
    BlockKind,
    Digest,
    ExtractKind,
    FactKind,
    Finding,
    Receipt,
    Severity,
    Translation,
)
from sahelsum.render.environment import render
from sahelsum.render.escape import FrontMatterValue, Safe, html, markdown, yaml_front_matter
from sahelsum.render.parts import (
    SEVERITY_ORDER,
    block_links,
    count,
    facts_line,
    joined,
    link,
    method_note,
    model_fields,
    model_line,
    paragraphs,
    review_counts,
    summary_paragraph,
    what_is_compared,
    written_date,
)

FACT_HEADINGS = {
    "Countries": (FactKind.COUNTRY,),
    "Places": (FactKind.PLACE,),
    "Armed groups": (FactKind.ARMED_GROUP,),
    "Organisations and forces": (FactKind.ORGANISATION,),
    "People and other names": (FactKind.PERSON, FactKind.NAME),
    "Numbers": (FactKind.NUMBER,),
    "Dates": (FactKind.DATE,),
}
FLAG = " [⚠](#checks)"


def render_digest(digest: Digest) -> str:
    """The Markdown page of one article."""
    return render(
        "article.md.j2",
        front_matter=yaml_front_matter(_front_matter(digest)),
        title=digest.title,
        original_title=digest.article.title or "",
        facts_line=facts_line(digest),
        licence_notes=[model.licence_note for model in (digest.translator, digest.summarizer) if model.licence_note],
        review=_review(digest),
        summary=summary_paragraph(digest),
        method=method_note(digest.summary),
        facts=list(_facts(digest)),
        blocks=list(_blocks(digest)),
        checks=_check_rows(digest),
        provenance=list(_provenance(digest)),
        language=language_name(digest.article.language),
        compared=what_is_compared([digest]),
    )


def _front_matter(digest: Digest) -> dict[str, FrontMatterValue]:
    article = digest.article
    severities = [finding.severity for finding in digest.findings]
    fields: dict[str, FrontMatterValue] = {
        "title": digest.title,
        "title_origin": digest.title_origin,
        "date": article.date.value if article.date else "",
        "date_precision": article.date.precision.value if article.date else "none",
        "source": article.source,
        "source_sha256": article.sha256,
        "outlet": article.credit or "",
        "place": article.dateline or "",
        "language": article.language,
        "target_language": "en",
    }
    fields |= model_fields("translator", digest.translator) | model_fields("summarizer", digest.summarizer)
    return fields | {
        "summary_method": digest.summary.method.value,
        "review": digest.review,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "paragraphs": paragraphs(article),
        "sentences": digest.receipt.sentences_in,
        "not_translated": digest.receipt.failed,
    }


def _review(digest: Digest) -> str:
    if digest.review == "ok":
        return ""
    severities = [finding.severity for finding in digest.findings]
    return review_counts(severities.count(Severity.ERROR), severities.count(Severity.WARNING))


def _facts(digest: Digest) -> Iterator[tuple[str, Safe]]:
    for heading, kinds in FACT_HEADINGS.items():
        facts = [fact for fact in digest.facts if fact.kind in kinds]
        if facts:
            yield heading, joined(joined([fact.text, block_links(fact.blocks)], " ") for fact in facts)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block ready to print."""

    number: int
    kind: str
    english: Safe
    originals: Safe
    """HTML of the original, with the headings that stand over it; empty where the next block carries it."""


def _blocks(digest: Digest) -> Iterator[BlockView]:
    by_block: dict[int, list[Translation]] = defaultdict(list)
    for translation in digest.translations:
        by_block[translation.sentence.block].append(translation)
    flagged = {item.sentence for item in digest.findings if item.serious}
    photo_credits = _caption_credits(digest)
    quotes = pack_of(digest.article.language).quotes
    headings = Safe("")
    last = len(digest.article.blocks) - 1
    for position, block in enumerate(digest.article.blocks):
        english = _english(by_block[block.number], flagged, quotes)
        if block.kind is BlockKind.HEADING:
            english = Safe(capitalised(english))
        if block.number in photo_credits:
            english = Safe(f"{english} ({markdown(photo_credits[block.number])})")
        waits = block.kind is BlockKind.HEADING and position < last
        headings = Safe(headings + _original(block, digest.article.language))
        yield BlockView(block.number, block.kind.value, english, Safe("") if waits else headings)
        headings = headings if waits else Safe("")


def _original(block: Block, language: str) -> Safe:
    text = html(block.text)
    shown = f"<b>{text}</b>" if block.kind is BlockKind.HEADING else text
    return Safe(f'<p lang="{language}">{shown}</p>')


def _english(translations: list[Translation], flagged: set[int | None], quotes: tuple[str, str]) -> Safe:
    if not translations:
        return Safe("⚠ This part has no translation.")
    texts = []
    for item in translations:
        mark = FLAG if item.sentence.number in flagged else ""
        texts.append(_sentence(item, quotes) + mark)
    return Safe(" ".join(texts))


def _sentence(translation: Translation, quotes: tuple[str, str]) -> Safe:
    if translation.failure is None:
        return markdown(translation.text)
    original = markdown(translation.sentence.text).join(quotes)
    return Safe(f"⚠ not translated ({markdown(translation.failure)}): {original}")


def _caption_credits(digest: Digest) -> dict[int, str]:
    """Photo credit by caption block, where there is one for each; the provenance lists them in any case."""
    captions = [block.number for block in digest.article.blocks if block.kind is BlockKind.CAPTION]
    photo_credits = [item.text for item in digest.article.extracts if item.kind is ExtractKind.PHOTO_CREDIT]
    return dict(zip(captions, photo_credits, strict=True)) if len(captions) == len(photo_credits) else {}


def _sorted_findings(digest: Digest) -> list[Finding]:
    return sorted(digest.findings, key=lambda item: (SEVERITY_ORDER.index(item.severity), item.sentence or 0))


def _check_rows(digest: Digest) -> list[tuple[str, str, str, str, str]]:
    """Level, place, message, and both values of each finding, worst first."""
    blocks = {item.sentence.number: item.sentence.block for item in digest.translations}
    return [
        (
            finding.severity.value,
            _place(finding, blocks),
            f"{finding.message} ({finding.code})",
            finding.source_value,
            finding.target_value,
        )
        for finding in _sorted_findings(digest)
    ]


def _place(finding: Finding, blocks: dict[int, int]) -> str:
    if finding.sentence in blocks:
        return joined([block_links([blocks[finding.sentence]]), f"sentence {finding.sentence}"], ", ")
    if finding.summary_sentence is not None:
        return link(f"Summary, sentence {finding.summary_sentence}", "", "summary")
    return "whole article"


def _provenance(digest: Digest) -> Iterator[tuple[str, str]]:
    article = digest.article
    yield "Source file", article.source
    yield "SHA-256 of the source", article.sha256
    yield "Encoding", article.encoding
    yield "Date", f"{written_date(article.date)} (from: {article.date.origin})" if article.date else "not given"
    yield "Title", "translated" if digest.title_origin == "title" else f"made from the {digest.title_origin}"
    optional = (("Outlet or credit", article.credit), ("Place", article.dateline), ("Web address", article.url))
    yield from ((label, value) for label, value in optional if value)
    if article.extracts:
        taken = (f"{extract.kind.value}: “{extract.text.strip()}”" for extract in article.extracts)
        yield "Taken out of the running text", joined(taken)
    if article.metadata:
        yield "Other details of the source", joined(f"{key}: {value}" for key, value in article.metadata)
    yield "Translator", model_line(digest.translator)
    yield "Summarizer", model_line(digest.summarizer)
    yield "Receipt", _receipt(digest.receipt)


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
