"""Jinja2 set up so that forgetting to escape is impossible, and the frame of every page with its content policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sahelsum.render.html.data import data_json
from sahelsum.render.printable import clean

STYLE = "site.css"


def render(template: str, *scripts: str, **values: object) -> str:
    """A page: a template beside this module, with the style and the scripts of ours inside.

    Args:
        template: its name.
        scripts: files in ``assets/``, in their order.
        values: what the template prints, by name.
    """
    script = Markup("".join(map(_asset, ("shared.js", *scripts))))  # noqa: S704 - ours
    style = Markup(_asset(STYLE))  # noqa: S704 - ours
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    page = _environment().get_template(template)
    return page.render(style=style, script=script, policy=Markup(policy), **values)  # noqa: S704 - ours


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return resources.files("sahelsum.render.html").joinpath(f"assets/{name}").read_text(encoding="utf-8")


def _finalize(value: object) -> object:
    """Text on one line without what turns or hides it; Jinja2 escapes it after that."""
    if isinstance(value, Markup) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str):
        return clean(value)
    raise TypeError(f"a template may print text and whole numbers, not {type(value).__name__}")


def page_link(article_id: str) -> str:
    """The name of an article's page, percent-encoded: an identifier is no path and no address."""
    return f"{quote(clean(article_id), safe='')}.html"


def web_address(url: str) -> bool:
    """Whether an address can only lead to a page: ``javascript:`` and ``data:`` are code, whoever wrote them."""
    return url.lower().startswith(("https://", "http://"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sahelsum.render.html", "templates"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"data_json": data_json, "page_link": page_link, "web_address": web_address}
    return environment
