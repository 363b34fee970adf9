"""The pages, each one template over one view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sahelsum.render.html.atlas import Atlas, atlas
from sahelsum.render.html.environment import render
from sahelsum.render.view_article import ArticleView
from sahelsum.render.view_rows import ArticleReference
from sahelsum.render.view_shards import ShardsView
from sahelsum.render.view_site import Choices, SiteView, Traits

ROWS = 30
"""Articles and events that are shown at first: a browser lays out no more than these."""
REVIEWS = 6
"""The same of articles to check, which are longer."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles before and after one in the list of the start page; None at its ends."""

    before: ArticleReference | None
    after: ArticleReference | None


def start_page(view: SiteView) -> str:
    """The page that one opens: overview, map, timeline and lists."""
    drawing = atlas(view.places)
    data = _start_data(view, drawing)
    return render("start.html.j2", "start.js", page=view, atlas=drawing, data=data, rows=ROWS, reviews=REVIEWS, up="")


def article_page(view: ArticleView, neighbours: Neighbours) -> str:
    """The page of an article."""
    data = {"article": view.id, "language": view.language}
    return render("article.html.j2", "article.js", page=view, neighbours=neighbours, data=data, up="../")


def search_page(articles: Sequence[ArticleView], title: str) -> str:
    """The page that finds words in all sentences, German and English: it alone holds all of them."""
    data = {
        "articles": [[view.id, view.title, " · ".join(view.facts[:2]), view.language] for view in articles],
        "sentences": [
            [number, sentence.number, sentence.original, sentence.english]
            for number, view in enumerate(articles)
            for block in view.blocks
            for sentence in block.sentences
        ],
    }
    return render("search.html.j2", "search.js", title=title, data=data, up="")


def parts_page(view: ShardsView) -> str:
    """The page at the top of a large run: one reading room for each part."""
    return render("parts.html.j2", page=view, up="")


def _start_data(view: SiteView, drawing: Atlas) -> dict[str, Any]:
    """What the script must know: of each row its date, and the numbers of its names among those to choose from."""
    numbers = {choices.trait: {name: n for n, name in enumerate(choices.names)} for choices in view.choices}
    rows = {article.article.id: number for number, article in enumerate(view.articles)}
    places = numbers["places"]
    return {
        "traits": [choices.trait for choices in view.choices],
        "names": [list(choices.names) for choices in view.choices],
        "articles": [
            {
                "d": article.date,
                "t": list(_numbered(article.traits, view.choices, numbers)),
                "r": int(bool(article.review)),
            }
            for article in view.articles
        ],
        "events": [
            {
                "d": event.date,
                "t": list(_numbered(event.traits, view.choices, numbers)),
                "p": places.get(event.event.place, -1),
                "a": [rows[report.article.id] for report in event.event.reports],
            }
            for event in view.events
        ],
        "review": [rows[item.article.id] for item in view.review],
        "places": [[places[spot.name], spot.x, spot.y] for spot in drawing.spots],
        "frame": list(drawing.frame),
        "rows": ROWS,
        "reviews": REVIEWS,
    }


def _numbered(
    traits: Traits, choices: Sequence[Choices], numbers: Mapping[str, Mapping[str, int]]
) -> Iterator[list[int]]:
    for each in choices:
        known = numbers[each.trait]
        yield [known[name] for name in getattr(traits, each.trait) if name in known]
