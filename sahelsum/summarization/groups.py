"""The most important contents of an article as groups of one to three sentences that belong together.

The sentences that say most (:mod:`sahelsum.summarization.coverage`), twice as many as groups are wanted, are joined
two by two, the nearest first: neighbours, and those that share names and words. Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sahelsum.language.english import content_words
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.summarization.coverage import WORDS_PER_SENTENCE, Room, central, cover, word_weights, worth
from sahelsum.summarization.news import fit, news_value
from sahelsum.summarization.setup import Prose

MOST_SENTENCES = 3
"""In a group: of more, a small model mixes what they say."""
MOST_WORDS = 70
"""In a group; nine in ten of those that were written for have no more."""
SENTENCES_PER_GROUP = 2
WORDS_PER_GROUP = 1.7
"""Times the words of a wanted sentence: what is fused says more in as much room."""
NEIGHBOURS = 2
"""Sentences so near each other in an article go on from one another."""
SHARED = 0.2
"""Of the words, names and numbers of the shorter of two sentences: then they tell of the same."""
SAME_EVENT = 0.35
"""Likewise, for sentences of two articles; one name or number at least must be among them."""
_REFERRING = frozenset("he she it they this that these those his her their its there".split())


@dataclass(frozen=True)
class SentenceGroup:
    """Sentences that belong together, by number, in their order; ``anchor`` can stand for them alone."""

    texts: Mapping[int, str]
    anchor: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its sentences."""
        return tuple(self.texts)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(text.split()) for text in self.texts.values())

    def without_last(self) -> SentenceGroup:
        """Less one sentence, the last that is not the anchor."""
        last = next(number for number in reversed(self.numbers) if number != self.anchor)
        return SentenceGroup({n: text for n, text in self.texts.items() if n != last}, self.anchor)


def groups_of(article: Prose, wanted: int) -> list[SentenceGroup]:
    """At most ``wanted`` groups in the order of the article; fewer where it has fewer sentences worth telling."""
    looked_at = central(article.texts)
    texts = fit(looked_at)
    weights = word_weights(list(looked_at.values()))
    room = Room(round(WORDS_PER_GROUP * WORDS_PER_SENTENCE * wanted), SENTENCES_PER_GROUP * wanted)
    values = news_value(looked_at)
    picked = cover({number: [text] for number, text in texts.items()}, weights, room, article.flagged, values)
    if not picked and texts:
        best = max(texts, key=lambda number: (worth(texts[number], weights), -number))
        picked = {best: texts[best]}
    groups = [SentenceGroup({number: text}, number) for number, text in picked.items()]
    merging = _Merging(article, weights)
    joined = merging.joined(groups, wanted)
    kept = sorted(joined, key=lambda group: -merging.worth(group))[:wanted]
    return sorted((merging.with_antecedent(group, texts, joined) for group in kept), key=lambda group: group.numbers)


@dataclass(frozen=True, slots=True)
class _Merging:
    """How groups are joined."""

    article: Prose
    weights: Mapping[str, float]

    def worth(self, group: SentenceGroup) -> float:
        return max(worth(text, self.weights) for text in group.texts.values())

    def joined(self, groups: Sequence[SentenceGroup], wanted: int) -> list[SentenceGroup]:
        """Two by two, the nearest first, until there are no more than wanted, or none that belong together."""
        merged = list(groups)
        while len(merged) > wanted:
            nearness = {(i, j): self._nearness(merged[i], merged[j]) for i, j in combinations(range(len(merged)), 2)}
            pair = max(nearness, key=lambda key: (nearness[key], -key[0], -key[1]))
            if not nearness[pair]:
                break
            one, other = (merged[place] for place in pair)
            merged = [group for place, group in enumerate(merged) if place not in pair]
            merged.append(self._union(one, other))
        return merged

    def _union(self, one: SentenceGroup, other: SentenceGroup) -> SentenceGroup:
        texts = dict(sorted({**one.texts, **other.texts}.items()))
        return SentenceGroup(texts, max((one, other), key=self._standing).anchor)

    def _standing(self, group: SentenceGroup) -> tuple[bool, float]:
        """How well its anchor stands alone."""
        text = group.texts[group.anchor]
        return not _refers_back(text), worth(text, self.weights)

    def _nearness(self, one: SentenceGroup, other: SentenceGroup) -> float:
        """0 if they may not be joined."""
        if len(one.texts) + len(other.texts) > MOST_SENTENCES or one.words + other.words > MOST_WORDS:
            return 0.0
        return max(self._near(a, b) for a in one.texts.items() for b in other.texts.items())

    def _near(self, one: tuple[int, str], other: tuple[int, str]) -> float:
        share = shared(one[1], other[1])
        owners = self.article.owners
        if owners.get(one[0]) != owners.get(other[0]):
            return 1.0 + share if tells_of_same_event(one[1], other[1]) else 0.0
        distance = abs(one[0] - other[0])
        if distance <= NEIGHBOURS:
            return share + 1.0 / distance
        return share if share >= SHARED else 0.0

    def with_antecedent(
        self, group: SentenceGroup, texts: Mapping[int, str], groups: Sequence[SentenceGroup]
    ) -> SentenceGroup:
        """With the sentence before its first one, if that only refers to it (``He announced this``)."""
        first = group.numbers[0]
        before = first - 1
        taken = any(before in other.texts for other in groups)
        same = self.article.owners.get(before) == self.article.owners.get(first)
        if taken or before not in texts or not same or not _refers_back(group.texts[first]):
            return group
        widened = SentenceGroup({before: texts[before], **group.texts}, group.anchor)
        return group if len(widened.texts) > MOST_SENTENCES or widened.words > MOST_WORDS else widened


def _refers_back(text: str) -> bool:
    return text.split(maxsplit=1)[0].strip("“”\"'").lower() in _REFERRING if text.split() else False


def shared(one: str, other: str) -> float:
    """Share (0 to 1) of the features of the poorer of two sentences that the other has too."""
    first, second = frozenset(features(one)), frozenset(features(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def features(text: str) -> Iterator[str]:
    """Content words, and once more names and numbers in a form that all wordings share."""
    yield from content_words(text)
    yield from facts(text)


def facts(text: str) -> Iterator[str]:
    """Names and numbers."""
    yield from (f"name:{name}" for name in names_in_english(text))
    yield from (f"number:{min(item.values)}" for item in english_quantities(text) if item.claim)


def tells_of_same_event(one: str, other: str) -> bool:
    """Whether sentences of two articles are so alike that they tell of one event."""
    return shared(one, other) >= SAME_EVENT and bool(frozenset(facts(one)) & frozenset(facts(other)))
