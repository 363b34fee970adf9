"""Sources to article batches: enough articles to fill the model's batches, few enough to hold in memory.

An article whose source, models and settings have not changed since its digest was written is not read any further than
it takes to see that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sahelsum.errors import SahelsumError
from sahelsum.output.previous import Identity, KeptDigest, kept_digest
from sahelsum.read import Source, read_articles
from sahelsum.records import Failure
from sahelsum.runs.job import Job
from sahelsum.runs.plan import Plan
from sahelsum.runs.shard import Shard, inputs_of, open_shard
from sahelsum.runs.work import Item
from sahelsum.segment import segment

BATCH_ARTICLES = 500
"""A batch of articles that need no work, or of failures, ends too."""
SHORT_ARTICLE_SENTENCES = 8
"""A larger article batch, for a cluster, may have as many articles as such short ones fill it."""

Read = Item | KeptDigest | Failure


@dataclass(slots=True)
class ArticleBatch:
    """What was read, in order, all of it for one folder of output."""

    part: Shard
    reads: list[Read] = field(default_factory=list)
    closes: bool = False
    """It is the last one of that folder."""

    @property
    def items(self) -> list[Item]:
        """The articles that need work."""
        return [read for read in self.reads if isinstance(read, Item)]


class Reading:
    """Reads the sources of a job, in order."""

    def __init__(self, job: Job, plan: Plan, batch_sentences: int) -> None:
        self._job = job
        self._plan = plan
        self._batch_sentences = batch_sentences
        self._batch_articles = max(BATCH_ARTICLES, batch_sentences // SHORT_ARTICLE_SENTENCES)
        self._recipe = job.recipe
        self._inputs = inputs_of(job)
        self._part: Shard | None = None
        self._parts = 0
        self._in_part = 0
        self.stopped = False
        """Set from another thread to end before the next article."""

    def batches(self) -> Iterator[ArticleBatch]:
        """The article batches; each folder of output ends with one that says so.

        Raises:
            OutputError: a folder of output cannot be made.
        """
        batch: ArticleBatch | None = None
        waiting = 0
        for read in self._reads():
            batch = batch or ArticleBatch(self._open())
            batch.reads.append(read)
            self._in_part += 1
            waiting += len(read.sentences) if isinstance(read, Item) else 0
            if self._full or waiting >= self._batch_sentences or len(batch.reads) >= self._batch_articles:
                batch.closes = self._full
                yield batch
                batch, waiting = None, 0
        if self._part is None or not self._full:
            batch = batch or ArticleBatch(self._open())
            batch.closes = True
            yield batch

    @property
    def _full(self) -> bool:
        return 0 < self._plan.size <= self._in_part

    def _open(self) -> Shard:
        """The folder that the next article goes to."""
        if self._part is None or self._full:
            self._parts += 1
            self._part = open_shard(self._job, self._plan.folder(self._parts), self._inputs)
            self._in_part = 0
        return self._part

    def _reads(self) -> Iterator[Read]:
        for source in self._job.sources:
            for read in self._read(source):
                if self.stopped:
                    return
                yield read

    def _read(self, source: Source) -> Iterator[Read]:
        """What became of a source. One article is looked up before it is read, a file of many one by one."""
        many = source.format.holds_many
        known = None if many else self._known(source.id, source.name, self._hash(source))
        if known is not None:
            yield known
            return
        for found in read_articles(source, self._job.read, self._known if many else None):
            yield (
                found
                if isinstance(found, (Failure, KeptDigest))
                else Item(found, segment(found.blocks, self._job.read.source))
            )

    def _hash(self, source: Source) -> str | None:
        """Hash of a source that is one article; None where reading has to tell."""
        try:
            return source.content_sha256(self._job.read.max_bytes)
        except SahelsumError:
            return None

    def _known(self, article_id: str, source: str, sha256: str | None) -> KeptDigest | None:
        if sha256 is None:
            return None
        part = self._open()
        return kept_digest(
            part.folder, part.index, Identity(article_id, source, sha256, self._recipe), force=self._job.force
        )
