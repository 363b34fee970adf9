"""Pieces that the article page and the page of the folder share: links, counts, the summary with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sahelsum.language.dates import NO_DATE, date_in_words
from sahelsum.language.packs import language_name, pack_of
from sahelsum.records import (
    Article,
    ArticleDate,
    BlockKind,
    Digest,
    ModelInfo,
    Severity,
    Summary,
    SummaryMethod,
    Support,
)
from sahelsum.render.escape import FrontMatterValue, Safe, link_target, markdown

SUPPORT_MARKS = {
    Support.STRONG: "",
    Support.PARTIAL: " *(partly supported)*",
    Support.NONE: " *(⚠ no support found)*",
}
SEVERITY_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def page_of(article_id: str) -> str:
    """File name of an article's page."""
    return f"{article_id}.md"


def count(number: int, noun: str) -> str:
    """``1 sentence``, ``2 sentences``, ``1,100 sentences``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def joined(parts: Iterable[str], separator: str = " · ") -> Safe:
    """Parts with a separator between them; what is not Safe is escaped."""
    return Safe(separator.join(part if isinstance(part, Safe) else markdown(part) for part in parts if part))


def link(text: str, file: str, anchor: str = "") -> Safe:
    """A Markdown link to another page or to a heading."""
    return Safe(f"[{markdown(text)}]({link_target(file, anchor)})")


def block_links(numbers: Iterable[int], file: str = "") -> Safe:
    """Links to blocks, runs of three and more as a range: ``¶1``, ``¶3–¶6``."""
    texts = []
    for first, last in _runs(sorted(set(numbers))):
        ends = [first] if first == last else [first, last]
        texts.append(("–" if last > first + 1 else ", ").join(link(f"¶{end}", file, f"p{end}") for end in ends))
    return Safe(", ".join(texts))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = previous = 0
    for number in numbers:
        if start and number == previous + 1:
            previous = number
            continue
        if start:
            yield start, previous
        start = previous = number
    if start:
        yield start, previous


def written_date(date: ArticleDate | None) -> str:
    """The date of publication, as precise as it was given."""
    return date_in_words(date.value, date.precision) if date else NO_DATE


def facts_line(digest: Digest) -> Safe:
    """When, where from, where, how long: one line."""
    article = digest.article
    sentences = f"{count(len(digest.translations), 'sentence')} in {count(paragraphs(article), 'paragraph')}"
    language = f"translated from {language_name(article.language)}"
    return joined([written_date(article.date), article.credit or "", _place(article), sentences, language])


def _place(article: Article) -> str:
    """The dateline, by its English name where that is known."""
    dateline = article.dateline or ""
    known = pack_of(article.language).names(dateline)
    return next(iter(known)) if len(known) == 1 and len(dateline.split()) == 1 else dateline


def languages(digests: Iterable[Digest]) -> list[str]:
    """What English calls the languages of the articles, in their order."""
    return list(dict.fromkeys(language_name(digest.article.language) for digest in digests))


def unchecked_languages(digests: Iterable[Digest]) -> list[str]:
    """Those languages of the articles for which most checks cannot be made."""
    return languages(digest for digest in digests if not pack_of(digest.article.language).checked)


def what_is_compared(digests: Sequence[Digest]) -> str:
    """What the checks do, after ``The checks``; where most of them are not made, in one plain sentence."""
    everything = "compare numbers, dates, names, terms, negation, quotations, attribution, length and repetition."
    unchecked = unchecked_languages(digests)
    if not unchecked:
        return everything
    names = " and ".join(unchecked)
    little = f"look only at length, repetition, garbled words and numbers in digits: there are no others for {names}."
    return little if len(unchecked) == len(languages(digests)) else f"{everything} For {names}, they {little}"


def paragraphs(article: Article) -> int:
    """How many blocks are paragraphs."""
    return sum(block.kind is BlockKind.PARAGRAPH for block in article.blocks)


def summary_paragraph(digest: Digest, file: str = "") -> Safe:
    """The summary; each sentence with links to the paragraphs it rests on, and a mark where that is not enough."""
    blocks = {item.sentence.number: item.sentence.block for item in digest.translations}
    sentences = []
    for sentence in digest.summary.sentences:
        links = block_links((blocks[number] for number in sentence.evidence if number in blocks), file)
        sentences.append(joined([sentence.text, links], " ") + SUPPORT_MARKS[sentence.support])
    return Safe(" ".join(sentences))


def method_note(summary: Summary) -> str:
    """How the summary came about, where the reader must know."""
    if summary.method is SummaryMethod.ABSTRACTIVE:
        return f"Written by a model ({summary.note})." if summary.note else ""
    reason = f" ({summary.note})" if summary.note else ""
    return f"Extractive: these sentences are taken word for word from the translation{reason}."


def review_counts(errors: int, warnings: int) -> str:
    """``1 error and 2 warnings``."""
    parts = [count(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    return " and ".join(parts)


def model_line(model: ModelInfo) -> Safe:
    """A model with what a reader needs to judge and to find it again."""
    revision = f"revision {model.revision}" if model.revision else ""
    licence = f"licence: {model.licence}" if model.licence else ""
    details = [model.alias, revision, licence, f"engine: {model.engine}"]
    details.append(f"settings {model.signature[:12]}" if model.signature else "")
    note = [f"Licence note: {model.licence_note}"] if model.licence_note else []
    return joined([model.name, *details, *note])


def model_fields(role: str, model: ModelInfo) -> dict[str, FrontMatterValue]:
    """A model's entries of the front matter."""
    fields: dict[str, FrontMatterValue] = {
        role: model.alias,
        f"{role}_revision": model.revision,
        f"{role}_licence": model.licence,
        f"{role}_engine": model.engine,
    }
    return fields | ({f"{role}_licence_note": model.licence_note} if model.licence_note else {})
