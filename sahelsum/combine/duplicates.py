"""Near-duplicates: articles that tell much the same text, such as one agency report in two papers.

An article is known by its four-word runs (shingles: A. Broder, "On the resemblance and containment of documents",
SEQUENCES 1997). Of a longer one only those runs are kept whose hash lies under a bound, so that what is held grows
with a fraction of the text (FracMinHash: L. Irber et al., "Lightweight compositional analysis of metagenomes with
FracMinHash and minimum metagenome covers", 2022). That names the candidates; the whole texts decide.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sahelsum.records import Digest
from sahelsum.records.folder import Duplicate

SHINGLE_WORDS = 4
MIN_SHARED = 0.5
"""Share of the shorter article's four-word runs from which two articles tell the same text: agency reports reprinted
with cuts lie above, articles on the same event by different authors far below (0.02 to 0.05)."""
KEPT_FRACTION = 8
"""Of a long article one run in so many is kept: of 400 runs about 50. A later article of 100 runs that shares half of
them finds none of these with a probability of (7/8)^50, about one in a thousand."""
KEPT_WHOLE = 100
"""Runs. All those of shorter articles are kept: an eighth of them would tell nothing."""
PRIME = (1 << 61) - 1
BASE = 0x1F3D_5B79_A6C8_E024
"""Of a polynomial modulo the prime: one run of four words rolls on to the next (R. Karp and M. Rabin, "Efficient
randomized pattern-matching algorithms", 1987). Of a million different runs hardly two have the same hash."""
_LEAVING = pow(BASE, SHINGLE_WORDS, PRIME)
"""What a word counts that has rolled out of a run."""
WORD_HASH_BYTES = 8
REMEMBERED_WORDS = 16_384
"""Words whose hash is held: news repeat theirs."""
WORTH_A_LOOK = 0.05
"""Estimated share from which two articles are compared as a whole: an estimate from a few runs may be far off."""
LOOKED_AT_AGAIN = 256
"""Articles whose runs are held, of those looked at last; some 30 KB each."""
CANDIDATES = 3
"""Articles, those that share most of what was kept, that are compared as a whole."""


def duplicates(digests: Sequence[Digest]) -> tuple[Duplicate, ...]:
    """Each copy with the first article, in the order of the folder, that it shares its wording with.

    Each run of words is held against the first article that has it, so that many copies of one text pair with the
    first of them, and the work stays linear.
    """

    @lru_cache(maxsize=LOOKED_AT_AGAIN)
    def runs_of(position: int) -> set[int]:
        return _runs(digests[position])

    first_with: dict[int, int] = {}
    sizes: list[int] = []
    kept: dict[int, int] = {}
    found = []
    for position, digest in enumerate(digests):
        runs = runs_of(position)
        candidates = _candidates(runs, first_with, sizes)
        best, share = _most_alike(runs, {other: runs_of(other) for other in candidates})
        sizes.append(len(runs))
        if share >= MIN_SHARED:
            kept[position] = kept.get(best, best)
            found.append(Duplicate(digests[kept[position]].article.id, digest.article.id, round(share, 2)))
        for run in _sketch(runs):
            first_with.setdefault(run, position)
    return tuple(found)


def _candidates(runs: set[int], first_with: dict[int, int], sizes: Sequence[int]) -> list[int]:
    """The earlier articles that share most with these runs, as far as can be told from what was kept of them."""
    shared = Counter(first_with[run] for run in runs if run in first_with)
    promising = [
        other
        for other, number in shared.items()
        if number * (KEPT_FRACTION if sizes[other] > KEPT_WHOLE else 1) >= WORTH_A_LOOK * min(len(runs), sizes[other])
    ]
    return sorted(promising, key=lambda other: (-shared[other], other))[:CANDIDATES]


def _most_alike(runs: set[int], candidates: Mapping[int, set[int]]) -> tuple[int, float]:
    """The candidate that shares most, and how much of the shorter one; -1 and 0 for none."""
    shares = {other: _share(runs, theirs) for other, theirs in candidates.items()}
    best = max(shares, key=shares.__getitem__, default=-1)
    return best, shares.get(best, 0.0)


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _runs(digest: Digest) -> set[int]:
    """Hashes of the runs of words; the same in every process, unlike those of Python's own sets."""
    words = re.findall(r"\w+", " ".join(block.text for block in digest.article.blocks).casefold())
    numbers = list(map(_number, words))
    runs: set[int] = set()
    run = 0
    for place, number in enumerate(numbers):
        leaving = numbers[place - SHINGLE_WORDS] * _LEAVING if place >= SHINGLE_WORDS else 0
        run = (run * BASE + number - leaving) % PRIME
        if place >= SHINGLE_WORDS - 1:
            runs.add(run)
    return runs


@lru_cache(maxsize=REMEMBERED_WORDS)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8"), digest_size=WORD_HASH_BYTES).digest(), "big") % PRIME


def _sketch(runs: set[int]) -> set[int]:
    if len(runs) <= KEPT_WHOLE:
        return runs
    bound = PRIME // KEPT_FRACTION
    return {run for run in runs if run < bound}
