"""Which files of a model are taken, and which are refused."""

from __future__ import annotations

MODEL_SUFFIXES = frozenset({".safetensors", ".json", ".spm", ".model", ".txt", ".jinja"})
"""Files that shape a model's output: weights without code, configs, tokenizers. Only these are downloaded or hashed."""
PICKLE_SUFFIXES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})
"""Weights in Python's pickle format, which can run code when opened."""
_CONVERT_HINT = (
    "Weights in other formats, pickles above all, can run code when they are opened, so sahelsum does not open them. "
    'On a machine you trust, convert them once: python -c "from transformers import AutoModelForSeq2SeqLM as M, '
    "AutoTokenizer as T; n='{name}'; M.from_pretrained(n).save_pretrained('converted'); "
    "T.from_pretrained(n).save_pretrained('converted')\" (for a decoder-only model AutoModelForCausalLM) "
    "- then give the folder as the model, or put a card for it "
    "into the models folder of your configuration (sahelsum models list names it)."
)


def convert_hint(name: str) -> str:
    """How to get safetensors from a model that has none; ``name``: its hub name or folder."""
    return _CONVERT_HINT.format(name=name)
