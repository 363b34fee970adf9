"""Whether a library has loaded the whole of a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sahelsum.catalog.inspection import AGAIN
from sahelsum.errors import ModelUnavailableError


def check_loaded(report: Mapping[str, Iterable[object]], directory: Path) -> None:
    """Refuse a model of which some weights were not in its files: transformers would fill them in at random.

    Raises:
        ModelUnavailableError: some were missing.
    """
    missing = sorted(str(name) for name in report.get("missing_keys") or ())
    if missing:
        raise ModelUnavailableError(
            f"{directory} is incomplete: {len(missing)} weights are missing, the first is {missing[0]}.", hint=AGAIN
        )
