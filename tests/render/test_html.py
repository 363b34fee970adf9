"""The reading room's pages: inert whatever an article says, and sufficient to themselves."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sahelsum.combine import combine
from sahelsum.language.names import known_names
from sahelsum.language.places import coordinates
from sahelsum.records import ArticleDate, DatePrecision, Digest, FactKind, Failure
from sahelsum.records.folder import NOTHING, Part
from sahelsum.render.html import Neighbours, article_page, parts_page, search_page, start_page
from sahelsum.render.html.atlas import atlas, projected
from sahelsum.render.view_article import article_view
from sahelsum.render.view_rows import ArticleReference
from sahelsum.render.view_shards import shards_view
from sahelsum.render.view_site import SitePlace, site_view
from tests.samples import HOSTILE, convoy, hostile, make_digest

ATTACKS = (
    HOSTILE,
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onfocus="alert(1)" autofocus="',
    "<!--<script>",
    "]]><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066\u0000",
    "\ud800",
)


class Page(HTMLParser):
    """What a browser would make of a page, as far as these tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._within = tag if tag in self.texts else ""
        if self._within:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.texts[self._within][-1] += data

    def data(self) -> dict[str, object]:
        scripts = [attributes for tag, attributes in self.elements if tag == "script"]
        place = next(n for n, attributes in enumerate(scripts) if attributes.get("id") == "data")
        found = json.loads(self.texts["script"][place])
        assert isinstance(found, dict)
        return found


def pages(*digests: Digest, failure: str = "x.txt") -> Iterator[str]:
    """Every kind of page of some articles."""
    combined = combine(digests, (Failure(failure, failure),), None)
    views = [article_view(digest) for digest in digests]
    yield start_page(site_view(combined))
    yield search_page(views, "Sahel digest")
    around = ArticleReference(digests[0].article.id, 1, digests[0].title)
    yield from (article_page(view, Neighbours(around, None)) for view in views)
    part = replace(NOTHING, articles=1, countries=((failure, 1),), groups=((failure, 2),))
    yield parts_page(shards_view([Part("part-0001", part)], [digests[0].translator]))


ORDINARY = list(pages(convoy(), make_digest([[("Bamako.", "Bamako.")]], article_id="b")))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_of_an_article_becomes_markup(attack: str) -> None:
    plain = [Page(text) for text in pages(hostile("plain"), failure="plain")]
    for text, expected in zip(pages(hostile(attack), failure=attack), plain, strict=True):
        page = Page(text)
        structure = [(tag, sorted(attributes)) for tag, attributes in page.elements]
        assert structure == [(tag, sorted(attributes)) for tag, attributes in expected.elements]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", text)
        text.encode("utf-8")


def test_an_address_that_is_code_is_no_link() -> None:
    for address in ("javascript:alert(1)", " https://evil.example", "data:text/html,x", "file:///etc/passwd"):
        digest = convoy()
        digest = replace(digest, article=replace(digest.article, url=address))
        page = Page(article_page(article_view(digest), Neighbours(None, None)))
        links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
        assert links
        assert not [link for link in links if ":" in link]
    page = Page(article_page(article_view(convoy()), Neighbours(None, None)))
    (link,) = [attributes for tag, attributes in page.elements if attributes.get("href", "").startswith("https:")]
    assert "noreferrer" in link["rel"]


@pytest.mark.parametrize("text", ORDINARY)
def test_a_page_allows_its_own_script_and_style_and_nothing_else(text: str) -> None:
    page = Page(text)
    (policy,) = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, inline in (("script-src", page.texts["script"][-1]), ("style-src", page.texts["style"][0])):
        digest = base64.b64encode(hashlib.sha256(inline.encode("utf-8")).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    loaded = [a for tag, a in page.elements if "src" in a or (tag == "link") or "style" in a]
    assert loaded == []
    assert not [name for _, a in page.elements for name in a if name.startswith("on")]


def test_every_link_within_a_page_leads_somewhere() -> None:
    for text in ORDINARY:
        page = Page(text)
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        targets = [a["href"][1:] for tag, a in page.elements if tag == "a" and a.get("href", "").startswith("#")]
        assert targets
        assert set(targets) <= set(ids)


def test_a_link_to_a_sentence_finds_the_german_beside_the_english() -> None:
    start, _, article, *_ = ORDINARY
    links = [a["href"] for tag, a in Page(start).elements if tag == "a"]
    assert "article/000_convoy.html#s2" in links  # of the review
    assert "article/000_convoy.html#s7" in links  # of the event of 1 November
    sentences = [(tag, a) for tag, a in Page(article).elements if a.get("data-n") == "2"]
    assert [a.get("id") for _, a in sentences] == [None, "s2"]
    assert "JNIM hat mindestens einhundert Kraftfahrer ermordet." in article
    assert "JNIM has murdered at least 200 drivers." in article


def test_the_data_of_the_start_page_fit_its_rows() -> None:
    page = Page(ORDINARY[0])
    data = page.data()
    rows = [tag for tag, attributes in page.elements if tag == "article"]
    assert len(data["articles"]) == len(rows) == 2  # type: ignore[arg-type]
    assert [article["d"] for article in data["articles"]] == ["2025-11-16", ""]  # type: ignore[attr-defined]
    names = dict(zip(data["traits"], data["names"], strict=True))  # type: ignore[call-overload]
    assert names["places"] == ["Bamako"]
    assert "Mali" in names["countries"]
    ((place, x, y),) = data["places"]  # type: ignore[misc]
    assert names["places"][place] == "Bamako"
    assert (x, y) == projected(*coordinates()["Bamako"])


def test_the_search_page_has_every_sentence_in_both_languages() -> None:
    data = Page(ORDINARY[1]).data()
    texts = [tuple(row[2:]) for row in data["sentences"]]  # type: ignore[attr-defined]
    assert ("Am 1. November starben 53 Soldaten.", "On 1 November, 53 soldiers died.") in texts
    assert len(texts) == 8


def test_articles_stand_latest_first_those_without_a_date_last() -> None:
    dates = {"a": "2025-04", "b": None, "c": "2026-01-01"}
    digests = [
        make_digest(
            [[("Satz.", "Sentence.")]], article_id=name, date=date and ArticleDate(date, DatePrecision.DAY, "t")
        )
        for name, date in dates.items()
    ]
    view = site_view(combine(digests, (), None))
    assert [item.article.id for item in view.articles] == ["c", "a", "b"]
    assert [item.article.number for item in view.articles] == [3, 1, 2]


def test_the_map_shows_places_near_the_sahel_and_names_the_others() -> None:
    near = SitePlace("Gao", "Mali", (0.0, 16.3), 1, 0)
    east = SitePlace("Port Sudan", "Sudan", (37.2, 19.6), 1, 0)
    far = SitePlace("Moscow", "Russia", None, 1, 0)
    drawn = atlas([near, far])
    assert [spot.name for spot in drawn.spots] == ["Gao"]
    assert [place.name for place in drawn.elsewhere] == ["Moscow"]
    left, top, width, height = drawn.frame
    x, y = projected(*near.position or (0, 0))
    assert left < x < left + width
    assert top < y < top + height
    assert atlas([near, east]).frame[2] > width


def test_the_places_of_the_map_are_places_of_the_gazetteer() -> None:
    places = {name for name, entry in known_names().items() if entry.kind is FactKind.PLACE}
    assert set(coordinates()) <= places
    assert all(-26 <= longitude <= 43 and -3 <= latitude <= 39 for longitude, latitude in coordinates().values())
