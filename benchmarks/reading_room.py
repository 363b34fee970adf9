"""How quickly a reading room opens and filters, in the distribution's Chromium.

    python benchmarks/corpus.py 500 articles.jsonl
    sahelsum run articles.jsonl --html --output digests
    python benchmarks/reading_room.py digests [--rounds 5]

Opening: from the request of the page to its first frame with all filters at work. Filtering: from choosing a name to
the frame that shows it, the slowest of the names tried. Searching: the first search also prepares the sentences.
Beside each stands the time of the page's main thread, which other programs at work do not lengthen.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

NAMES_TRIED = 5
"""Of each filter."""
_FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_CHOOSE = """async ([id, value]) => {
  const select = document.getElementById(id);
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
_SEARCH = """async (words) => {
  const query = document.getElementById("query");
  query.value = words;
  query.dispatchEvent(new Event("input"));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


@click.command()
@click.argument("output", type=click.Path(exists=True, path_type=Path))
@click.option("--rounds", default=5, show_default=True, help="Times that each page is opened.")
def main(output: Path, rounds: int) -> None:
    """Measure the reading room in OUTPUT."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not installed with everything else

    start, search = output / "site" / "index.html", output / "site" / "search.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, path in (("start page", start), ("search page", search)):
            opened = []
            for _ in range(rounds):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                clock = Clock(page)
                opened.append(clock.time(partial(_open, page, path), anew=True))
            print(f"{name:12} {path.stat().st_size / 1e6:.1f} MB, opens in {told(sorted(opened)[rounds // 2])}")
            if path == start:
                print(f"{'filter':12} {told(max(_filter(page, clock)))}")
        for name, words in (("first search", "bamako"), ("later search", "armee angriff")):
            print(f"{name:12} {told(clock.time(partial(page.evaluate, _SEARCH, words)))}")
        browser.close()


class Clock:
    """Times of an action: on the wall, and of the page's main thread, in milliseconds."""

    def __init__(self, page: Any) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def time(self, action: Callable[[], object], *, anew: bool = False) -> tuple[float, float]:
        """Do it. ``anew``: in a process of its own, whose thread has done nothing before."""
        started, busy = time.perf_counter(), 0.0 if anew else self._busy()
        action()
        return (time.perf_counter() - started) * 1000, (self._busy() - busy) * 1000

    def _busy(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")


def told(times: tuple[float, float]) -> str:
    """Both times in words."""
    return f"{times[0]:.0f} ms ({times[1]:.0f} ms of its thread)"


def _open(page: Any, path: Path) -> None:
    page.goto(path.as_uri(), timeout=120_000)
    page.evaluate(_FRAME)


def _filter(page: Any, clock: Clock) -> Iterator[tuple[float, float]]:
    for select in page.locator("select[data-trait]").all():
        name = select.get_attribute("id")
        for value in (*map(str, range(min(NAMES_TRIED, select.locator("option").count() - 1))), ""):
            yield clock.time(partial(page.evaluate, _CHOOSE, [name, value]))


if __name__ == "__main__":
    main()
