"""Choose sentences, each in one of several wordings, that say the most of a text in so many words.

Each content word counts once, for as much as the sentences that have it are central (concept coverage: D. Gillick and
B. Favre, "A Scalable Global Model for Summarization", 2009); sentences are picked greedily by what they add, divided by
a power of their length (H. Lin and J. Bilmes, "Multi-document Summarization via Budgeted Maximization of Submodular
Functions", NAACL 2010). Pure and deterministic: no model, no random numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sahelsum.language.english import content_words
from sahelsum.summarization.extract import LEAD_EXPONENT, MAX_AT_ONCE, MIN_WORDS, extract
from sahelsum.summarization.lexrank import lexrank
from sahelsum.summarization.news import fit, news_value

WORDS_PER_SENTENCE = 24
"""Room for each wanted sentence: three are then as long as the three most central ones of an article, 67 words."""
LENGTH_EXPONENT = 0.5
"""Between 0, which takes long sentences, and 1, which takes dense ones. On 963 articles with written summaries 0 gives
ROUGE-1/2/L of 36.9/12.2/23.4, 0.5 gives 37.1/12.4/23.4, 1 gives 36.5/12.2/22.9; the three most central sentences
36.3/12.0/22.2 (``benchmarks/support.py``)."""

MAX_CENTRAL = 100
"""Of an article of more than ``MAX_AT_ONCE`` sentences so many are looked at."""
FLAGGED_WORTH = 0.5
"""Of a sentence whose translation is doubtful: what stands in a summary is believed."""
EQUAL: Mapping[int, float] = {}
"""No sentence is news more than another."""


@dataclass(frozen=True, slots=True)
class Room:
    """How long a summary may get."""

    words: int
    sentences: int

    @classmethod
    def of(cls, wanted: int) -> Room:
        """For so many sentences of the usual length."""
        return cls(WORDS_PER_SENTENCE * wanted, wanted)


def choose(article: Mapping[int, str], room: Room, flagged: Collection[int] = ()) -> dict[int, str]:
    """The sentences that say most in that room; where none fits, the most central one. By number, in order."""
    looked_at = central(article)
    texts = fit(looked_at)
    wordings = {number: [text] for number, text in texts.items()}
    picked = cover(wordings, word_weights(list(looked_at.values())), room, flagged, news_value(looked_at))
    if picked or not article:
        return picked
    numbers = list(texts)
    return {numbers[index]: texts[numbers[index]] for index in extract(list(texts.values()), 1)}


def central(article: Mapping[int, str]) -> dict[int, str]:
    """The sentences that are looked at: all, or the most central ones of a very long article."""
    if len(article) <= MAX_AT_ONCE:
        return dict(article)
    numbers, texts = list(article), list(article.values())
    return {numbers[index]: texts[index] for index in extract(texts, MAX_CENTRAL)}


def word_weights(sentences: Sequence[str]) -> dict[str, float]:
    """What each content word of a text is worth: the centrality of the sentences that have it, less further down."""
    weights: dict[str, float] = defaultdict(float)
    for place, (sentence, score) in enumerate(zip(sentences, lexrank(sentences), strict=True)):
        for word in set(content_words(sentence)):
            weights[word] += score / (1 + place) ** LEAD_EXPONENT
    return dict(weights)


def cover(
    wordings: Mapping[int, Sequence[str]],
    weights: Mapping[str, float],
    room: Room,
    flagged: Collection[int] = (),
    values: Mapping[int, float] = EQUAL,
) -> dict[int, str]:
    """The picked wording of each picked sentence, by number, in the sentences' order.

    Args:
        wordings: the possible wordings of each sentence. Short ones ("In Bamako, too.") are not picked.
        weights: of the content words.
        room: a sentence that does not fit is passed over.
        flagged: numbers of sentences that are worth less, for something is wrong with them.
        values: by what the worth of a sentence is multiplied, by number; 1 for the others.
    """
    words_left = room.words
    offers = [
        _Offer.of(number, text, values.get(number, 1.0) * (FLAGGED_WORTH if number in flagged else 1.0))
        for number, texts in wordings.items()
        for text in texts
    ]
    offers = [offer for offer in offers if offer.length >= MIN_WORDS]
    said: set[str] = set()
    picked: dict[int, str] = {}
    while len(picked) < room.sentences and (offers := _still_possible(offers, picked, words_left)):
        best = max(offers, key=lambda offer: offer.worth(weights, said))
        picked[best.number] = best.text
        said.update(best.words)
        words_left -= best.length
    return dict(sorted(picked.items()))


def _still_possible(offers: Sequence[_Offer], picked: Mapping[int, str], words_left: int) -> list[_Offer]:
    return [offer for offer in offers if offer.number not in picked and offer.length <= words_left]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A wording that could be picked."""

    number: int
    text: str
    length: int
    words: tuple[str, ...]
    factor: float

    @classmethod
    def of(cls, number: int, text: str, factor: float) -> _Offer:
        return cls(number, text, len(text.split()), tuple(dict.fromkeys(content_words(text))), factor)

    def worth(self, weights: Mapping[str, float], said: Collection[str]) -> float:
        cost: float = self.length**LENGTH_EXPONENT
        return self.factor * sum(weights.get(word, 0.0) for word in self.words if word not in said) / cost


def worth(text: str, weights: Mapping[str, float]) -> float:
    """What a text says, for its length."""
    return _Offer.of(0, text, 1.0).worth(weights, ())
