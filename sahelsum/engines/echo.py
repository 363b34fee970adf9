"""A fake engine, visible in the output: for tests, dry runs, and looking at a digest's shape without a model."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.engines.base import Search, Signature
from sahelsum.engines.budget import CALL_TOKENS
from sahelsum.engines.local import refuse_too_long
from sahelsum.records import Hypothesis, Output

ECHO_MARK = "[echo]"
ECHO_LIMIT_TOKENS = 512
_LOGPROB = -0.25
"""Any constant; not 0, so that a test notices when it gets lost."""


class EchoEngine:
    """Gives each text back with a mark before it. A token is a word.

    ``most_tokens`` keeps only the first words, as a stand-in for a summarizer; None keeps all.
    """

    def __init__(
        self, *, limit_tokens: int = ECHO_LIMIT_TOKENS, most_tokens: int | None = None, alias: str = "echo"
    ) -> None:
        self._limit = limit_tokens
        self._most = most_tokens
        self._alias = alias

    @property
    def signature(self) -> Signature:
        """What shapes the output."""
        return {"engine": "echo", "alias": self._alias, "limit_tokens": self._limit, "most_tokens": self._most or 0}

    @property
    def limit_tokens(self) -> int:
        """Longest input in words."""
        return self._limit

    @property
    def batch_tokens(self) -> int:
        """Source tokens to give it at once."""
        return CALL_TOKENS

    @property
    def calls_at_once(self) -> int:
        """One: it never waits for anything."""
        return 1

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words of each text."""
        return [len(text.split()) for text in texts]

    @property
    def further_searches(self) -> Sequence[Search]:
        """None: it would say the same again."""
        return ()

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:  # noqa: ARG002 - it has one
        """Each text with the mark before it.

        Raises:
            InputTooLongError: a text has more words than the limit.
        """
        return [self._output(text, tokens) for text, tokens in zip(texts, self.count_tokens(texts), strict=True)]

    def close(self) -> None:
        """There is nothing to free."""

    def _output(self, text: str, tokens: int) -> Output:
        refuse_too_long(text, tokens, self._limit)
        kept = _first_sentences(text, self._most) if self._most is not None else text
        answer = f"{ECHO_MARK} {kept}"
        return Output(tokens, (Hypothesis(answer, len(answer.split()), _LOGPROB),))


def _first_sentences(text: str, most_words: int) -> str:
    """Whole sentences from the start, as many as fit; the first one always."""
    words = text.split()
    ends = [at for at, word in enumerate(words, start=1) if word.endswith((".", "!", "?"))] or [len(words)]
    fitting = [end for end in ends if end <= most_words] or ends[:1]
    return " ".join(words[: fitting[-1]])
