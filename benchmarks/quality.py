"""Measure a translator on all development sets of a folder, and print the figures as a model card has them.

    python benchmarks/quality.py FOLDER [--translator ALIAS] [--write]

FOLDER holds NAME.de beside NAME.en (line n translates line n), and NAME.json with articles (lists `de` and `en`).
Each set goes through `sahelsum evaluate`, whole. --write puts the figures into the card of the bundled translator.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
CARDS = ROOT / "models"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--translator", default="sahelsum-de-en")
@click.option("--write", is_flag=True)
def main(folder: Path, translator: str, write: bool) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        pairs = sorted([*line_pairs(folder), *article_pairs(folder, Path(temporary))])
        blocks = [block for name, source, reference in pairs for block in measure(name, source, reference, translator)]
    click.echo("\n".join(blocks))
    if write:
        card = CARDS / translator / "card.toml"
        kept = card.read_text(encoding="utf-8").split("\n[[measured]]")[0].rstrip("\n")
        card.write_text("\n".join([kept, "", *blocks]), encoding="utf-8")


def line_pairs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    for source in folder.glob("*.de"):
        if source.with_suffix(".en").exists():
            yield source.stem, source, source.with_suffix(".en")


def article_pairs(folder: Path, temporary: Path) -> Iterator[tuple[str, Path, Path]]:
    for file in folder.glob("*.json"):
        articles = json.loads(file.read_text(encoding="utf-8"))
        paths = {language: temporary / f"{file.stem}.{language}" for language in ("de", "en")}
        for language, path in paths.items():
            lines = [sentence for article in articles for sentence in article[language]]
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        yield file.stem, paths["de"], paths["en"]


def measure(name: str, source: Path, reference: Path, translator: str) -> Iterator[str]:
    """TOML blocks, one per metric."""
    arguments = ["--source", str(source), "--reference", str(reference), "--translator", translator]
    command = [sys.executable, "-m", "sahelsum", "evaluate", *arguments, "--json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores = [json.loads(line) for line in said.splitlines()]
    for score in scores:
        yield (
            f'[[measured]]\ndataset = "{name}"\nmetric = "{score["metric"]}"\nscore = {score["score"]}\n'
            f'signature = "{score["signature"]}"\ncommand = "python benchmarks/quality.py FOLDER"\n'
        )


if __name__ == "__main__":
    main()
