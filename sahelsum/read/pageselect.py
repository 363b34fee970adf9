"""Which blocks of a page are its article: those that trafilatura takes, and what stands among them.

trafilatura finds the article well, but inside it leaves out lists, captions and boxes that it takes for furniture. So
it only says where the article is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sahelsum.read.pageblocks import PageBlock
from sahelsum.records import BlockKind

MIN_LETTERS = 25
"""A shorter block proves nothing about where the article is: its words may stand anywhere."""
LINKED_SHARE = 0.6
"""Of a short block's characters within links, above which it is one of a list of links."""
MAX_LINK_CHARACTERS = 120

_LETTERS = re.compile(r"[\W_]+")


def article_blocks(blocks: Sequence[PageBlock], extracted: str) -> list[bool]:
    """For each block whether it is of the article; ``extracted`` is what trafilatura makes of the page."""
    whole = letters(extracted)
    sure = [_is_in(block, whole) for block in blocks]
    where = _container([block for block, known in zip(blocks, sure, strict=True) if known], blocks)
    if where is None:
        return [False] * len(blocks)
    places = [place for place, known in enumerate(sure) if known]
    first, last = (places[0], places[-1]) if places else (0, len(blocks) - 1)
    whole_page = where.tag in ("body", "html")
    return [
        known or (_may_belong(block, where) and (first <= place <= last or not whole_page))
        for place, (block, known) in enumerate(zip(blocks, sure, strict=True))
    ]


def letters(text: str) -> str:
    """Letters and digits alone, to compare texts that were taken apart in different ways."""
    return _LETTERS.sub("", text).casefold()


def _is_in(block: PageBlock, whole: str) -> bool:
    own = letters(block.text)
    return len(own) >= MIN_LETTERS and own in whole and not block.framed and not (block.around and _is_link(block))


def _may_belong(block: PageBlock, where: Any) -> bool:
    """Whether a block within ``where`` is text; what lies around ``where`` itself says nothing against it."""
    if block.hidden or _is_link(block) or not _is_under(block.element, where):
        return False
    return not any(element is not where and _is_under(element, where) for element in block.around)


def _is_link(block: PageBlock) -> bool:
    characters = len("".join(block.text.split()))
    return (
        block.kind is not BlockKind.HEADING
        and len(block.text) <= MAX_LINK_CHARACTERS
        and block.linked > LINKED_SHARE * characters
    )


def _is_under(element: Any, where: Any) -> bool:
    return element is where or any(above is where for above in element.iterancestors())


def _container(sure: Sequence[PageBlock], blocks: Sequence[PageBlock]) -> Any | None:
    """The smallest element that holds all that is sure; the ``<article>`` it stands in, where there is one."""
    if not sure:
        elements = [above for block in blocks for above in (block.element, *block.element.iterancestors())]
        return next((element for tag in ("article", "main") for element in elements if element.tag == tag), None)
    common = [sure[0].element, *sure[0].element.iterancestors()]
    for block in sure[1:]:
        own = {id(above) for above in (block.element, *block.element.iterancestors())}
        common = [above for above in common if id(above) in own]
    alone = common[0] is sure[0].element
    marked = ("article", "main") if alone else ("article",)
    return next(
        (above for tag in marked for above in common if above.tag == tag),
        common[min(1, len(common) - 1) if alone else 0],
    )
