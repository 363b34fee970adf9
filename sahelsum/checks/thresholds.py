"""Every threshold of the checks, each with its reason: the ``[checks]`` table of ``sahelsum.toml``.

docs/checks.md says what was measured with these values, and with which command.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field, field_validator

FROM_CARD = 0.0
"""As the model's card says. A mean log-probability of zero would be certainty itself, so it is free to mean this."""
ALWAYS_ON = frozenset({"MT-FAILED", "MT-EMPTY"})
"""A sentence without a translation is never passed over in silence."""


class Thresholds(BaseModel):
    """When a measure becomes a finding. The descriptions are the comments of ``sahelsum config init``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    disabled: tuple[str, ...] = Field(
        default=(), strict=False, description="Codes of findings that are not wanted; `sahelsum explain` lists all."
    )
    low_logprob: float = Field(
        default=FROM_CARD,
        ge=-20.0,
        le=0.0,
        description="MT-UNSURE: mean log-probability a token under which a translation is doubtful; "
        "0: as the model card says.",
    )
    # English has 0.8 to 1.15 times the characters of its German in news; half or double is no matter of style.
    shortest_ratio: float = Field(
        default=0.45, ge=0.0, le=1.0, description="LEN-RATIO: English characters for each German one, at least."
    )
    longest_ratio: float = Field(
        default=2.0, ge=1.0, le=20.0, description="LEN-RATIO: English characters for each German one, at most."
    )
    # Below this, one long word more or less moves the ratio too far.
    min_chars_for_ratio: int = Field(
        default=40, ge=1, le=10_000, description="LEN-RATIO: German sentences with fewer characters are not measured."
    )
    # Ratcliff-Obershelp: one wrong letter in five gives 0.8, two letters missing of seven give 0.83.
    name_similarity: float = Field(
        default=0.75,
        ge=0.5,
        le=1.0,
        description="NAME-SPELLED: how alike an unknown name and a German one must be to count as misspelt, up to 1.",
    )
    # Shorter runs are good English when said twice: "again and again", "very very", "that that".
    loop_words: int = Field(
        default=3, ge=1, le=12, description="MT-LOOP: words of the shortest run that may not stand twice on the spot."
    )
    # A quoted German title may have two of them.
    untranslated_words: int = Field(
        default=3,
        ge=1,
        le=100,
        description="MT-COPY: German function words from which on a sentence counts as untranslated.",
    )

    @field_validator("disabled")
    @classmethod
    def _only_what_may_be_silent(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        from sahelsum.checks.codes import codes as known  # noqa: PLC0415 - reads a file: only where codes are named

        wrong = [code for code in codes if code not in known() or code in ALWAYS_ON]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: no such code, or one that cannot be switched off")
        return codes

    def with_model(self, card_logprob: float | None) -> Thresholds:
        """The thresholds for a model: those of its card where the settings leave it to the card."""
        return self if self.low_logprob != FROM_CARD or card_logprob is None else _with_logprob(self, card_logprob)

    def wants(self, code: str) -> bool:
        """Whether findings of this code are wanted."""
        return code not in self.disabled


@lru_cache(maxsize=16)  # one and the same object each time: findings are remembered by it, and it is slow to compare
def _with_logprob(limits: Thresholds, logprob: float) -> Thresholds:
    return limits.model_copy(update={"low_logprob": logprob})


DEFAULTS = Thresholds()
