"""Packed pairs → batches of a bounded number of tokens, weighted by group, without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sentencepiece
import torch

Ids = npt.NDArray[np.int64]
BUCKET_ROWS = 200_000
"""Rows sorted by length together: enough that a batch has rows of one length, few enough to stay shuffled."""
LENGTH_NOISE_TOKENS = 2.0
"""Added to lengths before sorting, so that the same rows do not meet in every pass."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The arrays of ``prepare.py``: ids of all rows one after the other, with offsets."""

    source: npt.NDArray[np.uint16]
    target: npt.NDArray[np.uint16]
    source_offsets: Ids
    target_offsets: Ids
    group: npt.NDArray[np.uint8]
    groups: tuple[str, ...]
    vocabulary: int
    eos: int

    @classmethod
    def load(cls, file: Path) -> Pairs:
        """Read ``data.npz``."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls(
                arrays["src"],
                arrays["tgt"],
                arrays["src_off"].astype(np.int64),
                arrays["tgt_off"].astype(np.int64),
                arrays["group"],
                tuple(str(name) for name in arrays["groups"]),
                int(arrays["vocab"]),
                int(arrays["eos"]),
            )

    def turned(self) -> Pairs:
        """The same pairs in the opposite direction."""
        return replace(
            self,
            source=self.target,
            target=self.source,
            source_offsets=self.target_offsets,
            target_offsets=self.source_offsets,
        )

    @property
    def lengths(self) -> Ids:
        """Tokens of the longer side of each row."""
        return np.maximum(np.diff(self.source_offsets), np.diff(self.target_offsets))

    def weights(self, by_group: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """How often each row is to be seen in a pass; groups without a weight once."""
        numbered = self.numbered(by_group)
        return np.array([numbered.get(number, 1.0) for number in range(len(self.groups))])[self.group]

    def numbered(self, by_group: Mapping[str, float]) -> dict[int, float]:
        """Values by a group's number instead of its name."""
        unknown = set(by_group) - set(self.groups)
        if unknown:
            raise SystemExit(f"No such groups: {', '.join(sorted(unknown))}. There are: {', '.join(self.groups)}.")
        return {self.groups.index(name): value for name, value in by_group.items()}


SAMPLING_ALPHA = 0.35
"""Smoothness of the distribution over segmentations; at 0.35 a sentence gets about a third more pieces."""
MAX_GROWTH = 1.5
"""A sampled segmentation may be this much longer than the best one, or batches would outgrow their budget."""


class Sampler:
    """Now and then another segmentation of a source sentence, so that rows seen many times are not learned by heart.

    Subword regularization: Kudo 2018, arXiv 1804.10959; on the source side only.
    """

    def __init__(self, vocabulary: Path, shares: Mapping[int, float], seed: int, longest: int) -> None:
        """``longest``: no segmentation of more pieces, end mark included; the model has no position for the next."""
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
        self._shares = shares
        self._longest = longest
        self._random = np.random.default_rng(seed)
        sentencepiece.set_random_generator_seed(seed)

    def source(self, ids: npt.NDArray[np.uint16], group: int) -> npt.NDArray[np.uint16]:
        """The ids of a row, end mark included, or those of another segmentation of the same text."""
        if self._random.random() >= self._shares.get(group, 0.0):
            return ids
        text = self._processor.decode(ids[:-1].tolist())
        other = self._processor.encode(text, enable_sampling=True, alpha=SAMPLING_ALPHA, nbest_size=-1)
        fits = 0 < len(other) < min(MAX_GROWTH * len(ids), self._longest)
        return np.array([*other, ids[-1]], np.uint16) if fits else ids


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids padded to one length: ``source`` [rows, source tokens], ``target`` [rows, target tokens]."""

    source: torch.Tensor
    target: torch.Tensor


class Batcher:
    """Endless batches. Every pass draws each row as often as its weight says, in another order."""

    def __init__(  # noqa: PLR0913, PLR0917 - all of it concerns one draw
        self,
        pairs: Pairs,
        weights: Mapping[str, float],
        batch_tokens: int,
        max_tokens: int,
        seed: int,
        sampler: Sampler | None = None,
    ) -> None:
        self._sampler = sampler
        self._pairs = pairs
        self._weights = pairs.weights(weights)
        self._lengths = pairs.lengths
        self._usable = np.flatnonzero(self._lengths <= max_tokens)
        self._budget = batch_tokens
        self._random = np.random.default_rng(seed)

    def __iter__(self) -> Iterator[Batch]:
        while True:
            for rows in self._pass():
                yield self._batch(rows)

    def _pass(self) -> Iterator[Ids]:
        wanted = self._weights[self._usable]
        times = np.floor(wanted) + (self._random.random(len(wanted)) < wanted % 1)
        rows = self._random.permutation(np.repeat(self._usable, times.astype(np.int64)))
        for start in range(0, len(rows), BUCKET_ROWS):
            yield from self._bucket(rows[start : start + BUCKET_ROWS])

    def _bucket(self, rows: Ids) -> list[Ids]:
        noisy = self._lengths[rows] + self._random.random(len(rows)) * LENGTH_NOISE_TOKENS
        ordered = rows[np.argsort(noisy)]
        batches: list[list[int]] = [[]]
        longest = 0
        for row in ordered:
            longest = max(longest, int(self._lengths[row]))
            if batches[-1] and longest * (len(batches[-1]) + 1) > self._budget:
                batches.append([])
                longest = int(self._lengths[row])
            batches[-1].append(int(row))
        order = self._random.permutation(len(batches))
        return [np.array(batches[index], np.int64) for index in order if batches[index]]

    def _batch(self, rows: Ids) -> Batch:
        pairs = self._pairs
        sources = [pairs.source[pairs.source_offsets[row] : pairs.source_offsets[row + 1]] for row in rows]
        if self._sampler:
            sources = [self._sampler.source(ids, int(pairs.group[row])) for ids, row in zip(sources, rows, strict=True)]
        targets = [pairs.target[pairs.target_offsets[row] : pairs.target_offsets[row + 1]] for row in rows]
        return Batch(_padded(sources, pairs.vocabulary), _padded(targets, pairs.vocabulary))


def _padded(rows: list[npt.NDArray[np.uint16]], pad: int) -> torch.Tensor:
    """[rows, longest]; the padding id is the one after the vocabulary."""
    padded = np.full((len(rows), max(map(len, rows))), pad, np.int64)
    for place, ids in enumerate(rows):
        padded[place, : len(ids)] = ids
    return torch.from_numpy(padded)
