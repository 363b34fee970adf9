"""Translate sentences: every sentence gets exactly one translation, or a visible failure.

All sentences of all articles go through the engine together: equal ones once, known ones from the memory, the rest
longest first in batches of a bounded number of tokens. Sentences over the model's limit are split at clause borders
and rejoined. Sentences whose every wording has violations are searched again, in other ways. The order of the input is
restored.
"""

from sahelsum.translation.choose import NOT_TRANSLATED, SCORE_DECIMALS
from sahelsum.translation.setup import Judgement, Retry, TranslationResult, TranslationSetup
from sahelsum.translation.stage import translate

__all__ = [
    "NOT_TRANSLATED",
    "SCORE_DECIMALS",
    "Judgement",
    "Retry",
    "TranslationResult",
    "TranslationSetup",
    "translate",
]
