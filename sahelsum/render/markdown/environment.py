"""Jinja2 set up so that forgetting to escape is impossible: whatever is not Safe is escaped on its way out."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from sahelsum.render.markdown import article, folder, notes, pieces
from sahelsum.render.markdown.escape import Safe, markdown


def render(template: str, page: object, *, wikilinks: bool = False) -> str:
    """A template beside this module, with at most one empty line in a row and one new line at the end.

    Args:
        template: its name.
        page: the view that it prints, under this name.
        wikilinks: whether the names of actors and places lead to notes of theirs.
    """
    lines: list[str] = []
    for line in _environment().get_template(template).render(page=page, wikilinks=wikilinks).split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"


def _finalize(value: object) -> str:
    if isinstance(value, Safe):
        return value
    if isinstance(value, (str, int)):
        return markdown(str(value))
    raise TypeError(f"a template may print text and whole numbers, not {type(value).__name__}")


@cache
def _environment() -> Environment:
    # Autoescape is for HTML; the pages are Markdown, so `finalize` escapes instead.
    environment = Environment(
        loader=PackageLoader("sahelsum.render.markdown", "templates"),
        autoescape=False,  # noqa: S701
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= pieces.FILTERS | article.FILTERS | folder.FILTERS | notes.FILTERS
    return environment
