"""Data for the script of a page, as JSON that cannot end the element it stands in."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from sahelsum.render.printable import clean

_ENDS_ELEMENTS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""JSON may have these signs as escapes; none of them can stand outside a text."""


def data_json(value: Any) -> Markup:
    """JSON of whatever JSON can hold, its texts without unprintable characters."""
    text = json.dumps(_printable(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ENDS_ELEMENTS))  # noqa: S704 - nothing is left that HTML would read as markup


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list | tuple) else value
