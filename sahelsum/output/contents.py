"""What is in an output folder: its parts, and its articles in the order of the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sahelsum.errors import InputError, SahelsumError
from sahelsum.output.names import DATA_FOLDER, FOLDER_DATA, PART_FOLDERS, SHARD_NAME, data_name
from sahelsum.output.write import OutputFolder


def digest_folders(root: Path) -> list[str]:
    """The folders that hold digests, by their path inside the output folder: itself (``""``), or its parts.

    Raises:
        InputError: there are none.
    """
    parts = sorted(path.name for path in root.glob(PART_FOLDERS) if SHARD_NAME.fullmatch(path.name))
    folders = [name for name in ("", *parts) if any((root / name).glob(data_name("*")))]
    if not folders:
        raise InputError(
            f"{root}: no digests are in it ({DATA_FOLDER}/*.json).", hint="Give the folder sahelsum run wrote to."
        )
    return folders


def folder_data(folder: OutputFolder) -> Mapping[str, Any]:
    """The data across the articles of a folder, as they are; empty where there are none that can be read."""
    try:
        content = json.loads(folder.read(FOLDER_DATA) or b"{}")
    except (ValueError, RecursionError, SahelsumError):
        return {}
    return content if isinstance(content, dict) else {}


def article_ids(folder: OutputFolder, data: Mapping[str, Any]) -> list[str]:
    """The articles of a folder that have data: those of its last run in their order, or all by name."""
    there = sorted(path.stem for path in folder.root.glob(data_name("*")))
    rows = data.get("articles")
    listed = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    current = [article_id for article_id in dict.fromkeys(map(str, listed)) if article_id in set(there)]
    return current or there
