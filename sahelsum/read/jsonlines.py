"""JSON Lines → one article per line, streamed: memory does not grow with the number of lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sahelsum.errors import InputError
from sahelsum.language.pack import Pack
from sahelsum.read.draft import Draft, Parsed
from sahelsum.read.fields import refuse_odd_title, refuse_repeats, repeated, sort_fields
from sahelsum.read.markup import plain_text
from sahelsum.read.mojibake import mend_mojibake
from sahelsum.read.normalize import clean_text, one_line
from sahelsum.read.paragraphs import split_paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, without its line end. ``data`` is None if it is over the limit, ``size`` never is."""

    number: int
    data: bytes | None
    size: int


@dataclass(frozen=True, slots=True)
class Record:
    """What one line has: the text, not cleaned yet, the id it asks for, and its other fields."""

    text: str
    id: str | None
    fields: dict[str, object]


def read_lines(stream: BinaryIO, max_bytes: int) -> Iterator[Line]:
    """The lines of ``stream``, holding at most ``max_bytes`` of it at once; longer lines are skipped, not cut."""
    number = 0
    while piece := stream.readline(max_bytes + 2):
        number += 1
        size = len(piece)
        while not piece.endswith(b"\n") and (more := stream.readline(max_bytes + 2)):
            size += len(more)
            piece = more if size > max_bytes + 2 else piece + more
        if size > max_bytes + 2:
            yield Line(number, None, size)
            continue
        data = piece.rstrip(b"\r\n")
        data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
        if data.strip():
            yield Line(number, data if len(data) <= max_bytes else None, len(data))


def parse_record(data: bytes) -> Record:
    """Parse one line: an object with ``text``, and optionally ``title``, ``date``, ``source``, ``url``, ``id``.

    No more is done than it takes to see that it is one, and which article: most lines may be known already.

    Raises:
        InputError: it is not such an object.
    """
    fields = _load(data)
    text = fields.pop("text", None)
    if not isinstance(text, str) or not _has_words(text):
        found = "is missing" if text is None else "is empty" if isinstance(text, str) else "is not a string"
        raise InputError(f'its field "text" {found}.', hint='Each article needs a text: {"text": "…"}.')
    refuse_odd_title(fields)
    wanted = fields.pop("id", None)
    own_id = str(wanted) if isinstance(wanted, (str, int)) and str(wanted).strip() else None
    return Record(text, own_id, fields)


def _has_words(text: str) -> bool:
    """Whether cleaning would leave anything; a letter or digit is never taken away, so one of them is enough."""
    return any(map(str.isalnum, text)) or bool(clean_text(text).strip())


def parsed_record(record: Record, source: Pack) -> Parsed:
    """The article of a record.

    Raises:
        InputError: a field is nested too deeply.
    """
    known = sort_fields(record.fields, "metadata")
    text, mended = mend_mojibake(record.text)
    title, mended_title = mend_mojibake(known.title or "")
    told = {finding.code: finding for finding in (*mended_title, *mended)}
    return Parsed(
        drafts=tuple(Draft(paragraph) for paragraph in split_paragraphs(clean_text(plain_text(text)), source)),
        title=one_line(plain_text(title)) or None,
        date=known.date,
        credit=known.credit,
        url=known.url,
        metadata=known.metadata,
        findings=(*told.values(), *known.findings),
    )


def _load(data: bytes) -> dict[str, object]:
    try:
        loaded = json.loads(data.decode("utf-8"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError:
        raise InputError("it is not UTF-8.", hint="Convert the file to UTF-8.") from None
    except RecursionError:
        raise InputError("it is nested too deeply.") from None
    except json.JSONDecodeError as error:
        problem = f"it is not valid JSON: {error.msg} at character {error.pos + 1}."
        raise InputError(problem, hint="Each line must be one complete JSON object.") from None
    except ValueError:
        raise InputError("it holds a number too long to read.", hint="Put it in quotes.") from None
    if not isinstance(loaded, dict):
        raise InputError("it is not a JSON object.", hint='Each line must be an object such as {"text": "…"}.')
    refuse_repeats("its field", loaded)
    return loaded


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise repeated("its field", counts.most_common(1)[0][0])
    return fields
