"""Model folders that look right and weigh nothing, for what only looks at files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file


def weights(file: Path, rows: int = 4) -> None:
    """A safetensors file with one matrix of ``rows`` x 3 zeros."""
    save_file({"shared.weight": np.zeros((rows, 3), dtype=np.float32)}, file)


def model_folder(folder: Path, *, model_type: str = "marian", **config: object) -> Path:
    """A folder with config.json, tokenizer_config.json, one safetensors file and a tokenizer file."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"model_type": model_type, **config}))
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "MarianTokenizer"}))
    (folder / "source.spm").write_bytes(b"pieces")
    weights(folder / "model.safetensors")
    return folder


def write_card(file: Path, alias: str, location: str = 'path = "model"', **changes: str) -> None:
    """A valid card in TOML; ``changes`` replaces or adds lines, the values being TOML."""
    fields = {
        "alias": f'"{alias}"',
        "name": f'"Model {alias}"',
        "task": '"translate"',
        "family": '"marian"',
        "engines": '["transformers"]',
        "licence": '"MIT"',
        "size_mb": "1",
        "parameters_millions": "0.1",
        "limit_tokens": "100",
        **changes,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(f"{key} = {value}\n" for key, value in fields.items())
    file.write_text(f"{body}\n[location]\n{location}\n", encoding="utf-8")
