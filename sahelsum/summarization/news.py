"""What makes a sentence news, and what should not stand in a summary at all. Pure: English sentences in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sahelsum.language.english import content_words
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.english_verbs import root

EVENT_WORTH = 1.1
"""For a sentence with a word of violence, disaster or decision."""
FIGURE_WORTH = 1.2
DATE_WORTH = 1.2
LEAD_WORTH = 1.1
"""Chosen on 450 articles of ``training/data``: with these and :func:`fit` ROUGE-1/2/L rose from 36.4/12.1/22.6 to
37.0/12.6/23.3. On the 963 of articles.jsonl.xz they are 37.1/12.4/23.4, on authored-dev 37.6/12.7/23.3 for
36.1/10.6/22.1 (``benchmarks/support.py``)."""
LEAD_SENTENCES = 3

_EVENTS = frozenset(
    root(word)
    for word in "kill die death dead wound injure attack ambush bomb explode shoot fight clash capture seize kidnap "
    "abduct hostage arrest detain sentence convict acquit charge trial coup overthrow depose resign elect vote appoint "
    "dismiss sign agree approve reject ban dissolve declare announce withdraw deploy launch open close suspend expel "
    "sanction flee displace flood drought epidemic outbreak collapse crash strike protest demonstrate ruling decide "
    "free release extend end begin stop".split()
)
_BOILERPLATE = re.compile(
    r"\b(?:subscri(?:be|ption) to (?:our|the)|(?:our|the|free) newsletter|sign up (?:here|now)|click here"
    r"|read (?:more|also)|all rights reserved|copyright|photo:|image:|follow us (?:on|at)"
    r"|(?:this|the) (?:article|text|interview) (?:was|is|has been) (?:first )?(?:published|updated|translated)"
    r"|to the podcast|terms of use|privacy policy)\b",
    re.IGNORECASE,
)
_RETRACTION = re.compile(
    r"\b(?:retract(?:ed|ion)|withdr(?:ew|awn) (?:the|this|that|its|his|her) (?:statement|claim|report|figure|account)"
    r"|took (?:this|that|it|the \w+) back|taken back|turned out to be (?:false|wrong|untrue|a mistake|fake)"
    r"|(?:proved|was|were) (?:false|wrong|untrue|a mistake|incorrect)|correct(?:ed|ion)\b|was later denied|later denied"
    r"|apologi[sz]ed for (?:the|this|that) (?:error|mistake|report))\b",
    re.IGNORECASE,
)
_RETRACTED_BEFORE = 2
"""Sentences before a retraction among which what it takes back stands."""
_FEWEST_SHARED = 1


def news_value(article: Mapping[int, str]) -> dict[int, float]:
    """By what the worth of each sentence is multiplied, by number: events, decisions, figures, dates, and the lead."""
    return {
        number: _value(text) * (LEAD_WORTH if place < LEAD_SENTENCES else 1.0)
        for place, (number, text) in enumerate(article.items())
    }


def _value(text: str) -> float:
    value = EVENT_WORTH if any(root(word) in _EVENTS for word in content_words(text)) else 1.0
    quantities = english_quantities(text)
    if any(quantity.claim and not quantity.date for quantity in quantities):
        value *= FIGURE_WORTH
    return value * DATE_WORTH if any(quantity.date for quantity in quantities) else value


def retractions(article: Mapping[int, str]) -> dict[int, int]:
    """Which sentence takes back which: number of the retracted one → number of the one that takes it back."""
    numbers = list(article)
    taken_back: dict[int, int] = {}
    for place, number in enumerate(numbers):
        if _RETRACTION.search(article[number]):
            words = set(content_words(article[number]))
            for before in numbers[max(0, place - _RETRACTED_BEFORE) : place]:
                if len(words & set(content_words(article[before]))) >= _FEWEST_SHARED:
                    taken_back[before] = number
    return taken_back


def fit(article: Mapping[int, str]) -> dict[int, str]:
    """The sentences that may stand alone in a summary: no offer of the publisher, no question, nothing taken back.

    All of them, if there are no others.
    """
    taken_back = retractions(article)
    kept = {
        number: text
        for number, text in article.items()
        if number not in taken_back and not _BOILERPLATE.search(text) and not is_question(text)
    }
    return kept or dict(article)


def is_question(text: str) -> bool:
    """Whether it asks; what follows may be the answer, but is not said here."""
    return text.rstrip("”\"’') ").endswith("?")
