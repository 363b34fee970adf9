"""What the files of an output folder are called."""

from __future__ import annotations

import re

COMBINED_PAGE = "digest.md"
MANIFEST = "run.json"
DATA_FOLDER = "data"
LOCK = ".sahelsum.lock"
"""There while a run is at work."""
INDEX = f"{DATA_FOLDER}/articles.index"
SHARD_NAME = re.compile(r"part-\d{4,}")
"""Folders of a large run, numbered from 1."""
PART_FOLDERS = "part-*"
"""The pattern to look for them; :data:`SHARD_NAME` tells whether one is ours."""


def page_name(article_id: str) -> str:
    """The page of an article, inside the output folder."""
    return f"{article_id}.md"


def data_name(article_id: str) -> str:
    """The data beside the page, inside the output folder."""
    return f"{DATA_FOLDER}/{article_id}.json"


def shard_name(number: int) -> str:
    """A folder of a large run, inside the output folder; the first has number 1."""
    return f"part-{number:04d}"
