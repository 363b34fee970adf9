"""The page at the top of a large run: a row for each part."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.output.names import COMBINED_PAGE
from sahelsum.output.write import OutputFolder, WriteResult, seal
from sahelsum.records.folder import Part
from sahelsum.runs.job import Job


def write_parts_page(top: OutputFolder, parts: Sequence[Part], older: Sequence[str], job: Job) -> WriteResult:
    """Write it into the output folder; ``older``: what earlier runs left there.

    Raises:
        OutputError: it cannot be written.
    """
    # Templates, only where there are parts.
    from sahelsum.render.markdown import older_section, shards_page  # noqa: PLC0415
    from sahelsum.render.view_shards import shards_view  # noqa: PLC0415

    view = shards_view(parts, [job.translator.info, job.summarizer_info])
    page = shards_page(view) + older_section(older)
    return top.guarded_write(COMBINED_PAGE, seal(page), force=job.force)
