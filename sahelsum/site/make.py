"""From an output folder to its pages of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sahelsum.combine import summary_of
from sahelsum.output.contents import digest_folders
from sahelsum.output.names import SITE_SEARCH, SITE_START, site_page_name
from sahelsum.output.write import OutputFolder, WriteResult, seal
from sahelsum.records import ModelInfo
from sahelsum.records.folder import CombinedDigest, Part
from sahelsum.render.html import Neighbours, article_page, parts_page, search_page, start_page
from sahelsum.render.view_article import article_view
from sahelsum.render.view_shards import shards_view
from sahelsum.render.view_site import site_view
from sahelsum.site.folder import combined_of


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the page to open, how many articles, and a sentence about each file that could not be used."""

    start: Path
    articles: int
    kept: tuple[str, ...]
    """Pages that were edited by hand and left alone."""
    problems: tuple[str, ...]


def make_site(root: Path, *, force: bool = False) -> Made:
    """Write the reading room of an output folder, one for each part, beside the Markdown.

    Args:
        root: an output folder of ``sahelsum run``.
        force: overwrite pages that were edited by hand.

    Raises:
        InputError: the folder holds no digests.
        OutputError: a page cannot be written, or a file of somebody else's has its name.
    """
    names = digest_folders(root)
    problems: list[str] = []
    kept: list[str] = []
    parts: list[Part] = []
    models: dict[ModelInfo, None] = {}
    for name in names:
        folder = OutputFolder(root / name)
        combined = combined_of(folder, problems)
        kept += _write(folder, _pages(combined), force=force)
        parts.append(Part(name, summary_of(combined)))
        models |= dict.fromkeys(combined.models)
    top = OutputFolder(root)
    if names != [""]:
        page = parts_page(shards_view([part for part in parts if part.name], list(models)))
        kept += _write(top, iter([(SITE_START, page)]), force=force)
    articles = sum(part.summary.articles for part in parts)
    return Made(root / SITE_START, articles, tuple(kept), tuple(problems))


def _write(folder: OutputFolder, pages: Iterator[tuple[str, str]], *, force: bool) -> list[str]:
    """Write pages by name; those that were edited by hand come back."""
    return [
        str(folder.root / name)
        for name, page in pages
        if folder.guarded_write(name, seal(page), force=force) is WriteResult.KEPT
    ]


def _pages(combined: CombinedDigest) -> Iterator[tuple[str, str]]:
    """Each page with its name, the start page last: once it is there, all that it links to is."""
    site = site_view(combined)
    digests = {digest.article.id: digest for digest in combined.digests}
    order = [item.article for item in site.articles]
    for before, article, after in zip([None, *order], order, chain(order[1:], [None]), strict=False):
        view = article_view(digests[article.id])
        yield site_page_name(article.id), article_page(view, Neighbours(before, after))
    yield SITE_SEARCH, search_page([article_view(digests[article.id]) for article in order], site.title)
    yield SITE_START, start_page(site)
