"""The check of summaries as the choice among them needs it: which sentences have a name or number of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sahelsum.checks.summary import check_summary
from sahelsum.records import Article, Sentence, Summary, SummaryMethod, SummarySentence, Translation

FOREIGN = frozenset({"SUM-NUM", "SUM-NAME"})


def unsupported_facts(article: Mapping[int, str], sentences: Sequence[SummarySentence]) -> frozenset[int]:
    """Positions, from 0, of the sentences with a name or number that the English article does not have.

    Args:
        article: ``{sentence number: English text}``, what the summarizer saw.
        sentences: those of one candidate summary.
    """
    translations = [Translation(Sentence(number, 1, ""), text) for number, text in article.items()]
    summary = Summary(tuple(sentences), SummaryMethod.ABSTRACTIVE)
    findings = check_summary(_ENGLISH_ALONE, translations, summary)
    return frozenset(
        finding.summary_sentence - 1 for finding in findings if finding.summary_sentence and finding.code in FOREIGN
    )


_ENGLISH_ALONE = Article(id="", source="", sha256="", encoding="", language="en", blocks=())
