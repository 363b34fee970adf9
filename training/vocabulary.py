"""Cutting a multilingual vocabulary to the pieces that German and English text needs."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import sentencepiece
from pretrained import SPECIAL
from sentencepiece import sentencepiece_model_pb2 as protobuf

SHARES = {"auth": 6.0, "gen": 1.5, "bt": 1.0, "oss": 0.05, "ms_ht": 0.03, "short": 0.3, "dict": 0.3, "ding": 0.5}
"""What a sentence of a group counts; those of other groups count once."""
ROWS_AT_ONCE = 20_000
MOST_ROWS = 200_000
"""Of one group: enough to know how often a piece is needed."""
MOST_DOCUMENTS, DOCUMENT_CHARACTERS, DOCUMENT_SHARE = 6_000, 4_000, 0.5
ALWAYS = "»«›‹„“”‚‘’–—…€£$%§°"
"""Characters that are kept, however rare; so are all letters and digits of Latin."""
LAST_LATIN = 0x24F

Pieces = Sequence[tuple[str, float]]


def unigram_model(pieces: Pieces, normalizer: Path) -> bytes:
    """A SentencePiece model with ids as Marian has them (``</s>`` 0, ``<unk>`` 1) and the normalizer of another one."""
    like = protobuf.ModelProto()
    like.ParseFromString(normalizer.read_bytes())
    model = protobuf.ModelProto()
    kinds = protobuf.ModelProto.SentencePiece
    for piece, score, kind in (
        ("</s>", 0.0, kinds.CONTROL),
        ("<unk>", 0.0, kinds.UNKNOWN),
        *((piece, score, kinds.NORMAL) for piece, score in pieces),
    ):
        model.pieces.add(piece=piece, score=score, type=kind)
    trainer = model.trainer_spec
    trainer.model_type, trainer.vocab_size = protobuf.TrainerSpec.UNIGRAM, len(model.pieces)
    trainer.eos_id, trainer.unk_id, trainer.bos_id, trainer.pad_id = 0, 1, -1, -1
    trainer.eos_piece, trainer.unk_piece = "</s>", "<unk>"
    model.normalizer_spec.CopyFrom(like.normalizer_spec)
    return bytes(model.SerializeToString())


def cut(pieces: Pieces, corpus: Path, size: int, normalizer: Path) -> list[tuple[str, float]]:
    """The ``size`` pieces (less two for the end mark and the unknown one) that the texts need most, in their old order.

    ``pieces`` are all of the vocabulary, the special ones first; ``corpus`` as for prepare.py.
    """
    normal = pieces[SPECIAL:]
    processor = sentencepiece.SentencePieceProcessor(model_proto=unigram_model(normal, normalizer))
    counts: defaultdict[int, float] = defaultdict(float)
    for texts, share in _texts(corpus):
        for ids in processor.encode(texts):
            for number in ids:
                counts[number] += share
    by_use = [
        processor.id_to_piece(number) for number in sorted(counts, key=lambda number: -counts[number]) if number > 1
    ]
    kept = set(_single(normal, set("".join(by_use))))
    for piece in by_use:
        if len(kept) >= size - 2:
            break
        kept.add(piece)
    return [(piece, score) for piece, score in normal if piece in kept]


def _single(pieces: Pieces, occurring: set[str]) -> Iterator[str]:
    """Single characters that must not become unknown."""
    for piece, _ in pieces:
        latin = len(piece) == 1 and piece.isalnum() and ord(piece) <= LAST_LATIN
        if piece in occurring and (latin or piece in ALWAYS):
            yield piece


def _texts(corpus: Path) -> Iterator[tuple[list[str], float]]:
    """Portions of text with what a sentence of them counts."""
    for file in sorted(corpus.glob("*.tsv.xz")):
        share = SHARES.get(file.name.removesuffix(".tsv.xz"), 1.0)
        for texts in _portions(islice(_sides(file), 2 * MOST_ROWS)):
            yield texts, share
    for file in sorted(corpus.glob("mono.*.jsonl.xz")):
        for texts in _portions(islice(_documents(file), MOST_DOCUMENTS)):
            yield texts, DOCUMENT_SHARE


def _portions(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while portion := list(islice(rest, ROWS_AT_ONCE)):
        yield portion


def _sides(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        for row in rows:
            yield from row.rstrip("\n").split("\t")[1:3]


def _documents(file: Path) -> Iterator[str]:
    with lzma.open(file, "rt", encoding="utf-8") as rows:
        for row in rows:
            document: Mapping[str, str] = json.loads(row)
            yield document["text"][:DOCUMENT_CHARACTERS]
