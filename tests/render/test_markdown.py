"""Pages: byte for byte against the golden ones, inert whatever the article says, right in every length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sahelsum.combine import combine, select
from sahelsum.output.names import note_stem
from sahelsum.records import (
    ArticleDate,
    BlockKind,
    DatePrecision,
    Digest,
    Failure,
    Finding,
    Overview,
    OverviewSentence,
    Severity,
    Summary,
    SummaryMethod,
)
from sahelsum.records.folder import CombinedDigest, Scope, Selection
from sahelsum.render.markdown import article_page, folder_page, note_page
from sahelsum.render.view_article import article_view
from sahelsum.render.view_folder import folder_view
from sahelsum.render.view_listing import MOST_TOLD
from sahelsum.render.view_names import note_views
from tests.combine.test_combine import moscow, undated, with_facts
from tests.samples import convoy, hostile, make_digest

GOLDEN = Path(__file__).parents[1] / "golden"
GOLDEN_PAGES = (
    ["article.md", "plain.md", "hostile.md", "folder.md", "failed.md", "vault.md", "new.md", "note.md"]
)  # fmt: skip
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def render_digest(digest: Digest, *, wikilinks: bool = False) -> str:
    return article_page(article_view(digest), wikilinks=wikilinks)


def render_combined(combined: CombinedDigest, *, wikilinks: bool = False) -> str:
    return folder_page(folder_view(combined), wikilinks=wikilinks)


def notes(combined: CombinedDigest) -> dict[str, str]:
    return {view.name: note_page(view) for view in note_views(combined)}


def page_across(digests: list[Digest], failures: tuple[Failure, ...] = ()) -> str:
    ids = tuple(digest.article.id for digest in digests)
    sentences = (
        OverviewSentence("A convoy reached Bamako.", ids[:1]),
        OverviewSentence("Russia and Mali agreed to work together.", ids[1:]),
    )
    note = "no summary model was chosen"
    return render_combined(combine(digests, failures, Overview(sentences, SummaryMethod.EXTRACTIVE, note)))


def pages() -> dict[str, str]:
    plain = make_digest([[("Es ist ruhig.", "It is quiet.")]], article_id="plain", title="It is quiet")
    failure = Failure("empty.txt", "The file is empty. Remove it or put the article in it.")
    return {
        "article.md": render_digest(convoy()),
        "plain.md": render_digest(plain),
        "hostile.md": render_digest(hostile()),
        "folder.md": page_across([with_facts(convoy()), moscow(), undated()], (failure,)),
        "failed.md": render_combined(combine([], [failure], None)),
        "vault.md": render_digest(convoy(), wikilinks=True),
        "new.md": render_combined(with_news(), wikilinks=True),
        "note.md": notes(with_news())["JNIM"],
    }


def with_news() -> CombinedDigest:
    """A folder whose second article came later, and which is about one country."""
    chosen, scope = select(
        [with_facts(convoy()), moscow(), undated()],
        Selection(since="2025", countries=("Mali",)),
        frozenset({"001_moscow"}),
    )
    return combine(chosen, (), None, scope)


@pytest.mark.parametrize("name", GOLDEN_PAGES)
def test_golden_pages(name: str, update_golden: bool) -> None:
    page, golden = pages()[name].encode(), GOLDEN / name
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(page)
    assert page == golden.read_bytes(), f"{name} differs: look at it, then run pytest --update-golden"


def body_of(page: str) -> str:
    _, front_matter, body = page.split("---\n", 2)
    assert isinstance(yaml.safe_load(front_matter), dict)
    return body


OWN_TAGS = {"details", "/details", "summary", "/summary", "a", "/a", "br"}
OWN_LINK = re.compile(r"(?:(?:\.\./)?[\w%.-]+\.(?:md|json))?(?:#(?:%5E|\^)?[\w-]+)?")
WEB_LINK = re.compile(r"https?://[^\s<>()\[\]`|\"']+")
WIKILINK = re.compile(r"\[\[[\w .’'()&,-]+(?:\\\|[^\[\]|]*)?\]\]")


def assert_inert(page: str, *, wikilinks: bool = False) -> None:
    """Only our own HTML, balanced; links only within and between pages, or to the web as the source says; no images."""
    body = body_of(page)
    tokens = PARSER.parse(body)
    inline = [child for token in tokens for child in token.children or []]
    html = "".join(token.content for token in (*tokens, *inline) if token.type in ("html_block", "html_inline"))
    tags = Counter(re.findall(r"<(/?\w+)", html.replace("<!--", "")))
    assert set(tags) <= OWN_TAGS
    assert re.findall(r"<a[^>]*>", html) == re.findall(r'<a id="\^[sc]\d+">', html)
    assert re.findall(r"<(?:details|summary|br)[^>]*>", html) == re.findall(
        r'<(?:details(?: lang="\w+")?|summary|br)>', html
    )
    for tag in ("details", "summary", "a"):
        assert tags[tag] == tags[f"/{tag}"]
    assert "image" not in {token.type for token in inline}
    links = [str(token.attrGet("href")) for token in inline if token.type == "link_open"]
    assert all(OWN_LINK.fullmatch(link) or WEB_LINK.fullmatch(link) for link in links)
    assert not [token for token in tokens if token.type in ("fence", "code_block")]
    rest = WIKILINK.sub("", body) if wikilinks else body
    assert not re.search(r"(?<!\\)\[\[", rest)


@pytest.mark.parametrize("name", GOLDEN_PAGES)
def test_pages_are_inert(name: str) -> None:
    assert_inert(pages()[name], wikilinks=name in ("vault.md", "new.md", "note.md"))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>/detailsummry-#`|*_[](){}%$&\"'\\:;=~^ \n")) | st.characters()))
def test_any_text_is_inert_on_all_pages(text: str) -> None:
    assert_all_inert(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><a id="^s1" href="javascript:alert(1)">x</a>',
        "```mermaid\ntimeline\n    section x\n```",
        "[[Mali]] ![[Mali]] [[Mali|x]] ]] | [[",
        "x]] ![](http://evil.example/p.png) [[y",
        "\u202egnitirw desrever\u2066 \u200f",
        "javascript:alert(1)",
        "https://evil.example/) [x](https://evil.example",
        "https://evil.example/<b>|x|`y`",
        "../../../etc/passwd",
        "^s1 ^s2\n^s3",
        "%%hidden%% ==marked== $x$ #tag",
        "a\n---\ntitle: other\n---\n",
        "<!-- sahelsum: unedited " + "0" * 64 + " -->",
    ],
)
def test_hostile_texts_are_inert_on_all_pages(text: str) -> None:
    assert_all_inert(text)


def assert_all_inert(text: str) -> None:
    digest = hostile(text)
    overview = Overview((OverviewSentence(text, (digest.article.id,)),), SummaryMethod.EXTRACTIVE, text)
    scope = Scope(Selection("2025", (text,), (text,)), 1, 1, frozenset({digest.article.id}))
    told = replace(moscow(), article=replace(moscow().article, credit=text))
    combined = combine([digest, told], [Failure(text, text)], overview, scope)
    for wikilinks in (False, True):
        assert_inert(render_digest(digest, wikilinks=wikilinks), wikilinks=wikilinks)
        assert_inert(render_combined(combined, wikilinks=wikilinks), wikilinks=wikilinks)
    for page in notes(combined).values():
        assert_inert(page, wikilinks=True)


def test_the_hostile_text_is_all_there() -> None:
    html = PARSER.render(body_of(render_digest(hostile("<script>alert(1)</script> {{ 7*7 }}"))))
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}") > 20
    assert "49" not in html


ANCHOR = re.compile(r"\]\((?P<file>[\w.]*)#(?P<anchor>\^?[\w-]+)\)")


def on_github(page: str) -> set[str]:
    """What a link may lead to on GitHub: headings and, in a rendered page, the ids of elements."""
    html = PARSER.render(body_of(page))
    headings = re.findall(r"<h\d>(.*?)</h\d>", html)
    slugs = {re.sub(r"[^\w -]", "", re.sub(r"<.*?>", "", text)).strip().lower().replace(" ", "-") for text in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"></a>', html))


def in_obsidian(page: str) -> set[str]:
    """What a link may lead to in Obsidian: headings and the marks at the end of blocks."""
    lines = [line for line in body_of(page).splitlines() if line]
    headings = {line.lstrip("#").strip().lower() for line in lines if line.startswith("#")}
    return headings | {f"^{mark}" for line in lines for mark in re.findall(r" \^([a-zA-Z0-9-]+)$", line)}


@pytest.mark.parametrize("reader", [on_github, in_obsidian])
def test_every_link_to_a_place_has_it_on_github_and_in_obsidian(reader: Callable[[str], set[str]]) -> None:
    articles = [with_facts(convoy()), moscow(), undated()]
    targets = {f"{digest.article.id}.md": render_digest(digest) for digest in articles}
    for name, page in {**targets, "digest.md": page_across(articles)}.items():
        links = list(ANCHOR.finditer(page))
        assert links
        for link in links:
            target = page if not link["file"] else targets[link["file"]]
            assert link["anchor"] in reader(target), (name, link.group())


def test_no_anchor_is_to_be_seen_on_github() -> None:
    """But for the marks within what is folded, and at the end of a finding."""
    page = re.sub(r"<details.*?</details>", "", render_digest(convoy()), flags=re.DOTALL)
    marks = re.findall(r"(?<!\w)(?:\^\w+|p\d+)$", body_of(page), re.MULTILINE)
    assert marks == ["^c1", "^c2", "^c3"]


def test_each_warning_sign_leads_to_a_row_of_its_own() -> None:
    page = render_digest(convoy())
    assert page.count("⚠") == page.count("[⚠") + page.count("Each ⚠ leads")
    assert re.findall(r"\[⚠[^\]]*\]\(#\^c(\d)\)", page) == ["2", "3", "1"]


def test_the_head_of_an_article_is_what_a_vault_asks_for() -> None:
    _, head, _ = render_digest(convoy()).split("---\n", 2)
    assert list(yaml.safe_load(head)) == [
        "title", "aliases", "countries", "places", "actors", "date", "outlet", "url", "review"
    ]  # fmt: skip
    _, head, _ = render_digest(with_facts(convoy()), wikilinks=True).split("---\n", 2)
    fields = yaml.safe_load(head)
    assert fields["tags"] == ["attacks-and-fighting"]
    assert fields["actors"] == ["[[JNIM]]"]


def test_names_lead_to_notes_only_in_a_vault() -> None:
    digests = [with_facts(convoy()), moscow()]
    combined = combine(digests, (), None)
    made = {note_stem(name) for name in notes(combined)}
    pages = [render_combined(combined, wikilinks=True), *(render_digest(each, wikilinks=True) for each in digests)]
    linked = {target for page in pages for target in re.findall(r"\[\[([^\]|\\]+)", page)}
    assert {"Mali", "Bamako", "JNIM", "Sergei Lavrov"} <= linked <= made
    assert "[[" not in render_combined(combined) + render_digest(digests[0])


def test_figures_that_differ_stand_side_by_side_with_who_says_so() -> None:
    texts = {
        "dpa": ("Am 1. November 2025 starben bei Ménaka mindestens 15 Soldaten.", "At least 15 soldiers died."),
        "AFP": ("Bei Ménaka starben am 1. November 2025 rund 42 Soldaten.", "About 42 soldiers died."),
    }
    digests = [make_digest([[pair]], article_id=name) for name, pair in texts.items()]
    digests = [replace(each, article=replace(each.article, credit=each.article.id)) for each in digests]
    (row,) = [line for line in page_across(digests).splitlines() if line.startswith("| 1 November 2025")]
    assert "| at least 15 soldiers (dpa) / about 42 soldiers (AFP) |" in row
    assert row.endswith("| dpa; AFP | [1](dpa.md#^s1), [2](AFP.md#^s1) |")


def test_the_german_of_a_heading_is_folded_with_its_paragraph() -> None:
    page = render_digest(convoy())
    assert page.count("<details") == 5
    assert "- **Gezielte Anschläge** ^s3\n- Mali, das" in page


def test_a_heading_at_the_end_keeps_its_german() -> None:
    digest = make_digest([[("Gut.", "Good.")], [("Ende", "End")]], kinds={2: BlockKind.HEADING})
    assert "- **Ende** ^s2\n\n</details>" in render_digest(digest)


def test_a_block_without_translation_says_so() -> None:
    digest = make_digest([[("Gut.", "Good.")], [("Verloren.", "Lost.")]])
    page = render_digest(replace(digest, translations=digest.translations[:1]))
    assert "*This part has no translation.*" in page
    assert "Verloren." in page


def test_no_summary_says_so() -> None:
    digest = replace(convoy(), summary=Summary((), SummaryMethod.EXTRACTIVE, "nothing there"))
    assert "No summary could be made." in render_digest(digest)


def visible_lines(page: str) -> int:
    opened = visible = 0
    for line in page.splitlines():
        opened += line.count("<details") - line.count("</details>")
        visible += not opened
    return visible


def news(number: int) -> Digest:
    """An article like no other, with a day, a town, people and a finding."""
    month = ("Juli", "August", "September", "Oktober")[number // 28 % 4]
    days = f"Am {number % 28 + 1}. {month} starben {number + 10} Soldaten bei Kidal, sagte Ali Konaté{number}."
    german = f"{days} " + " ".join(f"Wort{number}x{position}" for position in range(40))
    english = f"On {number % 28 + 1} October {number + 10} soldiers died near Kidal, said Ali Konaté{number}."
    finding = Finding("NUM-LOST", Severity.WARNING, "A number of the German is missing.", 1, None, "1", "2")
    date = ArticleDate(f"2025-11-{number % 28 + 1:02}", DatePrecision.DAY, "text")
    return with_facts(
        make_digest([[(german, english)]], article_id=f"a{number}", title=f"News {number}", date=date)
        if number % 2
        else make_digest([[(german, english)]], article_id=f"a{number}", date=date, findings=(finding,))
    )


@pytest.mark.parametrize("articles", [1, 5, 50, 500])
def test_the_folder_page_stays_readable_at_any_size(articles: int) -> None:
    page = page_across([news(number) for number in range(articles)])
    assert_inert(page)
    assert ("**Contents:**" in page) == (articles > 10)
    assert sum(line.startswith("### [") for line in page.splitlines()) == min(articles, MOST_TOLD)
    assert len(set(re.findall(r"\]\((a\d+)\.md\)", page))) == articles  # nothing is dropped
    assert visible_lines(page) < 180 + 12 * min(articles, 25)
    assert len(page.encode()) < 300_000
    assert ("more events are in [digest.json](digest.json) alone" in page) == (articles > 4 * 28)


def test_what_came_last_is_told_and_marked() -> None:
    page = render_combined(with_news())
    assert "## New" in page
    assert page.index("## New") < page.index("## Overview")
    assert "[2\\. Lavrov meets Diop](001_moscow.md)" in page
    assert "| 3 April 2025 **new** |" in page
    assert page.count("**new** · ") == 1
    assert "**Chosen:** articles published since 2025, about Mali. 1 left out." in page
    assert "## New" not in page_across([moscow()])


def test_reprints_are_a_note_under_the_article_they_were_merged_with() -> None:
    base = with_facts(convoy())
    page = page_across([replace(base, article=replace(base.article, id=f"a{number}")) for number in range(40)])
    assert_inert(page)
    assert [line for line in page.splitlines() if line.startswith("### [")] == [
        "### [1\\. Convoy reaches Bamako](a0.md)"
    ]
    assert "the first in the folder's order is kept:* [2\\. Convoy reaches Bamako](a1.md) (100%), " in page
    assert len(set(re.findall(r"\]\((a\d+)\.md\)", page))) == 40
    assert visible_lines(page) < 200


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert pages() == pages()


def test_how_the_summaries_were_made_is_said_once_where_it_is_the_same() -> None:
    extractive = Summary(convoy().summary.sentences, SummaryMethod.EXTRACTIVE, "no model")
    same = [replace(digest, summary=extractive) for digest in (convoy(), moscow())]
    said = "taken word for word from the translation (no model)"
    assert page_across(same).count(said) == 1
    other = replace(extractive, note="the model's summary had no support")
    assert page_across([same[0], replace(same[1], summary=other)]).count(said) == 1
    assert page_across(same[:1]).count(said) == 1


def test_an_overview_sentence_without_an_article_is_marked() -> None:
    made = Overview((OverviewSentence("A claim.", ()),), SummaryMethod.ABSTRACTIVE)
    assert "A claim. *(⚠ no support found)*" in render_combined(combine([convoy()], [], made))
