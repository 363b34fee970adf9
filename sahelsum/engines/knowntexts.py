"""Texts that any working model gets right, for models whose card has no test: random or damaged weights do not.

Nothing here asks for one wording: of German sentences among the first in any textbook half must bring a word of their
English, with finite scores and without one piece said again and again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from sahelsum.catalog.cards import ModelCard, Task
from sahelsum.engines.base import Engine
from sahelsum.errors import EngineError
from sahelsum.records import Output

GERMAN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Guten Morgen.", ("morning",)),
    ("Die Katze schläft.", ("cat", "sleep", "asleep")),
    ("Das Wasser ist kalt.", ("water", "cold")),
    ("Am Montag sprach der Präsident mit der Presse.", ("monday", "president")),
    ("Deutschland und Frankreich sind Nachbarn.", ("germany", "france", "neighbo")),
    ("Sie hat zwei Brüder und eine Schwester.", ("brother", "sister", "sibling")),
)
"""Sentences, and words of which their English has at least one."""
ENGLISH = (
    "The government of Mali has called elections for March.",
    "The president spoke to the press in Bamako on Monday and said that all parties may take part.",
    "The opposition fears that the army will not leave the north of the country before the vote.",
    "Three parties have named their candidates.",
)
"""What a summarizer is given, as one article or sentence by sentence."""
RIGHT_SHARE = 0.5
"""Of the German sentences."""
OWN_WORDS_SHARE = 0.5
"""Of the words of a summary, those that the text does not have: above it, the summary is of something else."""
LOWEST_LOGPROB = -1.5
"""Mean log-probability a token over all texts. The bundled model has -0.2 (the German sentences, any quality); random
weights -2 with 300 pieces to choose from, and less with more."""
_LOOP = re.compile(r"(\S.{0,15}?)\1{5,}")
"""One piece six times on end: no answer to a short text has that."""
_WORD = re.compile(r"\w+")


def whats_wrong(engine: Engine, card: ModelCard) -> str:
    """What the model does that no working one does, as the end of a sentence about it; empty if there is nothing.

    Only what the card says the model is for is asked: German to English, or summaries of English. Loads the model.
    """
    if not is_asked(card):
        return ""
    try:
        return _wrong_with_summaries(engine, card) if card.task is Task.SUMMARIZE else _wrong_with_translations(engine)
    except EngineError as error:
        return f"it gives no output: {str(error).rstrip('.')}"


def is_asked(card: ModelCard) -> bool:
    """Whether there are texts for what the card says the model is for."""
    return card.task is Task.SUMMARIZE or ("de" in card.source_languages and card.target_language == "en")


def _wrong_with_translations(engine: Engine) -> str:
    outputs = engine.generate([german for german, _ in GERMAN])
    texts = [output.best.text for output in outputs]
    return _degenerate(outputs) or _mistranslated(texts)


def _mistranslated(texts: Sequence[str]) -> str:
    pairs = list(zip(GERMAN, texts, strict=True))
    wrong = [(german, text) for (german, words), text in pairs if not any(word in text.casefold() for word in words)]
    if len(pairs) - len(wrong) >= RIGHT_SHARE * len(pairs):
        return ""
    german, text = wrong[0]
    return f"of {len(pairs)} simple German sentences it gets {len(wrong)} wrong: {german!r} gave {text!r}"


def _wrong_with_summaries(engine: Engine, card: ModelCard) -> str:
    given = (
        ENGLISH if card.unit == "sentence" else [" ".join(ENGLISH[:number]) for number in range(1, len(ENGLISH) + 1)]
    )
    lengths = zip(given, engine.count_tokens(given), strict=True)
    fitting = [text for text, tokens in lengths if tokens <= engine.limit_tokens]
    if not fitting:
        return ""  # too small a limit for any text of ours
    outputs = engine.generate(fitting if card.unit == "sentence" else fitting[-1:])
    return _degenerate(outputs) or _off_the_text(" ".join(output.best.text for output in outputs))


def _off_the_text(summary: str) -> str:
    known = set(_words(" ".join(ENGLISH)))
    words = list(_words(summary))
    own = [word for word in words if word not in known]
    return (
        f"its summary of a short text is of something else: {summary!r}"
        if len(own) > OWN_WORDS_SHARE * len(words)
        else ""
    )


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def degenerate_output(output: Output) -> str:
    """What is wrong with a single output, whatever was asked: no text, scores that are no numbers, a loop."""
    score, text = output.best.mean_logprob, output.best.text
    if score is not None and not math.isfinite(score):
        return f"its scores are no numbers ({score}): the weights are damaged"
    if not text.strip():
        return "it says nothing"
    loop = _LOOP.search(text)
    return f"it says {loop[1]!r} again and again" if loop else ""


def _degenerate(outputs: Sequence[Output]) -> str:
    """What is wrong with most outputs; with a score that is no number, one is enough."""
    problems = [problem for output in outputs if (problem := degenerate_output(output))]
    scores = [score for output in outputs if (score := output.best.mean_logprob) is not None]
    if any(not math.isfinite(score) for score in scores) or len(problems) > len(outputs) / 2:
        return next((problem for problem in problems if "numbers" in problem), problems[0])
    if scores and sum(scores) / len(scores) < LOWEST_LOGPROB:
        return (
            f"it is unsure of every word (mean log-probability {sum(scores) / len(scores):.1f} a token, "
            f"where working models have more than {LOWEST_LOGPROB:g})"
        )
    return ""
