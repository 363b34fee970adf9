"""A path as the user gave it (file, folder or pattern) → the files meant by it, and those left out with the reason."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from sahelsum.errors import InputError
from sahelsum.read.files import SUPPORTED, Format, format_of, open_regular, printable, real_path

OWN_PAGE_START = b"<!-- sahelsum: unedited "
"""How the last line of every page begins that sahelsum writes."""
OWN_PAGE_TAIL_BYTES = 200
"""That line has 94 bytes; the rest is room for white space after it."""
_UNSUPPORTED = f"not one of {SUPPORTED}"
_IN_OUTPUT = "in the output folder"
_WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file or folder met in a search that is not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file met in a search. ``relative`` is its path below the folder given."""

    path: Path
    relative: PurePath
    given: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What one given path leads to. Files are not opened, but for the last line of Markdown found in a folder."""

    skip: Path | None
    """Folder, without links, whose files are left out; None: none."""
    found: list[FoundFile] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def search(given: str, skip: Path | None = None) -> Search:
    """Search a file, a folder (recursively, sorted, hidden entries skipped), or a glob pattern.

    A pattern that matches folders and no article stands for these folders.

    Args:
        given: the path or pattern.
        skip: the output folder, whose files are left out unless ``given`` is that folder or lies in it. A file given
            by its name is never left out.
    """
    path = Path(given)
    if path.is_dir():
        result = Search(_unless_within(path, skip))
        _search_folder(path, given, result)
        return result
    if os.path.lexists(path):
        return Search(skip, [_named_file(path, given)])
    if glob.has_magic(given) and not _WEB_ADDRESS.match(given):
        result = Search(_unless_within(_fixed_part(given), skip))
        _search_pattern(given, result)
        return result
    return Search(skip, [FoundFile(path, PurePath(path.name or "path"), given, _reason_missing(given))])


def _reason_missing(given: str) -> str:
    if _WEB_ADDRESS.match(given):
        return "addresses are not fetched. Save the page as .html and give that file."
    return "there is no such file or folder."


def _unless_within(path: Path, skip: Path | None) -> Path | None:
    skip = skip and real_path(skip)
    return None if skip and real_path(path).is_relative_to(skip) else skip


def _fixed_part(pattern: str) -> Path:
    """The folder that all matches of a pattern lie in."""
    parents = (parent for parent in PurePath(pattern).parents if not glob.has_magic(str(parent)))
    return Path(next(parents, PurePath()))


def _named_file(path: Path, given: str) -> FoundFile:
    problem = f"its type is not supported. Supported are {SUPPORTED}, and - for standard input."
    return FoundFile(path, PurePath(path.name), given, "" if format_of(path) else problem)


def _search_pattern(pattern: str, result: Search) -> None:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not matches:
        result.found.append(FoundFile(Path(pattern), PurePath("pattern"), pattern, "no file matches this pattern."))
    folders = [match for match in matches if Path(match).is_dir()]
    files = [match for match in matches if not Path(match).is_dir()]
    for match in files:
        path = Path(match)
        _sort_file(FoundFile(path, PurePath(path.name), match), match, result)
    if any(format_of(PurePath(match)) for match in files):
        _ignore_folders(folders, files, result)
    else:
        _search_matched_folders(folders, result)


def _ignore_folders(folders: list[str], files: list[str], result: Search) -> None:
    """Name the folders of which the pattern matched nothing: their files are not read."""
    covered = {parent for file in files for parent in PurePath(file).parents}
    result.ignored.extend(
        Ignored(printable(folder), "a folder; to read what is in it, give its name")
        for folder in folders
        if PurePath(folder) not in covered
    )


def _search_matched_folders(folders: list[str], result: Search) -> None:
    matched = {PurePath(folder) for folder in folders}
    for folder in folders:
        if matched.isdisjoint(PurePath(folder).parents):
            if _is_skipped(Path(folder), result):
                result.ignored.append(Ignored(printable(folder), _IN_OUTPUT))
            else:
                _search_folder(Path(folder), folder, result)


def _search_folder(folder: Path, given: str, result: Search) -> None:
    def unreadable(error: OSError) -> None:
        place = PurePath(error.filename or given)
        problem = "the folder cannot be listed."
        result.found.append(FoundFile(Path(place), PurePath(place.name or "folder"), str(place), problem))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        reasons = {name: _reason_against_folder(Path(parent, name), result) for name in _visible(folders)}
        folders[:] = [name for name, reason in reasons.items() if not reason]
        result.ignored.extend(
            Ignored(printable(Path(parent, name).relative_to(folder)), reason)
            for name, reason in reasons.items()
            if reason
        )
        for name in _visible(files):
            path = Path(parent, name)
            relative = path.relative_to(folder)
            if path.is_symlink() and not real_path(path).is_relative_to(real_path(folder)):
                result.ignored.append(Ignored(printable(relative), "a link that leads outside the folder"))
            else:
                _sort_file(FoundFile(path, relative, str(path)), relative, result)


def _visible(names: list[str]) -> Iterator[str]:
    return (name for name in sorted(names) if not name.startswith("."))


def _reason_against_folder(path: Path, result: Search) -> str:
    if path.is_symlink():
        return "a link to a folder"
    return _IN_OUTPUT if _is_skipped(path, result) else ""


def _sort_file(file: FoundFile, shown: str | PurePath, result: Search) -> None:
    if reason := _reason_against_file(file.path, result):
        result.ignored.append(Ignored(printable(shown), reason))
    else:
        result.found.append(file)


def _reason_against_file(path: Path, result: Search) -> str:
    if _is_skipped(path, result):
        return _IN_OUTPUT
    if format_of(path) is None:
        return _UNSUPPORTED
    return "one of sahelsum's own pages" if _is_own_page(path) else ""


def _is_skipped(path: Path, result: Search) -> bool:
    return result.skip is not None and real_path(path).is_relative_to(result.skip)


def _is_own_page(path: Path) -> bool:
    """Whether the last line is sahelsum's, so that digests are not taken for articles. False if it cannot be read."""
    if format_of(path) is not Format.MARKDOWN:
        return False
    try:
        with open_regular(path) as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - OWN_PAGE_TAIL_BYTES))
            lines = stream.read(OWN_PAGE_TAIL_BYTES).rstrip().splitlines()
    except (InputError, OSError):
        return False
    return bool(lines) and lines[-1].startswith(OWN_PAGE_START)
