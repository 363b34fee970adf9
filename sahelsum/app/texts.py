"""Single texts: translated, summarized, checked, without sources and output folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sahelsum.app.resources import glossary_of
from sahelsum.app.settings import Settings
from sahelsum.checks import check_sentence
from sahelsum.checks.summary import check_summary
from sahelsum.checks.thresholds import DEFAULTS, Thresholds
from sahelsum.glossary import Glossary, missing_names
from sahelsum.language.english import english_sentences
from sahelsum.language.packs import pack_of
from sahelsum.lines import one_line, split_lines
from sahelsum.protocols import Observer, Silence
from sahelsum.records import Article, Block, BlockKind, Finding, Sentence, Summary, SummaryMethod, Translation
from sahelsum.runs.job import Model, summary_setup, translation_setup
from sahelsum.segment import segment
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.evidence import Evidence
from sahelsum.summarization.setup import Prose
from sahelsum.translation import translate

LONGEST_HEADING_CHARACTERS = 100
"""A longer line is prose, full stop or not."""
_DATELINE = re.compile(r"^(?=[^–—]{0,70}[\d(])[^\W\d_][\w ./,-]{1,50}(?:\([\w/ -]{2,20}\))? ?[–—] ")
"""``Bamako, 3. März 2025 (dpa) –``: a place with a date or an agency."""
_SENTENCE_END = re.compile(r"[.!?…:][\"'“”’»«)\]]*$")


def translate_units(
    texts: Sequence[str], model: Model, settings: Settings, observer: Observer
) -> list[list[Translation]]:
    """Translations of the sentences of each text, in order; an empty text has none."""
    blocks = [Block(number, BlockKind.PARAGRAPH, one_line(text)) for number, text in enumerate(texts, start=1)]
    source = pack_of(settings.source_language)
    sentences: list[Sentence] = list(segment([block for block in blocks if block.text], source))
    limits = settings.checks.with_model(model.low_logprob)
    batch_tokens = settings.batch_tokens or model.engine.batch_tokens
    setup = translation_setup(model, source, glossary_of(settings), limits, batch_tokens)
    units: list[list[Translation]] = [[] for _ in texts]
    for translation in translate(sentences, setup, observer).translations:
        units[translation.sentence.block - 1].append(translation)
    return units


def summarize_text(text: str, model: Model | None, settings: Settings) -> Summary:
    """One summary of an English text whose lines are paragraphs; headings, dates and credits are left out of it."""
    sentences = [sentence for line in _prose(split_lines(text)) for sentence in english_sentences(one_line(line))]
    setup = summary_setup(model, settings.summary_sentences)
    (summary,) = summarize([Prose(dict(enumerate(sentences, start=1)))], setup, Silence())
    return summary


def _prose(lines: Sequence[str]) -> list[str]:
    """Lines that end as sentences do or are too long for anything else; all of them if none does."""
    prose = [line for line in lines if _SENTENCE_END.search(line.rstrip()) or len(line) > LONGEST_HEADING_CHARACTERS]
    return [_DATELINE.sub("", line) for line in prose] or list(lines)


def find_faults(  # noqa: PLR0913, PLR0917 - two texts, and what to check them by
    original: Sequence[str],
    english: Sequence[str],
    summary: str | None,
    language: str,
    limits: Thresholds | None = None,
    terms: Glossary | None = None,
) -> Iterator[Finding]:
    """Findings of line-aligned texts; the number of the sentence is that of the line, from 1.

    ``language`` is the ISO 639-1 code of the original. ``summary`` None says that there is none to
    check; an empty one is a finding.
    """
    limits = limits or DEFAULTS
    source = pack_of(language)
    pairs = zip(original, english, strict=True)
    translations = [
        Translation(Sentence(number, 1, one_line(left)), one_line(right))
        for number, (left, right) in enumerate(pairs, start=1)
        if left.strip() or right.strip()
    ]
    for translation in translations:
        found = list(check_sentence(translation, source, limits))
        yield from found
        told = missing_names(found).get(translation.sentence.number, ())
        lost = terms.findings(translation, told) if terms else ()
        yield from (finding for finding in lost if limits.wants(finding.code))
    if summary is not None:
        article = Article("given", "given", "", "utf-8", language, ())
        of_summary = check_summary(article, translations, summarized(summary, [item.text for item in translations]))
        yield from (finding for finding in of_summary if limits.wants(finding.code))


def summarized(summary: str, english: Sequence[str]) -> Summary:
    """A given summary as the summarize stage would hand it on, each sentence with its evidence."""
    evidence = Evidence(dict(enumerate(english, start=1)))
    sentences = [sentence for line in split_lines(summary) for sentence in english_sentences(line)]
    return Summary(tuple(evidence.attach(text) for text in sentences), SummaryMethod.ABSTRACTIVE)
