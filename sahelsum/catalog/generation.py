"""How a model is to search for its output text: the settings of a card, checked, and as the engines use them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Generation:
    """How to search for the output text.

    The output bound of an input of n tokens is ``min(max_new_tokens, round(n * length_ratio) + length_margin)``:
    a bound that grows with the source stops a looping model early without ever cutting a normal sentence.
    """

    beam_size: Annotated[int, Field(ge=1, le=32)] = 4
    hypotheses: Annotated[int, Field(ge=1, le=32)] = 1
    """How many of the n-best to return; at most ``beam_size``."""
    length_penalty: Annotated[float, Field(ge=0, le=5)] = 1.0
    no_repeat_ngram: Annotated[int, Field(ge=0, le=20)] = 0
    """Size of word-piece n-grams that may not repeat; 0 allows all."""
    min_new_tokens: Annotated[int, Field(ge=0, le=4096)] = 0
    max_new_tokens: Annotated[int, Field(ge=1, le=8192)] = 256
    length_ratio: Annotated[float, Field(gt=0, le=20)] = 3.0
    length_margin: Annotated[int, Field(ge=0, le=4096)] = 20

    @model_validator(mode="after")
    def _hypotheses_fit_the_beam(self) -> Self:
        if self.hypotheses > self.beam_size:
            raise ValueError(f"hypotheses ({self.hypotheses}) must not exceed beam_size ({self.beam_size})")
        return self

    def bound(self, source_tokens: int) -> int:
        """Most tokens that may be written for an input of ``source_tokens``."""
        most = min(self.max_new_tokens, round(source_tokens * self.length_ratio) + self.length_margin)
        return max(1, self.min_new_tokens, most)
