"""Finding sources: files, folders, patterns, standard input; stems; what must never be opened."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.errors import InputError
from sahelsum.output.write import seal
from sahelsum.read.ids import MAX_ID_BYTES, IdRegistry, safe_id, wanted_stems
from sahelsum.read.sources import Format, Scan, find_sources, open_regular, scan_sources

SEEDS = Path(__file__).parents[2] / "seeds"


def write(path: Path, text: str = "Text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(*paths: object) -> list[str]:
    return [source.id for source in find_sources([str(path) for path in paths])]


def test_seeds_keep_their_stems() -> None:
    assert ids(SEEDS) == sorted(path.stem for path in SEEDS.glob("*.txt"))


def test_folder_is_searched_recursively_sorted_and_without_hidden_entries(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden.txt", ".git/d.txt", "sub/.e.txt", "z.JSONL"):
        write(tmp_path / name)
    sources = find_sources([str(tmp_path)])
    assert [source.name for source in sources] == ["a.md", "b.txt", "z.JSONL", "sub/c.html"]
    assert [source.format for source in sources] == [Format.MARKDOWN, Format.TEXT, Format.JSON_LINES, Format.HTML]


def test_other_files_in_a_folder_are_listed_as_ignored(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.pdf")
    scan = scan_sources([str(tmp_path)])
    assert [source.name for source in scan.sources] == ["a.txt"]
    assert [ignored.name for ignored in scan.ignored] == ["b.pdf"]
    assert ".txt" in scan.ignored[0].reason


def test_a_file_of_unsupported_type_named_among_good_ones_is_a_problem(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "a.txt"), write(tmp_path / "b.pdf")
    sources = find_sources([str(good), str(bad)])
    assert sources[0].problem == ""
    assert "not supported" in sources[1].problem


def test_a_missing_path_does_not_stop_the_others(tmp_path: Path) -> None:
    good = write(tmp_path / "a.txt")
    missing = find_sources([str(tmp_path / "nix.txt"), str(good)])[0]
    assert "no such file" in missing.problem
    with pytest.raises(InputError, match="no such file"):
        missing.read_bytes()


@pytest.mark.parametrize("name", ["nix.txt", "nix/*.txt", "x.pdf", "empty"])
def test_nothing_to_read_at_all_is_an_error(tmp_path: Path, name: str) -> None:
    write(tmp_path / "x.pdf")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        find_sources([str(tmp_path / name)])


def test_pattern(tmp_path: Path) -> None:
    for name in ("n1.txt", "n2.txt", "other.txt", "n3.pdf"):
        write(tmp_path / name)
    assert ids(tmp_path / "n*") == ["n1", "n2"]


def test_a_name_with_pattern_characters_is_a_name(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "a[1].txt")) == ["a-1"]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert ids(tmp_path, file, tmp_path / "*.txt") == ["a"]


def test_links_leading_outside_are_ignored_with_a_reason(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt")
    folder = tmp_path / "in"
    write(folder / "a.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    scan = scan_sources([str(folder)])
    assert [source.name for source in scan.sources] == ["a.txt"]
    assert {ignored.name: ignored.reason for ignored in scan.ignored} == {
        "out.txt": "a link that leads outside the folder",
        "loop": "a link to a folder",
    }


def names(scan: Scan) -> tuple[list[str], dict[str, str]]:
    """What is read, and what is ignored with the reason."""
    return [source.name for source in scan.sources], {ignored.name: ignored.reason for ignored in scan.ignored}


def test_a_circle_of_links_is_a_problem_of_that_file_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    good, bad = find_sources([str(tmp_path)])
    assert good.read_bytes() == b"Text."
    with pytest.raises(InputError, match="cannot be opened"):
        bad.read_bytes()


def test_the_output_folder_is_left_out_of_a_searched_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "out/data/b.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "out/data/b.txt")
    (tmp_path / "way").symlink_to(tmp_path / "out")
    scan = scan_sources([str(tmp_path)], skip=tmp_path / "way")
    reason = "in the output folder"
    assert names(scan) == (["a.txt"], {"link.txt": reason, "out": reason, "way": "a link to a folder"})


def test_the_output_folder_is_left_out_of_a_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in/a.txt")
    write(tmp_path / "out/b.txt")
    assert names(scan_sources(["*/*.txt"], skip=Path("out"))) == (["a.txt"], {"out/b.txt": "in the output folder"})
    assert names(scan_sources(["*"], skip=Path("out"))) == (["a.txt"], {"out": "in the output folder"})


def test_the_output_folder_itself_is_searched_when_asked_for_but_not_its_pages(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out / "a.txt")
    write(out / "own.md", seal("# Page"))
    write(out / "windows.md", seal("# Page").replace("\n", "\r\n"))
    write(out / "note.md", seal("# Page") + "My own text.")
    own = "one of sahelsum's own pages"
    expected = (["a.txt", "note.md"], {"own.md": own, "windows.md": own})
    assert names(scan_sources([str(out)], skip=out)) == expected
    assert names(scan_sources([str(out / "*")], skip=out))[0] == expected[0]
    assert names(scan_sources([str(out)], skip=tmp_path)) == expected


def test_pages_of_sahelsum_are_left_out_of_any_folder_but_read_when_named(tmp_path: Path) -> None:
    page = write(tmp_path / "page.md", seal("# Page\n" * 100))
    quoted = write(tmp_path / "quoted.md", seal("# Page") + "\nWhat follows a page is an article.\n")
    assert names(scan_sources([str(tmp_path)]))[0] == [quoted.name]
    assert names(scan_sources([str(page)], skip=tmp_path))[0] == [page.name]


def test_nothing_but_pages_is_told_as_such(tmp_path: Path) -> None:
    write(tmp_path / "page.md", seal("# Page"))
    with pytest.raises(InputError, match="own pages"):
        scan_sources([str(tmp_path)])


def test_a_pattern_that_matches_only_folders_stands_for_them(tmp_path: Path) -> None:
    for name in ("gl/a/x.txt", "gl/b/y.txt", "gl/b/deep/z.txt", "gl/stray.pdf"):
        write(tmp_path / name)
    found, ignored = names(scan_sources([str(tmp_path / "gl/*")]))
    assert found == ["x.txt", "y.txt", "deep/z.txt"]
    assert list(ignored) == [str(tmp_path / "gl/stray.pdf")]
    assert names(scan_sources([f"{tmp_path}/gl/**/"]))[0] == ["a/x.txt", "b/y.txt", "b/deep/z.txt"]


def test_a_folder_among_the_files_a_pattern_matches_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "sub/b.txt")
    found, ignored = names(scan_sources([str(tmp_path / "*")]))
    assert found == ["a.txt"]
    assert "give its name" in ignored[str(tmp_path / "sub")]
    assert names(scan_sources([str(tmp_path / "**")])) == (["a.txt", "b.txt"], {})


def test_same_stems_get_distinct_ids(tmp_path: Path) -> None:
    for name in ("x.txt", "x.md", "a/x.txt", "b/x.txt", "X.html"):
        write(tmp_path / name)
    found = {source.name: source.id for source in find_sources([str(tmp_path)])}
    assert found["x.txt"] == "x"
    assert found["x.md"] == "x-md"
    assert found["a/x.txt"] == "a-x"
    assert found["b/x.txt"] == "b-x"
    assert len({stem.casefold() for stem in found.values()}) == 5


def test_ids_do_not_depend_on_unrelated_files(tmp_path: Path) -> None:
    write(tmp_path / "m/x.txt")
    before = ids(tmp_path)
    write(tmp_path / "a/y.txt")
    assert before[0] in ids(tmp_path)


def test_named_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a/x.txt"), write(tmp_path / "b/x.txt")
    sources = find_sources([str(first), str(second)])
    assert [source.id for source in sources] == ["x", "b-x"]
    assert sources[0].name != sources[1].name


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("000_21a7c099a1aad2e0", "000_21a7c099a1aad2e0"),
        ("Übergänge & Straßen", "Uebergaenge-Strassen"),
        ("Goïta", "Goita"),
        ("..verborgen", "verborgen"),
        ("../../etc/passwd", "etc-passwd"),
        ("digest", "article-digest"),
        ("RUN", "article-RUN"),
        ("con", "article-con"),
        ("nul.x", "article-nul.x"),
        ("con.x.txt", "article-con.x.txt"),
        ("com¹.txt", "article-com1.txt"),
        ("conx.txt", "conx.txt"),
    ],
)
def test_safe_id(text: str, stem: str) -> None:
    assert safe_id(text) == stem


@given(st.text() | st.from_regex(r"(con|nul|digest)\.[a-z.]{0,150}", fullmatch=True))
def test_safe_id_is_always_a_safe_file_name(text: str) -> None:
    stem = safe_id(text)
    assert stem
    assert len(stem.encode()) <= MAX_ID_BYTES
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert stem[0] not in ".-"
    assert stem[-1] not in ".-"
    assert stem.lower().split(".")[0] not in {"digest", "run", "con", "nul"}
    assert safe_id(stem) == stem


@given(st.lists(st.text(max_size=6), max_size=20))
def test_registry_never_gives_a_stem_twice(wanted: list[str]) -> None:
    registry = IdRegistry()
    stems = [registry.claim(str(owner), [text]) for owner, text in enumerate(wanted)]
    assert len({stem.casefold() for stem in stems}) == len(wanted)
    assert stems == [registry.claim(str(owner), [text]) for owner, text in enumerate(wanted)]


def test_wanted_stems_carry_the_folder() -> None:
    assert wanted_stems(PurePath("2025/11/x.md"), "11") == ("2025-11-x", "2025-11-x-md", "11-2025-11-x")


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "p.txt"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="not a regular file"):
        open_regular(pipe)


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "d.txt").mkdir()
    with pytest.raises(InputError, match="folder"):
        open_regular(tmp_path / "d.txt")


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    source = find_sources([str(file)])[0]
    file.unlink()
    with pytest.raises(InputError, match="no such file"):
        source.read_bytes()


def test_hash_and_bytes_agree(tmp_path: Path) -> None:
    source = find_sources([str(write(tmp_path / "a.txt", "Grüße"))])[0]
    assert source.content_sha256() == hashlib.sha256("Grüße".encode()).hexdigest()
    assert source.read_bytes(3) == "Grü".encode()[:3]


def test_what_is_too_large_is_not_hashed_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(1 << 40)
    (source,) = find_sources([str(file)])
    assert source.content_sha256(1_000_000) is None


def test_the_bound_of_a_hash_is_the_largest_size_hashed(tmp_path: Path) -> None:
    (source,) = find_sources([str(write(tmp_path / "a.txt", "12345"))])
    assert source.content_sha256(5) == hashlib.sha256(b"12345").hexdigest()
    assert source.content_sha256(4) is None


def test_standard_input_can_be_hashed_and_then_read() -> None:
    source = find_sources(["-"], stdin=io.BytesIO(b"Text."))[0]
    assert (source.name, source.id) == ("standard input", "stdin")
    assert source.content_sha256() == hashlib.sha256(b"Text.").hexdigest()
    assert source.read_bytes() == b"Text."


def test_names_hold_no_terminal_codes(tmp_path: Path) -> None:
    write(tmp_path / "a\x1b[31m\nb.txt")
    source = find_sources([str(tmp_path)])[0]
    assert source.name.isprintable()
    assert source.read_bytes() == b"Text."


def test_undecodable_names_can_be_printed_and_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text("Text.")
    source = find_sources([str(tmp_path)])[0]
    source.name.encode("utf-8")
    assert source.read_bytes() == b"Text."


@pytest.mark.parametrize(
    "address", ["https://example.org/news?id=1", "HTTP://example.org/[a]*.html", "ftp://x.org/a.txt"]
)
def test_an_address_is_not_fetched_and_that_is_said(address: str) -> None:
    with pytest.raises(InputError, match="not fetched"):
        scan_sources([address])
