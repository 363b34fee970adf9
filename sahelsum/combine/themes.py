"""What an article is about, by the words of its source, which no translation has touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.records import Article, Fact, FactKind

MIN_THEME_HITS = 2
"""One word in passing does not make a theme."""


def themes_of(article: Article) -> Iterator[Fact]:
    """The themes of an article, each with the blocks that have its words."""
    lower = {block.number: block.text.lower() for block in article.blocks}
    whole = "\n".join(lower.values())
    for theme, (stems, pattern) in _patterns(pack_of(article.language)).items():
        # Most themes are no matter of an article, which needs no pattern to see.
        if any(stem in whole for stem in stems):
            hits = {number: len(pattern.findall(text)) for number, text in lower.items()}
            if sum(hits.values()) >= MIN_THEME_HITS:
                yield Fact(FactKind.THEME, theme, tuple(number for number, count in hits.items() if count))


@cache
def _patterns(source: Pack) -> dict[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """The stems of each theme and a pattern of all of them."""
    return {name: (stems, re.compile("|".join(map(re.escape, stems)))) for name, stems in source.themes().items()}
