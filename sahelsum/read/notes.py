"""What reading tells of an article, as findings: nothing is changed, guessed or left out in silence."""

from __future__ import annotations

from collections.abc import Sequence

from sahelsum.records import Finding, Severity

SHOWN_CHARACTERS = 40
"""Of a piece of text that a note names."""
SHOWN_PIECES = 5
UNREAD_DATE = "READ-DATE"


def shown(text: str) -> str:
    """The beginning of ``text``, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= SHOWN_CHARACTERS else f"“{line[:SHOWN_CHARACTERS].rstrip()}…”"


def times(number: int, one: str) -> str:
    """``1 byte``, ``2 bytes``."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def bad_bytes(number: int, first: int) -> Finding:
    """Bytes of a UTF-8 text that are none; ``first`` is the place of the first, from 1."""
    return Finding(
        "READ-CHARS",
        Severity.WARNING,
        f"{times(number, 'byte')} of the source, the first at byte {first:,}, cannot be UTF-8; in the text stands the "
        "likeliest letter or \ufffd.",
    )


def lost_characters(number: int) -> Finding:
    """Characters that were lost before the text came here."""
    return Finding(
        "READ-CHARS", Severity.WARNING, f"{times(number, 'character')} of the source cannot be read (\ufffd)."
    )


def still_garbled(example: str) -> Finding:
    """Mojibake that could not be undone."""
    return Finding("READ-CHARS", Severity.WARNING, f"The source seems to be garbled, such as in {shown(example)}.")


def repaired(before: str, after: str) -> Finding:
    """Mojibake that was undone, with one line of it."""
    return Finding(
        "READ-REPAIRED",
        Severity.INFO,
        f"Garbled characters of the source were repaired, such as {shown(before)} → {shown(after)}.",
        source_value=before,
    )


def guessed_encoding(name: str) -> Finding:
    """An encoding without evidence."""
    return Finding("READ-ENCODING", Severity.WARNING, f"The encoding {name} is a guess: the source does not say it.")


def unread_date(field: str, value: str) -> Finding:
    """A field that should hold the date and does not."""
    message = f"The date of the source, {field} {shown(value)}, cannot be read."
    return Finding(UNREAD_DATE, Severity.INFO, message, source_value=value)


def plain_front_matter(problem: str, line: int | None) -> Finding:
    """Front matter that is no YAML; ``line`` is where that shows, from 1 as the file has it."""
    place = f" in line {line}" if line is not None else ""
    message = f"The front matter is no valid YAML{place} ({problem}): each of its lines was read as name: value."
    return Finding("READ-FIELDS", Severity.INFO, message)


def left_out_of_page(pieces: Sequence[str], characters: int) -> Finding:
    """Blocks of a web page outside the article."""
    named = ", ".join(shown(piece) for piece in pieces[:SHOWN_PIECES]) + (" …" if len(pieces) > SHOWN_PIECES else "")
    return Finding(
        "READ-OMITTED",
        Severity.INFO,
        f"Left out as outside the article: {times(len(pieces), 'piece')} of the page with "
        f"{times(characters, 'character')}: {named}",
    )


def boilerplate(pieces: Sequence[str]) -> Finding:
    """Offers and notes of the publisher."""
    named = ", ".join(shown(piece) for piece in pieces[:SHOWN_PIECES]) + (" …" if len(pieces) > SHOWN_PIECES else "")
    what = "offer or note" if len(pieces) == 1 else "offers and notes"
    return Finding("READ-OMITTED", Severity.INFO, f"Left out: {len(pieces):,} {what} of the publisher: {named}")


def teaser() -> Finding:
    """The rest of the article is behind a payment."""
    return Finding(
        "READ-TEASER", Severity.WARNING, "The article ends in an offer to subscribe: this is only its teaser."
    )
