"""Train a small Marian translator by a time budget, resumable, on CPU or GPU.

    python training/train.py DATA RUN --minutes 150 [--initial MODEL] [--weight auth=8 ...]
    torchrun --nproc_per_node=2 training/train.py DATA RUN --minutes 150 --threads 1

DATA is the folder of prepare.py. RUN gets the trainer's state (state.pt, for going on) and the averaged weights in
transformers' format (for export.py), saved every few minutes. Started again with the same RUN it goes on; the learning
rate falls to its end over --minutes, counted over all starts.

On CPUs two single-thread processes (torchrun) are faster than one with two threads: no core waits at every layer for
the other. bf16 pays only where the processor has it; elsewhere float32 is three times faster.
"""

from __future__ import annotations

import ctypes
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import torch
import torch.distributed as dist
from architectures import MAX_POSITIONS, RateFactors, Shape, build, opened, rate_groups
from batches import Batch, Batcher, Pairs, Sampler
from dropout import MaskTable
from groups import group_values
from int8 import forget_weights, with_int8_products
from losses import Loss, sampled, smoothed

AVERAGE_DECAY = 0.999
"""Moving average of the weights: about the last thousand steps."""
ADAM_BETAS = (0.9, 0.98)
GRADIENT_NORM = 1.0
WEIGHT_DECAY = 0.01
FINAL_RATE = 0.03
"""Share of the peak learning rate at which the schedule ends."""
AGREE_EVERY_STEPS = 10
"""How often the processes agree whether time is up."""
PURGE_EVERY_STEPS = 40
"""How often free memory goes back to the system: batches of many shapes leave gaps that grow by gigabytes an hour."""
FOLLOW_EVERY_STEPS = 4
"""How often the average moves; each time costs as much as reading all weights."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    minutes: float
    rate: float
    warmup_steps: int
    decay: str
    save_every_minutes: float
    report_every_steps: int
    stop_after_steps: float
    accumulate: int = 1
    """Batches of each process in a step."""
    fall: float = 1.0
    """Share of the time over which the rate falls; it is at its peak until then."""
    factors: RateFactors = field(default_factory=RateFactors)


DECAYS = {"sqrt": 0.5, "linear": 1.0}
"""The rate falls with this power of the share of the time that is left."""


class Trainer:
    """Model, optimizer and averaged weights, with their state on disk."""

    def __init__(self, model: Any, plan: Plan, run: Path, device: str) -> None:
        self.model = model.to(device).train()
        self.plan = plan
        self.run = run
        self.device = device
        self.step = 0
        self.spent_sec = 0.0
        self._started = time.monotonic()
        groups = rate_groups(model, plan.factors)
        # One pass over the memory for each parameter: on a CPU the plain form takes as long as a tenth of a step.
        self._optimizer = torch.optim.AdamW(
            groups, lr=plan.rate, betas=ADAM_BETAS, eps=1e-9, weight_decay=WEIGHT_DECAY, fused=True
        )
        self._average = {name: value.detach().clone().float() for name, value in model.state_dict().items()}
        self._load()

    def train(self, losses: Iterator[Loss]) -> None:
        """Until the time is up; saves now and then, and at the end. Each loss is computed when it is asked for."""
        saved = reported = time.monotonic()
        tokens, loss = 0, 0.0
        while self.step % AGREE_EVERY_STEPS or (self._time_left() and self.step < self.plan.stop_after_steps):
            batch = self._learn(losses)
            loss, tokens = loss + float(batch.total.detach()), tokens + batch.tokens
            now = time.monotonic()
            if self.step % self.plan.report_every_steps == 0 and is_first():
                speed = f"{tokens / (now - reported):.0f} a process"
                click.echo(f"step {self.step} loss {loss / tokens:.3f} rate {self._rate():.2e} target tokens/s {speed}")
                tokens, loss, reported = 0, 0.0, now
            if is_first() and now - saved > self.plan.save_every_minutes * 60:
                self.save()
                saved = time.monotonic()
        if is_first():
            self.save()

    def save(self) -> None:
        """State and averaged weights; the state under another name first, so that a kill leaves the old one."""
        self.run.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "average": self._average,
            "step": self.step,
            "spent_sec": self._time_spent(),
        }
        temporary = self.run / "state.tmp"
        torch.save(state, temporary)
        temporary.replace(self.run / "state.pt")
        self.model.save_pretrained(self.run, state_dict={name: value.cpu() for name, value in self._average.items()})

    def _load(self) -> None:
        file = self.run / "state.pt"
        if not file.exists():
            return
        state = torch.load(file, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._average = state["average"]
        self.step, self.spent_sec = state["step"], state["spent_sec"]

    def _learn(self, losses: Iterator[Loss]) -> Loss:
        """One step."""
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate() * group["factor"]
        learned = Loss(torch.zeros((), device=self.device), 0)
        for _ in range(self.plan.accumulate):
            loss = next(losses)
            torch.autograd.backward(loss.total / (loss.tokens * self.plan.accumulate))
            learned = Loss(learned.total + loss.total.detach(), learned.tokens + loss.tokens)
        average_gradients(self.model)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_NORM)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        forget_weights(self.model)
        self.step += 1
        if self.step % FOLLOW_EVERY_STEPS == 0:
            self._follow()
        if self.step % PURGE_EVERY_STEPS == 0:
            purge()
        return learned

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the average; faster in the first steps, when the weights are still far off."""
        done = self.step / FOLLOW_EVERY_STEPS
        decay = min(AVERAGE_DECAY**FOLLOW_EVERY_STEPS, (done + 1) / (done + 10))
        values = self.model.state_dict()
        torch._foreach_lerp_([self._average[name] for name in values], [v.float() for v in values.values()], 1 - decay)

    def _rate(self) -> float:
        """Linear warm-up, then the peak, then falling with the time that is left."""
        left = min(1.0, max(0.0, 1 - self._time_spent() / (self.plan.minutes * 60)) / self.plan.fall)
        return self.plan.rate * min(
            (self.step + 1) / self.plan.warmup_steps, max(float(left ** DECAYS[self.plan.decay]), FINAL_RATE)
        )

    def _time_spent(self) -> float:
        return self.spent_sec + time.monotonic() - self._started

    def _time_left(self) -> bool:
        """Whether all processes have time left; they must stop at the same step."""
        left = torch.tensor([float(self._time_spent() < self.plan.minutes * 60)])
        if dist.is_initialized():
            dist.all_reduce(left, op=dist.ReduceOp.MIN)
        return bool(left.item())


@dataclass(frozen=True, slots=True)
class Precision:
    """How a loss is computed. ``drawn``: pieces beside the batch's own that are scored; 0: all."""

    bf16: bool = False
    drawn: int = 0


def cross_entropy(model: Any, batch: Batch, precision: Precision, random: torch.Generator) -> Loss:
    """Label-smoothed."""
    device, pad = model.device, model.config.pad_token_id
    source, target = batch.source.to(device), batch.target.to(device)
    with torch.autocast(device.type, torch.bfloat16, enabled=precision.bf16):
        states = model.model(
            input_ids=source,
            attention_mask=(source != pad).long(),
            decoder_input_ids=shifted(target, pad),
            use_cache=False,
        ).last_hidden_state
        real, table = target != pad, model.model.shared.weight[:pad]
        if precision.drawn:
            return sampled(states[real], target[real], table, precision.drawn, random)
        return smoothed(states[real], target[real], table)


def shifted(target: torch.Tensor, pad: int) -> torch.Tensor:
    """What the decoder reads: one position later, after the padding token, which begins every translation."""
    return torch.cat([torch.full_like(target[:, :1], pad), target[:, :-1]], dim=1)


def vocabulary_scores(model: Any, states: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Scores of the vocabulary at real target positions only: [positions, vocabulary].

    states: [rows, target tokens, width]; target: [rows, target tokens].
    """
    pad = model.config.pad_token_id
    return torch.nn.functional.linear(states[target != pad], model.model.shared.weight[:pad])


def average_gradients(model: Any) -> None:
    """Average the gradients of all processes in one message."""
    if not dist.is_initialized():
        return
    gradients = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    sizes = [gradient.numel() for gradient in gradients]
    for gradient, part in zip(gradients, torch.split(flat, sizes), strict=True):
        gradient.copy_(part.view_as(gradient))


def purge() -> None:
    """Give back what the C library keeps of freed memory, where it is one that can."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def begin(threads: int, seed: int) -> str:
    """Set up this process, one of those that torchrun started or the only one; the device it works on."""
    if threads:
        torch.set_num_threads(threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        dist.init_process_group("nccl" if device == "cuda" else "gloo")
    torch.manual_seed(seed)
    return device


def order_seed(seed: int, step: int) -> int:
    """Each start and each process draws in its own order: going on must not see the first batches again."""
    return seed + 7919 * (dist.get_rank() if dist.is_initialized() else 0) + step


def end() -> None:
    """Leave the other processes."""
    if dist.is_initialized():
        dist.destroy_process_group()


def is_first() -> bool:
    """Whether this process speaks and writes for all."""
    return not dist.is_initialized() or dist.get_rank() == 0


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--minutes", type=float, required=True, help="Planned time over all starts.")
@click.option("--initial", "start", type=click.Path(exists=True, path_type=Path), help="Start from these weights.")
@click.option("--weight", "weights", multiple=True, metavar="GROUP=N", help="How often a group is seen in a pass.")
@click.option("--sample", "samples", multiple=True, metavar="GROUP=SHARE", help="Segment this share of rows anew.")
@click.option("--backward", is_flag=True, help="From English to German: a model that judges translations.")
@click.option("--width", default=256, show_default=True)
@click.option("--feed-forward", default=1536, show_default=True)
@click.option("--heads", default=4, show_default=True)
@click.option("--encoder-layers", default=6, show_default=True)
@click.option("--decoder-layers", default=2, show_default=True)
@click.option("--batch-tokens", default=4096, show_default=True, help="Padded tokens of a batch, each process.")
@click.option("--max-tokens", default=128, show_default=True, help="Leave out longer pairs.")
@click.option("--rate", default=1e-3, show_default=True, help="Peak learning rate.")
@click.option("--warmup-steps", default=800, show_default=True)
@click.option("--decay", default="sqrt", show_default=True, type=click.Choice(list(DECAYS)), help="How the rate falls.")
@click.option("--dropout", default=0.0, show_default=True)
@click.option("--accumulate", default=1, show_default=True, help="Batches of each process in a step.")
@click.option("--fall", default=1.0, show_default=True, help="Share of the time over which the rate falls.")
@click.option("--encoder-rate", default=1.0, show_default=True, help="Part of the rate for the encoder's layers.")
@click.option("--embedding-rate", default=1.0, show_default=True, help="Part of the rate for the embeddings.")
@click.option("--drawn", default=0, show_default=True, help="Score so many pieces beside the batch's own; 0: all.")
@click.option("--int8", is_flag=True, help="Products of layers in 8-bit integers, where they are faster; with --bf16.")
@click.option("--bf16/--float32", default=False, help="Mixed precision, where the hardware has bfloat16.")
@click.option("--threads", default=0, help="Threads of each process; 0: torch decides.")
@click.option("--save-every-minutes", default=6.0, show_default=True)
@click.option("--report-every-steps", default=50, show_default=True)
@click.option("--stop-after-steps", default=math.inf, help="Stop early; counted over all starts.")
@click.option("--seed", default=1, show_default=True)
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    data: Path, run: Path, minutes: float, start: Path | None, weights: tuple[str, ...], samples: tuple[str, ...],
    backward: bool, width: int, feed_forward: int, heads: int, encoder_layers: int, decoder_layers: int,
    batch_tokens: int,
    max_tokens: int, rate: float, warmup_steps: int, decay: str, dropout: float, accumulate: int, fall: float,
    encoder_rate: float, embedding_rate: float, drawn: int, int8: bool, bf16: bool, threads: int,
    save_every_minutes: float, report_every_steps: int, stop_after_steps: float,
    seed: int,
) -> None:  # fmt: skip
    device = begin(threads, seed)
    pairs = Pairs.load(data / "data.npz")
    if backward:
        pairs = pairs.turned()
    shape = Shape(width, feed_forward, heads, encoder_layers, decoder_layers)
    if (run / "state.pt").exists():
        start = run  # going on: the shape of what was trained so far, whatever it once started from
    model = opened(start, dropout, device) if start else build(shape, pairs.vocabulary, pairs.eos, dropout, device)
    if int8:
        with_int8_products(model.model)
    plan = Plan(
        minutes, rate, warmup_steps, decay, save_every_minutes, report_every_steps, stop_after_steps, accumulate, fall,
        RateFactors(encoder_rate, embedding_rate),
    )  # fmt: skip
    trainer = Trainer(model, plan, run, device)
    order = order_seed(seed, trainer.step)
    if dropout and device == "cpu":
        MaskTable(dropout, order).install()
    shares = pairs.numbered(group_values(samples))
    sampler = Sampler(data / "spm.model", shares, order, MAX_POSITIONS) if shares else None
    batches = Batcher(pairs, group_values(weights), batch_tokens, max_tokens, order, sampler)
    precision, random = Precision(bf16, drawn), torch.Generator().manual_seed(order)
    trainer.train(cross_entropy(model, batch, precision, random) for batch in batches)
    end()


if __name__ == "__main__":
    main()
