"""Which run an article came with, so that a page across articles can say what is new.

It stands in ``data/arrivals.index``. What came is kept until a run brings something again: so a run that changes
nothing changes no page. Without that file (an older version, a file deleted) all that is there counts as old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sahelsum.errors import SahelsumError
from sahelsum.output.index import Row
from sahelsum.output.names import ARRIVALS
from sahelsum.output.write import OutputFolder
from sahelsum.records.encoding import encode_ascii

FORMAT = "sahelsum-arrivals-1"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Arrivals:
    """For each article the hash of its source and the number of the run that brought it; the first run has number 1."""

    run: int = 0
    """The last run that brought anything; 0 before the first."""
    articles: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def new(self) -> frozenset[str]:
        """The articles of the last run that brought any, unless it was the first."""
        return frozenset(name for name, (_, run) in self.articles.items() if run == self.run > FIRST)


def load_arrivals(folder: OutputFolder) -> Arrivals | None:
    """What the file of a folder says; None if there is none that can be used."""
    try:
        content = json.loads(folder.path(ARRIVALS).read_bytes())
        if content["format"] != FORMAT:
            return None
        articles = {str(name): (str(sha256), int(run)) for name, (sha256, run) in content["articles"].items()}
        return Arrivals(int(content["run"]), articles)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError, SahelsumError):
        return None


def arrived(before: Arrivals | None, known: Mapping[str, Row], rows: Iterable[Row]) -> Arrivals:
    """What there is after a run.

    Args:
        before: what the file says.
        known: the articles that the index had before the run, which decide where there is no such file.
        rows: the articles of the run.
    """
    if before is None:
        before = Arrivals(FIRST if known else 0, {row.id: (row.sha256, FIRST) for row in known.values()})
    articles = list(rows)
    same = {row.id for row in articles if before.articles.get(row.id, ("", 0))[0] == row.sha256}
    run = before.run if len(same) == len(articles) else before.run + 1
    return Arrivals(
        run, {row.id: (row.sha256, before.articles[row.id][1] if row.id in same else run) for row in articles}
    )


def write_arrivals(folder: OutputFolder, arrivals: Arrivals) -> None:
    """Keep what there is.

    Raises:
        OutputError: the file cannot be written.
    """
    content = {"format": FORMAT, "run": arrivals.run, "articles": arrivals.articles}
    folder.write_data(ARRIVALS, encode_ascii(content) + "\n")
