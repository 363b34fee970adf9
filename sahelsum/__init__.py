"""English digests of German articles about the Sahel: ``run``, ``translate``, ``summarize`` and ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sahelsum.app.api import check, run, summarize, translate

__version__ = "0.1.0"
__all__ = ["__version__", "check", "run", "summarize", "translate"]


def __getattr__(name: str) -> Any:
    """Load the interface when it is first asked for: the command line starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sahelsum.app import api  # noqa: PLC0415 - see above

    return getattr(api, name)
