"""Text as lines."""

from __future__ import annotations


def split_lines(text: str) -> list[str]:
    r"""Lines at ``\n`` alone, as ``wc -l`` counts them: other separators stay inside their line."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def one_line(text: str) -> str:
    """The text with all white space as single spaces."""
    return " ".join(text.split())
