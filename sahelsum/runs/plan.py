"""Large runs go into parts: folders of equal size, each laid out like the folder of an ordinary run."""

from __future__ import annotations

from dataclasses import dataclass

from sahelsum.output.names import shard_name
from sahelsum.read.count import count_articles
from sahelsum.runs.job import AUTOMATIC, Job

SHARDED_FROM = 5_000
"""More articles than this are parted: a page across all of them could no longer be read, and a folder of more files is
slow to open in most programs."""
SHARD_ARTICLES = 1_000
"""Articles of a part: their page has some hundred kilobytes, and making it takes some hundred megabytes of memory."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is parted: ``size`` articles a part, 0 for one folder; ``articles``: about how many there are."""

    size: int
    articles: int = 0

    def folder(self, part: int) -> str:
        """The folder of a part, counted from 1, inside the output folder; empty for an ordinary run."""
        return shard_name(part) if self.size else ""


def plan_shards(job: Job) -> Plan:
    """How to part a run; files are only counted, at most in one quick pass."""
    if job.shard_articles != AUTOMATIC:
        return Plan(job.shard_articles)
    articles = count_articles(job.sources)
    return Plan(SHARD_ARTICLES if articles > SHARDED_FROM else 0, articles)
