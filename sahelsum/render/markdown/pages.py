"""The pages, each one template over one view."""

from __future__ import annotations

from sahelsum.render.markdown.environment import render
from sahelsum.render.view_article import ArticleView
from sahelsum.render.view_folder import FolderView
from sahelsum.render.view_shards import ShardsView


def article_page(view: ArticleView) -> str:
    """The page of one article."""
    return render("article.md.j2", view)


def folder_page(view: FolderView) -> str:
    """The page across the articles of a folder."""
    return render("folder.md.j2", view)


def shards_page(view: ShardsView) -> str:
    """The page at the top of a large run."""
    return render("parts.md.j2", view)
