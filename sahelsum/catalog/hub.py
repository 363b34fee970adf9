"""The only place that talks to the Hugging Face hub, and that looks into its cache.

Proxies, certificates, tokens and the place of the cache (``HF_HOME``) are left to huggingface_hub.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

import huggingface_hub.errors as hub_errors
from huggingface_hub import HfApi, snapshot_download

from sahelsum.catalog.formats import MODEL_SUFFIXES, convert_hint
from sahelsum.errors import ModelUnavailableError

SAFE_PATTERNS = tuple(f"*{suffix}" for suffix in sorted(MODEL_SUFFIXES))
SUBFOLDERS = ("*/*",)
"""Left out: other frameworks' copies of the weights, which no engine reads."""
MAIN = "main"
ANSWER_TIMEOUT_SECONDS = 30
"""How long the hub may take to describe a repository."""
_T = TypeVar("_T")
_HTTP_ERROR = hub_errors.HTTPError  # type: ignore[attr-defined]
"""The root of the errors of the HTTP library, which has another name in each major version of huggingface_hub."""


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
    except hub_errors.LocalEntryNotFoundError:
        return None
    path = Path(directory)
    return Snapshot(path, path.name) if any(path.glob("*.safetensors")) else None


def download(hub_id: str, commit: str = "", *, force: bool = False, cache_dir: Path | None = None) -> Snapshot:
    """Download the safe files of a repository, with a progress bar on stderr. An interrupted download goes on.

    Args:
        hub_id: ``owner/name``.
        commit: 40 hexadecimal digits; empty: the newest commit of ``main``.
        force: download files again that are here already, because they are damaged.
        cache_dir: the hub's cache; None: where huggingface_hub has it.

    Raises:
        ModelUnavailableError: the repository or commit is not there or not open, has no safetensors, the network or
            the disk fails, or the network is forbidden.
    """
    # Read at each call: huggingface_hub reads it only once, when it is imported.
    endpoint = os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or None
    wanted = f"{hub_id} at commit {commit}" if commit else hub_id
    api = HfApi(endpoint=endpoint)
    info = _explained(wanted, lambda: api.model_info(hub_id, revision=commit or MAIN, timeout=ANSWER_TIMEOUT_SECONDS))
    _require_safetensors(hub_id, [file.rfilename for file in info.siblings or ()])
    directory = _explained(
        wanted,
        lambda: snapshot_download(
            hub_id,
            revision=info.sha or commit,
            endpoint=endpoint,
            cache_dir=cache_dir,
            force_download=force,
            allow_patterns=list(SAFE_PATTERNS),
            ignore_patterns=list(SUBFOLDERS),
        ),
    )
    return Snapshot(Path(directory), Path(directory).name)


def _require_safetensors(hub_id: str, files: Iterable[str]) -> None:
    top = [name for name in files if "/" not in name]
    if not any(PurePosixPath(name).suffix == ".safetensors" for name in top):
        raise ModelUnavailableError(
            f"The hub repository {hub_id} has no safetensors; it offers {', '.join(sorted(top)) or 'no files'}.",
            hint=convert_hint(hub_id),
        )


def _explained(wanted: str, call: Callable[[], _T]) -> _T:
    """Make a call to huggingface_hub and turn its many errors into one, in words."""
    try:
        return call()
    except hub_errors.GatedRepoError as error:
        raise _failed(wanted, "its owner asks for consent first", _GATED) from error
    except hub_errors.RevisionNotFoundError as error:
        raise _failed(wanted, "the repository has no such commit", _MISSING_COMMIT) from error
    except hub_errors.RepositoryNotFoundError as error:
        raise _failed(wanted, "there is no such repository, or it is not public", _MISSING) from error
    except hub_errors.OfflineModeIsEnabled as error:
        raise _failed(wanted, "HF_HUB_OFFLINE forbids the network", "Unset it to download.") from error
    except (_HTTP_ERROR, hub_errors.LocalEntryNotFoundError) as error:
        raise _failed(wanted, f"the hub did not deliver ({_short(error)})", _NETWORK) from error
    except OSError as error:
        raise _os_failed(wanted, error) from error
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        # What huggingface_hub raises at an answer that does not have the form of the hub's.
        raise _failed(wanted, f"the answer is not a model hub's ({_short(error)})", _NETWORK) from error


_GATED = "Accept the terms on its web page, then log in: hf auth login"
_MISSING = "Check the name in the model card; for a private one log in: hf auth login"
_MISSING_COMMIT = "Correct 'revision' in the model card, or leave it empty to take the newest."
_NETWORK = "Check the network, proxy and HF_ENDPOINT, then run the same command again: it goes on where it stopped."


def _os_failed(wanted: str, error: OSError) -> ModelUnavailableError:
    if error.errno == errno.ENOSPC:
        return _failed(wanted, "the disk is full", "Make room, or set HF_HOME to a larger disk, then run it again.")
    place = f" ({error.filename})" if error.filename else ""
    return _failed(wanted, f"{_short(error)}{place}", _NETWORK)


def _failed(wanted: str, reason: str, hint: str) -> ModelUnavailableError:
    return ModelUnavailableError(f"{wanted} could not be downloaded: {reason}.", hint=hint)


def _short(error: BaseException) -> str:
    """The first line of an error's message, for those of huggingface_hub run over many."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")[:200]
