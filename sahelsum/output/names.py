"""What the files of an output folder are called."""

from __future__ import annotations

import hashlib
import re
import unicodedata

COMBINED_PAGE = "digest.md"
FOLDER_DATA = "digest.json"
"""All that the combined page is made from, its long lists whole."""
MANIFEST = "run.json"
DATA_FOLDER = "data"
NOTES_FOLDER = "names"
"""Notes on actors and places, for a vault."""
LOCK = ".sahelsum.lock"
"""There while a run is at work."""
INDEX = f"{DATA_FOLDER}/articles.index"
ARRIVALS = f"{DATA_FOLDER}/arrivals.index"
SHARD_NAME = re.compile(r"part-\d{4,}")
"""Folders of a large run, numbered from 1."""
PART_FOLDERS = "part-*"
"""The pattern to look for them; :data:`SHARD_NAME` tells whether one is ours."""
MAX_STEM_BYTES = 100
_UNSAFE = re.compile(r"[^\w .’'()&,-]+")
"""All but these means something to a file system, to Markdown or within a wikilink."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that Windows takes for a device."""


SITE_FOLDER = "site"
"""The reading room: pages of HTML."""
SITE_START = f"{SITE_FOLDER}/index.html"
SITE_SEARCH = f"{SITE_FOLDER}/search.html"


def site_page_name(article_id: str) -> str:
    """The page of an article in the reading room, inside the output folder."""
    return f"{SITE_FOLDER}/article/{article_id}.html"


def page_name(article_id: str) -> str:
    """The page of an article, inside the output folder."""
    return f"{article_id}.md"


def data_name(article_id: str) -> str:
    """The data beside the page, inside the output folder."""
    return f"{DATA_FOLDER}/{article_id}.json"


def note_stem(name: str) -> str:
    """The stem of the note on a name: the name itself where it is safe in a file name and in a wikilink.

    Else it is as much of it as is safe, with eight hexadecimal digits of its hash, so that two names never share one.
    """
    composed = unicodedata.normalize("NFC", name)
    safe = " ".join(_UNSAFE.sub("-", composed).replace("_", "-").split()).strip(" .-")
    short = safe.encode("utf-8")[:MAX_STEM_BYTES].decode("utf-8", "ignore").rstrip(" .-")
    if short and short == name and not _DEVICE.match(short):
        return short
    digits = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{short} {digits}" if short and not _DEVICE.match(short) else f"name {digits}"


def note_name(name: str) -> str:
    """The note on a name, inside the output folder."""
    return f"{NOTES_FOLDER}/{note_stem(name)}.md"


def shard_name(number: int) -> str:
    """A folder of a large run, inside the output folder; the first has number 1."""
    return f"part-{number:04d}"
