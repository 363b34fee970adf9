"""Models converted for CTranslate2, once, into the user's cache.

A conversion is made under a temporary name beside its place and renamed when complete: a process that is killed
leaves nothing that could be taken for a model, and of two that convert at the same time one wins and both can use it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from sahelsum.catalog.families import Family
from sahelsum.catalog.folder import ModelFolder
from sahelsum.catalog.inspection import read_json
from sahelsum.engines.loaded import check_loaded
from sahelsum.engines.quiet import quiet_transformers
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError, OutputError

CONVERSION_VERSION = 2
"""Raised when the way of converting changes, so that older conversions are made again."""
_MANIFEST = "sahelsum.json"
_STALE_SEC = 86_400.0
"""A temporary folder this old belongs to no living conversion: the largest models take minutes."""


def conversion_key(alias: str, weights_sha256: str, version: str, precision: str) -> str:
    """Name of the folder for a model's conversion: the alias for people, a hash of all that shapes it."""
    shaped_by = "\n".join((weights_sha256, version, precision, str(CONVERSION_VERSION)))
    return f"{alias}-{hashlib.sha256(shaped_by.encode()).hexdigest()[:20]}"


def converted(folder: ModelFolder, tokenizer: Tokenizer, target: Path, precision: str) -> Path:
    """``target``, holding the model converted to ``precision``; made now if it is not there whole.

    Raises:
        EngineError: the model does not convert.
        ModelUnavailableError: its weights cannot be loaded.
        OutputError: the cache cannot be written.
    """
    if is_complete(target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(target.parent)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    except OSError as error:
        raise _cannot_write(target, error) from error
    try:
        _convert(folder, tokenizer, temporary / "model", precision)
        _install(temporary / "model", target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def is_complete(directory: Path) -> bool:
    """Whether a conversion is there with every file at the size it was written with."""
    try:
        manifest = read_json(directory / _MANIFEST)
    except ModelUnavailableError:
        return False
    sizes = manifest.get("bytes")
    return isinstance(sizes, dict) and all(_size(directory / Path(name).name) == size for name, size in sizes.items())


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


def _convert(folder: ModelFolder, tokenizer: Tokenizer, output: Path, precision: str) -> None:
    quiet_transformers()
    converter = _converter(folder, tokenizer)
    try:
        converter.convert(str(output), quantization=precision)
        sizes = {file.name: file.stat().st_size for file in sorted(output.iterdir())}
        manifest = json.dumps({"bytes": sizes, "precision": precision}, indent=1)
        (output / _MANIFEST).write_text(manifest, encoding="utf-8")
    except OSError as error:
        raise _cannot_write(output, error) from error
    # The converter walks through the model's own structure: whatever that breaks on, the answer is the same.
    except (ValueError, RuntimeError, NotImplementedError, AttributeError, KeyError, IndexError, TypeError) as error:
        raise EngineError(
            f"{folder.directory} cannot be converted for CTranslate2 ({type(error).__name__}: {error}).",
            hint="Run it with --engine transformers.",
        ) from error


def _converter(folder: ModelFolder, tokenizer: Tokenizer) -> Any:
    """CTranslate2's converter, held to safetensors, local files and no code of the model's own."""
    from ctranslate2.converters import TransformersConverter
    from safetensors import SafetensorError

    class SafeConverter(TransformersConverter):  # type: ignore[misc]  # the library has no types
        def load_model(self, model_class: Any, model_name_or_path: str, **kwargs: Any) -> Any:
            safely = {"use_safetensors": True, "local_files_only": True, "output_loading_info": True}
            try:
                model, report = model_class.from_pretrained(model_name_or_path, **safely, **kwargs)
            except (OSError, ValueError, RuntimeError, SafetensorError) as error:
                raise ModelUnavailableError(f"{folder.directory} cannot be loaded ({error}).") from error
            check_loaded(report, folder.directory)
            _complete_config(model.config, folder.family)
            return model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return tokenizer.for_converter()

    return SafeConverter(str(folder.directory))


def _complete_config(config: Any, family: Family) -> None:
    """Write into a loaded configuration what the converter looks for there and newer ones leave out."""
    if family.layer_norms is not None:
        config.normalize_before = family.layer_norms.before
        config.normalize_embedding = family.layer_norms.after_embedding


def _install(made: Path, target: Path) -> None:
    """Rename into place. Where a whole conversion has appeared meanwhile, that one is as good; a broken one goes."""
    for attempt in (1, 2):
        with contextlib.suppress(OSError):
            made.replace(target)
            return
        if is_complete(target):
            return
        if attempt == 1:
            shutil.rmtree(target, ignore_errors=True)
    raise OutputError(f"{target} cannot be written.", hint="Remove that folder and run again.")


def _remove_stale(parent: Path) -> None:
    now = time.time()
    for folder in parent.glob(".*.partial"):
        with contextlib.suppress(OSError):
            if now - folder.stat().st_mtime > _STALE_SEC:
                shutil.rmtree(folder, ignore_errors=True)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path.parent} cannot be written: {error.strerror or error}.",
        hint="The converted model is kept there; make room, or choose another cache with SAHELSUM_CACHE_DIR.",
    )
