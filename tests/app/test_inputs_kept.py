"""No input of a run is written over, whatever the folders, the names and the flags."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sahelsum.app.jobs import run_sources
from sahelsum.app.settings import load_config
from sahelsum.errors import InputError
from sahelsum.output.write import bears_seal, is_sealed, seal
from sahelsum.protocols import Silence
from sahelsum.runs.report import RunReport

GERMAN = "Die Armee hat in Bamako 24 Menschen festgenommen. Der Minister sprach am Montag im Radio von einem Erfolg.\n"
NAMES = [
    "article.md", "article.txt", "Article.MD", "digest.md", "article-md.md", "part-0001/article.md", "run.md",
    "part-0001/digest.md", "news.jsonl", "data/article.md", "src-article.md",
]  # fmt: skip


def run(sources: list[Path], output: Path, *, force: bool, shard: int = -1) -> RunReport:
    config = load_config(
        {
            "engine": "echo", "output": str(output), "use_memory": False, "check_language": False,
            "shard_articles": shard,
        }
    )  # fmt: skip
    return run_sources([str(source) for source in sources], config, Silence(), force=force)


def content(name: str, sealed: bool) -> str:
    if name.endswith(".jsonl"):
        return '{"id": "article", "text": "Die Armee hat in Bamako 24 Menschen festgenommen."}\n'
    return seal(GERMAN) if sealed else GERMAN


@settings(max_examples=60)
@given(
    names=st.sets(st.sampled_from(NAMES), min_size=1),
    sealed=st.booleans(),
    output=st.sampled_from([".", "part-0001", "data", "../out"]),
    by_name=st.booleans(),
    force=st.booleans(),
    shard=st.sampled_from([0, 1, 2]),
)
def test_no_input_changes(names: set[str], sealed: bool, output: str, by_name: bool, force: bool, shard: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "src"
        inputs = {folder / name: content(name, sealed and by_name) for name in names}
        for path, text in inputs.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        given_sources = sorted(inputs) if by_name else [folder]
        for _ in range(2):
            with suppress(InputError):  # all of it may lie in the output folder
                run(given_sources, folder / output, force=force, shard=shard)
            assert {path: path.read_text(encoding="utf-8") for path in inputs} == inputs


def links(page: Path) -> set[Path]:
    targets = re.findall(r"\]\(([^)#]+\.md)", page.read_text(encoding="utf-8"))
    return {page.parent / target for target in targets}


@pytest.mark.parametrize("force", [False, True])
def test_a_page_beside_its_source_gets_another_name_and_the_digest_links_to_it(tmp_path: Path, force: bool) -> None:
    source = tmp_path / "article.md"
    source.write_text(GERMAN, encoding="utf-8")
    for _ in range(2):
        report = run([tmp_path], tmp_path, force=force)
        assert [entry.message for entry in report.entries] == [""]
        assert source.read_text(encoding="utf-8") == GERMAN
        linked = links(tmp_path / "digest.md")
        assert linked
        assert all(is_sealed(page.read_bytes()) for page in linked)


def test_a_german_file_that_is_no_source_is_neither_replaced_nor_linked(tmp_path: Path) -> None:
    other = tmp_path / "b.md"
    other.write_text(GERMAN, encoding="utf-8")
    source = tmp_path / "b.txt"
    source.write_text(GERMAN, encoding="utf-8")
    run([source], tmp_path, force=True)
    assert other.read_text(encoding="utf-8") == GERMAN
    assert other not in links(tmp_path / "digest.md")


def test_a_source_in_the_place_of_an_earlier_page_is_left_alone_and_told(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(GERMAN, encoding="utf-8")
    run([source], tmp_path, force=False)
    (tmp_path / "a.md").write_text(GERMAN, encoding="utf-8")
    for _ in range(2):
        report = run([source], tmp_path, force=True)
        assert "seal" in next(iter(report.entries)).message
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == GERMAN
    assert all(bears_seal(page.read_bytes()) for page in links(tmp_path / "digest.md"))
