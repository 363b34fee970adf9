"""Front matter that is no YAML, such as ``title: Mali: Krise im Norden``: each line is read as ``name: value``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sahelsum.read.fields import is_usual, refuse_repeats

_FIELD = re.compile(
    r"(?:\"(?P<in_two>[^\"]+)\"|'(?P<in_one>[^']+)'|(?P<bare>\w[\w .-]{0,60}?))[ \t]*:(?!//)(?P<value>.*)"
)
_QUOTED = re.compile(r"\"(?P<two>[^\"]*)\"|'(?P<one>[^']*)'")
_BLOCK_MARK = re.compile(r"[|>][+-]?\d?")
"""After it YAML has a text on the lines below."""
UNNAMED = "front matter"
"""The name under which lines are kept that belong to no field."""


@dataclass(slots=True)
class _Lines:
    """A field as its lines have it: the value beside the name, and the lines below that continue it."""

    name: str
    value: str
    below: list[str] = field(default_factory=list)

    @property
    def content(self) -> str | list[str]:
        """The value without quotation marks around it; a list where the lines below are one."""
        first = "" if self.below and _BLOCK_MARK.fullmatch(self.value) else self.value
        items = [_unquoted(line.removeprefix("-").strip()) for line in self.below]
        if self.below and not first and all(line.startswith("-") for line in self.below):
            return items
        return _unquoted(" ".join(piece for piece in (first, *self.below) if piece))


def read_plainly(source: str) -> dict[str, object] | None:
    """The fields; None if these lines are no front matter but text between two rules (``---``).

    Nothing is dropped but comments: a line that is no field continues the one above, or, if it is not indented, is kept
    as :data:`UNNAMED`.

    Raises:
        InputError: a name is there twice.
    """
    fields, stray = _sorted_lines(source)
    named = any(is_usual(each.name) for each in fields)
    if not fields or (stray and not named):
        return None
    refuse_repeats("its front matter's field", (each.name for each in fields))
    rest = {UNNAMED: " ".join(stray)} if stray else {}
    return {**{each.name: each.content for each in fields}, **rest}


def _sorted_lines(source: str) -> tuple[list[_Lines], list[str]]:
    """The fields with what continues them, and the lines that belong to none."""
    fields: list[_Lines] = []
    stray: list[str] = []
    for line in _told_lines(source):
        start = _FIELD.fullmatch(line)
        if start:
            name = start["in_two"] or start["in_one"] or start["bare"]
            fields.append(_Lines(name.strip(), start["value"].strip()))
        elif fields and line.startswith((" ", "\t", "- ")):
            fields[-1].below.append(line.strip())
        else:
            stray.append(line.strip())
    return fields, stray


def _told_lines(source: str) -> Iterator[str]:
    """Lines that say something: neither empty nor comments."""
    return (line for line in source.split("\n") if line.strip() and not line.lstrip().startswith("#"))


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return (quoted["two"] or quoted["one"] or "") if quoted else text
