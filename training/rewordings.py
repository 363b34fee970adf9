"""Learn which words stand for which: groups of sentences and what was written for them → sahelsum/data/rewordings.tsv.

    python training/rewordings.py training/data/fusion.jsonl.xz training/data/headlines.jsonl.xz \
        > sahelsum/data/rewordings.tsv

A word of a written sentence that its sources do not have stands for one of their words that it lacks. Which one is
told by how often the two meet, by IBM's model 1 (P. Brown et al., "The Mathematics of Statistical Machine Translation",
Computational Linguistics 19, 1993) with an empty word for what stands for nothing. To these come the plain ones of
rewordings.txt, by hand. A line holds the root of the written word, that of the source's, and how often they met, as the
model shares out the meetings; ``hand`` for those by hand.
"""

from __future__ import annotations

import json
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from sahelsum.language.english_verbs import family, root
from sahelsum.language.names import names_in_english
from sahelsum.verification.reading import words_of

BY_HAND = Path(__file__).parent / "rewordings.txt"
ROUNDS = 8
LEAST_MEETINGS = 3.0
"""Shared out; what met less often may be chance."""
LEAST_SHARE = 0.12
"""Of all that the written word stands for."""
LEAST_SURPRISE = 12.0
"""Log-likelihood ratio (T. Dunning 1993) of the meetings; 10.8 is chance once in a thousand pairs."""
NOTHING = ""
NOT_THE_SAME = frozenset(
    tuple(pair.split("<"))
    for pair in """
    back<vot ban<allow bind<cargo burn<set carry<board cas<proceeding death<person destroy<blow due<decid exchang<return
    fear<warn fuel<tanker high<level long<year offer<prospect oppos<vot outsid<front polic<investigator promis<announc
    reject<deny security<schedul silent<comment six<half stay<leav unpaid<pay
    """.split()
)
"""Pairs that were learned and read: one of them turns the sense, or needs other words beside it to stand for the
other (``allowed no longer``, ``blew up``)."""
Lesson = tuple[frozenset[str], frozenset[str]]


@click.command(help=__doc__)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(files: Sequence[Path]) -> None:
    lessons = [lesson for file in files for sources, target in pairs_of(file) if (lesson := left_over(sources, target))]
    click.echo("# Made by training/rewordings.py. Root of a written word, root of a source's word, meetings.")
    table = dict.fromkeys(by_hand(BY_HAND), "hand")
    table |= {(written, source): f"{meetings:.1f}" for written, source, meetings in learned(lessons)}
    for (written, source), meetings in sorted(table.items()):
        click.echo(f"{written}\t{source}\t{meetings}")


def by_hand(file: Path) -> Iterator[tuple[str, str]]:
    """The pairs of roots of rewordings.txt, whose first lines say how it is written."""
    for line in file.read_text(encoding="utf-8").splitlines():
        words = [root(word) for word in line.split() if word not in {"=", "<"}]
        if line.startswith("#"):
            continue
        writers = words if " = " in line else words[:1]
        yield from ((one, other) for one in writers for other in words if one != other)


def pairs_of(file: Path) -> Iterator[tuple[list[str], str]]:
    """The sentences of each group with what was written for them."""
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield row["src"], row.get("tgt") or row["headline"]


def left_over(sources: Sequence[str], target: str) -> Lesson | None:
    """Roots that only what was written has, and roots that only the sources have; names apart."""
    before = {
        word.root: word.plain for text in sources for word in words_of(text) if _is_common(word.text, word.content)
    }
    after = {word.root: word.plain for word in words_of(target) if _is_common(word.text, word.content)}
    known = {key for each, plain in before.items() for key in (each, family(plain))}
    new = {each for each, plain in after.items() if not {each, family(plain)} & known}
    said = {key for each, plain in after.items() for key in (each, family(plain))}
    gone = {each for each, plain in before.items() if not {each, family(plain)} & said}
    return (frozenset(new), frozenset(gone)) if new and gone else None


def _is_common(text: str, content: bool) -> bool:
    return content and not names_in_english(text) and text[0].islower()


def learned(lessons: Sequence[Lesson]) -> list[tuple[str, str, float]]:
    """Written root, source's root and meetings, in order of the letters."""
    shares: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        meetings: Counter[tuple[str, str]] = Counter()
        for new, gone in lessons:
            for word in new:
                total = sum(shares[word, other] for other in (*gone, NOTHING))
                for other in (*gone, NOTHING):
                    meetings[word, other] += shares[word, other] / total  # type: ignore[assignment]
        by_source = Counter[str]()
        for (_, other), number in meetings.items():
            by_source[other] += number
        shares = defaultdict(float, {pair: number / by_source[pair[1]] for pair, number in meetings.items()})
    written = Counter(word for new, _ in lessons for word in new)
    both, of_written, of_source = _counts(lessons)
    return sorted(
        (word, source, number)
        for (word, source), number in meetings.items()
        if source
        and (word, source) not in NOT_THE_SAME
        and number >= max(LEAST_MEETINGS, LEAST_SHARE * written[word])
        and surprise(both[word, source], of_written[word], of_source[source], len(lessons)) >= LEAST_SURPRISE
    )


def _counts(lessons: Iterable[Lesson]) -> tuple[Counter[tuple[str, str]], Counter[str], Counter[str]]:
    both, one, other = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for new, gone in lessons:
        both.update((word, source) for word in new for source in gone)
        one.update(new)
        other.update(gone)
    return both, one, other


def surprise(both: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio; 0 where they meet no more often than by chance."""
    if both * total <= one * other:
        return 0.0
    table = ((both, one - both), (other - both, total - one - other + both))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    cells = [(cell, rows[i] * columns[j]) for i, row in enumerate(table) for j, cell in enumerate(row) if cell]
    return 2 * sum(cell * math.log(cell * total / product) for cell, product in cells)


if __name__ == "__main__":
    main()
