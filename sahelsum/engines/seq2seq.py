"""Loading an encoder-decoder of transformers safely: safetensors, local files, no code of the model's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sahelsum.engines.quiet import quiet_transformers
from sahelsum.errors import ModelUnavailableError


def load_seq2seq(directory: Path, dtype: Any, device: str) -> Any:
    """The model in ``directory``, ready to generate.

    Raises:
        ModelUnavailableError: its weights are damaged or incomplete, or no encoder-decoder.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForSeq2SeqLM

    quiet_transformers()
    try:
        model, report = AutoModelForSeq2SeqLM.from_pretrained(
            str(directory),
            dtype=dtype,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
        check_loaded(report, directory)
        return model.to(torch.device(device)).eval()
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelUnavailableError(
            f"{directory} cannot be loaded on {device} ({type(error).__name__}: {error}).",
            hint="Check it with: sahelsum models verify ALIAS; or compute elsewhere with --device cpu.",
        ) from error


def check_loaded(report: Mapping[str, Any], directory: Path) -> None:
    """Refuse a model of which some weights were not in its files: transformers would fill them in at random.

    Raises:
        ModelUnavailableError: some were missing.
    """
    missing = sorted(report.get("missing_keys") or [])
    if missing:
        raise ModelUnavailableError(
            f"{directory} is incomplete: {len(missing)} weights are missing, the first is {missing[0]}.",
            hint="Fetch it again: sahelsum models fetch ALIAS.",
        )
