"""The printer of Markdown, with the HTML and YAML that stand in it: views in, pages out.

The pages are for GitHub and Obsidian at once. Whatever is not :class:`~sahelsum.render.markdown.escape.Safe` is quoted
on its way out.
"""

from sahelsum.render.markdown.older import older_section
from sahelsum.render.markdown.pages import article_page, folder_page, note_page, shards_page

__all__ = ["article_page", "folder_page", "note_page", "older_section", "shards_page"]
