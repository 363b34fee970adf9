"""Choose sentences, each in one of several wordings, that say the most of a text in so many words.

Each content word counts once, for as much as the sentences that have it are central (concept coverage: D. Gillick and
B. Favre, "A Scalable Global Model for Summarization", 2009); sentences are picked greedily by what they add, divided by
a power of their length (H. Lin and J. Bilmes, "Multi-document Summarization via Budgeted Maximization of Submodular
Functions", NAACL 2010). Pure and deterministic: no model, no random numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sahelsum.extract import LEAD_EXPONENT, MIN_WORDS
from sahelsum.lexrank import lexrank
from sahelsum.words import content_words

LENGTH_EXPONENT = 0.5
"""Between 0, which takes long sentences, and 1, which takes dense ones and costs a point of ROUGE-1."""


def word_weights(sentences: Sequence[str]) -> dict[str, float]:
    """What each content word of a text is worth: the centrality of the sentences that have it, less further down."""
    weights: dict[str, float] = defaultdict(float)
    for place, (sentence, score) in enumerate(zip(sentences, lexrank(sentences), strict=True)):
        for word in set(content_words(sentence)):
            weights[word] += score / (1 + place) ** LEAD_EXPONENT
    return dict(weights)


def cover(wordings: Mapping[int, Sequence[str]], weights: Mapping[str, float], room: int) -> dict[int, str]:
    """The picked wording of each picked sentence, in the sentences' order.

    Args:
        wordings: the possible wordings of each sentence. Short ones ("In Bamako, too.") are not picked.
        weights: of the content words.
        room: words at most; a sentence that does not fit is passed over.
    """
    open_words = {word for word, weight in weights.items() if weight}
    offers = [
        (number, text, frozenset(content_words(text)), length)
        for number, texts in wordings.items()
        for text in texts
        if (length := len(text.split())) >= MIN_WORDS
    ]
    picked: dict[int, str] = {}
    while offers := [offer for offer in offers if offer[0] not in picked and offer[3] <= room]:
        number, text, words, length = max(offers, key=lambda offer: _worth(offer[2] & open_words, weights, offer[3]))
        picked[number] = text
        open_words -= words
        room -= length
    return dict(sorted(picked.items()))


def _worth(words: frozenset[str], weights: Mapping[str, float], length: int) -> float:
    cost: float = length**LENGTH_EXPONENT
    return sum(weights[word] for word in sorted(words)) / cost
