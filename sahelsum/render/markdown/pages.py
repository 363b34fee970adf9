"""The pages, each one template over one view."""

from __future__ import annotations

from sahelsum.render.markdown.environment import render
from sahelsum.render.view_article import ArticleView
from sahelsum.render.view_folder import FolderView
from sahelsum.render.view_names import NoteView
from sahelsum.render.view_shards import ShardsView


def article_page(view: ArticleView, *, wikilinks: bool = False) -> str:
    """The page of one article; ``wikilinks``: names lead to notes of theirs."""
    return render("article.md.j2", view, wikilinks=wikilinks)


def folder_page(view: FolderView, *, wikilinks: bool = False) -> str:
    """The page across the articles of a folder; ``wikilinks`` as on the page of an article."""
    return render("folder.md.j2", view, wikilinks=wikilinks)


def note_page(view: NoteView) -> str:
    """The note on an actor or a place."""
    return render("note.md.j2", view, wikilinks=True)


def shards_page(view: ShardsView) -> str:
    """The page at the top of a large run."""
    return render("parts.md.j2", view)
