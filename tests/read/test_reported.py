"""Faults that people report of other tools that read pages, tried here; docs/reported-faults.md has where from."""

from __future__ import annotations

from pathlib import Path

import pytest

from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.records import Article

FIRST = (
    "Die Lage im Norden von Mali bleibt für viele Menschen schwierig, sagte der Außenminister am Montag in Bamako. "
    "Die Übergangsregierung prüft Maßnahmen."
)
LAST = (
    "Die Armee hat größere Verbände in die Städte verlegt und will die Straßen wieder öffnen, heißt es in Gao. "
    "Die „Lage“ – so der Minister – sei ruhig."
)
ARTICLE = f"<article><h1>Krise in Mali</h1><p>{FIRST}</p><p>{LAST}</p></article>"


def read(folder: Path, body: str, head: str = "", encoding: str = "utf-8") -> Article:
    page = f"<html><head>{head}<title>Krise</title></head><body>{body}</body></html>"
    (folder / "a.html").write_bytes(page.encode(encoding))
    (result,) = [
        each for source in find_sources([str(folder / "a.html")]) for each in read_articles(source, ReadOptions())
    ]
    assert isinstance(result, Article), result
    return result


def blocks(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta http-equiv="Content-Type" content="charset=windows-1252">',
        '<meta charset="windows-1252">',
        '<!-- <meta charset="utf-16"> --><script>var a = \'<meta charset="koi8-r">\';</script>',
    ],
)
def test_a_page_in_windows_1252_is_read_whatever_it_says_of_itself_and_where(tmp_path: Path, head: str) -> None:
    article = read(tmp_path, ARTICLE, head, "cp1252")
    assert article.encoding == "cp1252"
    assert blocks(article) == [FIRST, LAST]


@pytest.mark.parametrize(
    ("body", "head", "date"),
    [
        (
            "<p>DOI 10.1186/s12905-022-02136-8</p><footer>© 2023/12</footer>",
            '<meta name="dc.date" content="2023-01-02"><link rel="canonical" href="https://e.example/s12905-2023-12-8">',
            "2023-01-02",
        ),
        (
            '<section class="comments"><time datetime="2018-08-27">27. August 2018</time><p>Danke!</p></section>',
            "",
            None,
        ),
        ("<p>Tel. 030 2011 12 31, nach § 12 Abs. 3 BGBl. 2019-04-05.</p>", "", None),
        (
            "",
            '<meta name="last-modified" content="2024-05-05"><meta name="date" content="2023-02-03">',
            "2023-02-03",
        ),
        ("", '<meta property="article:modified_time" content="2024-05-05T10:00:00Z">', None),
    ],
)
def test_no_date_is_taken_that_is_not_the_day_of_publication(
    tmp_path: Path, body: str, head: str, date: str | None
) -> None:
    found = read(tmp_path, ARTICLE.replace("</article>", f"{body}</article>"), head).date
    assert (found.value if found else None) == date


@pytest.mark.parametrize(
    ("between", "texts"),
    [
        ("<ul><li><span class='x'>Gao meldet Tote.</span></li></ul>", ["Gao meldet Tote."]),
        ("<ul><li>Gao meldet Tote.</li><li>Kidal auch.</li></ul>", ["Gao meldet Tote.", "Kidal auch."]),
        ("<ul>Die Orte im Überblick:<li>Gao meldet Tote.</li></ul>", ["Die Orte im Überblick:", "Gao meldet Tote."]),
        ("<h3>Folgen</h3><ol><li>Gao.</li><li><p>Kidal auch.</p></li></ol>", ["Folgen", "Gao.", "Kidal auch."]),
    ],
)
@pytest.mark.parametrize("frame", ["article", "div", ""])
def test_lists_are_in_the_text_wherever_they_stand(tmp_path: Path, between: str, texts: list[str], frame: str) -> None:
    body = f"<p>{FIRST}</p>{between}<p>{LAST}</p>"
    assert blocks(read(tmp_path, f"<{frame}>{body}</{frame}>" if frame else body)) == [FIRST, *texts, LAST]
