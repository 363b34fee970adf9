"""YAML front matter: read as plain text values, with aliases, tags and deep nesting refused.

What is no YAML, as people write it by hand, is read line by line, and a note says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sahelsum.errors import InputError
from sahelsum.read import notes
from sahelsum.read.fields import refuse_repeats
from sahelsum.read.plainfields import read_plainly
from sahelsum.records import Finding

if TYPE_CHECKING:
    from yaml import Node

MAX_BYTES = 65_536
"""Front matter is a page of fields; more is a mistake or an attack."""

MAX_DEPTH = 20

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def split_front_matter(text: str) -> tuple[dict[str, object], str, tuple[Finding, ...]]:
    """The fields of the front matter, the text after it, and a note if it is no YAML and was read line by line.

    All values are strings, lists or mappings of strings. A text that begins with a thematic break (``---``) and has no
    fields is returned whole.

    Raises:
        InputError: it is too large, too deep, has a name twice, or uses anchors, aliases or tags.
    """
    block = _FRONT_MATTER.match(text)
    if block is None or not block[1]:
        return {}, text, ()
    fields, told = _load(block[1])
    return (fields, text[block.end() :], told) if fields is not None else ({}, text, ())


def _load(source: str) -> tuple[dict[str, object] | None, tuple[Finding, ...]]:
    import yaml  # noqa: PLC0415 - only for Markdown with front matter

    if len(source) > MAX_BYTES:
        raise InputError(
            f"its front matter is over {MAX_BYTES:,} characters.", hint="Move the text below the second ---."
        )
    try:
        return _load_yaml(source), ()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        return read_plainly(source), (notes.plain_front_matter(problem, mark.line + 2 if mark is not None else None),)


def _load_yaml(source: str) -> dict[str, object] | None:
    import yaml  # noqa: PLC0415 - as above

    _refuse_dangerous(source)
    # BaseLoader makes strings only: it runs nothing, and "2025-04" or "no" stay as they were written.
    loader = yaml.BaseLoader(source)
    node = loader.get_single_node()
    _refuse_repeats(node)
    loaded = loader.construct_document(node) if node is not None else None
    return loaded if isinstance(loaded, dict) else None


def _refuse_repeats(root: Node | None) -> None:
    """YAML allows no key twice, but its reader would keep the last and drop the others without a word."""
    import yaml  # noqa: PLC0415 - as above

    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            refuse_repeats("its front matter's field", (str(key.value) for key, _ in node.value))
            waiting += [child for pair in node.value for child in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


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
