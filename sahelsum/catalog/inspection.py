"""Is a model directory safe to load, and complete? A directory from elsewhere is treated as hostile.

Nothing here runs or unpickles anything: names, links, JSON and safetensors headers are looked at, no more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sahelsum.catalog.formats import PICKLE_SUFFIXES, convert_hint
from sahelsum.errors import ModelUnavailableError

_WEIGHTS_AGAIN = "Fetch or copy the model again."
MAX_JSON_BYTES = 64_000_000
"""The largest vocabulary in a JSON file is about 33 MB (mT5's tokenizer.json)."""
MAX_ENTRIES = 10_000
"""Files and folders in a model folder; real ones have some dozens."""
CONFIG, GENERATION_CONFIG, TOKENIZER_CONFIG = "config.json", "generation_config.json", "tokenizer_config.json"
AGAIN = "Fetch it again with sahelsum models fetch ALIAS, or copy the whole folder again."
_CODE_KEYS = ("auto_map", "custom_pipelines")
"""Keys by which transformers finds Python code inside a model's own folder."""
_FILE_KEYS = (
    "source_spm",
    "target_spm",
    "vocab",
    "vocab_file",
    "target_vocab_file",
    "spm_file",
    "merges_file",
    "tokenizer_file",
)
"""Keys of ``tokenizer_config.json`` that transformers takes as file names."""
_INDEX = "model.safetensors.index.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the safetensors headers of a model say."""

    files: tuple[Path, ...]
    tensors: int
    parameters: int


def check_directory(directory: Path) -> None:
    """Check a model directory.

    Raises:
        ModelUnavailableError: not a directory, a link leads out of it, it asks for custom code, a file name in it
            leads outside, a part is missing, or it has no safetensors.
    """
    if not directory.is_dir():
        raise ModelUnavailableError(f"{directory}: no such folder, so there is no model in it.")
    # First of all, so that a folder given by mistake, such as a home folder, is not searched through.
    if not (directory / CONFIG).exists():
        raise ModelUnavailableError(
            f"{directory}: no config.json, so this is not a model folder.",
            hint="Expected what save_pretrained() of transformers writes: config.json, *.safetensors, tokenizer files.",
        )
    _refuse_odd_entries(directory)
    names = (CONFIG, GENERATION_CONFIG, TOKENIZER_CONFIG)
    configs = {name: read_json(directory / name) for name in names if (directory / name).exists()}
    for name, config in configs.items():
        _refuse_custom_code(directory / name, config)
    _refuse_outside_names(directory, configs.get(TOKENIZER_CONFIG, {}))
    weight_files(directory)


def read_json(file: Path) -> Mapping[str, object]:
    """The JSON object in a model's file.

    Raises:
        ModelUnavailableError: the file is missing, too large, or holds no JSON object.
    """
    try:
        if file.stat().st_size > MAX_JSON_BYTES:
            raise ModelUnavailableError(
                f"{file} is larger than {MAX_JSON_BYTES} bytes: not a model's file.", hint=AGAIN
            )
        content = json.loads(file.read_bytes())
    except OSError as error:
        raise ModelUnavailableError(f"{file} cannot be read: {error.strerror}.", hint=AGAIN) from error
    except (ValueError, RecursionError) as error:
        raise ModelUnavailableError(f"{file} is damaged: expected JSON.", hint=AGAIN) from error
    if not isinstance(content, dict):
        raise ModelUnavailableError(f"{file} is damaged: expected a JSON object.", hint=AGAIN)
    return content


def weight_files(directory: Path) -> tuple[Path, ...]:
    """The safetensors files of a model, all shards of a split one.

    Raises:
        ModelUnavailableError: there are none, or a shard is missing or named outside the directory.
    """
    index = directory / _INDEX
    found = tuple(sorted(directory.glob("*.safetensors")))
    if index.exists():
        return tuple(directory / name for name in _shards(index))
    if found:
        return found
    pickles = sorted(path.name for path in directory.iterdir() if path.suffix in PICKLE_SUFFIXES)
    if pickles:
        raise ModelUnavailableError(
            f"{directory}: the weights are only there as a pickle ({', '.join(pickles)}), which is refused.",
            hint=convert_hint(directory.name),
        )
    raise ModelUnavailableError(f"{directory}: no *.safetensors file, so the weights are missing.", hint=_WEIGHTS_AGAIN)


def read_weights(directory: Path) -> Weights:
    """Open every safetensors header (the numbers themselves are not read).

    Raises:
        ModelUnavailableError: a file is missing, cut off or not safetensors.
    """
    files = weight_files(directory)
    counts = [count for file in files for count in _tensor_sizes(file)]
    return Weights(files=files, tensors=len(counts), parameters=sum(counts))


def _tensor_sizes(file: Path) -> Iterator[int]:
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415 - loads numpy

    try:
        with safe_open(file, framework="numpy") as tensors:
            for key in tensors.keys():  # noqa: SIM118 - not a mapping
                yield _product(tensors.get_slice(key).get_shape())
    except (SafetensorError, OSError) as error:
        raise ModelUnavailableError(
            f"{file}: damaged, or not a safetensors file ({error}).",
            hint=_WEIGHTS_AGAIN,
        ) from error


def _product(shape: Iterable[int]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def _shards(index: Path) -> list[str]:
    table = read_json(index).get("weight_map")
    names = sorted({str(name) for name in table.values()}) if isinstance(table, dict) else []
    if not names:
        raise ModelUnavailableError(f"{index}: names no weights.", hint=_WEIGHTS_AGAIN)
    for name in names:
        if Path(name).name != name or not name.endswith(".safetensors"):
            raise ModelUnavailableError(f"{index}: {name!r} is not the name of a safetensors file beside it; refused.")
        if not (index.parent / name).is_file():
            raise ModelUnavailableError(f"{index.parent}: {name} is missing.", hint=_WEIGHTS_AGAIN)
    return names


def _refuse_custom_code(file: Path, config: Mapping[str, object]) -> None:
    asked = [key for key in _CODE_KEYS if config.get(key)]
    if asked:
        raise ModelUnavailableError(
            f"{file}: the model wants to run its own Python code ({', '.join(asked)}), which is refused.",
            hint="Use a model of a standard architecture; see: sahelsum models list",
        )


def _refuse_odd_entries(directory: Path) -> None:
    allowed = _allowed_roots(directory)
    for number, path in enumerate(_entries(directory)):
        if number >= MAX_ENTRIES:
            raise ModelUnavailableError(f"{directory}: more than {MAX_ENTRIES:,} files; this is not a model folder.")
        target = path.resolve()
        if not any(target.is_relative_to(root) for root in allowed):
            raise ModelUnavailableError(
                f"{path}: a link that leads out of the model folder (to {target}), which is refused.",
                hint="Copy the file itself into the folder.",
            )
        if not (target.is_file() or target.is_dir()):
            raise ModelUnavailableError(
                f"{path}: not a regular file, or a link to one that is missing.", hint=_WEIGHTS_AGAIN
            )


def _entries(directory: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(directory, followlinks=False):
        yield from (Path(folder) / name for name in (*folders, *files))


def _allowed_roots(directory: Path) -> tuple[Path, ...]:
    """The directory; for a snapshot of the hub's cache also the blobs its links lead to.

    The cache is laid out ``models--owner--name/{snapshots/<commit>,blobs}``, and newer versions of huggingface_hub
    share blobs between repositories in ``blobs/`` beside the repositories.
    """
    real = directory.resolve()
    repository = real.parent.parent
    if real.parent.name == "snapshots" and repository.name.startswith("models--"):
        return real, repository / "blobs", repository.parent / "blobs"
    return (real,)


def _refuse_outside_names(directory: Path, tokenizer_config: Mapping[str, object]) -> None:
    real = directory.resolve()
    for key in _FILE_KEYS:
        value = tokenizer_config.get(key)
        if not isinstance(value, str) or len(value) > 4096 or "\0" in value:
            continue
        target = (real / value).resolve()
        # Published models carry stale paths of their authors' machines; only one that opens a file here matters.
        if target.exists() and not target.is_relative_to(real):
            raise ModelUnavailableError(
                f"{directory / TOKENIZER_CONFIG}: {key} leads out of the model folder ({value!r}); refused."
            )
