"""YAML front matter: read as plain text values, with aliases, tags and deep nesting refused."""

from __future__ import annotations

import re

from sahelsum.errors import InputError

MAX_BYTES = 65_536
"""Front matter is a page of fields; more is a mistake or an attack."""

MAX_DEPTH = 20

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields of the front matter (all values are strings, lists or mappings of strings) and the text after it.

    A text that begins with a thematic break (``---``) and has no fields is returned whole.

    Raises:
        InputError: it is not valid YAML, or is too large, too deep, or uses anchors, aliases or tags.
    """
    found = _FRONT_MATTER.match(text)
    if found is None or not found[1]:
        return {}, text
    fields = _load(found[1])
    return (fields, text[found.end() :]) if fields is not None else ({}, text)


def _load(source: str) -> dict[str, object] | None:
    import yaml  # noqa: PLC0415 - only for Markdown with front matter

    if len(source) > MAX_BYTES:
        raise InputError(
            f"its front matter is over {MAX_BYTES:,} characters.", hint="Move the text below the second ---."
        )
    try:
        _refuse_dangerous(source)
        # BaseLoader makes strings only: it runs nothing, and "2025-04" or "no" stay as they were written.
        loaded = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        hint = "Quote values that hold a colon, or remove the front matter."
        raise InputError(f"its front matter is not valid YAML{place}: {problem}.", hint=hint) from None
    return loaded if isinstance(loaded, dict) else None


def _refuse_dangerous(source: str) -> None:
    """Look at the tokens, which cost no more than the text is long, before anything is built from them."""
    import yaml  # noqa: PLC0415 - as above

    depth = 0
    for token in yaml.scan(source, Loader=yaml.BaseLoader):
        if isinstance(token, (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)):
            line = token.start_mark.line + 2
            raise InputError(
                f"its front matter uses a YAML anchor, alias or tag (line {line}), which are not accepted.",
                hint="Put the value in quotes if it begins with &, * or !.",
            )
        name = type(token).__name__
        depth += name.endswith("StartToken") and "Stream" not in name and "Document" not in name
        depth -= name.endswith("EndToken") and "Stream" not in name and "Document" not in name
        if depth > MAX_DEPTH:
            raise InputError(f"its front matter is nested more than {MAX_DEPTH} levels deep.")
