"""Sources → articles. Whatever is wrong with one becomes a Failure, so that the batch goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from sahelsum.errors import InputError
from sahelsum.language.pack import Pack
from sahelsum.language.packs import language_name, pack_of
from sahelsum.read.decode import binary_file, decode, decode_html, is_binary_line
from sahelsum.read.draft import Draft, Parsed
from sahelsum.read.jsonlines import Line, Record, parse_record, parsed_record, read_lines
from sahelsum.read.language import other_language
from sahelsum.read.markup import plain_text
from sahelsum.read.mojibake import mend_mojibake
from sahelsum.read.normalize import clean_text
from sahelsum.read.notes import UNREAD_DATE
from sahelsum.read.paragraphs import split_paragraphs
from sahelsum.read.sources import Format, Source
from sahelsum.read.structure import find_structure
from sahelsum.records import Article, Failure, Finding

EarlierResult = TypeVar("EarlierResult")
Lookup = Callable[[str, str, str], EarlierResult | None]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to expect of the articles."""

    source_language: str = "de"
    """ISO 639-1 code."""
    check_language: bool = True
    """Refuse articles that are surely in another language."""
    max_bytes: int = 1_000_000
    """Largest article, as a file, a line of JSON Lines or a row of Parquet."""

    @property
    def source(self) -> Pack:
        """What is known of the language."""
        return pack_of(self.source_language)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where an article comes from, whatever its format."""

    id: str
    name: str
    sha256: str
    encoding: str


def read_articles(
    source: Source, options: ReadOptions, known: Lookup[EarlierResult] | None = None
) -> Iterator[Article | Failure | EarlierResult]:
    """Read a source: one article, or for JSON Lines one per line and for Parquet one per row, streamed.

    ``known`` is asked, before anything dear is done with an article of many, by the stem of its output, its name and
    its hash (SHA-256, hexadecimal); what it gives stands in the article's place.

    Never raises for what is wrong with the input; a :class:`~sahelsum.records.Failure` says what and what to do.
    """
    try:
        if source.format.holds_many and not source.problem:
            yield from _read_many(source, options, known or _unknown)
        else:
            yield _read_file(source, options)
    except InputError as error:
        yield Failure(source.name, str(error))
    except OSError as error:
        yield Failure(source.name, f"it cannot be read: {error.strerror or error}.")


def _read_file(source: Source, options: ReadOptions) -> Article:
    data = source.read_bytes(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise _too_large("it", options.max_bytes)
    decoded = (decode_html if source.format is Format.HTML else decode)(data, options.source)
    if not clean_text(decoded.text).strip():
        raise InputError("it is empty." if not data else "it holds nothing but white space.")
    origin = _Origin(source.id, source.name, hashlib.sha256(data).hexdigest(), decoded.encoding)
    text, mended = mend_mojibake(decoded.text)
    told = tuple({finding.code: finding for finding in (*mended, *decoded.findings)}.values())
    return _article(_parse(source.format, text, options.source), origin, options, told)


def _unknown(_stem: str, _name: str, _sha256: str) -> None:
    return None


def _read_many(
    source: Source, options: ReadOptions, known: Lookup[EarlierResult]
) -> Iterator[Article | Failure | EarlierResult]:
    empty = True
    one = "row" if source.format is Format.PARQUET else "line"
    with source.open() as stream:
        for line in _lines(source, stream, options.max_bytes):
            empty = False
            name = f"{source.name}, {one} {line.number}"
            try:
                origin, record = _read_line(source, line, name, options)
                found = known(origin.id, name, origin.sha256)
                yield _article(parsed_record(record, options.source), origin, options) if found is None else found
            except InputError as error:
                if source.format is Format.JSON_LINES and is_binary_line(line.data):
                    raise binary_file() from None  # once, not for every piece of it that ends in a line feed
                yield Failure(name, str(error))
    if empty:
        raise InputError("it is empty.")


def _lines(source: Source, stream: BinaryIO, max_bytes: int) -> Iterator[Line]:
    if source.format is Format.PARQUET:
        from sahelsum.read.parquet import read_rows  # noqa: PLC0415 - only what the format needs

        return read_rows(stream, max_bytes)
    return read_lines(stream, max_bytes)


def _read_line(source: Source, line: Line, name: str, options: ReadOptions) -> tuple[_Origin, Record]:
    if line.data is None:
        raise _too_large(f"it has {line.size:,} bytes, which", options.max_bytes)
    record = parse_record(line.data)
    by_place = f"{source.id}-{line.number:05d}"
    stem = source.ids.claim(f"{source.id}\0{line.number}", [record.id, by_place] if record.id else [by_place])
    return _Origin(stem, name, hashlib.sha256(line.data).hexdigest(), "utf-8"), record


def _too_large(subject: str, limit: int) -> InputError:
    hint = "Raise the limit with --max-article-bytes, or max_article_bytes in sahelsum.toml."
    return InputError(f"{subject} is over the limit of {limit:,} bytes for one article.", hint=hint)


def _parse(form: Format, text: str, source: Pack) -> Parsed:
    if form is Format.MARKDOWN:
        from sahelsum.read.markdown import parse_markdown  # noqa: PLC0415 - only what the format needs

        return parse_markdown(clean_text(text))
    if form is Format.HTML:
        from sahelsum.read.html import parse_html  # noqa: PLC0415 - as above

        return parse_html(text, source)
    return Parsed(tuple(Draft(paragraph) for paragraph in split_paragraphs(clean_text(plain_text(text)), source)))


def _article(parsed: Parsed, origin: _Origin, options: ReadOptions, told: tuple[Finding, ...] = ()) -> Article:
    structure = find_structure(parsed.drafts, options.source, plain=parsed.plain, title=parsed.title)
    if not structure.blocks:
        raise InputError("it holds no text besides its title, date and credits.")
    if options.check_language:
        _check_language(" ".join(block.text for block in structure.blocks), options.source_language)
    date = parsed.date or structure.date
    # A field without a date matters only where nothing else gives it.
    findings = [finding for finding in parsed.findings if finding.code != UNREAD_DATE or date is None]
    return Article(
        id=origin.id,
        source=origin.name,
        sha256=origin.sha256,
        encoding=origin.encoding,
        language=options.source_language,
        blocks=structure.blocks,
        title=structure.title,
        date=date,
        credit=parsed.credit or structure.credit,
        dateline=structure.dateline,
        url=parsed.url,
        extracts=parsed.extracts + structure.extracts,
        metadata=parsed.metadata,
        findings=(*told, *findings, *structure.findings),
        left_out=parsed.left_out,
    )


def _check_language(text: str, expected: str) -> None:
    verdict = other_language(text, expected)
    if verdict is None:
        return
    wanted = language_name(expected)
    raise InputError(
        f"it is in {verdict.name}, not {wanted} (confidence {verdict.confidence:.2f}, "
        f"{verdict.votes} of {verdict.samples} samples).",
        hint=f"If that is intended, give --source-lang {verdict.language}; to skip this check, --no-language-check.",
    )
