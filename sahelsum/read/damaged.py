"""UTF-8 with a few bytes that are none: still UTF-8, as its other letters show."""

from __future__ import annotations

import re

from sahelsum.language.pack import Reading

SOUND_PER_BAD = 2
"""Letters of several bytes for each bad byte that make a text UTF-8. Text in another encoding has hardly any: two
bytes of it must by chance be a lead byte and its continuation, and in cp1252 such pairs are no words."""

_SOUND = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|"
    rb"\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""Every well-formed sequence of several bytes, as the Unicode standard lists them (table 3-7)."""
_LOST = "\ufffd"


def mend_utf8(data: bytes, words: Reading) -> tuple[str, int, int] | None:
    """The text, how many bytes are bad, and the place of the first, from 1; None if it is hardly UTF-8 at all.

    A bad byte between letters that is a letter of the language in cp1252 becomes that letter: somebody has pasted
    it. Any other becomes U+FFFD.
    """
    bad = _bad_places(data)
    if len(_SOUND.findall(data)) < SOUND_PER_BAD * len(bad):
        return None
    pieces: list[str] = []
    start = 0
    for place in bad:
        pieces += [data[start:place].decode("utf-8"), _letter(data, place, words)]
        start = place + 1
    return "".join([*pieces, data[start:].decode("utf-8")]), len(bad), bad[0] + 1 if bad else 0


def _bad_places(data: bytes) -> list[int]:
    """Where bytes are that no UTF-8 sequence has; each counts by itself."""
    masked = _SOUND.sub(lambda match: b"a" * len(match.group()), data)
    return [match.start() for match in re.finditer(rb"[\x80-\xff]", masked)]


def _letter(data: bytes, place: int, words: Reading) -> str:
    letter = data[place : place + 1].decode("cp1252", "replace")
    before, after = data[max(0, place - 1) : place], data[place + 1 : place + 2]
    inside = (_in_word(before) and (_in_word(after) or not after)) or (_in_word(after) and not before.strip())
    return letter if inside and letter.isalpha() and re.match(f"[{words.letters}]", letter) else _LOST


def _in_word(byte: bytes) -> bool:
    return byte.isalpha() or byte > b"\x7f"
