"""The JSON beside each digest: the whole record, and what is needed to see that nothing has changed.

A page is up to date if its sidecar names the same source bytes and the same recipe (models, settings, version). It was
edited by hand if its hash is not the one the sidecar names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sahelsum.records import Digest

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORMAT = 1
"""Raised when the layout of the sidecar changes; older ones then count as absent and are made anew."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What ``data/<id>.json`` holds."""

    format: int
    recipe: str
    """Hash of the models' signatures, the settings and the version that made the digest."""
    page_sha256: str
    digest: Digest


def dump(sidecar: Sidecar) -> str:
    """The sidecar as indented JSON; same record, same text."""
    data = _adapter().dump_python(sidecar, mode="json")
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def load(path: Path) -> Sidecar | None:
    """The sidecar at ``path``; None if there is none, or none that this version can read."""
    try:
        sidecar = _adapter().validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
    return sidecar if sidecar.format == FORMAT else None


@cache
def _adapter() -> TypeAdapter[Sidecar]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - a tenth of a second that reading the records alone should not cost

    return TypeAdapter(Sidecar)
