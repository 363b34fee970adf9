"""Pages of sources that are no longer given: listed as older, and not exported unless asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.export import Rows, export_table
from sahelsum.output.write import is_sealed
from sahelsum.render.markdown.older import SHOWN_PAGES, older_section
from tests.folders import Folder

TEXT = "Die Regierung in Bamako hat am 3. März neue Gespräche über die Lage im Norden angekündigt.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    for name in ("a.txt", "b.txt", "c.txt"):
        made.add(name, TEXT.replace("Bamako", f"Bamako {name[0].upper()}"))
    made.run()
    return made


def older(folder: Folder) -> str:
    _, _, section = (folder.output / "digest.md").read_text(encoding="utf-8").partition("## Older pages")
    return section


def exported(folder: Folder, *, with_older: bool = False) -> list[str]:
    table = folder.root / "table.jsonl"
    export_table(folder.output, table, Rows.ARTICLES, older=with_older)
    return [json.loads(line)["article_id"] for line in table.read_text(encoding="utf-8").splitlines()]


def test_without_older_pages_nothing_is_said_of_them(folder: Folder) -> None:
    assert not older(folder)
    assert exported(folder) == ["a", "b", "c"]


def test_a_source_that_is_gone_makes_its_page_older_until_it_is_back(folder: Folder) -> None:
    gone = folder.articles / "b.txt"
    gone.rename(folder.root / "b.txt")
    folder.run()
    assert "[b.md](b.md)" in older(folder)
    assert "a.md" not in older(folder)
    assert is_sealed((folder.output / "digest.md").read_bytes())
    assert exported(folder) == ["a", "c"]
    assert exported(folder, with_older=True) == ["a", "b", "c"]
    before = folder.bytes()
    folder.run()
    assert folder.bytes() == before
    (folder.root / "b.txt").rename(gone)
    folder.run()
    assert not older(folder)
    assert exported(folder) == ["a", "b", "c"]


def test_the_page_that_is_deleted_is_no_longer_listed(folder: Folder) -> None:
    (folder.articles / "b.txt").unlink()
    folder.run()
    (folder.output / "b.md").unlink()
    (folder.output / "data" / "b.json").unlink()
    folder.run()
    assert not older(folder)


def test_parts_of_earlier_runs_are_older_as_a_whole(folder: Folder) -> None:
    folder.run(shard_articles=1)
    assert "[a.md](a.md)" in older(folder)
    assert exported(folder) == ["a", "b", "c"]
    folder.run(shard_articles=0)
    assert "part-0001/" in older(folder)
    assert exported(folder) == ["a", "b", "c"]
    assert exported(folder, with_older=True) == ["a", "b", "c"] * 2


def test_of_many_the_first_are_listed_and_the_others_counted() -> None:
    section = older_section([f"{number}.md" for number in range(SHOWN_PAGES + 3)])
    assert section.count("](") == SHOWN_PAGES
    assert section.endswith("- and 3 more\n")
