"""Train further on the translator's own wordings: towards the good ones, away from the bad ones.

    python training/candidates.py MODEL DATA CANDIDATES.npz --rows news=40000 --rows auth=12000
    torchrun --nproc_per_node=2 training/risk.py DATA CANDIDATES.npz RUN --initial MODEL --minutes 40 --threads 1

Cross entropy weighs one word at a time and never whole sentences against each other, as a search does. The loss here
has three parts:

- the expected shortfall of quality over the wordings of a sentence, each as likely as the model finds it (minimum risk
  training: S. Shen et al. 2016, arXiv 1512.02433; over fixed lists: S. Edunov et al. 2018, arXiv 1711.04956),
- the cross entropy of the best wording (sequence-level interpolation: Y. Kim and A. Rush 2016, arXiv 1606.07947),
- the cross entropy of the reference, without which the model drifts away: into longer and longer sentences.

RUN is as train.py leaves it. The rate must be low: at 2e-4 all was lost in ten minutes, at 4e-5 it gains.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from architectures import opened
from batches import LENGTH_NOISE_TOKENS, Ids, Pairs, padded
from losses import LABEL_SMOOTHING, Loss
from train import DECAYS, Plan, Trainer, begin, end, order_seed, shifted, vocabulary_scores

SHARPNESS = 10.0
"""Of the probabilities among wordings: their mean log-probabilities a word piece, which differ by about 0.1, times
this."""
REFERENCE = -1.0
"""Stands where a wording has its quality, which is never below 0."""
BUCKET_ROWS = 4000
"""Sentences sorted by length together."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The arrays of candidates.py."""

    ids: npt.NDArray[np.uint16]
    offsets: Ids
    quality: npt.NDArray[np.float32]
    row: Ids
    first: Ids
    """Of each sentence the number of its first wording; one more at the end."""

    @classmethod
    def load(cls, file: Path) -> Candidates:
        """Read what candidates.py wrote."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls(*(arrays[name] for name in ("ids", "offsets", "quality", "row", "first")))

    def wordings(self, sentence: int) -> list[npt.NDArray[np.uint16]]:
        """Ids of the wordings of a sentence, end marks included."""
        numbers = range(self.first[sentence], self.first[sentence + 1])
        return [self.ids[self.offsets[number] : self.offsets[number + 1]] for number in numbers]

    def qualities(self, sentence: int) -> list[float]:
        """Qualities of the wordings of a sentence, 0 to 1."""
        return list(map(float, self.quality[self.first[sentence] : self.first[sentence + 1]]))


@dataclass(frozen=True, slots=True)
class RiskBatch:
    """Sentences with their wordings, references among them.

    source: [sentences, source tokens]; target: [wordings, target tokens]; owner and quality: [wordings].
    """

    source: torch.Tensor
    target: torch.Tensor
    owner: torch.Tensor
    quality: torch.Tensor


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the parts of the loss."""

    reference: float
    best: float
    risk: float


def batches(pairs: Pairs, candidates: Candidates, batch_tokens: int, seed: int) -> Iterator[RiskBatch]:
    """Endless; of at most so many padded tokens of wordings, unless one sentence alone has more."""
    random = np.random.default_rng(seed)
    longest = [max(map(len, candidates.wordings(number))) for number in range(len(candidates.row))]
    while True:
        order = random.permutation(len(longest))
        for start in range(0, len(order), BUCKET_ROWS):
            bucket = order[start : start + BUCKET_ROWS]
            noisy = np.array([longest[number] for number in bucket]) + random.random(len(bucket)) * LENGTH_NOISE_TOKENS
            groups = list(_filled([batch_row(pairs, candidates, n) for n in bucket[np.argsort(noisy)]], batch_tokens))
            yield from (collated(groups[place], pairs.vocabulary) for place in random.permutation(len(groups)))


@dataclass(frozen=True, slots=True)
class _Row:
    source: npt.NDArray[np.uint16]
    targets: list[npt.NDArray[np.uint16]]
    qualities: list[float]

    @property
    def longest(self) -> int:
        return max(map(len, self.targets))


def batch_row(pairs: Pairs, candidates: Candidates, sentence: int) -> _Row:
    """A sentence with its reference first, then its wordings."""
    row = int(candidates.row[sentence])
    targets = [pairs.row_target(row), *candidates.wordings(sentence)]
    return _Row(pairs.row_source(row), targets, [REFERENCE, *candidates.qualities(sentence)])


def _filled(rows: list[_Row], batch_tokens: int) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    for row in rows:
        together = [*batch, row]
        longest, wordings = max(each.longest for each in together), sum(len(each.targets) for each in together)
        if batch and longest * wordings > batch_tokens:
            yield batch
            together = [row]
        batch = together
    if batch:
        yield batch


def collated(rows: list[_Row], pad: int) -> RiskBatch:
    """One batch of some sentences."""
    return RiskBatch(
        padded([row.source for row in rows], pad),
        padded([target for row in rows for target in row.targets], pad),
        torch.tensor([place for place, row in enumerate(rows) for _ in row.targets]),
        torch.tensor([quality for row in rows for quality in row.qualities]),
    )


def risk_loss(model: Any, batch: RiskBatch, weights: Weights) -> Loss:
    """The three parts, each averaged over what it is about, times the number of target tokens."""
    scores, row_of = token_scores(model, batch)
    wanted = batch.target[batch.target != model.config.pad_token_id].to(model.device)
    owner, quality = batch.owner.to(model.device), batch.quality.to(model.device)
    token_losses = F.cross_entropy(scores, wanted, reduction="none")
    lengths = torch.bincount(row_of, minlength=len(owner))
    means = torch.zeros_like(quality).index_add(0, row_of, -token_losses) / lengths
    best = quality >= _highest(quality, owner)[owner]

    def cross_entropy(chosen: torch.Tensor) -> torch.Tensor:
        places = chosen[row_of]
        return F.cross_entropy(scores[places], wanted[places], label_smoothing=LABEL_SMOOTHING)

    total = (
        weights.reference * cross_entropy(quality == REFERENCE)
        + weights.best * cross_entropy(best)
        + weights.risk * expected_shortfall(means, owner, quality)
    )
    return Loss(total * len(wanted), len(wanted))


def token_scores(model: Any, batch: RiskBatch) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores of the vocabulary at each real target position [positions, vocabulary], and the wording of each."""
    device, pad = model.device, model.config.pad_token_id
    source, target, owner = (each.to(device) for each in (batch.source, batch.target, batch.owner))
    mask = (source != pad).long()
    read = model.model.encoder(input_ids=source, attention_mask=mask).last_hidden_state
    states = model.model.decoder(
        input_ids=shifted(target, pad),
        encoder_hidden_states=read[owner],
        encoder_attention_mask=mask[owner],
        use_cache=False,
    ).last_hidden_state
    return vocabulary_scores(model, states, target), (target != pad).nonzero()[:, 0]


def expected_shortfall(means: torch.Tensor, owner: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    """One less the quality that is to be expected of a sentence, averaged over sentences; references do not count.

    means: mean log-probability of each wording; owner: its sentence; quality: 0 to 1, or REFERENCE. All [wordings].
    """
    counted = quality != REFERENCE
    logits = (SHARPNESS * means).masked_fill(~counted, -math.inf)
    # Less the highest of the sentence, so that nothing overflows.
    weights = torch.exp(logits - _highest(logits.detach(), owner)[owner])
    sums = torch.zeros(int(owner.max()) + 1, device=means.device)
    expected = sums.index_add(0, owner, weights * quality) / sums.index_add(0, owner, weights)
    return (1 - expected).mean()


def _highest(values: torch.Tensor, owner: torch.Tensor) -> torch.Tensor:
    """The highest value of each sentence."""
    lowest = torch.full((int(owner.max()) + 1,), -math.inf, device=values.device)
    return lowest.scatter_reduce(0, owner, values, "amax")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("candidates", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--initial", required=True, type=click.Path(exists=True, path_type=Path), help="Start from this model.")
@click.option("--minutes", type=float, required=True, help="Planned time over all starts.")
@click.option("--reference-weight", default=0.5, show_default=True, help="Of the reference's cross entropy.")
@click.option("--best-weight", default=0.5, show_default=True, help="Of the best wording's cross entropy.")
@click.option("--risk-weight", default=5.0, show_default=True, help="Of the expected shortfall of quality.")
@click.option("--batch-tokens", default=6000, show_default=True, help="Padded tokens of wordings, each process.")
@click.option("--rate", default=4e-5, show_default=True, help="Peak learning rate.")
@click.option("--warmup-steps", default=20, show_default=True)
@click.option(
    "--decay", default="linear", show_default=True, type=click.Choice(list(DECAYS)), help="How the rate falls."
)
@click.option("--threads", default=0, help="Threads of each process; 0: torch decides.")
@click.option("--save-every-minutes", default=6.0, show_default=True)
@click.option("--report-every-steps", default=25, show_default=True)
@click.option("--stop-after-steps", default=math.inf, help="Stop early; counted over all starts.")
@click.option("--seed", default=1, show_default=True)
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    data: Path, candidates: Path, run: Path, initial: Path, minutes: float, reference_weight: float,
    best_weight: float, risk_weight: float, batch_tokens: int, rate: float, warmup_steps: int, decay: str, threads: int,
    save_every_minutes: float, report_every_steps: int, stop_after_steps: float, seed: int,
) -> None:  # fmt: skip
    device = begin(threads, seed)
    pairs = Pairs.load(data / "data.npz")
    model = opened(initial, 0.0, device)  # no dropout: the wordings were found without it
    plan = Plan(minutes, rate, warmup_steps, decay, save_every_minutes, report_every_steps, stop_after_steps)
    trainer = Trainer(model, plan, run, device)
    weights = Weights(reference_weight, best_weight, risk_weight)
    order = order_seed(seed, trainer.step)
    found = batches(pairs, Candidates.load(candidates), batch_tokens, order)
    trainer.train(risk_loss(model, batch, weights) for batch in found)
    end()


if __name__ == "__main__":
    main()
