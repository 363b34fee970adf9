"""The reading room in a real browser, from the file system: what a reader does works, and nothing leaves the machine.

Needs Playwright and the axe-core that comes with axe-playwright-python (``pip install -e '.[dev]'``), and the
distribution's Chromium (``apt install chromium``).
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from sahelsum.corrections import read_corrections
from sahelsum.output.sidecar import digest_json
from sahelsum.records import ArticleDate, DatePrecision, Digest, Fact, FactKind
from sahelsum.records.corrections import Correction
from sahelsum.site import make_site
from tests.samples import convoy, hostile, make_digest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = [
    *(() if importlib.util.find_spec("axe_playwright_python") else ("axe-playwright-python is not installed",)),
    *(() if CHROMIUM else ("no Chromium is installed",)),
]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(MISSING), reason="; ".join(MISSING))]
SERIOUS = ("serious", "critical")


def gao(number: int) -> Digest:
    """One of many short articles, two days after the one before."""
    date = ArticleDate(f"2025-{1 + number // 14:02}-{1 + number % 14 * 2:02}", DatePrecision.DAY, "text")
    german = [("In Gao starben am 3. März 2025 zwölf Soldaten.", "In Gao, twelve soldiers died on 3 March 2025.")]
    facts = (Fact(FactKind.COUNTRY, "Mali", (1,)), Fact(FactKind.PLACE, "Gao", (1,)))
    digest = make_digest([german], article_id=f"gao{number:03}", title=f"Gao {number}", date=date)
    return replace(digest, facts=facts)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reading room of the convoy, of an article that attacks, and of sixty short ones."""
    root = tmp_path_factory.mktemp("out") / "with space #1"
    (root / "data").mkdir(parents=True)
    attack = hostile("</script><img src=x onerror=alert(1)><script>alert(1)</script>")
    attack = replace(attack, article=replace(attack.article, id="attack", date=None))
    for digest in (convoy(), attack, *map(gao, range(60))):
        (root / "data" / f"{digest.article.id}.json").write_text(digest_json(digest), encoding="utf-8")
    assert make_site(root).problems == ()
    return root / "site"


@dataclass
class Visit:
    """An open page, and all that it said and asked for."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: Path, fragment: str = "") -> Any:
        self.page.goto(path.as_uri() + fragment)
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """A page of its own; after the test nothing may have gone wrong on it, and nothing may have left the machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.said.append(f"{message.type}: {message.text}"))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("dialog", lambda dialog: visit.said.append(f"dialog {dialog.message}") or dialog.dismiss())
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    yield visit
    context.close()
    assert visit.said == []
    assert [url for url in visit.asked if not url.startswith(("file:", "blob:"))] == []


def now(page: Any) -> list[str]:
    """The sentences that are lit, as the reader sees them."""
    texts: list[str] = page.locator(".s.now").all_text_contents()
    return texts


@pytest.mark.parametrize("name", ["index.html", "search.html", "article/000_convoy.html", "article/attack.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, site: Path, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visit.page.emulate_media(color_scheme=scheme)
    found = Axe().run(visit.open(site / name)).response
    serious = [
        f"{each['id']}: {node['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"][:3]
    ]
    assert serious == []
    assert found["passes"]


def test_the_counterpart_of_a_sentence_is_lit_on_hover_from_either_side(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    both = ["JNIM hat mindestens einhundert Kraftfahrer ermordet.", "JNIM has murdered at least 200 drivers."]
    for side in (".en", ".de"):
        page.mouse.move(0, 0)
        assert now(page) == []
        page.locator(f"{side} .s[data-n='2']").hover()
        assert now(page) == both


def test_the_keyboard_goes_from_sentence_to_sentence(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    page.locator(".en .s[data-n='1']").focus()
    assert len(now(page)) == 2
    page.keyboard.press("ArrowDown")
    assert now(page)[1] == "JNIM has murdered at least 200 drivers."
    page.keyboard.press("k")
    assert now(page)[1].startswith("Media close to the junta")
    assert page.locator(".en .s[tabindex='0']").count() == 1


def test_an_address_of_a_sentence_shows_it(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html", "#s7")
    assert now(page) == ["Am 1. November starben 53 Soldaten.", "On 1 November, 53 soldiers died."]
    assert page.locator("#s7").evaluate("(element) => element === document.activeElement")


def test_a_sentence_of_the_summary_lights_up_its_sources(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    second = page.locator(".summary li").nth(1)
    second.hover()
    lit = set(page.locator(".s.lit").evaluate_all("(all) => all.map((each) => each.dataset.n)"))
    assert lit == {"1", "4"}
    page.mouse.move(0, 0)
    assert page.locator(".s.lit").count() == 0
    second.focus()
    assert page.locator(".s.lit").count() == 4


def test_filters_narrow_both_lists_and_come_back_with_the_address(visit: Visit, site: Path) -> None:
    page = visit.open(site / "index.html")
    status = page.locator("#status")
    assert status.text_content().startswith("62 of 62 articles")
    page.locator("#f-places").select_option(label="Bamako")
    assert status.text_content().startswith("1 of 62 articles")
    assert page.locator("#article-rows article:visible h3 a").all_text_contents() == ["Convoy reaches Bamako"]
    assert "places=Bamako" in page.url
    page.reload()
    assert status.text_content().startswith("1 of 62 articles")
    page.locator("#clear").click()
    page.wait_for_function("document.querySelector('#status').textContent.startsWith('62 of 62')")
    page.locator("#flagged").check()
    assert status.text_content().startswith("2 of 62 articles")


def test_a_period_is_chosen_by_dates_and_by_the_timeline(visit: Visit, site: Path) -> None:
    page = visit.open(site / "index.html")
    page.locator("#from").fill("2025-11-01")
    page.locator("#from").dispatch_event("change")
    assert page.locator("#status").text_content().startswith("1 of 62 articles")
    page.locator("[data-last='0']").click()
    assert page.locator("#status").text_content().startswith("62 of 62 articles")
    bars = page.locator("#time .hit").count()
    page.locator("#closer").click()
    assert page.locator("#from").input_value() > "2025-01-01"
    assert page.locator("#time .hit").count() != bars
    page.locator("#wider").click()
    page.locator("#time .hit").first.click()
    assert not page.locator("#status").text_content().startswith("62 of 62 articles")


def test_a_place_on_the_map_filters_and_the_map_zooms(visit: Visit, site: Path) -> None:
    page = visit.open(site / "index.html")
    whole = page.locator("#atlas").get_attribute("viewBox")
    page.locator("[data-name='Gao'] .happened").click()
    assert page.locator("#status").text_content().startswith("60 of 62 articles")
    page.locator("#zoom-in").click()
    assert page.locator("#atlas").get_attribute("viewBox") != whole
    page.locator("#zoom-all").click()
    assert page.locator("#atlas").get_attribute("viewBox") == whole


def test_long_lists_open_step_by_step(visit: Visit, site: Path) -> None:
    page = visit.open(site / "index.html")
    assert page.locator("#article-rows article:visible").count() == 30
    page.locator("#more-articles").click()
    assert page.locator("#article-rows article:visible").count() == 62


def test_an_event_leads_to_its_german_sentence(visit: Visit, site: Path) -> None:
    page = visit.open(site / "index.html")
    page.locator("#event-rows a", has_text="53 soldiers").first.click()
    page.wait_for_url("**/000_convoy.html#s7")
    assert now(page)[0] == "Am 1. November starben 53 Soldaten."


@pytest.mark.parametrize(
    ("words", "sentences"), [("ermordet", 1), ("MURDER", 1), ("fur nichts", 0), ("treibst prozent", 1)]
)
def test_words_are_found_in_either_language(visit: Visit, site: Path, words: str, sentences: int) -> None:
    page = visit.open(site / "index.html")
    page.locator("#query").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#**")
    assert page.locator("#status").text_content().startswith(f"{sentences} sentence")
    assert page.locator(".hit").count() == sentences
    if sentences:
        assert page.locator("mark").count()
        page.locator(".hit").first.click()
        page.wait_for_url("**/000_convoy.html#s*")
        assert len(now(page)) == 2


def test_a_correction_is_kept_and_saved_as_a_file(visit: Visit, site: Path, tmp_path: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    page.locator(".en .s[data-n='2']").click()
    page.keyboard.press("e")
    page.locator("#edited").fill("JNIM has murdered at least\n a hundred drivers.")
    page.keyboard.press("Control+Enter")
    assert now(page)[1] == "JNIM has murdered at least a hundred drivers."
    page.reload()
    assert page.locator("#s2").text_content() == "JNIM has murdered at least a hundred drivers."
    assert page.locator("#correction-count").text_content() == "1 correction not yet applied."
    visit.open(site / "index.html")
    with page.expect_download() as download:
        page.locator("#export").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "corrections.json"
    source = "JNIM hat mindestens einhundert Kraftfahrer ermordet."
    assert read_corrections(file) == [Correction("de", source, "JNIM has murdered at least a hundred drivers.")]
    (entry,) = json.loads(file.read_text(encoding="utf-8"))["corrections"]
    assert (entry["article"], entry["sentence"]) == ("000_convoy", 2)
    page.locator("#forget").click()
    assert page.locator("#corrections").is_hidden()


def test_a_correction_can_be_taken_back(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    page.locator(".en .s[data-n='2']").click()
    page.get_by_role("button", name="Correct sentence 2").click()
    page.locator("#edited").fill("Something else.")
    page.get_by_role("button", name="Keep").click()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="As it was").click()
    assert page.locator("#s2").text_content() == "JNIM has murdered at least 200 drivers."
    assert page.locator("#corrections").is_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#editor").count() == 0


def test_the_colours_follow_the_system_and_the_button(visit: Visit, site: Path) -> None:
    def paper() -> str:
        colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return colour

    visit.page.emulate_media(color_scheme="dark")
    page = visit.open(site / "index.html")
    dark = paper()
    page.locator("#theme").click()
    assert paper() != dark
    page.reload()
    assert paper() != dark


@pytest.mark.parametrize("name", ["index.html", "article/000_convoy.html", "search.html"])
def test_a_narrow_screen_needs_no_scrolling_to_the_side(visit: Visit, site: Path, name: str) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 720})
    page = visit.open(site / name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_article_can_be_read_in_one_language_and_printed(visit: Visit, site: Path) -> None:
    page = visit.open(site / "article/000_convoy.html")
    page.locator("[data-show='english']").click()
    assert page.locator(".block .de:visible").count() == 0
    page.locator("[data-show='both']").click()
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    assert page.locator(".block .de").first.is_visible()


def test_an_article_that_attacks_runs_nothing(visit: Visit, site: Path) -> None:
    for name in ("article/attack.html", "index.html", "search.html"):
        page = visit.open(site / name, "#q=onerror" if name == "search.html" else "")
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 2
