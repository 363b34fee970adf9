"""Only the answer: what models that follow instructions say around it is taken off.

Every rule looks at the source too: what the text itself has, such as quotation marks around all of it, is no chatter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sahelsum.engines.around import EngineAround
from sahelsum.engines.base import Search
from sahelsum.records import Output

_THOUGHT = re.compile(r"<(think|thinking)>.*?(</\1>|\Z)", re.DOTALL)
_END_OF_THOUGHT = re.compile(r"\A.*</think(ing)?>", re.DOTALL)
_FENCE = re.compile(r"\A```[\w-]*\n(?P<inside>.*?)\n?```\Z", re.DOTALL)
_WORK = r"(?:english |german |requested )*(?:translation|translated text|summary|answer)"
_OPENING = re.compile(
    rf"\A(?:(?:sure|certainly|of course|okay|ok|absolutely)[,.!:]?\s+)?"
    rf"(?:here(?: is|['’]s) (?:the |an? |your )?{_WORK}[^\n:.]{{0,60}}:"
    rf"|(?:\*\*)?(?:the )?{_WORK}(?: in english)?(?::\*\*|(?:\*\*)?:)(?=[ ]*\n)"
    rf"|(?:\*\*)?english translation(?::\*\*|(?:\*\*)?:))\s*",
    re.IGNORECASE,
)
"""A sentence that announces the work, or its name on a line of its own. ``Summary: The army …`` may be the text's."""
_ANNOUNCES = re.compile(r"\A\s*[^\n]{0,120}:")
_ANNOUNCES_ON_A_LINE = re.compile(r"\A\s*[^\n]{0,120}:[ ]*\n")
"""Of a source: it begins like that itself."""
_CLOSING = re.compile(
    r"\n\s*\n\(?(?:note: (?:i|the|this) |let me know |i hope this |please let me know |if you (?:need|have|would) )"
    r"[^\n]*\Z",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'"}


class AnswerEngine(EngineAround):
    """An engine whose outputs are the answers alone."""

    def generate(self, texts: Sequence[str], search: Search | None = None) -> list[Output]:
        """One output per text, in order.

        Raises:
            EngineError: see :class:`~sahelsum.engines.base.Engine`.
        """
        outputs = self._engine.generate(texts, search)
        return [_cleaned(output, text) for output, text in zip(outputs, texts, strict=True)]


def answer(said: str, source: str) -> str:
    """What a model said, without its thoughts, announcements, closing words and wrappings.

    Thoughts that never end leave nothing: the model did not come to its answer.
    """
    text = _without_opening(_THOUGHT.sub("", _END_OF_THOUGHT.sub("", said)).strip(), source)
    text = _CLOSING.sub("", text).strip()
    fence = _FENCE.match(text)
    if fence and "```" not in source:
        text = fence["inside"].strip()
    return _unquoted(text, source.strip())


def _without_opening(text: str, source: str) -> str:
    opening = _OPENING.match(text)
    if opening is None:
        return text
    alike = _ANNOUNCES_ON_A_LINE if "\n" in opening[0] else _ANNOUNCES
    return text if alike.match(source) else text[opening.end() :] or text


def _unquoted(text: str, source: str) -> str:
    """Without quotation marks around all of it, unless the source is a quotation too."""
    close = _QUOTES.get(text[:1])
    inside = text[1:-1]
    wrapped = close is not None and len(text) > 2 and text.endswith(close) and not {text[0], close} & set(inside)
    return inside.strip() if wrapped and source[:1] not in {*_QUOTES, *_QUOTES.values(), "»", "‚", "‘"} else text


def _cleaned(output: Output, source: str) -> Output:
    said = (replace(hypothesis, text=answer(hypothesis.text, source)) for hypothesis in output.hypotheses)
    return replace(output, hypotheses=tuple(said))
