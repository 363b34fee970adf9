"""Which commit of a hub repository is used where its card does not say: recorded at the first fetch, kept since."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sahelsum.atomic import write_text
from sahelsum.errors import ConfigError

LOCK_NAME = "models.lock.toml"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_HUB = re.compile(r"[\w.-]+/[\w.-]+")
_HEADER = """\
# Written by "sahelsum models fetch": the commits first fetched for models whose cards name none.
# Delete a line to take the newest commit at the next fetch.

[revisions]
"""


def read_pins(config: Path) -> dict[str, str]:
    """Hub repository → commit (40 hexadecimal digits), from ``models.lock.toml`` in the configuration folder.

    Raises:
        ConfigError: the file is there and is not as expected.
    """
    file = config / LOCK_NAME
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("revisions", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}.", hint="Mend it, or delete it and fetch again.") from error
    if not isinstance(table, dict) or not all(
        _HUB.fullmatch(hub) and _COMMIT.fullmatch(str(commit)) for hub, commit in table.items()
    ):
        raise ConfigError(
            f'{file}: expected lines such as "owner/name" = "<40 hexadecimal digits>" under [revisions].',
            hint="Mend it, or delete it and fetch again.",
        )
    return {hub: str(commit) for hub, commit in table.items()}


def record_pin(config: Path, hub: str, commit: str) -> None:
    """Add or replace one line.

    Raises:
        ConfigError: the file is there and is not as expected.
        OutputError: it cannot be written.
    """
    pins = read_pins(config) | {hub: commit}
    lines = "".join(f'"{name}" = "{pins[name]}"\n' for name in sorted(pins))
    write_text(config / LOCK_NAME, _HEADER + lines)
