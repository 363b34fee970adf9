"""Pages: byte for byte against the golden ones, inert whatever the article says, right in every length."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sahelsum.combine import combine
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
from sahelsum.records.folder import CombinedDigest
from sahelsum.render.markdown import article_page, folder_page
from sahelsum.render.view_article import article_view
from sahelsum.render.view_folder import folder_view
from tests.combine.test_combine import moscow, undated, with_facts
from tests.samples import convoy, hostile, make_digest

GOLDEN = Path(__file__).parents[1] / "golden"
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def render_digest(digest: Digest) -> str:
    return article_page(article_view(digest))


def render_combined(combined: CombinedDigest) -> str:
    return folder_page(folder_view(combined))


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
    }


@pytest.mark.parametrize("name", ["article.md", "plain.md", "hostile.md", "folder.md", "failed.md"])
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


OWN_TAGS = {"details", "/details", "summary", "/summary", "p", "/p", "b", "/b"}


def assert_inert(page: str) -> None:
    """Only our own HTML, balanced; links only within and between pages; no images."""
    body = body_of(page)
    tokens = PARSER.parse(body)
    inline = [child for token in tokens for child in token.children or []]
    html = "".join(token.content for token in (*tokens, *inline) if token.type in ("html_block", "html_inline"))
    tags = Counter(re.findall(r"<(/?\w+)", html))
    assert set(tags) <= OWN_TAGS
    for tag in ("details", "summary", "p", "b"):
        assert tags[tag] == tags[f"/{tag}"]
    assert "image" not in {token.type for token in inline}
    links = [str(token.attrGet("href")) for token in inline if token.type == "link_open"]
    assert all(re.fullmatch(r"(?:[\w%.-]+\.md)?(?:#[\w-]+)?", link) for link in links)
    fences = [token.info for token in tokens if token.type in ("fence", "code_block")]
    assert set(fences) <= {"mermaid"}


@pytest.mark.parametrize("name", ["article.md", "plain.md", "hostile.md", "folder.md", "failed.md"])
def test_pages_are_inert(name: str) -> None:
    assert_inert(pages()[name])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>/detailsummry-#`|*_[](){}%$&\"'\\:;=~^ \n")) | st.characters()))
def test_any_text_is_inert_on_both_pages(text: str) -> None:
    digest = hostile(text)
    assert_inert(render_digest(digest))
    overview = Overview((OverviewSentence(text, (digest.article.id,)),), SummaryMethod.EXTRACTIVE, text)
    assert_inert(render_combined(combine([digest, moscow()], [Failure(text, text)], overview)))


def test_the_hostile_text_is_all_there() -> None:
    html = PARSER.render(body_of(render_digest(hostile("<script>alert(1)</script> {{ 7*7 }}"))))
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}") > 20
    assert "49" not in html


def test_every_link_within_a_page_has_its_heading() -> None:
    for page in pages().values():
        headings = {heading.lower() for heading in re.findall(r"^#+ (\w+)$", body_of(page), re.MULTILINE)}
        assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= headings


def test_links_to_other_pages_have_their_heading_there() -> None:
    articles = [with_facts(convoy()), moscow(), undated()]
    targets = {digest.article.id: render_digest(digest) for digest in articles}
    for file, anchor in re.findall(r"\]\((\w+)\.md(?:#([\w-]+))?\)", page_across(articles)):
        assert not anchor or re.search(rf"^#+ {anchor}$", targets[file], re.MULTILINE | re.IGNORECASE)


def test_the_german_of_a_heading_is_folded_with_its_paragraph() -> None:
    page = render_digest(convoy())
    assert page.count("<details>") == 4
    assert "<b>Gezielte Anschläge</b></p><p" in page


def test_a_heading_at_the_end_keeps_its_german() -> None:
    digest = make_digest([[("Gut.", "Good.")], [("Ende", "End")]], kinds={2: BlockKind.HEADING})
    assert '<p lang="de"><b>Ende</b></p></details>' in render_digest(digest)


def test_a_block_without_translation_says_so() -> None:
    digest = make_digest([[("Gut.", "Good.")], [("Verloren.", "Lost.")]])
    page = render_digest(replace(digest, translations=digest.translations[:1]))
    assert "⚠ This part has no translation." in page
    assert "Verloren." in page


def test_no_summary_says_so() -> None:
    digest = replace(convoy(), summary=Summary((), SummaryMethod.EXTRACTIVE, "nothing there"))
    assert "No summary could be made." in render_digest(digest)


def visible_lines(page: str) -> int:
    opened = visible = 0
    for line in page.splitlines():
        opened += line.count("<details>") - line.count("</details>")
        visible += not opened
    return visible


def news(number: int) -> Digest:
    """An article like no other, with a day, a town, people and a finding."""
    days = f"Am {number % 28 + 1}. Oktober starben {number + 10} Soldaten bei Kidal, sagte Ali Konaté{number}."
    german = f"{days} " + " ".join(f"Wort{number}x{position}" for position in range(40))
    english = f"On {number % 28 + 1} October {number + 10} soldiers died near Kidal, said Ali Konaté{number}."
    finding = Finding("NUM-LOST", Severity.WARNING, "A number of the German is missing.", 1, None, "1", "2")
    date = ArticleDate(f"2025-11-{number % 28 + 1:02}", DatePrecision.DAY, "text")
    return with_facts(
        make_digest([[(german, english)]], article_id=f"a{number}", title=f"News {number}", date=date)
        if number % 2
        else make_digest([[(german, english)]], article_id=f"a{number}", date=date, findings=(finding,))
    )


@pytest.mark.parametrize("articles", [1, 5, 200])
def test_the_folder_page_stays_readable_at_any_size(articles: int) -> None:
    page = page_across([news(number) for number in range(articles)])
    assert_inert(page)
    assert ("**Contents:**" in page) == (articles > 10)
    assert sum(line.startswith("### [") for line in page.splitlines()) == articles  # nothing is dropped
    assert len(set(re.findall(r"\]\((a\d+)\.md\)", page))) == articles
    assert visible_lines(page) < 150 + 12 * min(articles, 25)


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


MERMAID_LINE = re.compile(r"timeline|    section (?:Events|Published)|        [^:]+ :(?: [^:]+(?: :|$))+")


@pytest.mark.parametrize("articles", [3, 60])
def test_the_drawing_is_valid_mermaid_whatever_the_titles(articles: int) -> None:
    """Its only own sign is the colon between a period and its entries; the others break the parser."""
    nasty = 'a: b; c # d {e} <f> "g" %%{init: {}}%% `h` | i & j $k ~l \\ m\nsection n'
    digests = [replace(news(number), title=nasty) for number in range(articles)]
    chart = page_across(digests).split("```mermaid\n")[1].split("\n```")[0].splitlines()
    assert chart[0] == "timeline"
    assert all(MERMAID_LINE.fullmatch(line) for line in chart), chart
    assert not set("".join(chart)) & set(';#{}<>"%`|&$~\\')
