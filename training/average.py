"""Average the weights of two runs, one of which started from the other.

    python training/average.py MODEL OTHER OUT --share 0.45

OUT gets MODEL's files with weights of (1 - share) × MODEL + share × OTHER. Both are folders of export.py. Averages of
models fine-tuned from common weights are often better than each (Wortsman et al. 2022, arXiv 2203.05482).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("other", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--share", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Share of OTHER.")
def main(model: Path, other: Path, out: Path, share: float) -> None:
    first, second = load_file(model / WEIGHTS), load_file(other / WEIGHTS)
    if {name: value.shape for name, value in first.items()} != {name: value.shape for name, value in second.items()}:
        raise SystemExit(f"{model} and {other} are of different shape: only runs of one model can be averaged.")
    out.mkdir(parents=True, exist_ok=True)
    for file in model.iterdir():
        if file.name != WEIGHTS:
            shutil.copyfile(file, out / file.name)
    mixed = {name: ((1 - share) * value.float() + share * second[name].float()) for name, value in first.items()}
    save_file({name: value.to(first[name].dtype) for name, value in mixed.items()}, out / WEIGHTS, {"format": "pt"})


if __name__ == "__main__":
    main()
