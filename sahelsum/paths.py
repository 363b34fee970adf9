"""Where sahelsum keeps what belongs to the user, where its own models are, and the variables that are no settings.

Both user folders can be moved by an environment variable, which is also how tests stay out of the real ones.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from sahelsum.errors import ConfigError

CONFIG_DIR_VARIABLE = "SAHELSUM_CONFIG_DIR"
CACHE_DIR_VARIABLE = "SAHELSUM_CACHE_DIR"
API_KEY_VARIABLE = "SAHELSUM_API_KEY"
"""Key for models behind a server: a secret, so it is never a setting that could be shown or stored."""
_APP = "sahelsum"


def config_dir(env: Mapping[str, str] = os.environ) -> Path:
    """The user's configuration folder: ``config.toml``, ``models/`` and ``models.lock.toml``. May not exist yet."""
    return _overridden(CONFIG_DIR_VARIABLE, env) or Path(platformdirs.user_config_dir(_APP, appauthor=False))


def cache_dir(env: Mapping[str, str] = os.environ) -> Path:
    """The user's cache folder: everything in it can be made again. May not exist yet."""
    return _overridden(CACHE_DIR_VARIABLE, env) or Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def bundled_models_dir() -> Path:
    """The models and cards that come with sahelsum: inside an installed package, or at the top of the repository."""
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def expanded(text: str) -> Path:
    """A path with ``~`` filled in.

    Raises:
        ConfigError: there is no such user, or no home folder at all.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{text}: the home folder cannot be found.", hint="Write the path out, without ~.") from error


def _overridden(variable: str, env: Mapping[str, str]) -> Path | None:
    value = env.get(variable, "").strip()
    return expanded(value).absolute() if value else None
