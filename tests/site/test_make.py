"""The reading room of a folder: which pages there are, and whose files are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sahelsum.cli.main import cli
from sahelsum.errors import InputError, OutputError
from sahelsum.output.sidecar import digest_json
from sahelsum.records import ArticleDate, DatePrecision
from sahelsum.site import make_site
from tests.samples import convoy, make_digest


def folder(root: Path, *names: str) -> Path:
    """An output folder with the data of the convoy and of some other articles."""
    data = root / "data"
    data.mkdir(parents=True)
    (data / "000_convoy.json").write_text(digest_json(convoy()), encoding="utf-8")
    for number, name in enumerate(names, 1):
        date = ArticleDate(f"2025-12-{number:02}", DatePrecision.DAY, "text")
        digest = make_digest([[("Gao liegt am Niger.", "Gao lies on the Niger.")]], article_id=name, date=date)
        (data / f"{name}.json").write_text(digest_json(digest), encoding="utf-8")
    return root


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))


def test_a_page_for_each_article_and_two_for_all(tmp_path: Path) -> None:
    made = make_site(folder(tmp_path, "b", "c"))
    assert files(tmp_path) == [
        "site/article/000_convoy.html",
        "site/article/b.html",
        "site/article/c.html",
        "site/index.html",
        "site/search.html",
    ]
    assert made.articles == 3
    assert made.start == tmp_path / "site" / "index.html"
    assert made.kept == made.problems == ()


def test_articles_lead_to_the_ones_before_and_after(tmp_path: Path) -> None:
    make_site(folder(tmp_path, "b", "c"))
    middle = (tmp_path / "site/article/b.html").read_text(encoding="utf-8")
    assert 'rel="prev" href="c.html"' in middle
    assert 'rel="next" href="000_convoy.html"' in middle


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    sites = []
    for name in ("one", "two"):
        make_site(folder(tmp_path / name, "b"))
        sites.append([(tmp_path / name / file).read_bytes() for file in files(tmp_path / name)])
    assert sites[0] == sites[1]


def test_an_edited_page_is_kept_and_told(tmp_path: Path) -> None:
    make_site(folder(tmp_path))
    page = tmp_path / "site" / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("Overview", "Mine").replace("<h1", "<h1 "), encoding="utf-8"
    )
    edited = page.read_bytes()
    assert make_site(tmp_path).kept == (str(page),)
    assert page.read_bytes() == edited
    assert make_site(tmp_path, force=True).kept == ()
    assert page.read_bytes() != edited


def test_a_page_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    page = folder(tmp_path) / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("<p>my home page</p>", encoding="utf-8")
    with pytest.raises(OutputError, match=r"index\.html"):
        make_site(tmp_path, force=True)
    assert page.read_text(encoding="utf-8") == "<p>my home page</p>"


def test_damaged_data_are_told_and_cost_no_other_article(tmp_path: Path) -> None:
    (folder(tmp_path, "b") / "data" / "b.json").write_text("{broken", encoding="utf-8")
    made = make_site(tmp_path)
    assert made.articles == 1
    (problem,) = made.problems
    assert "b.json" in problem


def test_the_parts_of_a_large_run_have_a_room_each_and_a_page_above(tmp_path: Path) -> None:
    for part in ("part-0001", "part-0002"):
        folder(tmp_path / part)
    made = make_site(tmp_path)
    assert made.articles == 2
    top = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    for part in ("part-0001", "part-0002"):
        assert f'href="../{part}/site/index.html"' in top
        assert (tmp_path / part / "site" / "index.html").is_file()


def test_a_folder_without_digests_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no digests are in it"):
        make_site(tmp_path / "typo")
    result = CliRunner().invoke(cli, ["site", str(tmp_path / "typo")])
    assert result.exit_code == 1
    assert "no digests are in it" in result.output
    assert not (tmp_path / "typo").exists()


def test_the_command_says_what_to_open(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["site", str(folder(tmp_path))])
    assert result.exit_code == 0, result.output
    assert f"Open {tmp_path / 'site' / 'index.html'} in a browser" in result.output.replace("\n", " ")
