"""The only place that talks to the Hugging Face hub, and that looks into its cache.

Proxies, certificates, tokens and the place of the cache (``HF_HOME``) are left to huggingface_hub.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import LocalEntryNotFoundError

SAFE_PATTERNS = ("*.safetensors", "*.json", "*.spm", "*.model", "*.txt", "*.jinja")
"""Weights without code, configs and tokenizers. Never pickles (*.bin, *.pt), Python, or other frameworks' weights."""
SUBFOLDERS = ("*/*",)
"""Left out: other frameworks' copies of the weights, which no engine reads."""
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of a hub repository at one commit, on this machine."""

    directory: Path
    commit: str


def network_forbidden() -> bool:
    """True if ``HF_HUB_OFFLINE`` forbids the network."""
    return os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in {"1", "on", "yes", "true"}


def find_snapshot(hub_id: str, commit: str = "", cache_dir: Path | None = None) -> Snapshot | None:
    """The cached files of a repository, or None if they are not there, or not all.

    Args:
        hub_id: ``owner/name``.
        commit: 40 hexadecimal digits; empty: what ``main`` was when it was last downloaded.
        cache_dir: the hub's cache; None: where huggingface_hub has it.
    """
    try:
        directory = snapshot_download(
            hub_id,
            revision=commit or MAIN,
            cache_dir=cache_dir,
            local_files_only=True,
            allow_patterns=list(SAFE_PATTERNS),
            ignore_patterns=list(SUBFOLDERS),
        )
    except LocalEntryNotFoundError:
        return None
    path = Path(directory)
    return Snapshot(path, path.name) if any(path.glob("*.safetensors")) else None
