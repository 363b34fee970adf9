"""Average the weights of two runs, or give one run what another has learned.

    python training/average.py MODEL OTHER OUT --share 0.45
    python training/average.py MODEL OTHER OUT --share 1 --since PARENT

OUT gets MODEL's files with weights of MODEL + share × (OTHER - PARENT), all of them folders of export.py. PARENT is
what OTHER started from; without it MODEL itself, which gives an average. Averages of models fine-tuned from common
weights are often better than each (M. Wortsman et al. 2022, arXiv 2203.05482), and what one of them has learned can be
added to another (G. Ilharco et al. 2023, "Editing Models with Task Arithmetic", arXiv 2212.04089).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("other", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--share", type=click.FloatRange(0, 2), default=0.5, show_default=True, help="Share of OTHER.")
@click.option("--since", type=click.Path(exists=True, file_okay=False, path_type=Path), help="What OTHER started from.")
def main(model: Path, other: Path, out: Path, share: float, since: Path | None) -> None:
    first, second, parent = (weights_of(folder, like=model) for folder in (model, other, since or model))
    out.mkdir(parents=True, exist_ok=True)
    for file in model.iterdir():
        if file.name != WEIGHTS:
            shutil.copyfile(file, out / file.name)
    mixed = {
        name: (value.float() + share * (second[name].float() - parent[name].float())).to(value.dtype)
        for name, value in first.items()
    }
    save_file(mixed, out / WEIGHTS, {"format": "pt"})


def weights_of(folder: Path, *, like: Path) -> dict[str, torch.Tensor]:
    """Weights of the same shape as those of another folder."""
    found: dict[str, torch.Tensor] = load_file(folder / WEIGHTS)
    expected = load_file(like / WEIGHTS)
    if {name: value.shape for name, value in found.items()} != {name: value.shape for name, value in expected.items()}:
        raise SystemExit(f"{like} and {folder} are of different shape: only runs of one model can be combined.")
    return found


if __name__ == "__main__":
    main()
