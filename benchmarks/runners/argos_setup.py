"""An environment with Argos Translate, and a package for it made from our model.

Argos Translate needs other versions of libraries than we do, so it is installed with pip into an environment of its
own; what our environment has already (PyTorch, CTranslate2, SentencePiece) is not installed a second time. A package
of its is a folder with metadata.json, model/ (CTranslate2) and sentencepiece.model.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from platformdirs import user_cache_path

ARGOS_VERSION = "1.11.0"


class CannotInstallError(Exception):
    """Argos Translate is not to be had here; the message says why."""


def install() -> Path:
    """The Python of an environment in the user's cache that has Argos Translate; made now if it is not there.

    Raises:
        CannotInstallError: pip failed, for instance without a network.
    """
    ours = sysconfig.get_path("purelib")
    key = hashlib.sha256(ours.encode()).hexdigest()[:8]
    folder = user_cache_path("sahelsum-benchmarks", appauthor=False) / f"argos-{ARGOS_VERSION}-{key}"
    python, done = folder / "bin" / "python", folder / "installed"
    if done.exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=False, symlinks=True)
    packages = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    # Lines of a .pth file that begin with `import` are run: so our own packages, and links among them, come last.
    (packages / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    command = [str(python), "-m", "pip", "install", "--quiet", f"argostranslate=={ARGOS_VERSION}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise CannotInstallError(f"pip could not install argostranslate {ARGOS_VERSION}: {_reason(result.stderr)}")
    done.touch()
    return python


def _reason(messages: str) -> str:
    """The last thing pip called an error, without the addresses of anybody's package index."""
    errors = [line.partition(":")[2].strip() for line in messages.splitlines() if line.startswith("ERROR")]
    return errors[-1] if errors else "no reason given"


def make_package(model: Path, converted: Path, folder: Path) -> None:
    """An installed package in ``folder``: ``model`` with its SentencePiece, ``converted`` for CTranslate2."""
    package = folder / "translate-de_en-1_0"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(converted, package / "model")
    shutil.copy(model / "source.spm", package / "sentencepiece.model")
    metadata = {
        "package_version": "1.0",
        "argos_version": ARGOS_VERSION,
        "from_code": "de",
        "from_name": "German",
        "to_code": "en",
        "to_name": "English",
    }
    (package / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    # Argos Translate gives the model the pieces alone; ours was trained to see the end mark after them.
    config = package / "model" / "config.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps({**settings, "add_source_eos": True}), encoding="utf-8")
