"""The last section of ``digest.md``: pages that lie in the folder and belong to no article of this run."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.output.names import page_name
from sahelsum.render.markdown.pieces import link

SHOWN_PAGES = 100
"""More are counted: nobody reads on, and the folder lists them."""


def older_section(pages: Sequence[str]) -> str:
    """The section, or nothing without such pages. ``pages``: paths inside the folder, or names of whole parts."""
    if not pages:
        return ""
    shown = [f"- {link(page, page) if page.endswith(page_name('')) else f'{page}/'}" for page in pages[:SHOWN_PAGES]]
    rest = len(pages) - len(shown)
    told = "Left by earlier runs. Their sources were not given in this one, or not done; nothing above is from them."
    more = [f"- and {rest:,} more"] if rest else []
    return "\n".join(["", "## Older pages", "", told, "", *shown, *more, ""])
