"""The loops that people write around transformers, in float32 as they come.

    python benchmarks/runners/transformers_loops.py SOURCE OUTPUT --model FOLDER --way naive|batches|easynmt

- naive: one sentence at a time, beam 4
- batches: 16 sentences at a time in the order of the text, beam 4
- easynmt: sorted by length, longest first, 16 at a time, beam 5: the loop and the defaults of `EasyNMT.translate` and
  `OpusMT.translate_sentences` (https://github.com/UKPLab/EasyNMT, easynmt/EasyNMT.py and easynmt/models/OpusMT.py),
  written anew, because EasyNMT itself does not run with transformers 5
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
from articles import Translate, parser, translate_articles
from transformers import MarianMTModel, MarianTokenizer

SENTENCES_A_BATCH = {"naive": 1, "batches": 16, "easynmt": 16}
BEAM = {"naive": 4, "batches": 4, "easynmt": 5}


def main() -> None:
    given = arguments()
    tokenizer = MarianTokenizer.from_pretrained(given.model)
    model = MarianMTModel.from_pretrained(given.model, dtype=torch.float32).to(given.device).eval()
    translate_articles(given, in_batches(given.way, tokenizer, model))


def arguments() -> argparse.Namespace:
    made = parser("Translate articles with transformers, as people usually do.")
    made.add_argument("--model", type=Path, required=True, help="folder of a Marian model")
    made.add_argument("--way", choices=tuple(BEAM), required=True)
    return made.parse_args()


def in_batches(way: str, tokenizer: Any, model: Any) -> Translate:
    """A function from sentences to translations, in their order."""

    def translate(sentences: list[str]) -> list[str]:
        order = list(range(len(sentences)))
        if way == "easynmt":
            order.sort(key=lambda i: -len(sentences[i]))
        found: dict[int, str] = {}
        for start in range(0, len(order), SENTENCES_A_BATCH[way]):
            batch = order[start : start + SENTENCES_A_BATCH[way]]
            inputs = tokenizer([sentences[i] for i in batch], padding=True, return_tensors="pt").to(model.device)
            with torch.inference_mode():
                outputs = model.generate(**inputs, num_beams=BEAM[way])
            found.update(zip(batch, tokenizer.batch_decode(outputs, skip_special_tokens=True), strict=True))
        return [found[i] for i in range(len(sentences))]

    return translate


if __name__ == "__main__":
    main()
