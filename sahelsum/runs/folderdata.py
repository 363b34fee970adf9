"""``digest.json``: all that the page across the articles of a folder is made from, its long lists whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.records.encoding import encode
from sahelsum.records.folder import CombinedDigest

FORMAT = "sahelsum-folder-1"
"""Changes when a program that reads the file has to change."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_LISTS = ("failures", "events", "countries", "themes", "crossings", "actors", "media", "places", "duplicates")


def folder_json(combined: CombinedDigest) -> str:
    """The data as JSON, a line for each element of a list, a new line last."""
    text = "".join(_pieces(combined))
    # Half a surrogate pair, which JSON input may carry, has no UTF-8 form; JSON can write it as an escape.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _pieces(combined: CombinedDigest) -> Iterator[str]:
    yield "{\n"
    head = {"format": FORMAT, "selection": combined.scope.selection}
    yield from (f"  {encode(name)}: {encode(value)},\n" for name, value in head.items())
    yield f'  "overview": {encode(combined.overview)},\n'
    yield f'  "articles": {_lines(list(_articles(combined)))}'
    for name in _LISTS:
        yield f",\n  {encode(name)}: {_lines(getattr(combined, name))}"
    yield "\n}\n"


def _lines(values: list[object] | tuple[object, ...]) -> str:
    return "[\n    " + ",\n    ".join(map(encode, values)) + "\n  ]" if values else "[]"


def _articles(combined: CombinedDigest) -> Iterator[object]:
    """What a list of articles tells; the data of each article have the rest, its findings too."""
    review = {item.article_id: (item.errors, item.warnings) for item in combined.review}
    for digest in combined.digests:
        article = digest.article
        yield {
            "id": article.id,
            "title": digest.title,
            "date": article.date.value if article.date else None,
            "outlet": article.credit,
            "url": article.url,
            "source": article.source,
            "sha256": article.sha256,
            "review": digest.review,
            "errors": review.get(article.id, (0, 0))[0],
            "warnings": review.get(article.id, (0, 0))[1],
            "new": article.id in combined.scope.new,
        }
