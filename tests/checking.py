"""All findings of an article, put together as a run does it."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.checks import check_sentence
from sahelsum.checks.summary import check_summary
from sahelsum.language.packs import pack_of
from sahelsum.records import Article, Finding, Summary, Translation


def check(article: Article, translations: Sequence[Translation], summary: Summary) -> tuple[Finding, ...]:
    """Those of the sentences in reading order, then those of the summary."""
    source = pack_of(article.language)
    of_sentences = (finding for item in translations for finding in check_sentence(item, source))
    return (*of_sentences, *check_summary(article, translations, summary))
