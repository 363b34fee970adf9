"""A hash of sahelsum's own code, part of every digest's recipe.

After an update, or an edit of a template, pages are made anew, from remembered translations. A version number would do
this only where nobody forgets to raise it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

SHAPING = ("*.py", "*.j2", "*.toml")
NOT_SHAPING = frozenset({"app", "cli", "models", "engines", "catalog", "cluster", "export"})
"""The command line and the assembly below it shape no page: settings do, and they are in the recipe. Engines and models
speak for themselves through their signatures."""


@cache
def code_sha256() -> str:
    """Hash (64 hexadecimal digits) of the files that shape a page. Takes some milliseconds."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for file in sorted(file for pattern in SHAPING for file in package.rglob(pattern)):
        relative = file.relative_to(package)
        if relative.parts[0] not in NOT_SHAPING:
            digest.update(f"{relative.as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
