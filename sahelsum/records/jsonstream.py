"""A JSON object with long lists in it, written piece by piece: each row of such a list on a line of its own.

All else is as ``json.dumps`` with an indent of 2 has it. Rows are not: an indent makes Python's encoder five times
slower, and one line for each article is what ``grep`` and ``diff`` like.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sahelsum.records.encoding import encode

STEP = "  "


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of which only one element, a record or JSON, is held at a time; ``elements`` begins it anew."""

    elements: Callable[[], Iterable[Any]]


def json_pieces(fields: Mapping[str, Any]) -> Iterator[str]:
    """The text of an object whose values are :class:`Rows` or whatever JSON can hold, without a new line at the end."""
    yield "{"
    for position, (name, value) in enumerate(fields.items()):
        yield f"{',' if position else ''}\n{STEP}{json.dumps(name, ensure_ascii=False)}: "
        if isinstance(value, Rows):
            yield from _list(value.elements())
        else:
            yield _indented(value)
    yield "\n}" if fields else "}"


def _list(elements: Iterable[Any]) -> Iterator[str]:
    empty = True
    for element in elements:
        yield ("[" if empty else ",") + f"\n{STEP}{STEP}{encode(element)}"
        empty = False
    yield "[]" if empty else f"\n{STEP}]"


def _indented(value: Any) -> str:
    # JSON escapes the line feeds of a text, so that each of these is one of the layout.
    return json.dumps(value, ensure_ascii=False, indent=len(STEP)).replace("\n", f"\n{STEP}")
