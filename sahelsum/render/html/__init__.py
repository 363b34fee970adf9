"""The printer of the reading room: views in, pages of HTML out that need no server and no network.

Each page stands alone: its style and its script are inside it, and its content policy allows these two by their hashes
and nothing else. So a page works from a file system, and whatever an article says, no browser runs it.
"""

from sahelsum.render.html.pages import Neighbours, article_page, parts_page, search_page, start_page

__all__ = ["Neighbours", "article_page", "parts_page", "search_page", "start_page"]
