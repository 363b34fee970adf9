"""Web pages: nothing visible is lost without a word, and what is not the article is counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("trafilatura")

from sahelsum.language.packs import pack_of
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.read.html import parse_html
from sahelsum.records import Article, Block, BlockKind, ExtractKind

SENTENCES = (
    "Die malische Armee hat am Montag einen Angriff auf einen Konvoi bei Gao gemeldet. Der Konvoi war auf dem Weg.",
    "Die Gruppe JNIM bekannte sich zu dem Angriff. Die Angaben ließen sich nicht unabhängig überprüfen.",
    "Die Vereinten Nationen riefen zur Zurückhaltung auf. Die Junta hat ihre Teilnahme abgesagt.",
)
FIRST, SECOND, THIRD = (f"<p>{text}</p>" for text in SENTENCES)
TITLE = "Angriff bei Gao"


def page(middle: str, *, head: str = "", before: str = "", line: str = "", after: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head><body>{before}'
        f"<main><article><h1>{TITLE}</h1>{line}{FIRST}{middle}{SECOND}{THIRD}</article></main>{after}</body></html>"
    )


def read(folder: Path, text: str) -> Article:
    path = folder / "a.html"
    path.write_text(text, encoding="utf-8")
    (found,) = read_articles(find_sources([str(path)])[0], ReadOptions())
    assert isinstance(found, Article), found
    return found


def between(folder: Path, middle: str) -> list[Block]:
    """The blocks of a piece of markup between the first and the second paragraph of an article."""
    found = read(folder, page(middle))
    texts = [block.text for block in found.blocks]
    assert (texts[0], *texts[-2:]) == SENTENCES
    return list(found.blocks[1:-2])


@pytest.mark.parametrize(
    ("middle", "texts"),
    [
        (
            "<p>In Kürze:<br>Gao ist umkämpft<br>Kidal ist ruhig</p>",
            ["In Kürze:", "Gao ist umkämpft", "Kidal ist ruhig"],
        ),
        ("<p>Die Armee<br>zieht ab.</p>", ["Die Armee zieht ab."]),
        ("<p>Die Armee zieht ab.<br><br>Kidal ist ruhig.</p>", ["Die Armee zieht ab.", "Kidal ist ruhig."]),
        ("<p>Am <time datetime='2012-03-22'>22. März 2012</time> war Putsch.</p>", ["Am 22. März 2012 war Putsch."]),
        (
            "<p>Er sagt:</p><ul><li>Abzug aller</li><li>50 Gefangene</li></ul>",
            ["Er sagt:", "Abzug aller", "50 Gefangene"],
        ),
        ("<ol><li><p>Abzug</p></li><li>Frieden</li></ol>", ["Abzug", "Frieden"]),
        ("<dl><dt>JNIM</dt><dd>Eine Gruppe</dd></dl>", ["JNIM", "Eine Gruppe"]),
        ("<aside class='infobox'><h3>Die AES</h3><p>Drei Staaten.</p></aside>", ["Die AES", "Drei Staaten."]),
        ("<details><summary>Mehr</summary><p>Seit 2012 ist Krieg.</p></details>", ["Mehr", "Seit 2012 ist Krieg."]),
        ("<blockquote>„Wir bleiben“<cite>Der Minister</cite></blockquote>", ["„Wir bleiben“Der Minister"]),
        ("<div>Loser Text <b>im</b> Kasten<p>Absatz.</p>Rest.</div>", ["Loser Text im Kasten", "Absatz.", "Rest."]),
        (
            (
                "<table><tr><th>Ort</th><th>Tote</th><th>Verletzte</th></tr>"
                "<tr><td>Gao</td><td>12</td><td>30</td></tr></table>"
            ),
            ["Ort: Tote, Verletzte", "Gao: 12, 30"],
        ),
    ],
)
def test_what_stands_in_an_article_is_kept(tmp_path: Path, middle: str, texts: list[str]) -> None:
    assert [block.text for block in between(tmp_path, middle)] == texts


def test_a_list_without_an_article_element_is_kept(tmp_path: Path) -> None:
    text = page("<div><p><b>Er fordert:</b></p><ul><li>Abzug aller</li><li>Frieden</li></ul></div>")
    for tag in ("main", "article"):
        text = text.replace(f"<{tag}>", "<div class='x'>").replace(f"</{tag}>", "</div>")
    assert [block.text for block in read(tmp_path, text).blocks][1:4] == ["Er fordert:", "Abzug aller", "Frieden"]


def test_a_wrapper_with_the_name_of_a_side_matter_does_not_hide_what_is_in_it(tmp_path: Path) -> None:
    text = page("<ul><li>Abzug aller</li><li>Frieden</li></ul>").replace(
        "<body>", "<body class='with-sidebar nav-top'>"
    )
    text = text.replace("<main>", "<form><main>").replace("</main>", "</main></form>")
    assert [block.text for block in read(tmp_path, text).blocks][1:3] == ["Abzug aller", "Frieden"]


def test_a_box_of_links_in_the_article_is_counted(tmp_path: Path) -> None:
    box = "<aside><ul><li><a href='/1'>Putsch in Niger</a></li></ul></aside><div class='comments'><p>Unsinn!</p></div>"
    found = read(tmp_path, page(box))
    assert [block.text for block in found.blocks] == list(SENTENCES)
    assert found.left_out == len("PutschinNigerUnsinn!")


def test_a_caption_is_one(tmp_path: Path) -> None:
    (caption,) = between(
        tmp_path, "<figure><img src='a.jpg'><figcaption>Ein Tanklaster (Foto: dpa)</figcaption></figure>"
    )
    assert (caption.kind, caption.text) == (BlockKind.CAPTION, "Ein Tanklaster")


@pytest.mark.parametrize(
    ("markup", "text", "marks"),
    [
        (
            "Im Jahr 2023<sup>4</sup> starben 8.494<sup>5</sup> Menschen.",
            "Im Jahr 2023 starben 8.494 Menschen.",
            ["⁴", "⁵"],
        ),
        ("Es gibt 30<sup><a href='#f2'>2</a></sup> Lager.", "Es gibt 30 Lager.", ["2"]),
        ("Es gibt 30<a href='#f2'>[2]</a> Lager<sup>*</sup>.", "Es gibt 30 Lager.", ["[2]", "*"]),
        ("Drei Millionen<sup>2</sup> Menschen.", "Drei Millionen Menschen.", ["²"]),
        ("Es misst 10<sup>6</sup> auf 5 km<sup>2</sup>.", "Es misst 10⁶ auf 5 km².", []),
        ("Der 1<sup>er</sup> Mai.", "Der 1er Mai.", []),
    ],
)
def test_footnote_marks_are_no_part_of_a_number(tmp_path: Path, markup: str, text: str, marks: list[str]) -> None:
    found = read(tmp_path, page(f"<p>{markup}</p>"))
    assert found.blocks[1].text == text
    taken = [extract.text for extract in found.extracts if extract.kind is ExtractKind.FOOTNOTE_MARK]
    assert sorted(taken) == sorted(marks)


@pytest.mark.parametrize(
    "middle",
    [
        "<p>Am <time datetime='2012-03-22'>22. März 2012</time> hatte die Armee geputscht.</p>",
        "<p>Händler, die zum 31.12.2024 in Schwierigkeiten waren, erhalten keine Hilfe.</p>",
        "<details><summary>Hintergrund</summary><p>Seit 2012 kämpfen Rebellen im Norden.</p></details>",
        "<footer><p>© 1998–2026 Beispiel-Zeitung</p></footer>",
        "<p>Nach dem 11. September 2001 kamen US-Soldaten in den Sahel.</p>",
    ],
)
def test_a_page_without_a_date_gets_none(tmp_path: Path, middle: str) -> None:
    assert read(tmp_path, page(middle)).date is None


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ({"head": '<meta property="article:published_time" content="2025-03-03T18:04:00+01:00">'}, "metadata"),
        ({"head": '<meta name="date" content="3. März 2025">'}, "metadata"),
        (
            {
                "head": '<script type="application/ld+json">{"@graph": ['
                '{"@type": "WebSite", "datePublished": "2001-01-01"},'
                '{"@type": "NewsArticle", "datePublished": "2025-03-03"}]}</script>'
            },
            "metadata",
        ),
        (
            {"before": '<p><time class="entry-date published" datetime="2025-03-03">vor 3 Stunden</time></p>'},
            "metadata",
        ),
        ({"before": "<div><span>Stand: 03.03.2025, 18:04 Uhr</span></div>"}, "text"),
        ({"line": "<p>Bamako, 3. März 2025</p>"}, "text"),
        ({"before": "<p>Von Anna Muster | 3. März 2025</p>"}, "text"),
        ({"head": '<link rel="canonical" href="https://example.org/2025/03/03/mali/">'}, "web address"),
    ],
)
def test_a_date_that_is_there_is_read(tmp_path: Path, given: dict[str, str], origin: str) -> None:
    found = read(tmp_path, page("<p>Am 22. März 2012 war Putsch.</p>", **given))
    assert found.date is not None
    assert (found.date.value, found.date.origin) == ("2025-03-03", origin)


@pytest.mark.parametrize(
    "given",
    [
        {"before": "<header><div>Samstag, 12. September 2025</div></header>"},
        {"after": "<div><p>Aktuelles</p><p>Termine</p><p>Wetter</p><p>Stand: 12.09.2025</p></div>"},
        {"middle": "<aside><p>12. September 2025</p></aside>"},
    ],
)
def test_another_date_on_the_page_is_not_that_of_the_article(tmp_path: Path, given: dict[str, str]) -> None:
    assert read(tmp_path, page(**{"middle": "", **given})).date is None


def test_a_date_of_a_page_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, page("", head='<meta name="date" content="gestern">'))
    assert (found.date, [finding.code for finding in found.findings]) == (None, ["READ-DATE"])


def test_menus_and_footers_are_counted_and_named(tmp_path: Path) -> None:
    around = {"before": "<nav><a href='/'>Startseite</a></nav>", "after": "<footer>Impressum</footer>"}
    found = read(tmp_path, page("", **around))
    assert [block.text for block in found.blocks] == list(SENTENCES)
    assert found.left_out == len("StartseiteImpressum")
    (finding,) = found.findings
    assert all(part in finding.message for part in ("2 pieces", "19 characters", "Startseite", "Impressum"))


def test_a_teaser_is_marked_and_its_offer_left_out(tmp_path: Path) -> None:
    offer = (
        "<div class='paywall'><p>Sie möchten weiterlesen?</p>"
        "<p>Jetzt 4 Wochen gratis testen, danach 9,99 € im Monat.</p><p>Bereits Abonnentin? Hier anmelden.</p></div>"
    )
    text = page("").replace(SECOND + THIRD, offer)
    found = read(tmp_path, text)
    assert [block.text for block in found.blocks] == [SENTENCES[0]]
    assert {"READ-TEASER", "READ-OMITTED"} == {finding.code for finding in found.findings}
    assert [extract.kind for extract in found.extracts] == [ExtractKind.BOILERPLATE] * 3


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    """A piece of a page, of every kind of element, well formed or not."""
    word = draw(st.text("abcäöüßABC., 0123", min_size=1, max_size=40))
    if depth == 0 or draw(st.booleans()):
        return word
    inner = "".join(draw(st.lists(markup(depth - 1), min_size=1, max_size=3)))
    tag = draw(
        st.sampled_from(
            "p div ul li ol table tr td th span a b sup sub time br blockquote figure figcaption aside section nav "
            "footer form button details summary h2 h3 dl dd dt pre code header article main em label "
            "select option".split()
        )
    )
    attribute = draw(st.sampled_from(["", " class='related'", " href='#a'", " class='text'", " role='navigation'"]))
    return f"<{tag}{attribute}>{inner}</{tag}>" if draw(st.integers(0, 9)) else f"<{tag}{attribute}>{inner}"


def visible(text: str) -> Counter[str]:
    """Letters of the body, as a browser's parser finds them."""
    from lxml import html

    body = html.document_fromstring(text).find("body")
    assert body is not None
    return letters("".join(body.itertext()))


def letters(text: str) -> Counter[str]:
    plain = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return Counter(character for character in plain if character.isalnum())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(markup(), max_size=4), st.lists(markup(), max_size=2))
def test_every_visible_character_is_in_the_record_or_counted(inside: list[str], outside: list[str]) -> None:
    text = page("".join(inside), before="".join(outside))
    parsed = parse_html(text, pack_of("de"))
    kept = letters("".join(draft.text for draft in parsed.drafts)) + letters(
        "".join(extract.text for extract in parsed.extracts)
    )
    missing = visible(text) - kept
    title = letters(parsed.title or "")
    assert (missing - title).total() <= parsed.left_out
    assert (kept - visible(text)).total() == 0


def test_no_input_file_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("<p>Gr\udcfc\udcdfe</p>").encode("utf-8", "surrogateescape"))
    before = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    list(read_articles(find_sources([str(path)])[0], ReadOptions()))
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before
