"""Records to Markdown pages. Nothing that differs between two runs may appear in them."""

from sahelsum.render.article import render_digest
from sahelsum.render.folder import render_combined

__all__ = ["render_combined", "render_digest"]
