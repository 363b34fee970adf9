"""Pairs written for the checks: wrong translations of each kind, and right ones that are worded freely.

``data/wrong.tsv`` and ``data/free.tsv`` have a line a pair: the kind, the German, the English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sahelsum.checks import check_sentence
from sahelsum.language.packs import pack_of
from sahelsum.records import Sentence, Severity, Translation

DATA = Path(__file__).parent / "data"
CODES = {
    "negation added": ("NEG-ADDED",),
    "negating prefix": ("NEG-PREFIX", "NEG-LOST"),
    "comparison": ("CMP-CHANGED",),
    "direction": ("DIR-CHANGED",),
    "toll": ("TOLL-CHANGED",),
    "modality": ("MOD-CHANGED", "ATTR-LOST"),
    "tense": ("TENSE-CHANGED",),
    "unit and scale": ("UNIT-SCALE", "UNIT-LOST", "SCALE-CHANGED", "NUM-LOST"),
    "verb": ("VERB-TURNED",),
    "quotation cut": ("QUOTE-CUT",),
    "German left": ("MT-COPY",),
    "list cut": ("LIST-CUT",),
    "parties exchanged": ("ROLE-TURNED",),
}
"""The kinds of wrong pairs, each with the codes that are right for it."""


@dataclass(frozen=True)
class Case:
    """A pair of a kind."""

    kind: str
    german: str
    english: str

    def warned(self) -> frozenset[str]:
        """Codes of its warnings and errors."""
        item = Translation(Sentence(1, 1, self.german), self.english)
        findings = check_sentence(item, pack_of("de"))
        return frozenset(found.code for found in findings if found.severity is not Severity.INFO)


def cases(name: str) -> list[Case]:
    """The pairs of ``wrong`` or ``free``."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines]


def missed(case: Case) -> bool:
    """Whether a wrong pair has none of the right codes."""
    return case.warned().isdisjoint(CODES[case.kind])


def meaning_table() -> Iterator[str]:
    """Recall by kind, then false alarms by kind."""
    yield "| wrong | pairs | warned of | by a right code | right codes |"
    yield "|---|---|---|---|---|"
    wrong = cases("wrong")
    for kind, group in _by_kind(wrong):
        right = sum(not missed(case) for case in group)
        yield f"| {kind} | {_counts(group)} | {_share(right, len(group))} | {', '.join(CODES[kind])} |"
    right = sum(not missed(case) for case in wrong)
    yield f"| **all** | {_counts(wrong)} | {_share(right, len(wrong))} | |"
    yield ""
    yield "| right, worded freely | pairs | warned of | codes |"
    yield "|---|---|---|---|"
    free = cases("free")
    for kind, group in _by_kind(free):
        yield f"| {kind} | {_counts(group)} | {', '.join(sorted(frozenset().union(*(c.warned() for c in group))))} |"
    yield f"| **all** | {_counts(free)} | |"


def _by_kind(pairs: list[Case]) -> Iterator[tuple[str, list[Case]]]:
    ordered = sorted(pairs, key=lambda case: case.kind)
    return ((kind, list(group)) for kind, group in groupby(ordered, key=lambda case: case.kind))


def _counts(group: list[Case]) -> str:
    return f"{len(group)} | {_share(sum(bool(case.warned()) for case in group), len(group))}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"


def shown(kind: str) -> Iterator[str]:
    """Wrong pairs of a kind that are missed, and free ones that are warned of, to read."""
    for case in cases("wrong"):
        if case.kind == kind and missed(case):
            yield f"missed: {sorted(case.warned())}\n{case.german}\n{case.english}"
    for case in cases("free"):
        if case.kind == kind and case.warned():
            yield f"false alarm: {sorted(case.warned())}\n{case.german}\n{case.english}"
