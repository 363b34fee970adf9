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

from sahelsum.catalog.cards import CONVERTIBLE_FAMILIES
from sahelsum.engines.marian_tokenizer import END_TOKEN, UNKNOWN_TOKEN
from sahelsum.engines.modelfiles import ModelFiles, check_loaded, read_json
from sahelsum.engines.quiet import quiet_transformers
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError, OutputError

CONVERSION_VERSION = 1
"""Raised when the way of converting changes, so that older conversions are made again."""
_LAYER_NORMS = {
    "bart": (False, True),
    "mbart": (True, True),
    "pegasus": (True, False),
}
"""``normalize_before`` and ``normalize_embedding`` of families whose newer configurations leave them out.

The converter needs them; the values are those of the architectures (layer normalization before or after each part,
and after the embeddings), read from the model code of transformers.
"""
_MANIFEST = "sahelsum.json"
_STALE_SEC = 86_400.0
"""A temporary folder this old belongs to no living conversion: the largest models take minutes."""


def can_convert(files: ModelFiles) -> bool:
    """Whether CTranslate2 can run a model.

    Marian models with two vocabularies lose one in the converter; of the mBART models it starts only those of the 50
    languages as they were trained.
    """
    if files.family == "marian":
        return files.shared_vocabulary
    if files.family == "mbart":
        return files.tokenizer_class.startswith("MBart50")
    return files.family in CONVERTIBLE_FAMILIES


def conversion_key(alias: str, weights_sha256: str, version: str, precision: str) -> str:
    """Name of the folder for a model's conversion: the alias for people, a hash of all that shapes it."""
    shaped_by = "\n".join((weights_sha256, version, precision, str(CONVERSION_VERSION)))
    return f"{alias}-{hashlib.sha256(shaped_by.encode()).hexdigest()[:20]}"


def converted(files: ModelFiles, tokenizer: Tokenizer, target: Path, precision: str) -> Path:
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
        _convert(files, tokenizer, temporary / "model", precision)
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


def _convert(files: ModelFiles, tokenizer: Tokenizer, output: Path, precision: str) -> None:
    quiet_transformers()
    converter = _converter(files, tokenizer)
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
            f"{files.directory} cannot be converted for CTranslate2 ({type(error).__name__}: {error}).",
            hint="Run it with --engine transformers.",
        ) from error


def _converter(files: ModelFiles, tokenizer: Tokenizer) -> Any:
    """CTranslate2's converter, held to safetensors, local files and no code of the model's own."""
    from ctranslate2.converters import TransformersConverter
    from safetensors import SafetensorError

    from sahelsum.engines.auto_tokenizer import load_auto_tokenizer

    class SafeConverter(TransformersConverter):  # type: ignore[misc]  # the library has no types
        def load_model(self, model_class: Any, model_name_or_path: str, **kwargs: Any) -> Any:
            safely = {"use_safetensors": True, "local_files_only": True, "output_loading_info": True}
            try:
                model, report = model_class.from_pretrained(model_name_or_path, **safely, **kwargs)
            except (OSError, ValueError, RuntimeError, SafetensorError) as error:
                raise ModelUnavailableError(f"{files.directory} cannot be loaded ({error}).") from error
            check_loaded(report, files.directory)
            _complete_config(model.config, files.family)
            return model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return MarianVocabulary(tokenizer) if files.family == "marian" else load_auto_tokenizer(files)

    return SafeConverter(str(files.directory))


class MarianVocabulary:
    """As much of a transformers tokenizer as the converter asks of a Marian one."""

    eos_token = END_TOKEN
    unk_token = UNKNOWN_TOKEN
    bos_token = None

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._vocabulary = tokenizer.vocabulary()

    def get_vocab(self) -> dict[str, int]:
        """Every token with its id."""
        return self._vocabulary

    def convert_ids_to_tokens(self, number: int) -> str | None:
        """The token with an id."""
        return next((token for token, own in self._vocabulary.items() if own == number), None)


def _complete_config(config: Any, family: str) -> None:
    before, embedding = _LAYER_NORMS.get(family, (None, None))
    if before is not None:
        config.normalize_before = before
        config.normalize_embedding = embedding


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
