"""Near-duplicates: articles that tell much the same text, such as one agency report in two papers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sahelsum.folder_records import Duplicate
from sahelsum.records import Digest

SHINGLE_WORDS = 4
MIN_SHARED = 0.5
"""Share of the shorter article's four-word runs from which two articles tell the same text: agency reports reprinted
with cuts lie above, articles on the same event by different authors far below (0.02 to 0.05)."""


def duplicates(digests: Sequence[Digest]) -> tuple[Duplicate, ...]:
    """Each copy with the first article, in the order of the folder, that it shares its wording with.

    Each run of words is held against the first article that has it, so that many copies of one text pair with the
    first of them, and the work stays linear.
    """
    first_with: dict[tuple[str, ...], int] = {}
    sizes: list[int] = []
    kept: dict[int, int] = {}
    found = []
    for position, digest in enumerate(digests):
        runs = _runs(digest)
        sizes.append(len(runs))
        shared = Counter(first_with[run] for run in runs if run in first_with)
        shares = {other: number / max(1, min(sizes[other], len(runs))) for other, number in shared.items()}
        best = max(sorted(shares), key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= MIN_SHARED:
            kept[position] = kept.get(best, best)
            kept_id = digests[kept[position]].article.id
            found.append(Duplicate(kept_id, digest.article.id, round(shares[best], 2)))
        for run in runs:
            first_with.setdefault(run, position)
    return tuple(found)


def _runs(digest: Digest) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(block.text for block in digest.article.blocks).casefold())
    return {tuple(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)}
