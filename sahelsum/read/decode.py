"""Bytes → text and the name of its encoding. UTF-8 first; anything else is detected, and recorded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from sahelsum.errors import InputError
from sahelsum.language.pack import Pack, Reading
from sahelsum.read import notes
from sahelsum.read.damaged import mend_utf8
from sahelsum.records import Finding

# UTF-32 before UTF-16: its little-endian mark begins with the UTF-16 one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# One-byte encodings that texts of western Europe are found in. cp1252 stands for ISO 8859-1 too (the same letters,
# plus quotation marks). ISO 8859-15 differs from it in eight signs only; a guess between the two would be noise,
# except for the euro sign.
CANDIDATES = ("cp1252", "cp850", "mac_roman")

# Share of the bytes in one of two columns that must be NUL for text to be UTF-16 without a mark: nearly all of German
# is ASCII, so the true figure is above 0.9; random binary data is near 0.004.
UTF16_NUL_SHARE = 0.6

# Control characters (other than white space) per character above which data is not text. Word processors leave some in
# short texts, which are dropped; in programs, pictures and archives they are about one byte in ten.
CONTROL_SHARE = 0.05

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(r"[^\x00-\x7f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python name of the encoding it was in, and what to tell of it."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


# What web pages call so is windows-1252, and so on: the WHATWG Encoding Standard has the list. Python takes the bytes
# 0x80-0x9F in them for control characters.
_AS_ON_THE_WEB = {
    **dict.fromkeys(("ascii", "iso8859-1", "iso8859-15"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
}
_C1 = re.compile(rb"[\x80-\x9f]")


def binary_file() -> InputError:
    """The error for what is no text at all."""
    return InputError("it is a binary file, not text.", hint="Give plain text, Markdown, HTML or JSON Lines.")


def is_binary_line(data: bytes | None) -> bool:
    """Whether a line that is no JSON shows that its whole file is none: a NUL, or no UTF-8 and no object either."""
    return data is not None and (b"\0" in data or not (data.lstrip().startswith(b"{") or _as_utf8(data)))


def decode(data: bytes, source: Pack) -> Decoded:
    """Decode an article's bytes. ``source`` knows the letters of its language.

    Raises:
        InputError: the bytes are not text, or in no encoding known here.
    """
    words = source.reading
    decoded = (
        _by_mark(data)
        or _as_utf8(data)
        or _as_bare_utf16(data)
        or _as_damaged_utf8(data, words)
        or _as_one_byte(data, words)
    )
    if decoded is None:
        raise InputError("it is not text in a known encoding.", hint="Save it as UTF-8 and try again.")
    if len(_CONTROLS.findall(decoded.text)) > CONTROL_SHARE * len(decoded.text):
        raise binary_file()
    return decoded


def decode_html(data: bytes, source: Pack) -> Decoded:
    """Decode a web page: as :func:`decode`, but the page's own ``<meta charset>`` goes before detection.

    Raises:
        InputError: as :func:`decode`.
    """
    known = _by_mark(data) or _as_utf8(data) or _as_damaged_utf8(data, source.reading)
    if known is None and (declared := _META_CHARSET.search(data[:4096])):
        decoded = _as_declared(data, declared.group(1).decode("ascii"))
        if decoded is not None and not _CONTROLS.search(decoded.text):
            return decoded
    return decode(data, source)


def _as_declared(data: bytes, label: str) -> Decoded | None:
    """As the page says it is, which old labels say of another encoding than they name."""
    decoded = _try(data, label)
    if decoded is None or not _C1.search(data):
        return decoded
    return _try(data, _AS_ON_THE_WEB.get(decoded.encoding, label)) or decoded


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    # Python also knows byte-to-byte codecs (zlib, hex) and text transforms; only character sets are wanted.
    return Decoded(text, name) if name not in ("punycode", "idna", "raw-unicode-escape", "unicode-escape") else None


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    return _try(data, "utf-8")


def _as_bare_utf16(data: bytes) -> Decoded | None:
    if data.count(0) <= CONTROL_SHARE * len(data):
        return None
    half = max(1, len(data) // 2)
    if data[1::2].count(0) > UTF16_NUL_SHARE * half:
        return _try(data, "utf-16-le")
    if data[0::2].count(0) > UTF16_NUL_SHARE * half:
        return _try(data, "utf-16-be")
    raise binary_file()


def _as_damaged_utf8(data: bytes, words: Reading) -> Decoded | None:
    mended = mend_utf8(data, words)
    if mended is None:
        return None
    text, bad, first = mended
    return Decoded(text, "utf-8", (notes.bad_bytes(bad, first),) if bad else ())


def _as_one_byte(data: bytes, words: Reading) -> Decoded | None:
    """The candidate whose bytes above 127 read most like the language, if charset-normalizer calls it text at all.

    charset-normalizer alone takes short German texts in cp1252 for one of its many neighbours, so it only judges
    whether this is text; which of the few likely encodings is decided by the letters that the language has.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for files that are not UTF-8

    candidates = [decoded for encoding in CANDIDATES if (decoded := _try(data, encoding))]
    best = max(candidates, key=lambda decoded: _score(decoded.text, words), default=None)
    if best is not None and _score(best.text, words) > 0:
        return best
    if best is not None and best.encoding == CANDIDATES[0]:
        # No letter tells anything: the most frequent of the old encodings is likelier than a detector's rarest one.
        return replace(best, findings=(notes.guessed_encoding(best.encoding),))
    match = from_bytes(data).best()
    if match is None:
        return None
    return Decoded(str(match), match.encoding, (notes.guessed_encoding(match.encoding),))


def _score(text: str, words: Reading) -> int:
    """Letters the language uses, those between other letters twice, less every other character beyond ASCII."""
    expected = len(re.findall(f"[{words.letters}]", text))
    in_place = rf"(?<=[a-z])[{words.small_letters}](?=[a-z]|\b)|\b[{words.first_letters}](?=[a-z])"
    return expected * 2 - len(_HIGH.findall(text)) + len(re.findall(in_place, text))
