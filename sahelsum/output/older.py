"""``data/older.index``: pages of earlier runs whose articles were not among the sources of the last one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sahelsum.output.names import DATA_FOLDER
from sahelsum.output.write import OutputFolder

OLDER = f"{DATA_FOLDER}/older.index"
FORMAT = "sahelsum-older-1"


def write_older(folder: OutputFolder, pages: Sequence[str]) -> None:
    """Say which pages are older, by their paths inside the output folder, parts of a large run by their names.

    Without any there is no such file.

    Raises:
        OutputError: it cannot be written.
    """
    if pages:
        folder.write_data(OLDER, json.dumps({"format": FORMAT, "pages": list(pages)}, indent=0) + "\n")
    else:
        folder.retract_data(OLDER, "")


def older_pages(root: Path) -> frozenset[str]:
    """The pages that :func:`write_older` named; none if that cannot be read."""
    try:
        content = json.loads((root / OLDER).read_bytes())
        return frozenset(content["pages"]) if content["format"] == FORMAT else frozenset()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return frozenset()
