"""Which words of a group of sentences a word of a wording stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from sahelsum.language.english_verbs import family, root
from sahelsum.language.names import names_in_english
from sahelsum.verification.reading import Word, words_of

Place = tuple[int, int]
"""Number of the sentence in its group, and of the word in its sentence; both from 0."""
REMEMBERED_GROUPS = 64


@cache
def rewordings() -> Mapping[str, frozenset[str]]:
    """For the root of a word, the roots of those that it may stand for (``data/rewordings.tsv``).

    Made by ``training/rewordings.py`` from the groups of sentences in the training data.
    """
    table = resources.files("sahelsum").joinpath("data/rewordings.tsv").read_text(encoding="utf-8")
    known: dict[str, set[str]] = defaultdict(set)
    for line in table.splitlines():
        if line and not line.startswith("#"):
            word, stands_for = line.split("\t")[:2]
            known[word].add(stands_for)
    return {word: frozenset(others) for word, others in known.items()}


@dataclass(frozen=True)
class Group:
    """The sentences that a wording was written for."""

    texts: tuple[str, ...]

    @cached_property
    def sentences(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each."""
        return tuple(map(words_of, self.texts))

    @cached_property
    def names(self) -> frozenset[str]:
        """The known names of all of them, by English name."""
        return frozenset().union(*map(names_in_english, self.texts))

    @cached_property
    def _places(self) -> Mapping[str, tuple[Place, ...]]:
        places: dict[str, list[Place]] = defaultdict(list)
        for number, words in enumerate(self.sentences):
            for word in words:
                for key in _keys(word.plain):
                    places[key].append((number, word.place))
        return {key: tuple(dict.fromkeys(found)) for key, found in places.items()}

    def forms(self, word: Word) -> tuple[Place, ...]:
        """Where the group has the word or another form of it."""
        return tuple(dict.fromkeys(place for key in _keys(word.plain) for place in self._places.get(key, ())))

    def own_places(self, word: Word) -> tuple[Place, ...]:
        """Like :meth:`places`, but other words that it may stand for only where it is in the group in no form."""
        return self.forms(word) or self.places(word)

    def places(self, word: Word) -> tuple[Place, ...]:
        """Where the group has the word, another form of it, or a word that it may stand for; empty: nowhere."""
        own = self.forms(word)
        others = [place for other in rewordings().get(word.root, ()) for place in self._places.get(other, ())]
        names = self._of_names(word) if word.capital and not own else []
        return tuple(dict.fromkeys((*own, *others, *names)))

    def _of_names(self, word: Word) -> list[Place]:
        """Where it names what the word names: ``Malian`` for ``Mali``."""
        wanted = names_in_english(word.text)
        if not wanted:
            return []
        return [
            (number, other.place)
            for number, words in enumerate(self.sentences)
            for other in words
            if other.capital and names_in_english(other.text) & wanted
        ]

    def word(self, place: Place) -> Word:
        """The word at a place."""
        return self.sentences[place[0]][place[1]]


def _keys(plain: str) -> tuple[str, ...]:
    """What the forms of a word have in common, and what words made of one another do."""
    return (root(plain), f"{family(plain)}-", f"{root(plain)}-")


@lru_cache(maxsize=REMEMBERED_GROUPS)
def group_of(texts: Sequence[str]) -> Group:
    """The group of some sentences; the texts as a tuple."""
    return Group(tuple(texts))
