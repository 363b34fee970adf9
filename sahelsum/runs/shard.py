"""One folder of output while a run fills it: the pages of its articles, its combined page, its index."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from sahelsum.combine import combine, select, summary_of
from sahelsum.errors import SahelsumError
from sahelsum.output.arrivals import Arrivals, arrived, load_arrivals, write_arrivals
from sahelsum.output.index import FolderIndex, combined_key, load_index, row_of, write_index
from sahelsum.output.names import COMBINED_PAGE, FOLDER_DATA, note_name
from sahelsum.output.previous import KeptDigest, load_digest, stale_pages, stale_shards
from sahelsum.output.write import FileKey, OutputFolder, WriteResult, bears_seal, file_key, is_sealed, seal
from sahelsum.protocols import Silence
from sahelsum.read.files import Format
from sahelsum.records import Digest, Failure, Summary
from sahelsum.records.folder import CombinedDigest, ShardSummary
from sahelsum.runs.artefacts import ARTEFACTS, DATA, PAGE, PLAIN, Style
from sahelsum.runs.folderdata import folder_json
from sahelsum.runs.job import Job, summary_setup
from sahelsum.runs.work import close_summarizer, guarded
from sahelsum.summarization.abstractive import summarize
from sahelsum.summarization.overview import SENTENCES as OVERVIEW_SENTENCES
from sahelsum.summarization.overview import overview
from sahelsum.summarization.setup import Prose


@dataclass(slots=True)
class Shard:
    """What has gone into a folder so far, in the order of the sources."""

    name: str
    """Path inside the output folder of the run; empty for that folder itself."""
    folder: OutputFolder
    index: FolderIndex
    style: Style = PLAIN
    members: list[KeptDigest] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What a path inside this folder begins with, seen from the output folder of the run."""
        return f"{self.name}/" if self.name else ""


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of the combined page."""

    summary: ShardSummary | None = None
    """None if it could not be made; ``problem`` says why."""
    page_sha256: str = ""
    kept: bool = False
    """It was edited by hand and left alone."""
    problem: str = ""


def inputs_of(job: Job) -> frozenset[FileKey]:
    """The files of a run that writing could take for a page of ours: given by name, they may bear the seal."""
    pages = (source.path for source in job.sources if source.path and source.format is Format.MARKDOWN)
    return frozenset(key for path in pages if (key := file_key(path)))


def open_shard(job: Job, name: str, inputs: frozenset[FileKey] = frozenset()) -> Shard:
    """A folder to write to, with what earlier runs left there.

    Raises:
        OutputError: the folder cannot be made, or is a link that leads out of the output folder.
    """
    top = OutputFolder(job.output, inputs)
    folder = OutputFolder(top.path(name), inputs) if name else top
    return Shard(name, folder, load_index(folder), job.style)


def write_article(digest: Digest, part: Shard, *, force: bool) -> bool:
    """Pages first, data second: the data say that the pages are done, so a run killed in between makes them again.

    Data that say so of earlier pages go before either. False if a page was edited by hand and left alone.

    Raises:
        OutputError: one of them cannot be written.
    """
    article_id = digest.article.id
    contents = {artefact: artefact.content(digest, part.style) for artefact in ARTEFACTS}
    for artefact, content in contents.items():
        artefact.retract(part.folder, article_id, content)
    written = [artefact.write(part.folder, article_id, content, force=force) for artefact, content in contents.items()]
    row = row_of(digest, len(contents[PAGE].encode("utf-8")), contents[DATA].encode("utf-8"))
    part.members.append(KeptDigest(row, edited=not all(written), digest=digest))
    return all(written)


def close_shard(part: Shard, job: Job, older: Sequence[str] = ()) -> Closed:
    """Make the combined page, unless what it is made from is as it was; then write the index.

    ``older``: pages and parts in this folder that belong to no article of this run. Whatever goes wrong here costs none
    of the articles.
    """
    rows = [member.row for member in part.members]
    arrivals = arrived(load_arrivals(part.folder), part.index.rows, rows)
    failures = [(failure.source, failure.message) for failure in part.failures]
    scope = {**asdict(job.selection), "arrivals": dict(arrivals.articles), "older": list(older)}
    key = combined_key(job.recipe, rows, failures, scope)
    closed = _unchanged(part, key, force=job.force) or _made(part, job, arrivals, older)
    problem, _ = guarded(lambda: _keep(part, arrivals, _index(part, closed, key, job.recipe)))
    return replace(closed, problem=closed.problem or problem)


def _keep(part: Shard, arrivals: Arrivals, index: FolderIndex) -> None:
    write_arrivals(part.folder, arrivals)
    write_index(part.folder, index)


def _index(part: Shard, closed: Closed, key: str, recipe: str) -> FolderIndex:
    """What the next run may rely on: articles with a sentence that failed are tried again, edited pages looked at."""
    known = {member.row.id: member.row for member in part.members if not (member.edited or member.row.receipt.failed)}
    return FolderIndex(recipe, key if closed.summary else "", closed.page_sha256, closed.summary, known)


def left_behind(part: Shard) -> list[str]:
    """Pages of earlier runs in this folder that belong to none of its articles, and parts where this run has none."""
    pages = stale_pages(part.folder, {member.row.id for member in part.members})
    return pages if part.name else [*pages, *stale_shards(part.folder, ())]


def _unchanged(part: Shard, key: str, *, force: bool) -> Closed | None:
    """What there is to say of a combined page that need not be made again; None if it must be."""
    index = part.index
    if index.combined != key or index.summary is None:
        return None
    try:
        page = part.folder.read(COMBINED_PAGE)
        if not part.folder.path(FOLDER_DATA).is_file():
            return None
    except SahelsumError:
        return None
    if page is not None and hashlib.sha256(page).hexdigest() == index.combined_sha256:
        return Closed(index.summary, index.combined_sha256)
    edited = page is not None and bears_seal(page) and not is_sealed(page) and not force
    return Closed(index.summary, index.combined_sha256, kept=True) if edited else None


def _made(part: Shard, job: Job, arrivals: Arrivals, older: Sequence[str]) -> Closed:
    problem, closed = guarded(lambda: _combined_pages(part, job, arrivals, older))
    return closed or Closed(problem=problem)


def _combined_pages(part: Shard, job: Job, arrivals: Arrivals, older: Sequence[str]) -> Closed:
    # Templates, only where there is something to render.
    from sahelsum.render.markdown import folder_page, older_section  # noqa: PLC0415
    from sahelsum.render.view_folder import folder_view  # noqa: PLC0415

    combined = _combined(part, job, arrivals.new)
    page = seal(folder_page(folder_view(combined), wikilinks=part.style.wikilinks) + older_section(older))
    written = part.folder.guarded_write(COMBINED_PAGE, page, force=job.force)
    if part.style.wikilinks:
        _write_notes(combined, part, force=job.force)
    part.folder.write_data(FOLDER_DATA, folder_json(combined))
    hashed = hashlib.sha256(page.encode("utf-8")).hexdigest()
    return Closed(summary_of(combined), hashed, kept=written is WriteResult.KEPT)


def _write_notes(combined: CombinedDigest, part: Shard, *, force: bool) -> None:
    """Notes on names. One that was edited, or that somebody else wrote, is theirs and is left alone."""
    from sahelsum.render.markdown import note_page  # noqa: PLC0415
    from sahelsum.render.view_names import note_views  # noqa: PLC0415

    taken: set[str] = set()
    for note in note_views(combined):
        name = note_name(note.name)
        # Names that differ in letter case alone are one file on some systems: the first, named most often, has it.
        if name.casefold() not in taken:
            taken.add(name.casefold())
            _write_note(part.folder, name, seal(note_page(note)), force=force)


def _write_note(folder: OutputFolder, name: str, page: str, *, force: bool) -> None:
    present = folder.read(name)
    if present is None or bears_seal(present):
        folder.guarded_write(name, page, force=force)


def _combined(part: Shard, job: Job, new: frozenset[str]) -> CombinedDigest:
    def summarize_once(sentences: Prose) -> Summary:
        (summary,) = summarize([sentences], summary_setup(job.summarizer, OVERVIEW_SENTENCES), Silence())
        return summary

    every = [member.digest or load_digest(part.folder, member.row.id) for member in part.members]
    digests, scope = select(every, job.selection, new)
    try:
        return combine(digests, part.failures, overview(digests, summarize_once if job.summarizer else None), scope)
    finally:
        close_summarizer(job)
