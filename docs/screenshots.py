"""Pictures of the reading room for the README, of the seeds, in the distribution's Chromium.

sahelsum run seeds/ --html --output /tmp/seeds
python docs/screenshots.py /tmp/seeds
"""

from __future__ import annotations

import shutil
from pathlib import Path

import click

FOLDER = Path(__file__).parent / "pictures"
LIT_SENTENCE = 9
"""One with a finding, in the first article of the seeds."""


@click.command()
@click.argument("output", type=click.Path(exists=True, path_type=Path))
def main(output: Path) -> None:
    """Write the pictures of the reading room in OUTPUT into docs/pictures."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not installed with everything else

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1100, "height": 960})
        page.goto((output / "site" / "index.html").resolve().as_uri())
        page.screenshot(path=FOLDER / "start.png")
        article = min((output / "site" / "article").glob("*.html"))
        dark = browser.new_page(viewport={"width": 1000, "height": 560}, color_scheme="dark")
        dark.goto(f"{article.resolve().as_uri()}#s{LIT_SENTENCE}")
        dark.screenshot(path=FOLDER / "article.png")
        browser.close()


if __name__ == "__main__":
    main()
