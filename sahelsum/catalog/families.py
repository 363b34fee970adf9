"""Model families: all that sahelsum must know of an architecture beforehand, one row each.

A new family is a new row here and, if it is like none of the others, a runtime in ``engines/``. Nothing else asks for
a ``model_type`` by name: what a single model says of itself stands in its folder (:mod:`sahelsum.catalog.folder`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sahelsum.errors import ModelUnavailableError


class Kind(StrEnum):
    """How a model is built, which decides the runtime that it needs."""

    ENCODER_DECODER = "encoder-decoder"
    """Reads the text, then writes another; each has positions of its own."""
    DECODER_ONLY = "decoder-only"
    """Goes on with a prompt that holds the text; both share one window."""


@dataclass(frozen=True, slots=True)
class LayerNorms:
    """Where a family normalizes: before each part (else after it), and after the embeddings too."""

    before: bool
    after_embedding: bool


@dataclass(frozen=True, slots=True)
class Family:
    """What is true of every model of an architecture."""

    model_types: tuple[str, ...]
    """As ``config.json`` names it; several where they differ in nothing that matters here."""
    kind: Kind = Kind.ENCODER_DECODER
    converts: bool = True
    """The converter of CTranslate2 4.6 and later takes it."""
    converts_with: str = ""
    """How the tokenizer's class must begin for that, as ``config.json`` names it; empty: however it does."""
    converts_odd_heads: bool = True
    """Also where the attention heads together are wider or narrower than the model."""
    layer_norms: LayerNorms | None = None
    """Given where newer configurations leave out what the converter needs; read from the model code of transformers."""
    scores: bool = True
    """A second reading of an output gives its probability."""
    newline: str = ""
    """What it writes between sentences for a line break that its vocabulary does not have."""
    first_token_sees_all: bool = False
    """Long texts are read in windows, and only the first token looks at all of them (Beltagy et al. 2020)."""

    @property
    def pads_left(self) -> bool:
        """Shorter rows of a batch are filled up in front: what goes on with its input must find its end last."""
        return self.kind is Kind.DECODER_ONLY


FAMILIES = (
    Family(("marian",)),
    Family(("bart",), layer_norms=LayerNorms(before=False, after_embedding=True)),
    # The converter starts only those of 50 languages as they were trained.
    Family(("mbart",), converts_with="MBart50", layer_norms=LayerNorms(before=True, after_embedding=True)),
    Family(("m2m_100",)),
    Family(("pegasus",), layer_norms=LayerNorms(before=True, after_embedding=False), newline="<n>"),
    Family(("pegasus_x", "bigbird_pegasus"), converts=False, newline="<n>"),
    Family(("t5", "mt5")),
    Family(("umt5", "longt5", "prophetnet"), converts=False),
    # In transformers 5.23 its decoder sees later tokens when it reads a whole output: the scores would be wrong.
    Family(("fsmt",), converts=False, scores=False),
    Family(("led",), converts=False, first_token_sees_all=True),
    Family(("llama", "mistral", "qwen2"), Kind.DECODER_ONLY, converts_odd_heads=False),
    Family(("qwen3", "gemma"), Kind.DECODER_ONLY),
    # CTranslate2 4.8 would run them and write something else: it leaves out what keeps Gemma 2's logits small, and the
    # stretched positions of Gemma 3 from 4B on; what it writes after prompts longer than the sliding window differs.
    Family(("gemma2", "gemma3", "gemma3_text"), Kind.DECODER_ONLY, converts=False),
    Family(("phi3",), Kind.DECODER_ONLY, converts=False),
)
"""All that can be run: text in, text out."""

_BY_TYPE = {model_type: family for family in FAMILIES for model_type in family.model_types}


def family_of(model_type: str, named_in: object) -> Family:
    """The family of a ``model_type``; ``named_in``: the file that names it, for the message.

    Raises:
        ModelUnavailableError: there is none; the message lists those that there are.
    """
    family = _BY_TYPE.get(model_type)
    if family is None:
        raise ModelUnavailableError(
            f"{named_in}: model_type {model_type!r} is not an architecture that sahelsum can run.",
            hint=f"Expected one of: {', '.join(sorted(_BY_TYPE))}. See: sahelsum models list",
        )
    return family
