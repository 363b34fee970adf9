"""The field's standard measures of translations and summaries; their packages come with an extra."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from sahelsum.errors import ConfigError

ROUGE = ("rouge1", "rouge2", "rougeL")


def translation_metrics(hypotheses: Sequence[str], references: Sequence[str]) -> list[dict[str, Any]]:
    """BLEU (Papineni et al. 2002) and chrF2 (Popović 2015) as sacreBLEU computes them, with its signatures."""
    try:
        from sacrebleu.metrics import BLEU, CHRF  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise _missing_extra() from error
    metrics = [("BLEU", BLEU()), ("chrF2", CHRF())]
    return [
        {
            "metric": name,
            "score": round(metric.corpus_score(list(hypotheses), [list(references)]).score, 2),
            "signature": str(metric.get_signature()),
        }
        for name, metric in metrics
    ]


def summary_metrics(summaries: Sequence[str], references: Sequence[str]) -> list[dict[str, Any]]:
    """Mean F1 of ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) as the package rouge-score computes it, with stemming."""
    try:
        from rouge_score.rouge_scorer import RougeScorer  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise _missing_extra() from error
    scorer = RougeScorer(ROUGE, use_stemmer=True)
    scores = [scorer.score(reference, text) for reference, text in zip(references, summaries, strict=True)]
    signature = f"n:{len(scores)}|f1|stemmer|rouge-score:{version('rouge-score')}"
    return [
        {
            "metric": name,
            "score": round(100 * sum(score[name].fmeasure for score in scores) / len(scores), 2),
            "signature": signature,
        }
        for name in ROUGE
    ]


def _missing_extra() -> ConfigError:
    return ConfigError("Evaluation needs sacrebleu and rouge-score.", hint="Type: pip install 'sahelsum[evaluate]'")
