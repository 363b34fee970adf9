"""Quotations and brackets in a text: where each begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"„": '“”"', "“": "”", "‚": "‘’", "(": ")", "[": "]"}
_EITHER = {"»": "«", "«": "»", '"': '"'}
"""They open where a word follows directly and none stands directly before."""
_MARK = re.compile(f"[{re.escape(''.join((*_CLOSERS, *_CLOSERS.values(), *_EITHER)))}]")
"""All that open or close."""

MAX_DEPTH = 12
"""Open marks remembered at once; more are never meant, and without a bound each would cost a look at all before."""


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation or bracket: ``text[start:end]`` includes both its marks."""

    start: int
    end: int


def enclosed_spans(text: str) -> list[Span]:
    """Quotations („…“, »…«, «…», "…", “…”, ‚…‘) and brackets that are closed, innermost first.

    A mark without a partner is passed over: typists forget them, and one must not swallow the rest of the article.
    """
    spans: list[Span] = []
    stack: list[tuple[int, str]] = []
    for match in _MARK.finditer(text):
        place, mark = match.start(), match.group()
        opening = _opening_of(stack, mark)
        if opening is not None:
            spans.append(Span(stack[opening][0], place + 1))
            del stack[opening:]
        elif closers := _closers(text, place):
            stack.append((place, closers))
            del stack[:-MAX_DEPTH]
    return spans


def _opening_of(stack: list[tuple[int, str]], mark: str) -> int | None:
    """Index in ``stack`` of the innermost opening mark that ``mark`` closes."""
    return next((i for i in range(len(stack) - 1, -1, -1) if mark in stack[i][1]), None)


def _closers(text: str, place: int) -> str:
    """The marks that would close the one at ``place``; empty if it opens nothing."""
    mark = text[place]
    if mark in _CLOSERS:
        return _CLOSERS[mark]
    opens = (place == 0 or not text[place - 1].isalnum()) and place + 1 < len(text) and not text[place + 1].isspace()
    return _EITHER.get(mark, "") if opens else ""
